"""The task for a child process; not in `child`, since a module that is run with -m should not be imported as well."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from fazhi_xl.limits import MB

Answer = tuple[dict[str, Any], bytes]
"""What comes back: a line of JSON, and bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildTask:
    """What a child is to do, and with how much memory (bytes) and processor time (seconds).

    A child that has had so much more memory than at its beginning, its `growth`, takes no further file.

    `module` has the function `work(data, content)`, which takes the task's `data`, as JSON has them, and the bytes of the file, and gives
    an `Answer`. Whatever it raises ends the child.
    """

    module: str
    memory: int
    cpu: int
    growth: int = 32 * MB
    data: Mapping[str, Any] = field(default_factory=dict)

    def to_line(self) -> bytes:
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> ChildTask:
        return cls(**json.loads(line))
