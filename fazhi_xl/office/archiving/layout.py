"""What stands where in a package: its files by their names, and the parts that it is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

README, METADATA = "说明.txt", "元数据.xml"
SEALED, PRINTED, AGAIN = "定稿", "PDF", "重现"
ORDER, TABLE = f"{AGAIN}/重现.json", f"{AGAIN}/文件表.jsonl"
CATALOGUE, EARLIER = "目录", "上期"  # below 重现, beside what a round's folder has
FORMAT = 1
"""The version of this layout, which 重现.json and 元数据.xml name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file of a package: its path there, and where its bytes are: a file, of which size and time are known, or these.

    Of what makes the ranking anew, `original` is the path within the round's folder, as the system's own bytes name it.
    """

    path: str
    source: Path | bytes
    size: int = field(default=-1)
    mtime_ns: int = 0
    original: str = ""

    @classmethod
    def of_file(cls, path: str, source: Path, original: str = "") -> Part:
        """Take a file as it is now. Raises OSError."""
        facts = source.stat()
        return cls(path=path, source=source, size=facts.st_size, mtime_ns=facts.st_mtime_ns, original=original)

    @classmethod
    def of_bytes(cls, path: str, data: bytes, original: str = "") -> Part:
        return cls(path=path, source=data, size=len(data), original=original)
