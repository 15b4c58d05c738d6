"""What a feedback sheet lists below the losses: the office's entries, what to supplement, and bonus and deductions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from fazhi_xl.findings import Actor, Severity
from fazhi_xl.form.appeal_form import AppealRow
from fazhi_xl.notice.choices import EarlyBonus
from fazhi_xl.points import Hundredths, show
from fazhi_xl.reports.feedback.appeals import offered, outcomes
from fazhi_xl.reports.feedback.result import SAID, UnitResult
from fazhi_xl.reports.filing.finding_lines import grouped as grouped_findings
from fazhi_xl.reports.media.one_page import PageList
from fazhi_xl.rounds.caps import within_cap
from fazhi_xl.rounds.decisions import Adjustment
from fazhi_xl.rounds.losses import Loss, losses
from fazhi_xl.rounds.rates import counted
from fazhi_xl.text.dates import day_or_blank


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """What was lost, and the lists of what the notice has and the unit can be told of; of a unit that is asked for nothing no `asked`.

    `offered` are the rows that the unit may ask to be reviewed.
    """

    losses: tuple[Loss, ...]
    registered: tuple[PageList, ...]
    asked: PageList | None
    adjusted: PageList | None
    reviewed: tuple[PageList, ...] = ()
    offered: tuple[AppealRow, ...] = ()

    @classmethod
    def of(cls, result: UnitResult) -> Lists:
        notice = result.round_.notice
        lost = tuple(replace(loss, why=loss.why or _unsaid(result)) for loss in losses(result.round_, result.score))
        return cls(
            losses=lost,
            registered=registered(result),
            asked=None if result.unit.short in result.round_.unasked else asked(result),
            adjusted=adjusted(result) if notice.bonus or notice.deductions else None,
            reviewed=outcomes(result),
            offered=offered(result, lost),
        )

    @property
    def listed(self) -> tuple[PageList, ...]:
        """The lists that have lines."""
        return tuple(
            each for each in (*self.registered, *self.reviewed, self.asked, self.adjusted) if each and each.lines
        )

    @property
    def empty(self) -> tuple[str, ...]:
        """What the other lists say."""
        return tuple(each.title for each in (self.asked, self.adjusted) if each and not each.lines)


def _unsaid(result: UnitResult) -> str:
    """Say why points are lost where nobody has said it."""
    if result.self_scored:
        return "自评未得满分"
    return "核定未得满分" if result.round_.official else "按填报的事实测算,未得满分"


# What the office has on record ---------------------------------------------------------------------------------------


def registered(result: UnitResult) -> tuple[PageList, ...]:
    """Give the list of the rows of registers that settle a sub-point of the unit; none where no row does."""
    lines = _numbered(_events(result))
    if not lines:
        return ()
    return (PageList(title=f"办公室登记的({len(lines)}条)", lines=lines, room=SAID, share=0.1),)


def _events(result: UnitResult) -> Iterator[str]:
    """Say of each row what it holds, and of the last one of a sub-point what all of them come to."""
    for score in result.score.sub_points:
        ruling = result.round_.rulings.get((result.unit.short, score.code))
        if not (ruling and score.decided):
            continue
        for no, event in enumerate(ruling.events, 1):
            points = show(counted(score, result.round_.basis))
            whole = f"。{ruling.register},得{points}分(分值{show(score.points)}分)" if no == len(ruling.events) else ""
            yield f"{score.code} {event.register}:{result.said(event.text)}{whole}。"


# What to supplement --------------------------------------------------------------------------------------------------


def asked(result: UnitResult) -> PageList:
    """List what the unit has to do, with the day."""
    lines = _numbered(_supplements(result))
    about = result.round_.notice.about
    by = day_or_blank(about.feedback.supplement_due, result.round_.generated.date())
    heading = f"请补正、核实({len(lines)}条),于{by}前报{about.office}" if lines else "没有需要补正、核实的"
    return PageList(title=heading, lines=lines, room=SAID, more="条", share=0.15)


def _supplements(result: UnitResult) -> Iterator[str]:
    """List documents to supply, refused claims, and the findings on the unit's form."""
    round_, unit = result.round_, result.unit.short
    reasons = round_.notice.about.feedback.material_reasons
    for score in result.score.sub_points:
        ruling = round_.rulings.get((unit, score.code))
        if score.approved is False:
            yield f"{score.code} 申请不涉及,没有核准:请补报完成情况{_documents(result, score.code, '和')}。"
        elif ruling and score.decided and ruling.reason in reasons:
            yield f"{score.code} {ruling.reason}:请补充{_documents(result, score.code) or '佐证材料'}。"
    file = round_.file_of(unit)
    mine = [each for each in file.findings if file.actor(each) is Actor.UNIT] if file else []
    for line in grouped_findings(sorted(mine, key=lambda each: tuple(Severity).index(each.severity))):
        yield result.said(line.with_place)


