"""Remarks on what a catalogue's texts say and its data does not: amounts no rule states, codes that are gone, years of the past."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

from fazhi_xl.notice.choices import Step
from fazhi_xl.notice.lint_remark import (
    ABOUT,
    ADJUSTMENTS,
    INDEX,
    READINGS,
    REGISTERS,
    Noted,
    Spot,
    inputs,
    items,
    sub_points,
)
from fazhi_xl.notice.model import Notice, Situation, SubPoint
from fazhi_xl.notice.oddities import Oddity
from fazhi_xl.notice.registers import Register
from fazhi_xl.notice.rules import Balance, Bands, Deduct, EventTerm, MarginTerm, Part, Tally, inputs_of, terms_of
from fazhi_xl.notice.years import said_years
from fazhi_xl.points import Hundredths, in_points
from fazhi_xl.text.one_line import cut
from fazhi_xl.text.said import Sheet

_QUOTED, _NAMED = 60, 20  # characters of a text that is quoted, and of one that is only named
_CODE = re.compile(r"(?<![\d.A-Za-z〔])([1-9]\d?\.\d{1,2})(?![\d.]|\s*(?:分|%|%|个百分点|倍|万|元|亿|米|度|折))")
_ITEM = re.compile(r"第(\d{1,3})项")
_AMOUNT = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)分(?!钟|之)")


def worded_rules(notice: Notice) -> Iterator[Noted]:
    """Name the limits, steps and doublings that a sub-point's text has and its rule has not."""
    capped = {name for cap in notice.about.loss_caps for name in cap.sub_points}
    for spot, sub in sub_points(notice):
        for word, pattern, stated in _WORDED:
            if re.search(pattern, sub.text) and not stated(sub.rule.parts) and not (word in _CAPS and sub.id in capped):
                said = Oddity.WORDED_RULE(code=sub.code, word=word, text=cut(sub.text, _QUOTED))
                yield spot.at("text").says(said)


def _terms(parts: Iterable[Part]) -> Iterator[EventTerm | MarginTerm]:
    yield from (term for part in parts for term in terms_of(part))


def _capped(parts: tuple[Part, ...]) -> bool:
    """Say whether a part is limited: by a cap of its own, or as a tally by its points."""
    own = (part.cap is not None for part in parts if isinstance(part, Tally | Deduct))
    return any(own) or any(isinstance(part, Tally) for part in parts) or any(term.cap for term in _terms(parts))


_CAPS = frozenset({"最高减", "最多扣"})
_WORDED: tuple[tuple[str, str, Callable[[tuple[Part, ...]], bool]], ...] = (
    ("最高减", r"(最高|最多)(减|扣|加|得)|累计(减|扣)分?不超过", _capped),
    ("减完为止", r"(减|扣)完为止", lambda parts: any(isinstance(part, Deduct | Balance) for part in parts)),
    ("百分点", r"百分点", lambda parts: any(isinstance(term, MarginTerm) for term in _terms(parts))),
    (
        "加倍",
        r"加倍|双倍|翻倍",
        lambda parts: any(isinstance(term, EventTerm) and term.again > 1 for term in _terms(parts)),
    ),
)
_MEANINGS_OF_BEGUN = re.compile(r"不足1个百分点|不满1个百分点")


def begun_points(notice: Notice) -> Iterator[Noted]:
    """Name the sub-points whose text says how a part of a percentage point counts, where the rule counts whole ones."""
    for spot, sub in sub_points(notice):
        steps = {term.step for term in _terms(sub.rule.parts) if isinstance(term, MarginTerm)}
        if _MEANINGS_OF_BEGUN.search(sub.text) and steps == {Step.FULL}:
            yield spot.at("text").says(Oddity.BEGUN_POINT(code=sub.code))


def worded_vetoes(notice: Notice) -> Iterator[Noted]:
    """Name the texts that speak of a veto where the catalogue has none."""
    if notice.vetoes:
        return
    texts: list[tuple[Sheet | str, Spot, str]] = []
    texts += ((Sheet("notice", ABOUT.file), spot, text) for spot, text in _clauses(notice))
    for spot, item in items(notice):
        texts.append((f"第{item.no}项", spot.at("requirement"), item.requirement))
        texts.append((f"第{item.no}项", spot.at("name"), item.name))
    first: dict[Sheet | str, Spot] = {}
    for where, spot, _ in (each for each in texts if "一票否决" in each[2]):
        first.setdefault(where, spot)
    for where, spot in first.items():
        yield spot.says(Oddity.WORDED_VETO(where=where))


def _clauses(notice: Notice) -> Iterator[tuple[Spot, str]]:
    """Give the texts that are printed on the forms and are not an item's own, with their places."""
    texts, spot = notice.about.texts, ABOUT.at("texts")
    yield from ((spot.at("steps", at), text) for at, text in enumerate(texts.steps))
    yield from ((spot.at("evidence", at), text) for at, text in enumerate(texts.evidence))
    for field in ("scoring", "bonus", "deduction", "contact", "index", "appeal"):
        yield spot.at(f"{field}_clause"), getattr(texts, f"{field}_clause")
    yield spot.at("grade_note"), texts.grade_note
    for own, each in _registers(notice):
        yield from ((own.at(field), getattr(each, field)) for field in ("title", "note", "foot"))
    yield from ((own.at("hint"), fact.hint) for own, _, fact in inputs(notice))


