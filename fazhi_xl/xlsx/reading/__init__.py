"""Reading returned workbooks: bounded, by content, raw."""

from fazhi_xl.xlsx.reading.model import Bounds, CellTuple, RawBook, RawSheet, RejectedError, to_frame
from fazhi_xl.xlsx.reading.read import read
from fazhi_xl.xlsx.reading.sniff import Kind, sniff

__all__ = ["Bounds", "CellTuple", "Kind", "RawBook", "RawSheet", "RejectedError", "read", "sniff", "to_frame"]
