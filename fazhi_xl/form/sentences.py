"""What the scoring rules mean, in words that stand beside the inputs."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import singledispatch

from fazhi_xl.form.facts import amount
from fazhi_xl.form.rules import Worth
from fazhi_xl.notice.choices import Combine, NoCase
from fazhi_xl.notice.model import SubPoint
from fazhi_xl.notice.rules import (
    YES,
    Balance,
    Band,
    Bands,
    Count,
    CountZero,
    Days,
    Deduct,
    EventTerm,
    Fall,
    Grade,
    MarginTerm,
    Months,
    Part,
    Rate,
    Ratio,
    Tally,
    Term,
    Yes,
    inputs_of,
    inputs_of_term,
)
from fazhi_xl.points import short


class Named:
    """The inputs of a sub-point in words, by their keys, and what it is worth."""

    def __init__(self, sub: SubPoint) -> None:
        self._inputs = {each.key: each for each in sub.inputs}
        self.worth = Worth.of(sub)

    def __getitem__(self, key: str) -> str:
        """Give an input's label."""
        return self._inputs[key].label

    def measure(self, key: str) -> str:
        """Give the measure word of what an input counts."""
        return self._inputs[key].measure or "次"

    def rate(self, done: tuple[str, ...], due: tuple[str, ...]) -> str:
        """Name a rate by what it is made of."""
        labels = (tuple(self[key] for key in keys) for keys in (done, due))
        return "÷".join(names[0] if len(names) == 1 else f"({'+'.join(names)})" for names in labels)


def explain(sub: SubPoint) -> dict[str, str]:
    """Give for each input, in their order, the sentence that explains the parts which begin with it."""
    said, named = dict.fromkeys((each.key for each in sub.inputs), ""), Named(sub)
    for part in sub.rule.parts:
        key = inputs_of(part)[0]
        said[key] = ";".join(filter(None, (said[key], _sentence(part, named))))
    first = next(iter(said))
    opening = _opening(sub)
    return {**said, first: opening + said[first] if said[first] else (opening and f"{opening[:-1]}。")}


def of_parts(sub: SubPoint) -> tuple[str, ...]:
    """Give the sentence of each part of the rule, in their order."""
    named = Named(sub)
    return tuple(_sentence(part, named) for part in sub.rule.parts)


def whole(sub: SubPoint) -> str:
    """Give the whole rule in words, as they stand beside the inputs: how its parts make up the points, and what each part says."""
    return _opening(sub) + ";".join(of_parts(sub))


def purposes(sub: SubPoint) -> dict[str, str]:
    """Give for each input how it counts; one that no part reads is for the reviewer's information."""
    named, keys = Named(sub), [each.key for each in sub.inputs]
    read = {key: [_about(part, key) for part in sub.rule.parts if key in inputs_of(part)] for key in keys}
    said = {key: ";".join(_sentence(part, named) for part in parts) for key, parts in read.items()}
    return {key: f"计分:{text}。" if text else "不计分,供审核参考。" for key, text in said.items()}


def range_text(sub: SubPoint) -> str:
    """Say between which scores a sub-point is scored: `满分2分`, or `最高3分、最低-2分`."""
    if (sub.least, sub.ceiling) == (0, sub.points):
        return f"满分{short(sub.points)}分"
    return f"最高{short(sub.ceiling)}分、最低{short(sub.least)}分"


def _about(part: Part, key: str) -> Part:
    """Leave the terms out that do not read the input."""

    def kept(terms: tuple[Term, ...]) -> tuple[Term, ...]:
        return tuple(term for term in terms if key in inputs_of_term(term))

    match part:
        case Tally() | Deduct():
            return part.model_copy(update={"terms": kept(part.terms)})
        case Balance():
            return part.model_copy(update={"plus": kept(part.plus), "minus": kept(part.minus)})
        case _:
            return part


def _opening(sub: SubPoint) -> str:
    parts, points = sub.rule.parts, short(sub.points)
    if len(parts) == 1:
        return ""
    if sub.rule.combine is Combine.ALL:
        return f"以下{len(parts)}条全部做到得{points}分,缺一条不得分:"
    weights = [part.weight for part in parts]
    shared = "平均" if len(set(weights)) == 1 else f"按权重{':'.join(map(str, weights))}"
    return f"以下{len(parts)}条{shared}分配{points}分:"


@singledispatch
def _sentence(part: object, named: Named) -> str:  # noqa: ARG001 - the registered functions use them
    raise TypeError(part)


@_sentence.register
def _(part: Yes, named: Named) -> str:
    return f"{named[part.input]}填“{YES}”得分"


@_sentence.register
def _(part: Count, named: Named) -> str:
    return f"{named[part.input]}数量达到{part.at_least}得分,{part.below.word}"


@_sentence.register
def _(part: CountZero, named: Named) -> str:
    return f"{named[part.input]}为0得分"


@_sentence.register
def _(part: Rate, named: Named) -> str:
    rate = named.rate(part.done, part.due)
    return f"{rate}达到{part.at_least}%得分,{part.below.word};应办数为0时{part.no_case.word}"


