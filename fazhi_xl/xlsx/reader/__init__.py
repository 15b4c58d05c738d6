"""Reading returned workbooks: bounded, by content, raw."""

from fazhi_xl.xlsx.reader.model import Bounds, Comment, Extra, RawBook, RawSheet, RejectedError
from fazhi_xl.xlsx.reader.read import read
from fazhi_xl.xlsx.reader.sniff import FileKind, sniff

__all__ = [
    "Bounds",
    "Comment",
    "Extra",
    "FileKind",
    "RawBook",
    "RawSheet",
    "RejectedError",
    "read",
    "sniff",
]
