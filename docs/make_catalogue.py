"""Writes anew what docs/catalogue.md derives from the code: `uv run docs/make_catalogue.py`. A test holds it fresh.

Derived are the tables of fields (under a comment that names the model), the sentences under an example of a rule (the quoted
lines after its TOML), and what the check says of the smallest catalogue with a change (the text after the changes). The rest of
the document is written by hand.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any, Literal, get_args, get_origin

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the project is not installed; its folder comes first

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from fazhi_xl.errors import BrokenCatalogueError
from fazhi_xl.form.sentences import explain
from fazhi_xl.notice.lint import lint
from fazhi_xl.notice.lint_blanks import blanks
from fazhi_xl.notice.load import load, place_remarks
from fazhi_xl.notice.meanings import choice_meaning, meaning
from fazhi_xl.notice.model import Item, SubPoint
from fazhi_xl.notice.patterns import FORMS
from fazhi_xl.notice.shape import MODELS
from fazhi_xl.notice.theme import ROLES
from fazhi_xl.notice.titles import TITLES
from fazhi_xl.office.workspace.error_log import error_text

DOCUMENT = Path(__file__).with_name("catalogue.md")
SMALLEST = "最小的目录"
"""The heading under which a whole catalogue stands."""

_TABLE = re.compile(r"(<!-- fields (\w+) -->\n)(?:\|.*\n)*")
_COLOURS = re.compile(r"(<!-- colours -->\n)(?:\|.*\n)*")
_FENCE = re.compile(r"^```(\w+)\n(?:# (\S+\.toml)\n)?(.*?)^```$", re.MULTILINE | re.DOTALL)
_RULE = re.compile(r"(^```toml\n(.*?)^```\n)(?:\n(?:>[^\n]*\n)+)?", re.MULTILINE | re.DOTALL)
_ANSWER = re.compile(r"((?:^```diff\n(?:(?!```).*\n)*```\n\n)+```text\n)((?!```).*\n)*(?=```)", re.MULTILINE)


def main() -> int:
    """Write the document."""
    DOCUMENT.write_text(written(DOCUMENT.read_text("utf-8")), "utf-8")
    return 0


def written(text: str) -> str:
    """Give the document with all that it derives as the code has it now."""
    whole = smallest(text)
    text = _TABLE.sub(lambda found: found[1] + table(models()[found[2]]), text)
    text = _COLOURS.sub(lambda found: found[1] + colours(), text)
    text = _RULE.sub(lambda found: found[1] + _quoted(sentences(tomllib.loads(found[2], parse_float=Decimal))), text)
    return _ANSWER.sub(lambda found: found[1] + "".join(f"{line}\n" for line in answer(whole, found[1])), text)


# Tables of fields -------------------------------------------------------------------------------------------------------


def models() -> dict[str, type[BaseModel]]:
    """Give every table that a catalogue's files may hold, by the name of its model, in the order of the files."""
    found: dict[str, type[BaseModel]] = {}
    for model in (*MODELS.values(), Item):
        _collect(model, found)
    return found


def _collect(annotation: Any, found: dict[str, type[BaseModel]]) -> None:  # noqa: ANN401 - any annotation of a field
    if (
        isinstance(annotation, type)
        and issubclass(annotation, BaseModel)
        and annotation.__name__ not in {"BaseModel", "Plain", *found}
    ):
        _collect(annotation.__base__, found)
        found[annotation.__name__] = annotation
        for field in annotation.model_fields.values():
            _collect(field.annotation, found)
    for inner in get_args(annotation):
        _collect(inner, found)


def colours() -> str:
    """Write the table of the theme's colours."""
    return _lined(
        ("名称", "用处", "不写时"), ((f"`{name}`", purpose, f"`{colour}`") for name, (colour, purpose) in ROLES.items())
    )


def table(model: type[BaseModel]) -> str:
    """Write the table of a model's own fields: name, title, what is written, what holds without it, and what it is for."""
    shared = getattr(model.__base__, "model_fields", {})
    rows = (_row(model, name, field) for name, field in model.model_fields.items() if name not in shared)
    return _lined(_COLUMNS, rows)


