"""How much of a file is read; the reader and the intake keep to the same."""

from __future__ import annotations

MB = 1024 * 1024
SIZE_LIMIT = 20 * MB  # of one workbook