def _registers(notice: Notice) -> Iterator[tuple[Spot, Register]]:
    yield from ((REGISTERS.at("registers", at), each) for at, each in enumerate(notice.registers))


def _printed(notice: Notice) -> Iterator[tuple[Spot, str]]:
    """Give the texts of what is scored, with their places."""
    yield from ((spot.at("text"), sub.text) for spot, sub in sub_points(notice))
    for section, texts in (
        ("bonus", [each.text for each in notice.bonus]),
        ("deductions", [each.text for each in notice.deductions]),
        ("vetoes", [each.text for each in notice.vetoes]),
    ):
        yield from ((ADJUSTMENTS.at(section, at, "text"), text) for at, text in enumerate(texts))
    for own, each in _registers(notice):
        for at, column in enumerate(each.columns):
            yield own.at("columns", at, "title"), column.heading
            yield own.at("columns", at, "hint"), column.hint
        yield own.at("summary"), each.summary


def quoted_codes(notice: Notice) -> Iterator[Noted]:
    """Name the codes and item numbers that the catalogue's own texts quote and that are gone."""
    for where, texts in _own_texts(notice) if notice.items else ():
        gone = [(name, spot) for spot, text in texts for name in _gone(notice, text)]
        if gone:
            names = dict.fromkeys(name for name, _ in gone)
            yield gone[0][1].says(Oddity.QUOTED_CODE(where=where, names="、".join(names)))


def _gone(notice: Notice, text: str) -> Iterator[str]:
    numbers = {str(item.no) for item in notice.items}
    quoted = (code for code in _CODE.findall(text) if int(code.split(".")[0]) <= 2 * len(numbers))
    yield from (code for code in quoted if code not in notice.sub_points)
    yield from (f"第{no}项" for no in _ITEM.findall(text) if no not in numbers)


def _own_texts(notice: Notice) -> Iterator[tuple[str, list[tuple[Spot, str]]]]:
    """Give the texts that the office writes about its own items, with their places, and what to call each."""
    for at, reading in enumerate(notice.readings):
        spot = READINGS.at("readings", at)
        own = [(spot.at("question"), reading.question), (spot.at("reason"), reading.reason)]
        options = [(spot.at("options", nth, "text"), option.text) for nth, option in enumerate(reading.options)]
        yield f"口径“{reading.key}”", [*own, *options]
    for spot, each in _registers(notice):
        fields = ("note", "foot", "summary")
        yield f"登记“{each.name}”", [(spot.at(field), getattr(each, field)) for field in fields]
    yield from ((f"{sub.code}的说明", [(spot.at("note"), sub.note)]) for spot, sub in sub_points(notice))
    for at, cap in enumerate(notice.about.loss_caps):
        yield f"累计扣分限额第{at + 1}个", [(ABOUT.at("loss_caps", at, "text"), cap.text)]


def past_years(notice: Notice) -> Iterator[Noted]:
    """Name the clauses that speak of an earlier year as if it were this one; titles of documents may."""
    about = notice.about
    named = [("通知标题", ABOUT.at("title"), about.title), ("简称", ABOUT.at("short_title"), about.short_title)]
    if notice.index:
        named.append(("指标", INDEX.at("title"), notice.index.title))
    quoted = ((f"“{cut(text, _NAMED)}”", spot, text) for spot, text in (*_clauses(notice), *_printed(notice)))
    for where, spot, text in (*named, *quoted):
        said = {each.year for each in said_years(re.sub(r"《[^》]*》", "", text)) if each.of_calendar}
        years = [str(year) for year in sorted(said) if year < about.dates.period_start.year]
        if years:
            yield spot.says(Oddity.PAST_YEAR(where=where, years="、".join(years), year=about.year))


def number_year(notice: Notice) -> Iterator[Noted]:
    """Compare the year in the notice's number with the year that is assessed and the year of issue."""
    years = {int(year) for year in re.findall(r"[〔\[(](20\d\d)[〕\])]", notice.about.number)}
    known = {notice.about.year, notice.about.dates.issued.year}
    if years and not years & known:
        about = notice.about
        said = Oddity.NUMBER_YEAR(number=about.number, year=about.year, issued=about.dates.issued)
        yield ABOUT.at("number").says(said)


