"""A unit keeps the registers that feed what it answers, and those that feed nothing."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from random import Random

from fazhi_xl.form.identity import Edition
from fazhi_xl.form.sheets.unit import ledger
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.office.commands.invented_answers import answers
from tests.support.catalogues import catalogue, full


def test_who_keeps_what(tmp_path: Path) -> None:
    """A unit that is not asked what a register feeds has neither its sheet nor a word of it."""
    files = deepcopy(full())
    files["items/03.toml"]["responsible"] = ["01社区"]
    files["registers.toml"]["registers"].append(
        {"name": "走访记事", "kept_by": "unit", "columns": [{"key": "事由", "kind": "text"}]}
    )
    notice = catalogue(tmp_path, files)
    forms = {form.unit: form for form in unit_forms(notice, assign(notice), edition=Edition(number=1), key=b"")}
    sheets = {unit: [sheet.name for sheet in form.shape.sheets] for unit, form in forms.items()}
    assert {"季度小结", "走访记事"} <= set(sheets["01社区"])
    assert "季度小结" not in sheets["02社区"]
    assert "走访记事" in sheets["02社区"]
    texts = [getattr(content, "text", "") for _, _, content in forms["02社区"].shape.cells()]
    assert not any("季度小结" in text for text in texts)
    made = answers(notice, forms["02社区"].shape, Random(1))
    assert made.keys() <= forms["02社区"].shape.fields.keys()


def test_documents_only_where_they_are_asked(tmp_path: Path) -> None:
    """A sub-point without documents in the catalogue has no row in the list of documents, and none is missed."""
    files = deepcopy(full())
    notice = catalogue(tmp_path, files)
    (form, *_) = unit_forms(notice, assign(notice), edition=Edition(number=1), key=b"")
    asked = {code for code, sub in notice.sub_points.items() if sub.evidence}
    assert asked == {"1.1"}
    assert set(ledger.prefilled(form.shape).values()) == asked
