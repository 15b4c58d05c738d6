"""Opens files that have an opening password."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO

from msoffcrypto import OfficeFile
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError
from msoffcrypto.format.ooxml import OOXMLFile

# Excel encrypts a workbook that is only protected against writing with this password, and asks nobody for it.
_NO_PASSWORD = "VelvetSweatshop"  # noqa: S105 - a published constant, [MS-OFFCRYPTO] 2.2


class NoPasswordFitsError(Exception):
    """None of the passwords opens the file, or it is encrypted in a way nobody here can open."""


def is_encrypted(data: bytes) -> bool:
    """Tell whether an OLE file has an opening password; False for a file that cannot be parsed."""
    try:
        return bool(OfficeFile(BytesIO(data)).is_encrypted())
    except (FileFormatError, DecryptionError, ValueError, KeyError, OSError):
        return False


def decrypted(data: bytes, passwords: Sequence[str]) -> bytes:
    """Open a file with the first password that fits. Raises NoPasswordFitsError.

    The file decides how long deriving a key takes: run this in the child process.
    """
    for password in (_NO_PASSWORD, *passwords):
        with suppress(InvalidKeyError, DecryptionError, FileFormatError):
            file, opened = OfficeFile(BytesIO(data)), BytesIO()
            verified = {"verify_password": True} if isinstance(file, OOXMLFile) else {}  # the older formats always are
            file.load_key(password=password, **verified)
            file.decrypt(opened)
            return opened.getvalue()
    raise NoPasswordFitsError