@_sentence.register
def _(part: Ratio, named: Named) -> str:
    return f"{named[part.amount]}÷{named[part.base]}达到{part.at_least}得分,{part.below.word}"


@_sentence.register
def _(part: Fall, named: Named) -> str:
    now, before = named[part.this_year], named[part.last_year]
    if part.this_year_of and part.last_year_of:
        now, before = f"{now}÷{named[part.this_year_of]}", f"{before}÷{named[part.last_year_of]}"
    compared = "不高于" if part.or_equal else "低于"
    return f"{now}{compared}{before},或{named[part.this_year]}为0,得分"


@_sentence.register
def _(part: Grade, named: Named) -> str:
    return f"{named[part.input]}:" + "、".join(f"{option}按{percent}%" for option, percent in part.shares.items())


@_sentence.register
def _(part: Months, named: Named) -> str:
    return f"{named[part.start]}至{named[part.end]}不少于{part.at_least}个月得分(首尾两日都计入)"


@_sentence.register
def _(part: Days, named: Named) -> str:
    return f"{named[part.start]}至{named[part.end]}不少于{part.at_least}日得分(首尾两日都计入)"


@_sentence.register
def _(part: Tally, named: Named) -> str:
    most = min((named.worth.most, *(amount(cap) for cap in (part.cap,) if cap is not None)))
    limit = "本项分值" if most == named.worth.points else f"{short(most)}分"
    return f"{_terms(part.terms, '计', named)},累计不超过{limit}"


@_sentence.register
def _(part: Deduct, named: Named) -> str:
    cap = "" if part.cap is None else f",合计最多扣{_points(part.cap)}"
    least = named.worth.least
    return f"{_terms(part.terms, '扣', named)}{cap},{f'最低{short(least)}分' if least else '扣完为止'}"


@_sentence.register
def _(part: Balance, named: Named) -> str:
    said = (f"起评{_points(part.start)}", _terms(part.plus, "加", named), _terms(part.minus, "减", named))
    bounds = f"最高{short(named.worth.most)}分,最低{short(named.worth.least)}分"
    return ",".join(filter(None, (*said, bounds)))


@_sentence.register
def _(part: Bands, named: Named) -> str:
    measure = "%" if part.input is None else named.measure(part.input)
    bands = ",".join(f"{_bound(band, measure)}{_gets(band.points)}" for band in part.bands)
    if part.input is not None:
        return f"{named[part.input]}{bands},其余{_gets(part.otherwise)}"
    none = _NO_BAND[part.no_case]
    return f"{named.rate(part.done, part.due)}{bands},其余{_gets(part.otherwise)};应办数为0时{none}"


_NO_BAND = {NoCase.MET: "按最高一档计", NoCase.NOT_APPLICABLE: "按不涉及计", NoCase.ZERO: "不得分"}


def _bound(band: Band, measure: str) -> str:
    if band.at_least is not None:
        return f"达到{_number(band.at_least)}{measure}"
    return f"不超过{_number(band.at_most)}{measure}" if band.at_most else f"为0{measure}"


def _gets(points: Decimal) -> str:
    if points > 0:
        return f"得{_points(points)}"
    return f"扣{_points(-points)}" if points else "不得分"


def _terms(terms: Iterable[Term], verb: str, named: Named) -> str:
    """Say what each term adds or takes; the verb is 计, 扣, 加 or 减."""
    return ",".join(_term(term, verb, named) for term in terms)


def _amount(term: Term, verb: str) -> str:
    most = "" if term.cap is None else f"(最多{verb}{_points(term.cap)})"
    return f"{verb}{_points(term.each)}{most}"


@singledispatch
def _term(term: object, verb: str, named: Named) -> str:  # noqa: ARG001 - the registered functions use them
    raise TypeError(term)


@_term.register
def _(term: EventTerm, verb: str, named: Named) -> str:
    label, one = named[term.input], f"1{named.measure(term.input)}"
    if term.target is not None:
        return f"{label}不足{term.target}{one[1:]}的,每少{one}{_amount(term, verb)}"
    again = f",再次发生的每{one}按{term.again}{one[1:]}{verb}" if term.again > 1 else ""
    return f"{label}每{one}{_amount(term, verb)}{again}"


@_term.register
def _(term: MarginTerm, verb: str, named: Named) -> str:
    bases = "本年或上年应办数" if term.last_due else "应办数"
    compared = f"{named.rate(term.done, term.due)}{term.side.word}{_reference(term, named)}的"
    return f"{compared},{term.step.word}{_amount(term, verb)},{bases}为0时不{verb}"


def _reference(term: MarginTerm, named: Named) -> str:
    if term.reference_input is not None:
        return named[term.reference_input]
    if term.reference is not None:
        return f"{_number(term.reference)}%"
    return named.rate(term.last_done, term.last_due)


def _points(points: Decimal) -> str:
    return f"{short(amount(points))}分"


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"
