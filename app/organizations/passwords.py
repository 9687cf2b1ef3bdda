"""How passwords are kept, and keys that come from the one secret of the installation."""

import base64
import hashlib
import hmac
from typing import Any

from config import Settings

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
# The parameters that OWASP recommends for argon2id: 19 MiB, two passes, one lane.
_STRONG = {"argon2__memory_cost": 19_456, "argon2__time_cost": 2, "argon2__parallelism": 1}
_CHEAP = {"argon2__memory_cost": 8, "argon2__time_cost": 1, "argon2__parallelism": 1}


def hashing_config(settings: Settings) -> dict[str, Any]:
    """Return how the library hashes: argon2id, and cheaply in tests only."""
    cheap = settings.environment == "test"
    return {
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": _CHEAP if cheap else _STRONG,
        "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST_PASSWORD,
        # These fingerprints go into signed links; what they cover is an address or a strong hash.
        "SECURITY_HASHING_SCHEMES": ["hex_sha256"],
    }


def derived_key(settings: Settings, purpose: str) -> bytes:
    """Return 32 bytes made from ``SECRET_KEY`` for one purpose; none tells another."""
    return hmac.digest(settings.secret_key.encode(), purpose.encode(), hashlib.sha256)


def second_factor_config(settings: Settings) -> dict[str, Any]:
    """Return the settings of the second factor; what it keeps is encrypted."""
    return {
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TWO_FACTOR_RESCUE_MAIL": settings.contact_email,
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL_TEMPLATE": "account_rescue",
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "/profile",
        "SECURITY_TOTP_SECRETS": {"1": derived_key(settings, "totp").hex()},
        "SECURITY_TOTP_ISSUER": "Puente",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": 8,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_KEYS": [
            base64.urlsafe_b64encode(derived_key(settings, "recovery-codes"))
        ],
    }
