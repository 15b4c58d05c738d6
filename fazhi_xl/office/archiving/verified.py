"""What testing a package came to, as values and in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from fazhi_xl.office.archiving.again import Outcome
from fazhi_xl.office.archiving.trouble import Check, Trouble, Wrong
from fazhi_xl.office.packing.folder import sized
from fazhi_xl.office.workspace.folder import Json
from fazhi_xl.text.commands import Command

_NAMED = 20  # faults of one check that are named; all stand in the JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """One of the four checks: what it looked at, in sentences, and what is wrong."""

    check: Check
    said: tuple[str, ...]
    troubles: tuple[Trouble, ...] = ()

    @property
    def lines(self) -> Iterator[str]:
        verdict = f"有{len(self.troubles)}处不符" if self.troubles else "通过"
        yield f"{self.check.word}:{verdict}"
        yield from (f"  {each}" for each in self.said)
        yield from (f"  不符 {each.told}" for each in self.troubles[:_NAMED])
        if len(self.troubles) > _NAMED:
            yield f"  另有{len(self.troubles) - _NAMED}处,加 {Command.JSON} 全部列出。"

    @property
    def as_json(self) -> Json:
        return {
            "check": self.check.value,
            "name": self.check.word,
            "passed": not self.troubles,
            "tested": list(self.said),
            "faults": [each.as_json for each in self.troubles],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A package that was tested: its name, size and SHA-256 (of a folder that of its manifest), what it is, and the checks.

    `hints` are no faults; `outcome` is what came of making the ranking anew, `edition` the SHA-256 of what tells of the edition.
    """

    place: str
    size: int
    sha256: str
    called: str
    tested: tuple[Tested, ...]
    hints: tuple[str, ...] = ()
    outcome: Outcome = field(default_factory=Outcome)
    edition: str = ""

    @property
    def passed(self) -> bool:
        return not any(each.troubles for each in self.tested)

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        return tuple(trouble for each in self.tested for trouble in each.troubles)

    @property
    def intact(self) -> bool:
        """Say whether it is the package that was made: whatever else is to be told of it was so then."""
        as_made = {Wrong.AGAIN_DIFFERS, Wrong.NOT_AGAIN}
        return all(each.wrong in as_made for each in self.troubles)

    @property
    def lines(self) -> Iterator[str]:
        yield f"归档包:{self.place}({sized(self.size)})"
        yield f"SHA-256:{self.sha256}(与归档时记下的核对)"
        if self.called:
            yield f"内容:{self.called}"
        for each in self.tested:
            yield from each.lines
        yield from (f"提示:{each}" for each in self.hints)
        count = len(self.troubles)
        way_on = f"请查清:别人交来的,换一份完好的;自己做的,再运行 {Command.ARCHIVE}。"
        passed = "结论:真实性、完整性、可用性、安全性四项检测都通过。"
        yield f"结论:四项检测有{count}处不符。{way_on}" if count else passed

    @property
    def as_json(self) -> Json:
        return {
            "package": self.place,
            "size": self.size,
            "sha256": self.sha256,
            "passed": self.passed,
            "checks": [each.as_json for each in self.tested],
            "again": {
                "same": self.outcome.same,
                "failed": self.outcome.failed,
                "differs": [{"file": name, "at": at} for name, at in self.outcome.differs],
            },
            "hints": list(self.hints),
        }
