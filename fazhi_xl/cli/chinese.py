"""A command that speaks Chinese throughout: its help, what it says of arguments it cannot use, and of those that mean nothing together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, ClassVar

import typer
from typer._click.core import ParameterSource
from typer._click.exceptions import BadOptionUsage, BadParameter, NoSuchOption, UsageError
from typer.core import TyperCommand

from fazhi_xl.errors import WrongUseError
from fazhi_xl.text.measure import width

_SEE, _OR = "加 --help 看用法。", " 或 "
_LINE = 110  # character cells
NUMBER, FOLDER, FILE, CAMPAIGN, RETURN, ADDRESS = "N", "DIR", "FILE", "CAMPAIGN", "RETURN", "ADDRESS"
NEW_YEAR = "OLD NEW YEAR"
PAIR = "OLD NEW"
TWO_RETURNS = "A B"
_WANTED = {
    NUMBER: "一个整数",
    FOLDER: "文件夹",
    FILE: "文件名",
    CAMPAIGN: "工作目录的名称或文件夹",
    RETURN: "收回的表的文件名",
    ADDRESS: "调度程序的地址",
    NEW_YEAR: "去年的工作目录、新的文件夹、年度",
    PAIR: "旧的和新的两个目录",
    TWO_RETURNS: "两份收回的表的文件名",
}
"""What the words stand for that the README has for what people write."""
Context = Any  # the library's own classes of contexts and parameters are private
Param = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """An option by which the command does something else, as `does` says; `takes` are the options and arguments that go with it.

    One that does not would be passed over without a word, so it is refused. Without `takes`, all go with it but those it `excludes`.
    """

    option: str
    does: str
    takes: frozenset[str] | None = None
    excludes: frozenset[str] = frozenset()

    def refuses(self, name: str) -> bool:
        return name in self.excludes or (self.takes is not None and name not in {*self.takes, self.option})


class ChineseCommand(TyperCommand):
    """A command with a help page of its own and errors in Chinese; `modes` and `needs` say which options go together.

    `needs` names the options, parted by 或, without any of which another one means nothing.
    """

    modes: ClassVar[tuple[Mode, ...]] = ()
    needs: ClassVar[dict[str, str]] = {}

    def get_help(self, ctx: Context) -> str:
        return "\n".join(_help(self, ctx))

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the arguments. Raises WrongUseError for what cannot be used."""
        typed = tuple(args)
        try:
            rest = super().parse_args(ctx, args)
        except UsageError as error:
            raise WrongUseError(_said(self, error, typed)) from error
        given = [param for param in self.params if ctx.get_parameter_source(param.name) is ParameterSource.COMMANDLINE]
        _refuse_swallowed(ctx, given)
        self._refuse_unused([_called(param) for param in given])
        return rest

    def _refuse_unused(self, given: Sequence[str]) -> None:
        for mode in self.modes:
            unused = [name for name in given if mode.refuses(name)]
            if mode.option in given and unused:
                raise WrongUseError(f"{mode.option} {mode.does},不能和 {'、'.join(unused)} 一起用。{_SEE}")
        for option, other in self.needs.items():
            if option in given and not set(other.split(_OR)).intersection(given):
                raise WrongUseError(f"{option} 只和 {other} 一起用。请加上 {other},或去掉 {option}。")


def _called(param: Param) -> str:
    """Name a parameter as people write it."""
    return str(param.metavar if param.param_type_name == "argument" else param.opts[0])


def _refuse_swallowed(ctx: Context, given: Iterable[Param]) -> None:
    """Refuse an option that was taken for the value of the one before it. Raises WrongUseError."""
    for param in given:
        value = ctx.params.get(param.name)
        each = value if isinstance(value, list | tuple) else [value]
        wrong = next((str(one) for one in each if isinstance(one, str | Path) and str(one).startswith("--")), None)
        if wrong and param.param_type_name == "option":
            raise WrongUseError(f"{_called(param)} 后面要写{_wanted(param)},写的却是 {wrong}。{_SEE}")


# What cannot be used -------------------------------------------------------------------------------------------------


