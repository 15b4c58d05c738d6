"""What Windows does and this system may not: its errors, at the places where they come up."""

from __future__ import annotations

from typing import Any

SHARING_VIOLATION = 32


def refused(number: int, path: object = None) -> PermissionError:
    """Make Windows' error of this number; 0 makes another system's."""
    error: Any = PermissionError(13, "Permission denied", path)
    if number:
        error.winerror = number
    return error  # type: ignore[no-any-return]
