"""Which program this is, to the byte: what another one kept is not taken for what this one would find."""

from __future__ import annotations

import hashlib
import sys
import tomllib
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from secrets import token_bytes

_ROOT = Path(__file__).resolve().parents[2]
_PROJECT = _ROOT.parent / "pyproject.toml"
_LIBRARIES = (
    "lxml",
    "msoffcrypto-tool",
    "openpyxl",
    "pandas",
    "pydantic",
    "python-calamine",
    "python-docx",
    "XlsxWriter",
)


@cache
def program_digest() -> str:
    """Digest the program's own source, and the versions of Python and of the libraries that read and write.

    A version number alone would not do: who mends one line of an installed program would get what it found before.
    """
    found = hashlib.sha256(f"{sys.version} {sys.platform}".encode())
    sources = sorted(_ROOT.rglob("*.py"))
    if not sources:  # installed without them, nobody can tell
        found.update(token_bytes())
    for path in sources:
        found.update(path.relative_to(_ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for name in _LIBRARIES:
        found.update(f"{name} {_version(name)}\n".encode())
    return found.hexdigest()


def program_version() -> str:
    """Give the program's own version; in a clone, where none is installed, what its project file says. Blank where nobody can tell."""
    with suppress(OSError, ValueError, KeyError):
        return _version("fazhi-xl") or str(tomllib.loads(_PROJECT.read_text("utf-8"))["project"]["version"])
    return ""


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
