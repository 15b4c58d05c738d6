"""The inputs that most sheets ask for: a text, a choice, a day."""

from __future__ import annotations

from datetime import date

from fazhi_xl.form.model import Field
from fazhi_xl.notice.choices import Kind


def text_input(row: str, column: str, label: str, prompt: str, *, length: int = 200) -> Field:
    """Ask for a text of at most `length` characters."""
    return Field(row=row, column=column, label=label, kind=Kind.TEXT, prompt=prompt, length=length, style="input_text")


def choice_input(row: str, column: str, label: str, options: tuple[str, ...], prompt: str) -> Field:
    """Ask for one of the options."""
    return Field(row=row, column=column, label=label, kind=Kind.CHOICE, options=options, prompt=prompt)


def day_input(row: str, column: str, label: str, days: tuple[date, date], prompt: str) -> Field:
    """Ask for a day from the first of `days` to the last."""
    first, last = days
    return Field(
        row=row,
        column=column,
        label=label,
        kind=Kind.DATE,
        style="input_date",
        minimum=first,
        maximum=last,
        prompt=prompt,
    )
