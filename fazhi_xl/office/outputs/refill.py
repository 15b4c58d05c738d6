"""A unit's form drawn anew with the answers that can be read of a return."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from fazhi_xl.answers.read import Answers
from fazhi_xl.findings import Topic
from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Form
from fazhi_xl.notice.model import Notice
from fazhi_xl.reports.corrections import Corrections
from fazhi_xl.xlsx.writer.corrections import CorrectionMarks
from fazhi_xl.xlsx.writer.form import draw
from fazhi_xl.xlsx.writer.sketch import Sketches


def readable(answers: Answers) -> Mapping[str, Value]:
    """Leave out values that cannot stand in their cells; contradictory ones stay for the unit to correct."""
    return {key: value for key, value in answers.values.items() if key not in left_out(answers)}


def left_out(answers: Answers) -> frozenset[str]:
    """Name the fields whose values cannot stand in their cells."""
    return frozenset(
        each.place.field for each in answers.findings if each.code.topic is Topic.UNREAD and each.place.field
    )


def refilled(
    notice: Notice,
    form: Form,
    values: Mapping[str, Value] = MappingProxyType({}),
    corrections: Corrections | None = None,
    sketches: Sketches | None = None,
) -> bytes:
    """Draw a unit's form anew, with these answers and with what has to be corrected; see `draw` for the `sketches`."""
    title = f"{notice.about.short_title}任务分解表"
    held = {**form.prior, **values}
    marks = CorrectionMarks(corrections) if corrections else None
    return draw(form.shape, notice.theme, title=title, values=held, marks=marks, sketches=sketches).fill(form.slots)