def _documents(result: UnitResult, code: str, before: str = "") -> str:
    """Name the documents that the catalogue asks for, and their folder; nothing where the notice asks for none."""
    notice = result.round_.notice
    if not notice.about.texts.evidence:
        return ""
    named = result.documents(code)
    return f"{before}佐证材料{f'({named})' if named else ''},放入“{notice.item_of[code].no}”文件夹"


# Bonus and deductions ------------------------------------------------------------------------------------------------


def adjusted(result: UnitResult) -> PageList:
    """List the unit's claims, and what is taken off, each with what it counts and why no more."""
    notice, scoring = result.round_.notice, result.round_.notice.about.scoring
    lines = _numbered((*_claims(result), *_penalties(result)))
    named = "、".join((*(("加分",) if notice.bonus else ()), *(("减分",) if notice.deductions else ())))
    caps = (("加分", scoring.bonus_cap, notice.bonus), ("减分", scoring.deduction_cap, notice.deductions))
    limits = "".join(f";{what}以{show(cap)}分为限" for what, cap, there in caps if there and cap is not None)
    heading = f"{named}({len(lines)}项{limits})" if lines else f"没有{named}"
    return PageList(title=heading, lines=lines, room=SAID, more="项", share=0.1)


def _claims(result: UnitResult) -> Iterator[str]:
    round_, cap = result.round_, result.round_.notice.about.scoring.bonus_cap
    own = (each for each in round_.claims if each.unit == result.unit.short)
    judged = round_.official or round_.notice.about.scoring.early_bonus is EarlyBonus.RECOGNISED
    for claim, points in within_cap(own, cap):
        what = f"申报加分 {claim.situation}“{result.said(claim.matter)}”"
        why = claim.why(points, cap)
        yield f"{what}:{_judged(result, claim, points, why) if judged else _early(points, why)}。"


def _early(points: Hundredths, why: str) -> str:
    """Say what a claim counts as it was made, before all is decided."""
    because = f"({why})" if why else ""
    return f"按申报暂计{show(points)}分{because}" if points else f"暂不计分{because or '(没有填全)'}"


def _judged(result: UnitResult, claim: Adjustment, points: Hundredths, why: str) -> str:
    because = f"({why})" if why else ""
    note = f"({result.said(claim.note)})" if claim.note else ""
    if claim.recognised_by_office:
        return f"{claim.verdict}{note},{f'加{show(points)}分' if points else '不加分'}{because}"
    if not claim.verdict:
        return "没有认定,不加分" if result.round_.official else "待认定,暂不加分"
    silent = "" if note or why else f"(原因请向{result.round_.notice.about.office}了解)"
    return f"{claim.verdict}{note},不加分{because or silent}"


def _penalties(result: UnitResult) -> Iterator[str]:
    """Say what each matter takes off; one that takes nothing is told where a limit or another entry is the reason."""
    round_, cap = result.round_, result.round_.notice.about.scoring.deduction_cap
    own = (each for each in round_.penalties if each.unit == result.unit.short)
    for each, points in within_cap(own, cap) if round_.deducting else ():
        why = each.why(points, cap, elsewhere="同一事项,只减一次")
        if not (points or why):
            continue
        document = f",依据:{result.phoneless(each.document)}" if each.document else ""
        because = f"({why})" if why else ""
        taken = f"减{show(points)}分" if points else "不减分"
        yield f"减分 {each.situation}“{result.said(each.matter)}”:{taken}{because}{document}。"


def _numbered(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{no}. {text}" for no, text in enumerate(texts, 1))
