"""复核答复: the text that tells a unit what became of its requests for a review, and of those that were refused by which rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from fazhi_xl.findings.catalogue import REFUSED_APPEALS
from fazhi_xl.notice.model import Unit
from fazhi_xl.reports.media.privacy import OtherUnits, without_phones
from fazhi_xl.rounds.appeals import Appeal
from fazhi_xl.rounds.round import Round
from fazhi_xl.text.dates import chinese_date
from fazhi_xl.text.one_line import one_line

_NUMERALS = "一二三"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A unit with what it asked, as far as there is something to tell."""

    round_: Round
    unit: Unit
    others: OtherUnits

    @property
    def parts(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Give what is told under each heading, where there is any."""
        own = self.round_.appeals.of(self.unit.short)
        decided = tuple(self._decided(each) for each in own if each.ruling)
        waiting = tuple(f"{each.code} {one_line(each.text)}" for each in own if not each.ruling)
        refused = tuple(dict.fromkeys(self._refused()))
        told = (("已经复核的", decided), ("已经收到、正在复核的", waiting), ("不予受理的", refused))
        return tuple((head, lines) for head, lines in told if lines)

    def _decided(self, each: Appeal) -> str:
        because = f"理由:{self._said(each.note)}" if each.note else ""
        return f"{each.code} {one_line(each.text)} {each.outcome}。{because}"

    def _refused(self) -> Iterator[str]:
        for file in self.round_.files_of(self.unit.short):
            for found in file.findings:
                if found.code in REFUSED_APPEALS:
                    yield self._said(found.message)

    def _said(self, text: str) -> str:
        return without_phones(self.others.hidden(one_line(text), self.unit.short))


def answered(round_: Round) -> tuple[Answered, ...]:
    """Give the units that are to be told of their requests, in the order of the notice."""
    others = OtherUnits.of(round_.notice)
    every = (Answered(round_=round_, unit=unit, others=others) for unit in round_.notice.units)
    asking = {file.unit for file in round_.files if file.request} | {each.unit for each in round_.appeals.taken}
    return tuple(each for each in every if each.unit.short in asking and each.parts)


def answer_text(asked: Answered, day: date) -> str:
    """Write the text to a unit."""
    about, lines = asked.round_.notice.about, []
    for numeral, (head, told) in zip(_NUMERALS, asked.parts, strict=False):
        lines.append(f"{numeral}、{head}({len(told)}项)")
        lines.extend(f"{no}. {text}" for no, text in enumerate(told, 1))
        lines.append("")
    phone = f",电话{about.office_phone}" if about.office_phone else ""
    return "\n".join(
        (
            f"{asked.round_.mark}{asked.unit.name}:",
            "",
            f"你单位对{about.short_title}结果提出的复核申请,答复如下。",
            "",
            *lines,
            f"有问题,请问{about.office}{about.office_room}{phone}。",
            "",
            about.office,
            chinese_date(day),
            "",
        )
    )