def _said(command: TyperCommand, error: UsageError, typed: Sequence[str]) -> str:
    match error:
        case NoSuchOption():
            near = "、".join(sorted(error.possibilities or ()))
            return f"没有 {error.option_name} 这个选项。" + (f"是不是 {near}?" if near else "") + _SEE
        case BadOptionUsage():
            return _bad_usage(command, error.option_name)
        case BadParameter():
            return _bad_value(error.param, typed)
        case _:
            return _too_many(command, error.ctx, typed)


def _bad_usage(command: TyperCommand, name: str) -> str:
    param = next((each for each in command.params if name in each.opts), None)
    if param is not None and not getattr(param, "is_flag", False):
        return f"{name} 后面要写{_wanted(param)}。{_SEE}"
    return f"{name} 后面不写别的,只写 {name}。{_SEE}"


def _bad_value(param: Param, typed: Sequence[str]) -> str:
    name = _called(param)
    value = next((said for said in _values(name, typed)), "")
    if param.metavar == NUMBER:
        least = f"不小于{param.min}的" if param.min is not None else ""
        return f"{name} 要写{least}整数,写的是“{value}”。例如:{name} 4"
    return f"{name} 写的“{value}”不对,可以写 {'、'.join(str(param.metavar).split('|'))}。"


def _values(name: str, typed: Sequence[str]) -> Iterator[str]:
    for arg, after in zip(typed, (*typed[1:], ""), strict=True):
        option, sign, value = arg.partition("=")
        if option == name:
            yield value if sign else after


def _too_many(command: TyperCommand, ctx: Context, typed: Sequence[str]) -> str:
    taken = "、".join(_called(each) for each in command.params if each.param_type_name == "argument")
    _, extra, _ = command.make_parser(ctx).parse_args(args=list(typed))
    return f"写多了“{'”“'.join(extra)}”。选项以外只写一个 {taken};有空格的名称要加引号。{_SEE}"


# The help page -------------------------------------------------------------------------------------------------------


def _help(command: TyperCommand, ctx: Context) -> Iterator[str]:
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    options = [each for each in command.params if each.param_type_name == "option"]
    usage = " ".join(f"[{_called(each)}{' …' if each.nargs != 1 else ''}]" for each in arguments)
    yield f"用法:{ctx.command_path} [选项 …] {usage}"
    yield from ("", f"  {command.help}")
    rows = [("参数", _called(each), _explained(each)) for each in arguments]
    rows += [(getattr(each, "rich_help_panel", None) or "选项", _written(each), _explained(each)) for each in options]
    rows += [("输出", "--help", "显示这段说明。")]
    room = max(width(name) for _, name, _ in rows) + 2
    for panel, group in groupby(rows, key=lambda row: row[0]):
        yield from ("", f"{panel}:")
        for _, name, text in group:
            first, *more = _broken(text, _LINE - room - 2)
            yield f"  {name}{' ' * (room - width(name))}{first}"
            yield from (" " * (room + 2) + line for line in more)


def _written(param: Param) -> str:
    return _called(param) if param.is_flag else f"{_called(param)} {param.metavar}"


def _wanted(param: Param) -> str:
    """Say what has to stand behind an option."""
    return _WANTED.get(str(param.metavar), str(param.metavar))


def _explained(param: Param) -> str:
    least = f"至少 {param.min}" if param.min is not None else ""
    default = f"默认 {param.default}" if param.default not in {None, "", False} and param.show_default else ""
    more = ",".join(filter(None, (default, least)))
    return f"{param.help}" + (f"({more})" if more else "")


def _broken(text: str, room: int) -> list[str]:
    """Break a text into lines of at most so many character cells, behind a punctuation mark where there is one near."""
    lines = [""]
    for char in text:
        if width(lines[-1] + char) > room:
            at = max(lines[-1].rfind(mark) for mark in ",;。 ") + 1
            at = at if at * 2 > len(lines[-1]) else len(lines[-1])
            lines[-1:] = [lines[-1][:at].rstrip(), lines[-1][at:]]
        lines[-1] += char
    return lines


def new_app() -> typer.Typer:
    return typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
