"""What is wrong with arguments as they were typed: what a Chinese keyboard, a chat, Word or cmd make of options and paths."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches

HELP = frozenset({"-h", "-?", "/?"})
_DASHES, _QUOTES, _ASCII_QUOTE = "-‐‑‒–—―−﹘﹣－─", "“”„‟‘’「」＂", '"'
_EDGES = f"{_QUOTES}'"
_OPTION = re.compile(
    rf"[{_EDGES}\"]*[{_DASHES}]+(?P<name>[^=＝:\s{_EDGES}\"]+)(?P<sign>[=＝:]|\s|)(?P<rest>.*)", re.DOTALL
)
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})  # control characters, marks of direction, and what is no character


def with_help(typed: Sequence[str], options: Collection[str]) -> list[str]:
    """Give the arguments with --help for what other programs have for it; behind `--` everything is a value."""
    end = typed.index("--") if "--" in typed else len(typed)
    return ["--help" if at < end and arg in HELP and arg not in options else arg for at, arg in enumerate(typed)]


def mistyped(typed: Sequence[str], options: Collection[str]) -> str | None:
    """Say what is wrong with the first argument that cannot have been meant as it stands, and how it is written; None where none is."""
    end = typed.index("--") if "--" in typed else len(typed)
    for arg in typed[:end]:
        meant = as_option(arg, options)
        if meant and not _is_there(arg):
            return (
                f"没有“{shown(arg)}”这个选项,应写成 {meant}。选项要用英文输入法写:两个短横、小写字母,后面是空格或等号。"
            )
    return next((said for arg in typed if not _is_there(arg) for said in _unfit(arg)), None)


def as_option(arg: str, options: Collection[str]) -> str | None:
    """Give an argument as the option that it was meant to be, where it is written otherwise: `——out＝x` as `--out=x`."""
    found = _OPTION.fullmatch(arg)
    if not found:
        return None
    name = "--" + "".join("-" if char in {*_DASHES, "_"} else char for char in _plain(found["name"]))
    if name not in options or arg == name or arg.startswith(f"{name}="):
        return None
    rest = found["rest"].strip(_QUOTES)
    sign = " " if found["sign"].isspace() else "="
    return f"{name}{sign}{rest}" if found["sign"] and rest else name


def near(name: str, options: Collection[str]) -> list[str]:
    """Give the options that are written much as an unknown one is, in their own order."""
    bare = {each.lstrip("-"): each for each in options}
    wanted = _plain(re.split("[=:]", name.lstrip("-"), maxsplit=1)[0])
    if len(wanted) == 1:  # is like anything
        return []
    found = {*get_close_matches(wanted, bare), *(each for each in bare if wanted and each.startswith(wanted))}
    return [option for key, option in bare.items() if key in found]


def has_garbled(text: str) -> bool:
    """Say whether a name has bytes that are no characters, as one of another system's code page: nothing can be written about it."""
    return any(unicodedata.category(char) == "Cs" for char in text)


def unseen(text: str) -> str:
    """Say that a text holds what cannot be seen, and what to do."""
    return (
        f"“{shown(text)}”里有看不见的字符或乱码。从文件的属性窗口、网页粘贴来的路径常常带着。"
        "请自己打一遍;文件夹的名称里就有的,先给它改名。"
    )


def shown(text: str) -> str:
    """Give a text with what cannot be seen in it written out, so that it harms no terminal."""
    return "".join(repr(char)[1:-1] if unicodedata.category(char) in _UNSEEN else char for char in text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _is_there(arg: str) -> bool:
    """Say whether an argument is a path that is there: one is right however odd it looks."""
    try:
        return os.path.lexists(arg)
    except ValueError:  # what no file can be called
        return False


def _unfit(arg: str) -> Iterator[str]:
    """Say what no value can hold that was typed on purpose."""
    if any(unicodedata.category(char) in _UNSEEN for char in arg):
        yield unseen(arg)
    elif _ASCII_QUOTE in arg:
        bare = arg.partition(_ASCII_QUOTE)[0].rstrip("\\") or "D:/考核"
        folder = f"{bare}/" if bare.endswith(":") else bare
        yield f'“{arg}”里有多余的引号。文件夹写在引号里的,最后不要写反斜杠:请写 "{folder}",引号前面不写 \\。'
    elif _quoted(arg):
        yield f'{arg} 的引号命令行不认。请改用英文的双引号,写成 "{arg.strip(_EDGES)}";没有空格的可以不写引号。'


def _quoted(arg: str) -> bool:
    """Say whether a value stands in quotes that the command line does not take, or is a piece of one that a space has cut apart."""
    opened, closed = sum(map(arg.count, "“‘「")), sum(map(arg.count, "”’」"))
    edges = {*arg[:1], *arg[-1:]}
    inside = edges and edges <= {*_EDGES} and opened < 2
    return opened != closed or bool(inside) or "'" in edges
