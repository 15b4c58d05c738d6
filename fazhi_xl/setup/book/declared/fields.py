"""The sheet 通知: the single values of a catalogue, one a row, and the switches of the parts that a notice may lack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from fazhi_xl.notice.model import (
    About,
    BonusForm,
    Bulletin,
    Contacts,
    Dates,
    Feedback,
    Index,
    ReviewPlan,
    Scoring,
    Swing,
    Texts,
    Words,
)
from fazhi_xl.notice.rules import Plain
from fazhi_xl.notice.theme import Theme
from fazhi_xl.notice.titles import TITLES
from fazhi_xl.setup.book.declared.columns import Column
from fazhi_xl.setup.book.declared.sheets import TABLES, every_column

SHEET, KEY = "通知", "notice"
GROUP, NAME, VALUE, PURPOSE = "分类", "名称", "填什么", "说明"
THERE, ABSENT = "有", "没有"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Fields of one table: the file, the place of the table in it, its model, and the part of the notice that it belongs to."""

    title: str
    file: str
    path: str
    model: type[Plain]
    fields: tuple[str, ...] = ()  # all that stand in one cell, where none are named
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A row of the sheet."""

    section: Section
    column: Column

    @property
    def key(self) -> str:
        """What the program knows it by."""
        return f"{self.section.file}:{'.'.join(filter(None, (self.section.path, self.column.field)))}"

    @property
    def name(self) -> str:
        return TITLES[self.column.field]


_ABOUT = (
    *("title", "number", "short_title", "year", "district", "issuer", "office", "office_room", "office_phone"),
    "form_prefix",
)
SECTIONS = (
    Section(title="通知", file="notice.toml", path="", model=About, fields=_ABOUT),
    Section(title="日期", file="notice.toml", path="dates", model=Dates),
    Section(title="计分", file="notice.toml", path="scoring", model=Scoring),
    Section(title="叫法", file="notice.toml", path="words", model=Words),
    Section(title="条款", file="notice.toml", path="texts", model=Texts),
    Section(
        title="审核",
        file="notice.toml",
        path="review",
        model=ReviewPlan,
        fields=("reasons", "second_points", "second_tolerance"),
    ),
    Section(title="与上期相差", file="notice.toml", path="swing", model=Swing),
    Section(title="反馈单", file="notice.toml", path="feedback", model=Feedback),
    Section(title="通报", file="notice.toml", path="bulletin", model=Bulletin),
    Section(title="加分申报表", file="adjustments.toml", path="bonus_form", model=BonusForm, part="加分情形"),
    Section(title="指数", file="index.toml", path="", model=Index, fields=("sheet", "title"), part="指数"),
    Section(
        title="联络员",
        file="contacts.toml",
        path="",
        model=Contacts,
        fields=("sheet", "title", "hint", "widths"),
        part="联络员",
    ),
    Section(title="字体和颜色", file="theme.toml", path="", model=Theme),
)
PARTS = tuple(dict.fromkeys(table.part for table in TABLES if table.part))
"""The parts that a notice may lack, each with a switch."""
SWITCHES = "有没有"


@lru_cache(maxsize=1)
def fields() -> tuple[Field, ...]:
    """Give the rows of the sheet below the switches, in their order."""
    return tuple(_fields())


def _fields() -> Iterator[Field]:
    for section in SECTIONS:
        for name in section.fields or section.model.model_fields:
            yield Field(section=section, column=Column(models=(section.model,), path=name, width=60))


@lru_cache(maxsize=512)
def column_of(model: str, field: str) -> Column | None:
    """Give the first column that a model's field has, or that of its row on 通知."""
    every = (*(column for _, column in every_column()), *(each.column for each in fields()))
    found = (each for each in every if each.field == field and model in {has.__name__ for has in each.models})
    return next(found, None)


def head_of(model: str, field: str) -> str:
    """Name a model's field as the workbook does."""
    column = column_of(model, field)
    return column.head if column else TITLES[field]