def narrow_dates(notice: Notice) -> Iterator[Noted]:
    """Name the dates that leave no day, or nearly none, of the period to be entered, and deadlines before the forms come back."""
    start, end = notice.about.dates.period
    for where, spot, earliest, latest in _bounds(notice):
        if latest and latest < end:
            yield spot.at("latest").says(Oddity.NARROW_LATEST(where=where, latest=latest, end=end))
        if earliest and earliest > start:
            yield spot.at("earliest").says(Oddity.NARROW_EARLIEST(where=where, earliest=earliest, start=start))
    due, about = notice.about.dates.ledger_due, notice.about
    for name, spot, day in (
        ("补正期限", ABOUT.at("feedback", "supplement_due"), about.feedback.supplement_due),
        ("修改期限", ABOUT.at("dates", "corrections_due"), about.dates.corrections_due),
        ("异议期限", ABOUT.at("dates", "objections_due"), about.dates.objections_due),
        ("复核申请期限", ABOUT.at("dates", "appeals_due"), about.dates.appeals_due),
    ):
        if day and day < due:
            yield spot.says(Oddity.DUE_BEFORE(name=name, day=day, due=due))


def _bounds(notice: Notice) -> Iterator[tuple[str, Spot, date | None, date | None]]:
    """Give the bounds of each column and input, with what to call it and its place."""
    for spot, each in _registers(notice):
        for at, column in enumerate(each.columns):
            where = f"登记“{each.name}”的“{column.heading}”"
            yield where, spot.at("columns", at), column.earliest, column.latest
    for spot, sub, fact in inputs(notice):
        yield f"{sub.code}.{fact.key}", spot, fact.earliest, fact.latest


def worded_amounts(notice: Notice) -> Iterator[Noted]:
    """Name the amounts that a text has and the rule, or the situations, have not."""
    for spot, sub in sub_points(notice):
        if any(terms_of(part) or isinstance(part, Bands) for part in sub.rule.parts):
            yield from _unstated(f"{sub.code}的文字", spot.at("text"), sub.text, _amounts_of(notice, sub))
    about, scoring, spot = notice.about, notice.about.scoring, ABOUT.at("texts")
    if notice.bonus:
        known = _amounts_in(notice, notice.bonus, scoring.bonus_cap)
        yield from _unstated("加分的文字", spot.at("bonus_clause"), about.texts.bonus_clause, known)
    if notice.deductions:
        known = _amounts_in(notice, notice.deductions, scoring.deduction_cap)
        yield from _unstated("减分的文字", spot.at("deduction_clause"), about.texts.deduction_clause, known)


def _amounts_in(notice: Notice, situations: Iterable[Situation], cap: Hundredths | None) -> set[Decimal]:
    """Give every amount of situations, their limits and their cap, in points; and the full marks, which a clause may name."""
    points = [points for each in situations for points in (each.points, *(level.points for level in each.levels))]
    limits = [limit.at_most for limit in notice.limits]
    return {in_points(each) for each in (*points, *limits, cap or 0, notice.about.scoring.full)}


def _unstated(what: str, spot: Spot, text: str, known: set[Decimal]) -> Iterator[Noted]:
    said = dict.fromkeys(Decimal(each) for each in _AMOUNT.findall(text))
    missing = [f"{each}分" for each in said if each not in known]
    if missing:
        yield spot.says(Oddity.AMOUNT(where=what, amounts="、".join(missing), text=cut(text, _QUOTED)))


def _amounts_of(notice: Notice, sub: SubPoint) -> set[Decimal]:
    """Give every amount that a sub-point's rule, points and joint limits state, in points."""
    caps = [cap.at_most for cap in notice.about.loss_caps if sub.id in cap.sub_points]
    marks: list[Hundredths] = [sub.points, -sub.least, sub.ceiling, *sub.points_by_group.values(), *caps]
    known = {in_points(each) for each in marks}
    for part in sub.rule.parts:
        known |= {each for term in terms_of(part) for each in (term.each, term.cap) if each}
        if isinstance(part, Tally | Deduct) and part.cap:
            known.add(part.cap)
        if isinstance(part, Balance):
            known.add(part.start)
        if isinstance(part, Bands):
            bounds = {bound for band in part.bands for bound in (band.at_least, band.at_most) if bound is not None}
            known |= {part.otherwise, *(band.points for band in part.bands), *bounds}
    weights = sum(part.weight for part in sub.rule.parts)
    return known | {in_points(sub.points) * part.weight / weights for part in sub.rule.parts}


def unread_inputs(notice: Notice) -> Iterator[Noted]:
    """Name the inputs that a unit must fill in although no rule counts them, nor what they are a part of."""
    for spot, sub, fact in inputs(notice):
        read = {key for part in sub.rule.parts for key in inputs_of(part)}
        if fact.required and not {fact.key, fact.not_more_than, fact.not_before} & read:
            yield spot.at("required").says(Oddity.UNREAD_INPUT(where=f"{sub.code}.{fact.key}"))


TEXT_RULES: tuple[tuple[str, Callable[[Notice], Iterator[Noted]]], ...] = (
    ("worded-rule", worded_rules),
    ("begun-point", begun_points),
    ("worded-veto", worded_vetoes),
    ("quoted-code", quoted_codes),
    ("past-year", past_years),
    ("number-year", number_year),
    ("narrow-date", narrow_dates),
    ("worded-amount", worded_amounts),
    ("unread-input", unread_inputs),
)
