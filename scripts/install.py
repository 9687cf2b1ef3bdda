"""Make ``.venv`` and install the locked packages into it: ``install.py runtime`` or ``dev``.

Standard library only: it runs with the machine's own Python. Nothing is done when the lock has
not changed since the last time.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed-locks"
OLDEST = (3, 11)
# A development lock holds the runtime's packages too, at the same versions.
COVERS = {"runtime": ("runtime",), "dev": ("runtime", "dev")}


def main() -> None:
    """Install the set of packages named on the command line."""
    wanted = sys.argv[1]
    if sys.version_info < OLDEST:
        sys.exit(f"Puente needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    digest = _digest(wanted)
    if digest in _installed():
        return
    if not (VENV / "bin" / "python").exists():
        _make_venv()
    print(f"Installing the {wanted} packages into .venv (once, a minute or two)…", flush=True)
    lock = ROOT / "requirements" / f"{wanted}.txt"
    pip = [VENV / "bin" / "python", "-m", "pip", "install", "--quiet", "--require-hashes"]
    done = subprocess.run([*pip, "--disable-pip-version-check", "-r", lock], check=False)
    if done.returncode:
        sys.exit("The packages could not be installed; the lines above say why.")
    STAMP.write_text("\n".join(_digest(name) for name in COVERS[wanted]) + "\n")


def _digest(name: str) -> str:
    content = (ROOT / "requirements" / f"{name}.txt").read_bytes()
    return f"{name} {hashlib.sha256(content).hexdigest()}"


def _installed() -> list[str]:
    return STAMP.read_text().splitlines() if STAMP.exists() else []


def _make_venv() -> None:
    print("Making the virtual environment .venv…", flush=True)
    done = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
    if done.returncode:
        sys.exit(
            "Python could not make a virtual environment. On Debian and Ubuntu its parts are in "
            "the package python3-venv: ask the administrator to install it, then try again."
        )


if __name__ == "__main__":
    main()
