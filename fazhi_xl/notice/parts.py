"""Checks that a sub-point's inputs and rule agree: one function per check, each yields places in it and what is wrong there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from fazhi_xl.notice.choices import GivenBy, Kind
from fazhi_xl.notice.faults import Fault
from fazhi_xl.notice.model import SubPoint
from fazhi_xl.notice.part_points import (
    Placed,
    bands,
    counted_numbers,
    fixed_points,
    other_bounds,
    point_range,
    terms,
    weights,
)
from fazhi_xl.notice.rules import (
    NOT_APPLICABLE,
    YES,
    Balance,
    Bands,
    Count,
    Deduct,
    EventTerm,
    Fall,
    Grade,
    Input,
    MarginTerm,
    Part,
    Rate,
    Ratio,
    Tally,
    Term,
    Yes,
)
from fazhi_xl.text.said import Kinds

_CHOICE, _WHOLE, _NUMBER, _DATE = (Kind.CHOICE,), (Kind.WHOLE,), (Kind.WHOLE, Kind.DECIMAL), (Kind.DATE,)
_READ_AS = {
    "yes": _CHOICE,
    "grade": _CHOICE,
    "ratio": _NUMBER,
    "months": _DATE,
    "days": _DATE,
}  # others count whole numbers
_NAMING_FIELDS = ("input", "amount", "base", "this_year", "this_year_of", "last_year", "last_year_of", "start", "end")


def input_keys(sub: SubPoint) -> Iterator[Placed]:
    """Yield the inputs whose key is used before."""
    yield from repeated("inputs", "key", enumerate(each.key for each in sub.inputs))


def input_options(sub: SubPoint) -> Iterator[Placed]:
    """Yield the choices with an option twice, and the options of other kinds."""
    for at, each in enumerate(sub.inputs):
        if len(set(each.options)) < len(each.options):
            yield f"inputs[{at}].options", Fault.OPTION_TWICE()
        if each.options and each.kind is not Kind.CHOICE:
            yield f"inputs[{at}].options", Fault.ONLY_CHOICES()


def input_bounds(sub: SubPoint) -> Iterator[Placed]:
    """Yield the inputs whose lower bound is above the upper one."""
    for at, each in enumerate(sub.inputs):
        if each.minimum > each.maximum:
            yield f"inputs[{at}].maximum", Fault.MAXIMUM_BELOW(least=each.minimum)
        if each.earliest and each.latest and each.earliest > each.latest:
            yield f"inputs[{at}].latest", Fault.LATEST_BEFORE(earliest=each.earliest)


def input_order(sub: SubPoint) -> Iterator[Placed]:
    """Yield the comparisons with an input that is absent, the input itself, or of a kind that cannot be compared."""
    for at, each in enumerate(sub.inputs):
        for field, other, kinds in (
            ("not_more_than", each.not_more_than, _NUMBER),
            ("not_before", each.not_before, _DATE),
        ):
            if other is None:
                continue
            message = _compared(sub, each, other, kinds)
            if message:
                yield f"inputs[{at}].{field}", message


def _compared(sub: SubPoint, one: Input, other: str, kinds: tuple[Kind, ...]) -> str:
    if one.key == other:
        return Fault.WITH_ITSELF()
    if one.kind not in kinds:
        return Fault.COMPARED_KIND(name=one.key, kinds=Kinds(kinds))
    return _misfit(sub, other, kinds)


def rule_inputs(sub: SubPoint) -> Iterator[Placed]:
    """Yield the inputs a rule names that are absent or of a kind it cannot count with."""
    for at, part in enumerate(sub.rule.parts):
        for place, key, kinds in _places(part):
            message = _misfit(sub, key, kinds)
            if message:
                yield f"rule.parts[{at}].{place}", message


def _places(part: Part) -> Iterator[tuple[str, str, tuple[Kind, ...]]]:
    """Give the fields of a part that name an input, the names, and the kinds that they may be of."""
    match part:
        case Rate():
            yield from _rate_places(part)
        case Tally() | Deduct():
            yield from _term_places("terms", part.terms)
        case Balance():
            yield from _term_places("plus", part.plus)
            yield from _term_places("minus", part.minus)
        case Bands(input=str(key)):
            yield "input", key, _NUMBER
        case Bands():
            yield from _rate_places(part)
        case _:
            named = ((field, getattr(part, field, None)) for field in _NAMING_FIELDS)
            kinds = _READ_AS.get(part.kind, _WHOLE)
            yield from ((field, key, kinds) for field, key in named if key is not None)


def _term_places(section: str, terms: tuple[Term, ...]) -> Iterator[tuple[str, str, tuple[Kind, ...]]]:
    for at, term in enumerate(terms):
        if isinstance(term, EventTerm):
            yield f"{section}[{at}].input", term.input, _WHOLE
            continue
        yield from ((f"{section}[{at}].{place}", key, kinds) for place, key, kinds in _rate_places(term))
        if term.reference_input is not None:
            yield f"{section}[{at}].reference_input", term.reference_input, _NUMBER


def _rate_places(rate: Rate | Bands | MarginTerm) -> Iterator[tuple[str, str, tuple[Kind, ...]]]:
    """Give the places of what a rate is made of, and of last year's where it is compared with that: whole numbers."""
    for field in ("done", "due", "last_done", "last_due"):
        yield from ((f"{field}[{at}]", key, _WHOLE) for at, key in enumerate(getattr(rate, field, ())))


