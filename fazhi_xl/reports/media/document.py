"""A document in official layout as values: paragraphs and tables. How they look is for `docx` to say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`style`: title, subtitle, addressee, heading (一、), body, attachment, signed, dated or annex (on a new page).

    `lead` stands before the text as a heading of the second level, (一), in the same line.
    """

    text: str
    style: str = "body"
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table; `widths` are shares of the page's width."""

    columns: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    title: str
    blocks: tuple[Paragraph | Grid, ...]
