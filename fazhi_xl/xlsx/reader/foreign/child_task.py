"""The task for the child process; not in `child`, since a module that is run with -m should not be imported as well."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

from fazhi_xl.xlsx.reader.model import Bounds


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildTask:
    """What the child is to do, and with how much memory (bytes) and processor time (seconds)."""

    task: Literal["read", "decrypt"]
    memory: int
    cpu: int
    bounds: Bounds
    passwords: tuple[str, ...]

    def to_line(self) -> bytes:
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> ChildTask:
        given = json.loads(line)
        return cls(**{**given, "bounds": Bounds(**given["bounds"]), "passwords": tuple(given["passwords"])})
