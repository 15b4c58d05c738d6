"""Ids of inputs: the same, whatever the sub-points are numbered."""

from __future__ import annotations

from fazhi_xl.form.identity import Edition
from fazhi_xl.form.input_ids import input_ids
from fazhi_xl.form.model import Shape
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.model import Notice
from tests.support.campaign import KEY, shape_of, the_notice
from tests.support.renumbering import renumbered


def shape(notice: Notice, unit: str) -> Shape:
    forms = unit_forms(notice, assign(notice), edition=Edition(number=1), key=KEY)
    return next(form.shape for form in forms if form.unit == unit)


def test_where_ids_are_the_codes() -> None:
    """Where no id is given, an input's id is its field code; rows of a register are named by it, documents by their sub-point."""
    found = input_ids(the_notice(), shape_of("信访局"))
    assert (found["8.1.信访.填报"], found["8.1.自评"], found["加分.01.事项"]) == (
        "8.1.信访.填报", "8.1.自评", "加分.01.事项",
    )  # fmt: skip
    assert found["信息.03.报送日期"] == "信息报送.03.报送日期"
    assert found["台账.001.名称"] == "台账.8.1.名称"
    assert found["台账.012.得分点"].startswith("台账.+")
    assert len(set(found.values())) == len(found)


def test_an_item_less() -> None:
    """After an item was taken out and the rest numbered anew, every input that is left has the id it had."""
    less = renumbered(the_notice(), without=7)
    before, after = input_ids(the_notice(), shape_of("信访局")), input_ids(less, shape(less, "信访局"))
    assert after["7.1.信访.填报"] == before["8.1.信访.填报"]
    assert set(after.values()) == set(before.values())
