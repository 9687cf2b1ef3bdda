"""Copy the front-end files the site serves out of ``node_modules`` into ``app/static/vendor``.

The copies are committed, so running the site needs neither Node nor a network. To update:
``npm install --ignore-scripts``, then ``python scripts/vendor_assets.py``. The icons of the sprite
are listed in ``package.json`` under ``puente.icons``.
"""

import json
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "app" / "static" / "vendor"

FONT = "@fontsource-variable/public-sans"
FILES = {
    "bootstrap-reboot.min.css": "bootstrap/dist/css/bootstrap-reboot.min.css",
    "bootstrap-grid.min.css": "bootstrap/dist/css/bootstrap-grid.min.css",
    "bootstrap.LICENSE.txt": "bootstrap/LICENSE",
    "bootstrap-icons.LICENSE.txt": "bootstrap-icons/LICENSE",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "htmx.LICENSE.txt": "htmx.org/LICENSE",
    "public-sans.woff2": f"{FONT}/files/public-sans-latin-wght-normal.woff2",
    "public-sans.LICENSE.txt": f"{FONT}/LICENSE",
}
SOURCE_MAP = re.compile(r"\n?/\*# sourceMappingURL=.*?\*/\s*$")
SVG = re.compile(r'<svg[^>]*viewBox="(?P<box>[^"]+)"[^>]*>(?P<body>.*)</svg>', re.DOTALL)


def symbol(name: str) -> str:
    """Return one icon as a ``<symbol>`` of the sprite."""
    text = (MODULES / "bootstrap-icons" / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    found = SVG.search(text)
    if found is None:
        raise SystemExit(f"{name}.svg is not an SVG that this script understands")
    body = " ".join(found["body"].split()).replace("> <", "><")
    return f'<symbol id="{name}" viewBox="{found["box"]}">{body}</symbol>'


def sprite(names: list[str]) -> str:
    """Return the sprite with the named icons."""
    symbols = "\n".join(symbol(name) for name in sorted(set(names)))
    return f'<svg xmlns="http://www.w3.org/2000/svg" fill="currentColor">\n{symbols}\n</svg>\n'


def copy(source: Path, target: Path) -> None:
    """Copy one file, leaving out the pointer to a source map that is not served."""
    if source.suffix == ".css":
        text = SOURCE_MAP.sub("\n", source.read_text(encoding="utf-8"))
        target.write_text(text, encoding="utf-8")
    else:
        shutil.copyfile(source, target)


def main() -> None:
    """Write every vendored file and the sprite."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name, source in FILES.items():
        copy(MODULES / source, VENDOR / name)
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    (VENDOR / "icons.svg").write_text(sprite(package["puente"]["icons"]), encoding="utf-8")


if __name__ == "__main__":
    main()
