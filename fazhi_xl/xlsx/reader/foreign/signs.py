"""The signs of errors: calamine takes a cell that holds one for a blank one, in every format."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

WRONG_VALUE = "#VALUE!"
BY_NUMBER: Mapping[int, str] = MappingProxyType(
    {0: "#NULL!", 7: "#DIV/0!", 15: WRONG_VALUE, 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
)
"""As binary workbooks number them ([MS-XLS] 2.5.10, [MS-XLSB] 2.5.97.2)."""
SIGNS = frozenset(BY_NUMBER.values())


def sign_of(number: int) -> str:
    """Give the sign of an error by its number; that of a wrong value for one that is newer than these."""
    return BY_NUMBER.get(number, WRONG_VALUE)
