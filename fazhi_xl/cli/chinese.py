"""A command that speaks Chinese throughout: its help, what it says of arguments it cannot use, and of those that mean nothing together."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from os import R_OK, access
from pathlib import Path
from typing import Annotated, Any, ClassVar

import typer
from typer._click.core import ParameterSource
from typer._click.exceptions import BadOptionUsage, BadParameter, MissingParameter, NoSuchOption, UsageError
from typer.core import TyperCommand

from fazhi_xl.cli.typed import has_garbled, mistyped, near, unseen, with_help
from fazhi_xl.errors import WrongUseError
from fazhi_xl.text.measure import width

_SEE, _OR = "加 --help 看用法。", " 或 "
UNKNOWN = f"命令写得不对。{_SEE}"
_LINE = 110  # character cells
NUMBER, FOLDER, FILE, CAMPAIGN, RETURN, ADDRESS = "N", "DIR", "FILE", "CAMPAIGN", "RETURN", "ADDRESS"
NEW_YEAR = "OLD NEW YEAR"
PAIR = "OLD NEW"
TWO_RETURNS = "A B"
RETURNS = "RETURNS"
FILE_OR_FOLDER = f"{FILE}|{FOLDER}"
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
    RETURNS: "收回的文件或它们所在的文件夹",
    FILE_OR_FOLDER: "文件名或文件夹",
}
"""What the words stand for that the README has for what people write."""
_FROM_OTHERS = frozenset({FILE, RETURN, TWO_RETURNS, RETURNS})  # files that units name as they like
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
        options = [name for param in self.params for name in param.opts if name.startswith("--")]
        typed = with_help(args, options)
        if wrong := mistyped(typed, [*options, "--help"]):
            raise WrongUseError(wrong)
        try:
            _refuse_unsaid(self, ctx, typed)
            rest = super().parse_args(ctx, list(typed))
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


def _refuse_unsaid(command: TyperCommand, ctx: Context, typed: Sequence[str]) -> None:
    """Refuse what is written twice where one counts, and values that say nothing. Raises WrongUseError, and what the parser raises."""
    values, _, order = command.make_parser(ctx).parse_args(args=list(typed))
    if "help" in values:
        return
    for param in command.params:
        name, once = _called(param), not (getattr(param, "is_flag", False) or getattr(param, "multiple", False))
        if once and order.count(param) > 1:
            raise WrongUseError(f"{name} 写了几次,只能写一次。请留下对的那一个。")
        given = list(_flat(values.get(param.name)))
        if not all(value.strip() for value in given):
            raise WrongUseError(
                f"{name} 后面要写{_wanted(param)},写的却是空的。{_SEE}" if param.opts[0] in typed else _blank(param)
            )
        if garbled := next((each for each in given if param.metavar not in _FROM_OTHERS and has_garbled(each)), None):
            raise WrongUseError(unseen(garbled))


def _blank(param: Param) -> str:
    return f"{_called(param)} 写的是空的。请写{_wanted(param)},或者去掉它。{_SEE}"


def _flat(value: object) -> Iterator[str]:
    """Give what was typed for a parameter, one value after the other."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _flat(each)


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
            name = next((arg for arg in typed if arg.startswith(error.option_name)), error.option_name)
            alike = "、".join(near(name, [each.opts[0] for each in command.params if each.opts[0].startswith("--")]))
            return f"没有 {name} 这个选项。" + (f"是不是 {alike}?" if alike else "") + _SEE
        case BadOptionUsage():
            return _bad_usage(command, error.option_name)
        case MissingParameter(param=param) if param:
            return f"没有写 {_called(param)}。请写{_wanted(param)}。{_SEE}"
        case BadParameter(param=param) if param:
            return _bad_value(command, error, typed)
        case _:
            return _too_many(command, error.ctx, typed)


def _bad_usage(command: TyperCommand, name: str) -> str:
    param = next((each for each in command.params if name in each.opts), None)
    if param is not None and not getattr(param, "is_flag", False):
        return f"{name} 后面要写{_wanted(param)}。{_SEE}"
    return f"{name} 后面不写别的,只写 {name}。{_SEE}"


def _bad_value(command: TyperCommand, error: BadParameter, typed: Sequence[str]) -> str:
    param: Param = error.param
    context: Context = error.ctx
    read, _, _ = command.make_parser(context).parse_args(args=list(typed))
    name, values = _called(param), tuple(_flat(read.get(param.name))) or ("",)
    if param.metavar == NUMBER:
        least = f"不小于{param.min}的" if param.min is not None else ""
        return f"{name} 要写{least}整数,写的是“{values[0]}”。例如:{name} 4"
    if param.metavar in _WANTED:
        closed = next((each for each in values if not access(each, R_OK)), values[0])
        return f"{name} 写的“{closed}”没有读的权限。请检查它的权限,或换一个位置。"
    choices = str(param.metavar).split("|")
    wrong = next((each for each in values if each not in choices), values[0])
    return f"{name} 写的“{wrong}”不对,可以写 {'、'.join(choices)}。"


def _too_many(command: TyperCommand, ctx: Context, typed: Sequence[str]) -> str:
    taken = "、".join(_called(each) for each in command.params if each.param_type_name == "argument")
    _, extra, _ = command.make_parser(ctx).parse_args(args=list(typed))
    if not extra:
        return UNKNOWN
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
    return _WANTED.get(str(param.metavar), str(param.metavar).replace("|", "、"))


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


# The version ---------------------------------------------------------------------------------------------------------


def _tell_version(*, wanted: bool) -> None:
    """Print the version of the program, and of what it runs on, and end."""
    if wanted:
        from fazhi_xl.office.workspace.program import program_version  # noqa: PLC0415 - nothing else needs it here

        on = f"Python {platform.python_version()},{platform.platform(terse=True)}"
        typer.echo(f"fazhi-xl 版本 {program_version() or '不明'}({on})")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option(
        "--version", is_eager=True, callback=_tell_version, rich_help_panel="输出", help="显示程序的版本,然后结束。"
    ),
]
