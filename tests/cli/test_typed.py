"""What the commands say of arguments that they cannot use: in Chinese, with the next step, whatever was typed."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
import typer
import typer.main
from typer._click import exceptions
from typer.core import TyperCommand

from fazhi_xl.cli import build_command, collect_command
from fazhi_xl.cli.console import run
from fazhi_xl.cli.typed import as_option, mistyped, near, with_help
from tests.cli.conftest import Run

NEXT = re.compile("请|加 --help 看用法|可以写|应写成|是不是|例如")
ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
OPTIONS = ("--out", "--quiet", "--previous-matches", "--previous", "--to", "--jobs", "--json", "--more", "--force")
Param = Any
COMMANDS: dict[ModuleType, Param] = {
    each: typer.main.get_command(each.app) for each in (build_command, collect_command)
}
BOTH = pytest.mark.parametrize("command", [build_command, collect_command])


def params(command: ModuleType) -> list[Param]:
    return [each for each in COMMANDS[command].params if each.param_type_name == "option"]


def wrong(param: Param) -> Iterator[tuple[str, ...]]:
    """Give the ways to write an option wrongly, from its own declaration."""
    name = param.opts[0]
    yield from (
        (f"——{name[2:]}", "x"),
        (f"－－{name[2:]}",),
        (name[1:],),
        (f"-{name}",),
        (name.upper(),),
        (f"“{name}”",),
    )
    yield from ((name[:-1],), (f"{name}s",), (f"{name}＝x",), (f"{name}:x",), (f"{name}　x",), (f"{name}\0",))
    if param.is_flag:
        yield from ((f"{name}=1",), (f"{name}=",))
        return
    many = param.nargs
    yield from ((name,), (f"{name}=",), (name, *[""] * many), (name, *["　"] * many), (name, *["--quiet"] * many))
    yield from (
        (name, *[value] * many) for value in ("a\0b", "\u202ac:/a", "“总 工会”", "‘a", "'a'", 'D:\\考核" --quiet')
    )
    if param.metavar not in {"FILE", "RETURN", "A B"}:
        yield (name, *["\udc80"] * many)
    if not param.multiple:
        yield (name, *["1"] * many) * 2
    if many > 1:
        yield (name, "a")
    if param.metavar == "N":
        yield from ((name, value) for value in ("x", "1.5", "１个", "4 5"))
    if "|" in (param.metavar or "") and param.metavar != "FILE|DIR":
        yield (name, "别的")


@BOTH
def test_every_option(command: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """However an option is written wrongly: status 2, one line, Chinese, with what is wrong and the next step, and no code for a screen."""
    for arguments in (each for param in params(command) for each in wrong(param)):
        status = command.main(list(arguments))
        said = capsys.readouterr()
        assert (status, said.out, len(said.err.splitlines())) == (2, "", 1), (arguments, said)
        assert NEXT.search(said.err), (arguments, said.err)
        assert not ENGLISH.search(said.err.replace("--seal 第一稿 --by 张三", "")), (arguments, said.err)
        assert re.sub("[\n　]", "", said.err).isprintable(), arguments


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("——out", "x"),
            "没有“——out”这个选项,应写成 --out。选项要用英文输入法写:两个短横、小写字母,后面是空格或等号。",
        ),
        (
            ("--out＝本轮",),
            "没有“--out＝本轮”这个选项,应写成 --out=本轮。选项要用英文输入法写:两个短横、小写字母,后面是空格或等号。",
        ),
        (("--out", ""), "--out 后面要写文件夹,写的却是空的。加 --help 看用法。"),
        (("--out=",), "--out 写的是空的。请写文件夹,或者去掉它。加 --help 看用法。"),
        (("",), "CAMPAIGN 写的是空的。请写工作目录的名称或文件夹,或者去掉它。加 --help 看用法。"),
        (("--out", "a", "--out", "b"), "--out 写了几次,只能写一次。请留下对的那一个。"),
        (
            ("--unit", "“总工会”"),
            '“总工会” 的引号命令行不认。请改用英文的双引号,写成 "总工会";没有空格的可以不写引号。',
        ),
        (
            ("--out", 'D:\\考核" --quiet'),
            '“D:\\考核" --quiet”里有多余的引号。文件夹写在引号里的,最后不要写反斜杠:请写 "D:\\考核",引号前面不写 \\。',
        ),
        (("--out", 'D:\\"'), '“D:\\"”里有多余的引号。文件夹写在引号里的,最后不要写反斜杠:请写 "D:/",引号前面不写 \\。'),
        (
            ("--out", "\u202aC:\\a"),
            "“\\u202aC:\\a”里有看不见的字符或乱码。从文件的属性窗口、网页粘贴来的路径常常带着。请自己打一遍;文件夹的名称里就有的,先给它改名。",
        ),
        (("-qj",), "没有 -qj 这个选项。加 --help 看用法。"),
        (("--qiet",), "没有 --qiet 这个选项。是不是 --quiet?加 --help 看用法。"),
        (("--previous-matches",), "--previous-matches 后面要写ask、accept、refuse。加 --help 看用法。"),
        (("--to",), "--to 后面要写文件名或文件夹。加 --help 看用法。"),
    ],
)
def test_words(build: Run, arguments: tuple[str, ...], said: str) -> None:
    """What a Chinese keyboard, a chat or cmd makes of an argument is told with what to write instead."""
    assert build(*arguments).err == f"{said}\n"


@pytest.mark.parametrize("asked", ["--help", "-h", "-?", "/?"])
def test_help(collect: Run, asked: str) -> None:
    """What other programs have for help shows it here too; behind `--` it is a file."""
    ended = collect("--quiet", asked)
    assert (ended.status, ended.out.splitlines()[0][:3], ended.err) == (0, "用法:", "")
    assert with_help(["--", asked], ()) == ["--", asked]


@BOTH
def test_version(command: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """--version is one line with the program's version and Python's, whatever else is asked."""
    assert command.main(["--version", "--jobs", "1"]) == 0
    assert re.fullmatch(r"fazhi-xl 版本 \d+\.\d+\.\S+\(Python 3\.\d+\.\S+,.+\)\n", capsys.readouterr().out)


def test_odd_names(build: Run) -> None:
    """A name with quotes inside is a name; what looks like an option stands behind `--`."""
    assert [
        mistyped([name], OPTIONS) for name in ("“十四五”规划", "规划“十四五”", "“甲”和“乙”", "-5", "-", "普通")
    ] == [None] * 6
    assert "“——out”" in build("--", "——out").err


@pytest.mark.parametrize(
    ("name", "alike"),
    [
        ("--nope", []),
        ("-o", []),
        ("--ou", ["--out"]),
        ("--previou", ["--previous-matches", "--previous"]),
        ("--FORCES", ["--more", "--force"]),
        ("--", []),
    ],
)
def test_near(name: str, alike: list[str]) -> None:
    """Only options that are written much alike are suggested."""
    assert near(name, OPTIONS) == alike


@pytest.mark.parametrize(
    ("arg", "option"),
    [
        ("--out", None),
        ("--out=x", None),
        ("--nope", None),
        ("——previous—matches", "--previous-matches"),
        ("--previous_matches=ask", "--previous-matches=ask"),
        ("－－ｏｕｔ", "--out"),
        ("-out", "--out"),
        ("--out　“a b”", "--out a b"),
    ],
)
def test_as_option(arg: str, option: str | None) -> None:
    """An argument is read as the option that it was meant to be, where it is written otherwise."""
    assert as_option(arg, OPTIONS) == option


# The library's own errors --------------------------------------------------------------------------------------------


def below(kind: type[Exception]) -> Iterator[type[Exception]]:
    yield kind
    for each in kind.__subclasses__():
        yield from below(each)


def made(kind: type[Exception], param: object = None) -> Exception:
    """Make one of the library's errors with whatever it wants."""
    known: dict[str, object] = {"ctx": CONTEXT, "param": param, "message": "Something is wrong", "filename": "x"}
    wanted = inspect.signature(kind).parameters
    return kind(**{name: known.get(name, "--nope") for name in wanted if name in known or name == "option_name"})


CONTEXT = COMMANDS[build_command].make_context("x", [])
ERRORS = list(dict.fromkeys(below(typer.TyperException)))


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_the_librarys_errors(kind: type[Exception], capsys: pytest.CaptureFixture[str]) -> None:
    """None of the library's errors gets out in English, wherever it is raised."""

    def fail(_: list[str]) -> int:
        raise made(kind)

    assert run(fail, []) == 2
    assert capsys.readouterr().err == "命令写得不对。加 --help 看用法。\n"


@pytest.mark.parametrize("kind", list(below(exceptions.UsageError)), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("param", [None, *params(build_command)[:3]], ids=str)
def test_the_librarys_refusals(
    kind: type[Exception], param: object, build: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the library refuses of the arguments is told in Chinese, with a next step, also by a class that nobody has met."""

    def refuse(*_: object) -> Callable[..., object]:
        raise made(kind, param)

    monkeypatch.setattr(TyperCommand, "parse_args", refuse)
    ended = build("--out", "a", "--unit", "b")
    assert (ended.status, bool(NEXT.search(ended.err)), ENGLISH.search(ended.err)) == (2, True, None), ended.err
