"""Groups findings that differ only in their cell into one line."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from fazhi_xl.findings import Finding, Severity

_NAMED = 6  # places named in one line; of more, the first two and how many there are


@dataclass(frozen=True, slots=True)
class Line:
    """One or more findings that differ only in their cells and in the names of the inputs."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        return self.findings[0]

    @property
    def severity(self) -> Severity:
        return self.first.severity

    @property
    def cells(self) -> str | None:
        """Name the cells: `D7`, `D7、D9`, `D7、D9 等12处`."""
        return _some(each.place.cell for each in self.findings)

    @property
    def fields(self) -> str | None:
        return _some(each.place.field for each in self.findings)

    @property
    def values(self) -> str | None:
        return _some(dict.fromkeys(each.value for each in self.findings))

    @property
    def with_place(self) -> str:
        """Give sheet, cells and text: `任务分解表 D7:……`."""
        place = " ".join(filter(None, (self.first.place.sheet, self.cells)))
        return f"{place}:{self.message}" if place else self.message

    @property
    def message(self) -> str:
        """The text; where the inputs differ, `这12处` stands in place of their names."""
        subject = self.first.code.subject
        if len({str(each.words.get(subject)) for each in self.findings}) == 1:
            return self.first.message
        return self.first.message_about(f"这{len(self.findings)}处")


def _some(names: Iterable[str | None]) -> str | None:
    known = [name for name in names if name]
    if len(known) <= _NAMED:
        return "、".join(known) or None
    return f"{'、'.join(known[:2])} 等{len(known)}处"


def grouped(findings: Iterable[Finding]) -> tuple[Line, ...]:
    """Group findings that differ only in cell and name of the input, and were answered alike, in the order of each group's first."""
    lines: dict[Hashable, list[Finding]] = {}
    for each in findings:
        replied = (each.answered, each.refused)
        lines.setdefault((each.code, each.place.sheet, *replied, each.apart_from_subject), []).append(each)
    return tuple(Line(tuple(own)) for own in lines.values())