def _misfit(sub: SubPoint, key: str, kinds: tuple[Kind, ...]) -> str:
    found = next((each for each in sub.inputs if each.key == key), None)
    if found is None:
        return Fault.NO_INPUT(name=key, known=[each.key for each in sub.inputs])
    if found.kind in kinds:
        return ""
    return Fault.INPUT_KIND(name=key, kinds=Kinds(kinds), kind=Kinds((found.kind,)))


def yes_options(sub: SubPoint) -> Iterator[Placed]:
    """Yield the yes/no parts over a choice that has no 是."""
    for at, part in enumerate(sub.rule.parts):
        options = _options(sub, part.input) if isinstance(part, Yes) else (YES,)
        if options and YES not in options:
            yield f"rule.parts[{at}].input", Fault.NO_YES(yes=YES)


def grade_shares(sub: SubPoint) -> Iterator[Placed]:
    """Yield the shares of what is no option, and the options without a share, save 不涉及."""
    for at, part in enumerate(sub.rule.parts):
        options = _options(sub, part.input) if isinstance(part, Grade) else ()
        if isinstance(part, Grade) and options:
            place = f"rule.parts[{at}].shares"
            unknown = (grade for grade in part.shares if grade not in options)
            yield from ((place, Fault.SHARE_OF_NOTHING(name=grade, known=options)) for grade in unknown)
            missing = (option for option in options if option not in part.shares and option != NOT_APPLICABLE)
            yield from ((place, Fault.SHARE_MISSING(name=option)) for option in missing)


def _options(sub: SubPoint, key: str) -> tuple[str, ...]:
    return next((each.options for each in sub.inputs if each.key == key), ())


def count_targets(sub: SubPoint) -> Iterator[Placed]:
    """Yield the counts that must reach more than can be entered."""
    for at, part in enumerate(sub.rule.parts):
        found = next((each for each in sub.inputs if isinstance(part, Count) and each.key == part.input), None)
        if found is not None and isinstance(part, Count) and part.at_least > found.maximum:
            message = Fault.COUNT_BEYOND(name=found.key, most=found.maximum, least=part.at_least)
            yield f"rule.parts[{at}].at_least", message


def fall_bases(sub: SubPoint) -> Iterator[Placed]:
    """Yield the comparisons of a rate with a count: both years have a base, or neither."""
    for at, part in enumerate(sub.rule.parts):
        if isinstance(part, Fall) and (part.this_year_of is None) != (part.last_year_of is None):
            yield f"rule.parts[{at}]", Fault.FALL_BASES()


def ratio_base(sub: SubPoint) -> Iterator[Placed]:
    """Yield the bases of a ratio that may be zero."""
    for at, part in enumerate(sub.rule.parts):
        found = next((each for each in sub.inputs if isinstance(part, Ratio) and each.key == part.base), None)
        if found is not None and found.minimum <= 0:
            yield f"rule.parts[{at}].base", Fault.ZERO_BASE(name=found.key)
        elif found is not None and (found.given_by is GivenBy.REGISTER or not found.required):
            yield f"rule.parts[{at}].base", Fault.BLANK_BASE(name=found.key)


def repeated(
    section: str, field: str, values: Iterable[tuple[int, str]], alike: Callable[[str], str] = str
) -> Iterator[Placed]:
    """Yield the places in a section whose field repeats an earlier one's; `alike` gives the same for what counts as the same."""
    seen: set[str] = set()
    for at, value in values:
        if alike(value) in seen:
            yield f"{section}[{at}].{field}", Fault.REPEATED(value=value)
        seen.add(alike(value))


PART_CHECKS: tuple[Callable[[SubPoint], Iterator[Placed]], ...] = (
    point_range,
    input_keys,
    input_options,
    input_bounds,
    input_order,
    rule_inputs,
    yes_options,
    grade_shares,
    count_targets,
    fall_bases,
    ratio_base,
    other_bounds,
    fixed_points,
    weights,
    terms,
    bands,
    counted_numbers,
)
