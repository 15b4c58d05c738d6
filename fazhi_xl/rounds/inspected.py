"""What was found in a file of evidence when it was opened."""

from __future__ import annotations

from dataclasses import dataclass

from fazhi_xl.text.worded import Worded


class Fault(Worded):
    """What is wrong with a file of evidence."""

    ENCRYPTED = "encrypted", "设了密码,打不开"
    DAMAGED = "damaged", "不完整或已损坏,打不开"
    STOPPED = "stopped", "太大或太复杂,没有打开"  # within the limits of time and memory
    EMPTY = "empty", "打开是空白的"
    SMALL = "small", "太小,看不清"
    UNCHECKED = "unchecked", "没有自动检查"  # of a format that is not opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """A file of evidence, as it was opened; `kind` is its format's name, blank where it is none that is opened.

    `pages` are counted, None where they are not (a text of a word processor has none of its own). `detail` says more of the fault.
    `numbers` are the citizens' identity numbers in it or in its name, each as it may be printed, and never whole.
    """

    kind: str = ""
    pages: int | None = None
    fault: Fault | None = None
    detail: str = ""
    numbers: tuple[str, ...] = ()

    @property
    def doubt(self) -> str:
        """What is to be said of it in a few words; blank where nothing is."""
        wrong = (
            f"{self.fault.word}({self.detail})" if self.fault and self.detail else self.fault.word if self.fault else ""
        )
        private = (
            f"有公民身份号码({'、'.join(self.numbers[:2])}{'等' if len(self.numbers) > 2 else ''})"
            if self.numbers
            else ""
        )
        return ";".join(filter(None, (wrong, private)))
