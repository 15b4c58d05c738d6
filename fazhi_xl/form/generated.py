"""Writes the Python function of a pattern of expressions, which is an operation with its arguments' patterns, or a gap.

The function is one Python expression. Arguments are computed from left to right, each cell is looked up once, and `if` computes what it
chooses only; `and` and `or` stop early where nothing that is left out could be an error. Whole numbers are computed where they stand;
everything else is left to the operations' functions in `meanings`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any

from fazhi_xl.form.meanings import MEANINGS, TAKEN, Kind, Meaning, Takes

Pattern = Any
"""A kind of gap, or the number of an earlier gap, which the same cell fills; or an operation's name with its arguments' patterns."""
DEEPEST = 20
"""How many operations stand within each other in one function, since Python takes 200 brackets; what is deeper is one of its own."""


class Gap(StrEnum):
    """What fills a gap; its name begins with it. Gaps are numbered from left to right."""

    ENTERED = "e"  # the field of an input or a locked cell
    COMPUTED = "c"  # the field of a cell with a formula, which may be an error
    ENTERED_CELLS = "r"  # a function that gives the cells of a stretch
    COMPUTED_CELLS = "q"  # the same, where formulas are among them
    PART = "p"  # the function of a part
    TEXT = "t"
    SMALL = "s"  # a text in small letters
    EMPTY = "empty"  # the empty text, which fills no gap
    WHOLE = "w"
    NUMBER = "n"
    TRUTH = "b"
    DAY = "d"


_EMPTY_TEXT = '""'
_CONSTANTS = {
    Gap.TEXT: Kind.TEXT,
    Gap.SMALL: Kind.TEXT,
    Gap.WHOLE: Kind.WHOLE,
    Gap.NUMBER: Kind.NUMBER,
    Gap.TRUTH: Kind.TRUTH,
    Gap.DAY: Kind.ANY,
}
_NUMERIC = frozenset({Kind.WHOLE, Kind.NUMBER})
_ORDERED = _NUMERIC | {Kind.TRUTH}  # what Python compares as a spreadsheet does


@cache
def maker(pattern: Pattern) -> Callable[..., Any]:
    """Compile the function of a pattern: given what fills the gaps, it gives the function that computes such an expression over cells."""
    writer = _Writer()
    text = writer.code(pattern).text
    source = f"lambda {', '.join(writer.gaps)}: lambda cells: {text}"
    return eval(source, _NAMES)  # type: ignore[no-any-return]  # noqa: S307 - the text was written here, of operations and gaps


_NAMES: dict[str, Any] = {
    **{f"{op}_": meaning.python for op, meaning in MEANINGS.items()},
    **{str(takes.value): function for takes, function in TAKEN.items()},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Code:
    """A piece of Python: its text, what it gives, whether it cannot be an error, and how it is named where it is needed again."""

    text: str
    kind: Kind
    safe: bool
    again: str = ""


class _Writer:
    """Writes the code of one pattern."""

    def __init__(self) -> None:
        self.gaps: list[str] = []  # their names
        self._looked_up: frozenset[str] = frozenset()  # the cells that are known wherever the next piece is computed
        self._named = 0

    def code(self, pattern: Pattern) -> _Code:
        if not isinstance(pattern, tuple):
            return self._gap(pattern)
        op, *args = pattern
        if op == "if":
            return self._chosen(args)
        codes = [self.code(args[0])]
        first = self._looked_up
        codes += map(self.code, args[1:])
        if op in {"and", "or"}:
            return self._joined(op, codes, first)
        return self._operation(op, MEANINGS[op], codes)

    def _gap(self, gap: Gap | int) -> _Code:
        if isinstance(gap, int):
            return self._cell(self.gaps[gap])
        if gap is Gap.EMPTY:
            return _Code(text=_EMPTY_TEXT, kind=Kind.TEXT, safe=True, again=_EMPTY_TEXT)
        name = f"{gap}{len(self.gaps)}"
        self.gaps.append(name)
        if gap in _CONSTANTS:
            return _Code(text=name, kind=_CONSTANTS[gap], safe=True, again=name)
        if gap in {Gap.ENTERED, Gap.COMPUTED}:
            return self._cell(name)
        return _Code(text=f"{name}(cells)", kind=Kind.ANY, safe=gap is Gap.ENTERED_CELLS)

    def _cell(self, name: str) -> _Code:
        """Look a cell up, or take it from where it was looked up."""
        known, again = name in self._looked_up, f"v{name}"
        self._looked_up |= {name}
        text = again if known else f"({again} := cells[{name}])"
        return _Code(text=text, kind=Kind.ANY, safe=known or name.startswith(Gap.ENTERED), again=again)

    def _chosen(self, args: list[Pattern]) -> _Code:
        condition = self.code(args[0])
        before = self._looked_up
        then, after = self.code(args[1]), self._looked_up
        self._looked_up = before
        otherwise = self.code(args[2])
        self._looked_up &= after
        kinds = {then.kind, otherwise.kind}
        kind = then.kind if len(kinds) == 1 else Kind.NUMBER if kinds <= _NUMERIC else Kind.ANY
        text = f"({then.text} if {condition.text} else {otherwise.text})"
        return _Code(text=text, kind=kind, safe=condition.safe and then.safe and otherwise.safe)

    def _joined(self, op: str, codes: list[_Code], first: frozenset[str]) -> _Code:
        """Join conditions; `first` are the cells that the first one has looked up."""
        early = all(code.safe for code in codes[1:])
        if early:
            self._looked_up = first
        sign = f" {op} " if early else {"and": " & ", "or": " | "}[op]
        text = sign.join(self._taken(Takes.TRUTH, code) for code in codes)
        return _Code(text=f"({text})", kind=Kind.TRUTH, safe=early and codes[0].safe)

    def _operation(self, op: str, meaning: Meaning, codes: list[_Code]) -> _Code:
        safe = meaning.safe and all(code.safe for code in codes)
        if meaning.gives is Kind.TRUTH and meaning.sign:
            text = self._compared(op, meaning.sign, *codes)
        elif op == "not":
            text = f"(not {codes[0].text})"
        elif op == "is_number":
            text = self._is_number(codes[0])
        elif meaning.sign:
            return self._arithmetic(meaning.sign, *codes)
        else:
            text = self._called(op, meaning, codes)
        return _Code(text=text, kind=meaning.gives, safe=safe)

    def _called(self, op: str, meaning: Meaning, codes: list[_Code]) -> str:
        takes = (*meaning.takes, *[meaning.takes[-1]] * (len(codes) - len(meaning.takes)))
        return f"{op}_({', '.join(map(self._taken, takes, codes))})"

    def _arithmetic(self, sign: str, left: _Code, right: _Code) -> _Code:
        text = f"({self._taken(Takes.NUMBER, left)} {sign} {self._taken(Takes.NUMBER, right)})"
        whole = left.kind is right.kind is Kind.WHOLE
        safe = left.safe and right.safe and {left.kind, right.kind} <= _NUMERIC
        return _Code(text=text, kind=Kind.WHOLE if whole else Kind.NUMBER, safe=safe)

    def _compared(self, op: str, sign: str, left: _Code, right: _Code) -> str:
        """Compare two values: numbers where they stand, and a cell with a text that is known."""
        kinds = {left.kind, right.kind}
        if kinds <= _ORDERED:
            return f"({left.text} {sign} {right.text})"
        if Kind.TEXT in kinds:
            known = self._equal_to_text(left, right) if op == "equal" else ""
            return known or f"{op}_({left.text}, {right.text})"
        if Kind.NUMBER in kinds:  # a fraction, as a rule, which the function compares faster than Python does
            return f"{op}_({left.text}, {right.text})"
        left, right = self._named_once(left), self._named_once(right)
        tested = (code for code in (left, right) if code.kind is Kind.ANY or code.text != code.again)
        whole = " is ".join((*(f"type({code.text})" for code in tested), "int"))
        return f"({left.again} {sign} {right.again} if {whole} else {op}_({left.again}, {right.again}))"

    def _equal_to_text(self, left: _Code, right: _Code) -> str:
        """Compare any value with a constant text; blank where these are not the two."""
        constant, other = (left, right) if left.kind is Kind.TEXT else (right, left)
        if other.kind is not Kind.ANY or not constant.again:
            return ""
        cell = self._named_once(other)
        if constant.text == _EMPTY_TEXT:
            return f"({cell.text} is None or {cell.again} == {_EMPTY_TEXT})"
        return f"(isinstance({cell.text}, str) and {cell.again}.lower() == {constant.text})"

    def _is_number(self, code: _Code) -> str:
        if code.kind is not Kind.ANY:
            return f"is_number_({code.text})"
        cell = self._named_once(code)
        return f"({cell.text} is not None and (type({cell.again}) is int or is_number_({cell.again})))"

    def _taken(self, takes: Takes, code: _Code) -> str:
        """Write an argument taken for what an operation takes it for, which most are already."""
        if takes in {Takes.VALUE, Takes.CELLS} or code.kind in _TAKEN_ALREADY.get(takes, ()):
            return code.text
        if code.kind is Kind.ANY and takes in _PLAIN:
            named = self._named_once(code)
            return f"({named.again} if type({named.text}) is {_PLAIN[takes]} else {takes.value}({named.again}))"
        return f"{takes.value}({code.text})"

    def _named_once(self, code: _Code) -> _Code:
        """Name what is needed again."""
        if code.again:
            return code
        self._named += 1
        again = f"x{self._named}"
        return replace(code, text=f"({again} := {code.text})", again=again)


_TAKEN_ALREADY = {
    Takes.TRUTH: {Kind.TRUTH},
    Takes.NUMBER: _NUMERIC,
    Takes.WHOLE: {Kind.WHOLE},
    Takes.TEXT: {Kind.TEXT},
}
_PLAIN = {Takes.NUMBER: "int", Takes.WHOLE: "int", Takes.TEXT: "str"}
"""What most values are that are taken for something."""
