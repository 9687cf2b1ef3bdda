"""What the sign-in library says, in plain words; its translations are in translations_security.

Each of these is looked up in the catalogue ``flask_security`` when it is shown.
"""

_DONE, _NOTE, _WRONG = "success", "info", "error"

MESSAGES: dict[str, tuple[str, str]] = {
    "ALREADY_CONFIRMED": ("Your address has already been confirmed.", _NOTE),
    "ANONYMOUS_USER_REQUIRED": ("You are already signed in.", _NOTE),
    "API_ERROR": ("This link or form is not valid.", _WRONG),
    "CHANGE_EMAIL_CONFIRMED": ("Your new e-mail address is confirmed.", _DONE),
    "CHANGE_EMAIL_EXPIRED": (
        "The link to change your address was valid for %(within)s. Start again.",
        _WRONG,
    ),
    "CHANGE_EMAIL_SENT": (
        "We have sent a mail to %(email)s. Open the link in it to finish the change.",
        _NOTE,
    ),
    "CONFIRMATION_EXPIRED": (
        "The link was valid for %(within)s and has expired. Ask for a new one.",
        _WRONG,
    ),
    "CONFIRMATION_REQUEST": (
        "If an account with the address %(email)s waits for confirmation, a new link is on its "
        "way.",
        _NOTE,
    ),
    "CONFIRMATION_REQUIRED": ("Confirm your e-mail address first.", _WRONG),
    "CONFIRM_REGISTRATION": (
        "Thank you. Open the link in the mail that we have sent to %(email)s to confirm your "
        "address.",
        _DONE,
    ),
    "DISABLED_ACCOUNT": ("This account is closed.", _WRONG),
    "EMAIL_ALREADY_ASSOCIATED": ("%(email)s cannot be used.", _WRONG),
    "EMAIL_CONFIRMED": ("Thank you. Your e-mail address is confirmed: sign in.", _DONE),
    "EMAIL_NOT_PROVIDED": ("Write your e-mail address.", _WRONG),
    "GENERIC_AUTHN_FAILED": ("The e-mail address or the password is not right.", _WRONG),
    "INVALID_CODE": ("This code is not right.", _WRONG),
    "INVALID_CONFIRMATION_TOKEN": ("This link is not valid. Ask for a new one.", _WRONG),
    "INVALID_EMAIL_ADDRESS": ("This is not an e-mail address.", _WRONG),
    "INVALID_PASSWORD": ("This password is not right.", _WRONG),
    "INVALID_RECOVERY_CODE": ("This recovery code is not right.", _WRONG),
    "INVALID_REDIRECT": ("This address is not on our site.", _WRONG),
    "INVALID_RESET_PASSWORD_TOKEN": ("This link is not valid. Ask for a new one.", _WRONG),
    "NO_RECOVERY_CODES_SETUP": ("You have no recovery codes yet.", _NOTE),
    "PASSWORD_CHANGE": ("Your password is changed.", _DONE),
    "PASSWORD_INVALID_LENGTH": ("Use at least %(length)s characters.", _WRONG),
    "PASSWORD_IS_THE_SAME": ("Choose a password other than the present one.", _WRONG),
    "PASSWORD_NOT_PROVIDED": ("Write a password.", _WRONG),
    "PASSWORD_RESET_EXPIRED": (
        "The link was valid for %(within)s and has expired. Ask for a new one.",
        _WRONG,
    ),
    "PASSWORD_RESET_NO_LOGIN": ("Your new password is set: sign in with it.", _DONE),
    "PASSWORD_RESET_REQUEST": (
        "If there is an account with the address %(email)s, a mail with a link to set a new "
        "password is on its way.",
        _NOTE,
    ),
    "REAUTHENTICATION_REQUIRED": ("Give your password again to go on.", _NOTE),
    "REAUTHENTICATION_SUCCESSFUL": ("Thank you. You can go on.", _NOTE),
    "RETYPE_PASSWORD_MISMATCH": ("The two passwords are not the same.", _WRONG),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": ("Two-step sign-in is on.", _DONE),
    "TWO_FACTOR_DISABLED": ("Two-step sign-in is off.", _DONE),
    "TWO_FACTOR_INVALID_TOKEN": ("This code is not right.", _WRONG),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": ("The code was right.", _DONE),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": ("This method does not exist.", _WRONG),
    "TWO_FACTOR_PERMISSION_DENIED": ("Sign in with your password first.", _WRONG),
    "TWO_FACTOR_SETUP_EXPIRED": (
        "The set-up had to be finished within %(within)s. Start again.",
        _WRONG,
    ),
    "UNAUTHENTICATED": ("Sign in to go on.", _NOTE),
    "UNAUTHORIZED": ("Your role does not allow this.", _WRONG),
    "USER_DOES_NOT_EXIST": ("The e-mail address or the password is not right.", _WRONG),
}
