"""Remarks on what a catalogue's texts say and its data does not: amounts no rule states, codes that are gone, years of the past."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from fazhi_xl.notice.choices import Step
from fazhi_xl.notice.model import Notice, Situation, SubPoint
from fazhi_xl.notice.rules import Balance, Bands, Deduct, EventTerm, MarginTerm, Part, Tally, inputs_of, terms_of
from fazhi_xl.points import Hundredths, in_points
from fazhi_xl.text.one_line import cut

_QUOTED, _NAMED = 60, 20  # characters of a text that is quoted, and of one that is only named
_CODE = re.compile(r"(?<![\d.A-Za-z〔])([1-9]\d?\.\d{1,2})(?![\d.]|\s*(?:分|%|%|个百分点|倍|万|元|亿|米|度|折))")
_ITEM = re.compile(r"第(\d{1,3})项")
_AMOUNT = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)分(?!钟|之)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年)")


def worded_rules(notice: Notice) -> Iterator[str]:
    """Name the limits, steps and doublings that a sub-point's text has and its rule has not."""
    capped = {name for cap in notice.about.loss_caps for name in cap.sub_points}
    for code, sub in notice.sub_points.items():
        for word, pattern, stated in _WORDED:
            if re.search(pattern, sub.text) and not stated(sub.rule.parts) and not (word in _CAPS and sub.id in capped):
                yield f"{code}的文字里有“{word}”,规则里没有写:“{cut(sub.text, _QUOTED)}”"


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


def begun_points(notice: Notice) -> Iterator[str]:
    """Name the sub-points whose text says how a part of a percentage point counts, where the rule counts whole ones."""
    for code, sub in notice.sub_points.items():
        steps = {term.step for term in _terms(sub.rule.parts) if isinstance(term, MarginTerm)}
        if _MEANINGS_OF_BEGUN.search(sub.text) and steps == {Step.FULL}:
            yield f"{code}的文字写了不足1个百分点怎么算,规则按每满1个百分点算(step = “full”)"


def worded_vetoes(notice: Notice) -> Iterator[str]:
    """Name the texts that speak of a veto where the catalogue has none."""
    if notice.vetoes:
        return
    texts = {"notice.toml": " ".join(_clauses(notice))}
    texts |= {f"第{item.no}项": item.requirement + item.name for item in notice.items}
    yield from (
        f"{where}的文字里有“一票否决”,目录里没有一票否决情形([[vetoes]])"
        for where, text in texts.items()
        if "一票否决" in text
    )


def _clauses(notice: Notice) -> Iterator[str]:
    """Give the texts that are printed on the forms and are not an item's own."""
    texts = notice.about.texts
    yield from (*texts.steps, *texts.evidence, texts.scoring_clause, texts.bonus_clause, texts.deduction_clause)
    yield from (texts.contact_clause, texts.index_clause, texts.grade_note)
    yield from (text for each in notice.registers for text in (each.title, each.note, each.foot))
    yield from (fact.hint for sub in notice.sub_points.values() for fact in sub.inputs)


def _printed(notice: Notice) -> Iterator[str]:
    """Give the texts of what is scored."""
    yield from (sub.text for sub in notice.sub_points.values())
    yield from (each.text for each in (*notice.bonus, *notice.deductions))
    yield from (each.text for each in notice.vetoes)
    yield from (f"{column.heading} {column.hint}" for each in notice.registers for column in each.columns)
    yield from (each.summary for each in notice.registers)


def quoted_codes(notice: Notice) -> Iterator[str]:
    """Name the codes and item numbers that the catalogue's own texts quote and that are gone."""
    numbers = {str(item.no) for item in notice.items}
    for where, text in _own_texts(notice):
        quoted = (code for code in _CODE.findall(text) if int(code.split(".")[0]) <= 2 * len(numbers))
        gone = [code for code in quoted if code not in notice.sub_points]
        gone += [f"第{no}项" for no in _ITEM.findall(text) if no not in numbers]
        if notice.items and gone:
            yield f"{where}提到的{'、'.join(dict.fromkeys(gone))}不在目录里"


def _own_texts(notice: Notice) -> Iterator[tuple[str, str]]:
    """Give the texts that the office writes about its own items, with what to call each."""
    for reading in notice.readings:
        options = (option.text for option in reading.options)
        yield f"口径“{reading.key}”", " ".join((reading.question, reading.reason, *options))
    yield from ((f"登记“{each.name}”", f"{each.note} {each.foot} {each.summary}") for each in notice.registers)
    yield from ((f"{code}的说明", sub.note) for code, sub in notice.sub_points.items())
    yield from ((f"累计扣分限额第{no}个", cap.text) for no, cap in enumerate(notice.about.loss_caps, 1))


