"""Where to go after signing in: a page of this site, and nothing that a browser reads otherwise."""

import unicodedata


def is_local_path(target: str) -> bool:
    """Tell whether ``target`` is a path of this site for every browser.

    Browsers drop control characters, take a backslash for a slash, and two slashes for another
    site; so only a path that needs none of these readings is accepted.
    """
    if not target.startswith("/") or target.startswith("//") or "\\" in target:
        return False
    return not any(unicodedata.category(character)[0] in "CZ" for character in target)
