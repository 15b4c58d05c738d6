"""The review book as a form: what the office decides, with a form number of its own."""

from __future__ import annotations

from collections.abc import Mapping

from fazhi_xl.form.identity import Edition, form_number
from fazhi_xl.form.model import Content, Form, Shape
from fazhi_xl.form.sheets.review import arising, progress, registers, scores
from fazhi_xl.form.sheets.review.dossier import Dossier
from fazhi_xl.form.sheets.review.made_once import made_once

REVIEW_UNIT_NO = 0  # no unit of a notice has it
TITLE = "审核表"


def review_shape(dossier: Dossier) -> Shape:
    """Give the sheets of a review book."""
    sheets = (scores.sheet(dossier), *registers.sheets(dossier), *arising.sheets(dossier))
    return Shape(
        name=TITLE,
        sub_points=(),
        sheets=(progress.sheet(dossier, sheets), *sheets),
        decimals=dossier.notice.about.scoring.places,
        shared=made_once(dossier.notice, dossier.this_year).shared,
    )


def shown(dossier: Dossier) -> Mapping[str, Mapping[str, Content]]:
    """Give what each row shows of what was returned, by the row's code and the column's."""
    own = dossier.notice.about.scoring.self_score
    return {
        **{case.code: scores.case_cells(case, own=own) for case in dossier.cases},
        **{claim.code: registers.claim_cells(dossier.notice, claim) for claim in dossier.claims},
        **{each.code: registers.provided_cells(dossier.notice, each) for each in dossier.provided},
        **arising.cells(dossier),
    }


def review_form(dossier: Dossier, *, edition: Edition, key: bytes) -> Form:
    """Make the review book of a round."""
    number = form_number(prefix=dossier.notice.about.form_prefix, unit_no=REVIEW_UNIT_NO, edition=edition, key=key)
    line = f"办公室审核用    表号:{number}"
    slots = {"unit_line": line, "unit_name": TITLE, "unit_short": TITLE, "form_number": number}
    return Form(unit=TITLE, number=number, slots=slots, shape=review_shape(dossier))
