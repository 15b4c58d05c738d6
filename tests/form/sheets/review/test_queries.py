"""核实答复: what the office enters where it settles a question in the unit's place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from fazhi_xl.form.expression import Value
from fazhi_xl.form.review_form import review_shape
from fazhi_xl.form.sheets.review.arising import by_list
from fazhi_xl.form.sheets.review.dossier import Dossier
from fazhi_xl.form.sheets.review.queries import QUERIES
from tests.support.campaign import the_notice

SIGNED: Mapping[str, Value] = {"审核人": "王五", "审核日期": date(2020, 12, 1)}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, ""),
        ({"核实": "已看材料", **SIGNED}, "通过"),
        ({"核实": "见说明", "说明": "电话里说是去年的", **SIGNED}, "通过"),
        ({"核实": "见说明", **SIGNED}, "待填:说明(核实选了“见说明”)"),
        ({"核实": "已看材料"}, "待填:审核人"),
        ({"说明": "电话里说是去年的"}, "待填:核实"),
    ],
)
def test_what_a_row_asks(values: Mapping[str, Value], said: str) -> None:
    """How the office knows, signed; in its own words where nothing else fits; the row counts as undecided until then."""
    own = QUERIES.matter(the_notice().units_by_short["法院"], "15.1.经费", {"疑问": "经费比上期多了十倍"})
    shape = review_shape(Dossier(notice=the_notice(), matters=by_list((own,))))
    results = shape.results({f"{own.code}.{column}": value for column, value in values.items()})
    assert results[f"{own.code}.校验"] == said
    assert results["进度.合计.类别"] == f"还没有定的{0 if said == '通过' else 1}项"
