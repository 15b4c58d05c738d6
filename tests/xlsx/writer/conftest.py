"""The 2020 round, issued once to all 45 units."""

from __future__ import annotations

from collections.abc import Mapping

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from fazhi_xl.form.model import Form
from fazhi_xl.notice.model import Notice
from tests.support.campaign import every_shape
from tests.support.offices import Office
from tests.support.once import Once
from tests.support.packages import Package


@pytest.fixture(scope="session")
def office(once: Once, notice: Notice) -> Office:
    return Office(notice, once("all issued", lambda root: Office(notice, root).issue()))


@pytest.fixture(scope="session")
def packages(office: Office) -> Mapping[str, Package]:
    """Every unit's workbook by the unit's short name."""
    return {unit: Package(office.path(unit)) for unit in office.forms}


@pytest.fixture(scope="session")
def one_of_each(office: Office) -> Mapping[str, Form]:
    """One form of each shape, by the shape's name; what the forms of a shape have apart is only in their slots."""
    return {form.shape.name: form for form in reversed(tuple(office.forms.values()))}


@pytest.fixture(scope="session")
def books(office: Office, one_of_each: Mapping[str, Form], request: pytest.FixtureRequest) -> Mapping[str, Workbook]:
    """One workbook of each third shape as openpyxl reads it, with the largest, by the shape's name; of all in the exhaustive run."""
    every = "exhaustive" in str(request.config.option.markexpr)
    shapes = [str(each.id) for each in every_shape() if every or not each.marks]
    return {shape: openpyxl.load_workbook(office.path(one_of_each[shape].unit)) for shape in shapes}
