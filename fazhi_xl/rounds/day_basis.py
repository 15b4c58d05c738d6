"""The evidence for the day on which a file was received."""

from __future__ import annotations

from enum import StrEnum


class DayBasis(StrEnum):
    """What the day of receipt rests on, in the words of the reports; the office's own word stands above all else."""

    MAIL = "邮件"
    SERVER = "邮件服务器"
    FOLDER = "文件夹"
    FILE = "按文件时间推定"
    CORRECTED = "更正"
    CONFIRMED = "办公室确认"

    @property
    def presumed(self) -> bool:
        """Say whether nothing but the file's own time speaks for the day: copying a file may change that."""
        return self is DayBasis.FILE