def past_years(notice: Notice) -> Iterator[str]:
    """Name the clauses that speak of an earlier year as if it were this one; titles of documents may."""
    about = notice.about
    own = {"通知标题": about.title, "简称": about.short_title, "指标": notice.index.title if notice.index else ""}
    quoted = (*_clauses(notice), *_printed(notice))
    texts = (*own.items(), *((f"“{cut(text, _NAMED)}”", text) for text in quoted))
    for where, text in texts:
        years = {
            year for year in _YEAR.findall(re.sub(r"《[^》]*》", "", text)) if int(year) < about.dates.period_start.year
        }
        if years:
            yield f"{where}写着{'、'.join(sorted(years))}年,本次评价的是{about.year}年"


def number_year(notice: Notice) -> Iterator[str]:
    """Compare the year in the notice's number with the year that is assessed and the year of issue."""
    years = {int(year) for year in re.findall(r"[〔\[(](20\d\d)[〕\])]", notice.about.number)}
    known = {notice.about.year, notice.about.dates.issued.year}
    if years and not years & known:
        yield f"文号“{notice.about.number}”的年份和年度{notice.about.year}、印发日{notice.about.dates.issued}都对不上"


def narrow_dates(notice: Notice) -> Iterator[str]:
    """Name the dates that leave no day, or nearly none, of the period to be entered, and deadlines before the forms come back."""
    start, end = notice.about.dates.period
    bounds = [
        (f"登记“{each.name}”的“{column.heading}”", column.earliest, column.latest)
        for each in notice.registers
        for column in each.columns
    ]
    facts = ((code, fact) for code, sub in notice.sub_points.items() for fact in sub.inputs)
    bounds += [(f"{code}.{fact.key}", fact.earliest, fact.latest) for code, fact in facts]
    for where, earliest, latest in bounds:
        if latest and latest < end:
            yield f"{where}最晚只能填{latest},早于评价期末{end}"
        if earliest and earliest > start:
            yield f"{where}最早只能填{earliest},晚于评价期初{start}"
    due, about = notice.about.dates.ledger_due, notice.about
    for name, day in (("补正期限", about.feedback.supplement_due), ("修改期限", about.dates.corrections_due)):
        if day and day < due:
            yield f"{name}{day}早于报送期限{due}"


def worded_amounts(notice: Notice) -> Iterator[str]:
    """Name the amounts that a text has and the rule, or the situations, have not."""
    for code, sub in notice.sub_points.items():
        if any(terms_of(part) or isinstance(part, Bands) for part in sub.rule.parts):
            yield from _unstated(f"{code}的文字", sub.text, _amounts_of(notice, sub))
    about, scoring = notice.about, notice.about.scoring
    if notice.bonus:
        known = _amounts_in(notice, notice.bonus, scoring.bonus_cap)
        yield from _unstated("加分的文字", about.texts.bonus_clause, known)
    if notice.deductions:
        known = _amounts_in(notice, notice.deductions, scoring.deduction_cap)
        yield from _unstated("减分的文字", about.texts.deduction_clause, known)


def _amounts_in(notice: Notice, situations: Iterable[Situation], cap: Hundredths | None) -> set[Decimal]:
    """Give every amount of situations, their limits and their cap, in points; and the full marks, which a clause may name."""
    points = [points for each in situations for points in (each.points, *(level.points for level in each.levels))]
    limits = [limit.at_most for limit in notice.limits]
    return {in_points(each) for each in (*points, *limits, cap or 0, notice.about.scoring.full)}


def _unstated(what: str, text: str, known: set[Decimal]) -> Iterator[str]:
    said = dict.fromkeys(Decimal(each) for each in _AMOUNT.findall(text))
    missing = [f"{each}分" for each in said if each not in known]
    if missing:
        yield f"{what}写的{'、'.join(missing)}在规则里没有:“{cut(text, _QUOTED)}”"


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


def unread_inputs(notice: Notice) -> Iterator[str]:
    """Name the inputs that a unit must fill in although no rule counts them, nor what they are a part of."""
    for code, sub in notice.sub_points.items():
        read = {key for part in sub.rule.parts for key in inputs_of(part)}
        for fact in sub.inputs:
            if fact.required and not {fact.key, fact.not_more_than, fact.not_before} & read:
                yield f"{code}.{fact.key}必填,却没有规则用到;只供参考的写 required = false"


TEXT_RULES: tuple[tuple[str, Callable[[Notice], Iterator[str]]], ...] = (
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
