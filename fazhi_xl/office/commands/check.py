"""Checking a catalogue as far as can be done before anything is issued: every form is made and drawn once, and thrown away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fazhi_xl.errors import BrokenCatalogueError, Problem
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.limits import LimitFault, limit_faults
from fazhi_xl.form.model import Form
from fazhi_xl.form.review_form import review_form
from fazhi_xl.form.sheets.review.dossier import Dossier
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.lint import lint
from fazhi_xl.notice.lint_blanks import blanks
from fazhi_xl.notice.lint_options import unsound
from fazhi_xl.notice.lint_remark import LintRemark
from fazhi_xl.notice.load import place_problems, place_remarks
from fazhi_xl.notice.model import Notice
from fazhi_xl.notice.shape_faults import DrawnFault
from fazhi_xl.notice.source import Source, read_source
from fazhi_xl.office.review.dossier import registers
from fazhi_xl.xlsx.writer.form import draw
from fazhi_xl.xlsx.writer.sketch import Sketches


def check(notice: Notice) -> tuple[LintRemark, ...]:
    """Give the remarks on a catalogue, each with its line: what is odd, then what is blank.

    Raises BrokenCatalogueError where its forms could not be drawn or opened.
    """
    problems = form_problems(notice)
    if problems:
        raise BrokenCatalogueError(place_problems(notice.folder, problems))
    return place_remarks(notice.folder, remarks(notice, read_source(notice.folder)[0]))


def remarks(notice: Notice, source: Source) -> tuple[LintRemark, ...]:
    """Give the remarks on a catalogue, wherever it was read from: what is odd, what could not be chosen, what is blank."""
    return (*lint(notice), *unsound(source), *blanks(notice))


def form_problems(notice: Notice) -> tuple[Problem, ...]:
    """Make and draw every form, and give what they could not be drawn or opened with, each once."""
    return tuple(dict.fromkeys(_form_problems(notice)))


def _form_problems(notice: Notice) -> Iterator[Problem]:
    edition, key, sketches = Edition(number=1, rehearsal=True), b"", Sketches()
    forms = unit_forms(notice, assign(notice), edition=edition, key=key)
    dossier = Dossier(notice=notice, registers=registers(notice, {}))
    for form in _one_of_each_shape((*forms, review_form(dossier, edition=edition, key=key))):
        faults = tuple(limit_faults(form.shape))
        yield from (_problem(notice, form, fault) for fault in faults)
        if not faults:
            yield from _undrawable(notice, form, sketches)


def _one_of_each_shape(forms: Iterable[Form]) -> Iterable[Form]:
    return {id(form.shape): form for form in forms}.values()


def _problem(notice: Notice, form: Form, fault: LimitFault) -> Problem:
    """Place a fault at the sub-point whose row it is in; elsewhere it names the sheet and the row."""
    code = ".".join(fault.row.split(".")[:2])
    item = notice.item_of.get(code)
    if item is None:
        message = DrawnFault.ON_FORM(unit=form.unit, sheet=fault.sheet, row=fault.row, message=fault.message)
        return Problem(file="notice.toml", path="", message=message)
    at = [sub.code for sub in item.sub_points].index(code)
    return Problem(file=f"items/{item.no:02d}.toml", path=f"sub_points[{at}]", message=fault.message)


def _undrawable(notice: Notice, form: Form, sketches: Sketches) -> Iterator[Problem]:
    try:
        draw(form.shape, notice.theme, title=notice.about.short_title, sketches=sketches).fill(form.slots)
    except (ValueError, KeyError, Warning) as error:
        yield Problem(file="notice.toml", path="", message=DrawnFault.UNDRAWABLE(unit=form.unit, error=str(error)))