def _lined(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (" | ".join(row) for row in (heads, ("---",) * len(heads), *rows))
    return "".join(f"| {line} |\n" for line in lines)


_COLUMNS = ("名称", "中文名", "填什么", "不写时", "说明")


def _row(model: type[BaseModel], name: str, field: FieldInfo) -> tuple[str, ...]:
    kind = ",".join((_kind(field.annotation), *_bounds(field)))
    said = "。".join(filter(None, (meaning(model, name), _form(field))))
    return f"`{name}`", TITLES[name], kind, _default(field), said.replace("|", "\\|")


_GROUP = "一组"
_KINDS: Mapping[type, str] = MappingProxyType(
    {str: "文字", int: "整数", bool: "`true` 或 `false`", Decimal: "数", float: "数", date: "日期", object: "任意"}
)


def _kind(annotation: Any) -> str:  # noqa: ANN401 - any annotation of a field
    """Say what a field takes."""
    if isinstance(annotation, type):
        return _single(annotation)
    origin, inner = get_origin(annotation), [each for each in get_args(annotation) if each is not type(None)]
    if origin is tuple:
        return _MANY.get(_kind(inner[0]), "若干个数")
    if origin is dict:
        return f"若干个“名称 = {_kind(inner[1])}”"
    if origin is Literal:
        return f'`"{inner[0]}"`'
    return "数" if Fraction in inner else _kind(inner[0])  # points are an int or a fraction


_MANY: Mapping[str, str] = MappingProxyType({_GROUP: "若干组", "文字": "若干个文字"})


def _single(kind: type) -> str:
    if issubclass(kind, BaseModel):
        return _GROUP
    if issubclass(kind, StrEnum):
        return ";".join(f'`"{choice}"` {choice_meaning(choice)}' for choice in kind)
    return _KINDS[kind]


_BOUNDS: Mapping[str, str] = MappingProxyType(
    {"gt": "大于{}", "ge": "不小于{}", "le": "不大于{}", "min_length": "至少{}个", "max_length": "最多{}个"}
)


def _bounds(field: FieldInfo) -> Iterator[str]:
    words = field.annotation is str
    for each in field.metadata:
        yield from (
            said.format(getattr(each, name))
            for name, said in _BOUNDS.items()
            if hasattr(each, name) and not (words and "length" in name)
        )


def _form(field: FieldInfo) -> str:
    """Say of what form a text must be, where it must be of one."""
    patterns = (getattr(each, "pattern", None) for each in field.metadata)
    return next((FORMS[each].value.told for each in patterns if each), "")


def _default(field: FieldInfo) -> str:
    held = field.default
    if field.is_required():
        return "必写"
    if isinstance(held, bool):
        return f"`{str(held).lower()}`"
    if isinstance(held, str) and held:
        return f'`"{held}"`'
    return f"`{held}`" if isinstance(held, int | float | Decimal | date) else "—"


# Sentences of rules -----------------------------------------------------------------------------------------------------


def sentences(fragment: Mapping[str, Any]) -> tuple[str, ...]:
    """Give what a unit reads beside the inputs of the sub-points in a piece of an item's file."""
    return tuple(
        said
        for sub in fragment.get("sub_points", ())
        for said in explain(SubPoint.model_validate(sub)).values()
        if said
    )


def _quoted(lines: tuple[str, ...]) -> str:
    return "\n" + "\n>\n".join(f"> {line}" for line in lines) + "\n" if lines else ""


# Pieces of catalogues ---------------------------------------------------------------------------------------------------


def sections(text: str) -> Iterator[tuple[str, str]]:
    """Give every heading with the text up to the next one."""
    parts = re.split(r"^##+ (.*)\n", text, flags=re.MULTILINE)
    yield from zip(parts[1::2], parts[2::2], strict=True)


def pieces(text: str, language: str = "toml") -> tuple[tuple[str, str], ...]:
    """Give the file and the text of each block that names a file in its first line."""
    return tuple((file, body) for kind, file, body in _FENCE.findall(text) if kind == language and file)


def smallest(text: str) -> dict[str, str]:
    """Give the files of the catalogue that the document shows as a whole."""
    return dict(pieces(dict(sections(text))[SMALLEST]))


def answer(whole: Mapping[str, str], changes: str) -> tuple[str, ...]:
    """Give the lines that the check prints of a catalogue with changes: what is wrong with it, or odd or blank."""
    files = dict(whole)
    for file, change in pieces(changes, "diff"):
        files[file] = _changed(files[file], change.splitlines())
    with TemporaryDirectory() as folder:
        return tuple(_told(_laid_out(Path(folder), files)))


def _changed(text: str, change: Iterable[str]) -> str:
    old, new = ("".join(f"{line[1:]}\n" for line in change if line[0] in kinds) for kinds in (" -", " +"))
    if text.count(old) != 1:
        raise ValueError(old)
    return text.replace(old, new)


def _laid_out(folder: Path, files: Mapping[str, str]) -> Path:
    for file, text in files.items():
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_text(f"# {file}\n{text}", "utf-8")
    return folder


def _told(folder: Path) -> Iterator[str]:
    try:
        notice = load(folder)
        yield from (remark.told for remark in place_remarks(folder, (*lint(notice), *blanks(notice))))
    except BrokenCatalogueError as error:
        yield from error_text(error).splitlines()


if __name__ == "__main__":
    sys.exit(main())
