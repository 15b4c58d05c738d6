"""A collect brings the office's contacts up to date at its end, and knows them among what it reads and writes."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from openpyxl import load_workbook

from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.contacts.issue import issue_contacts
from tests.support.changes import as_before, told
from tests.support.offices import FIRST, NOW, Office
from tests.support.progress import Silent

LISTED: Mapping[str, str] = {"联络.联络员.姓名": "李四", "联络.联络员.手机号码": "13812345678"}


@pytest.mark.long
def test_contacts_in_a_collect(office: Office) -> None:
    """Proposals are put into the workbook once, are told again, and are no reason to collect again; a mere report writes none."""
    office.receive(f"{FIRST}.xlsx", office.filled(FIRST, {**office.good(FIRST), **LISTED}))
    issue_contacts(office.space, office.notice)
    issued = office.space.contacts_file.read_bytes()
    collect(office.notice, office.space, CollectOrder(report_only=True), Silent(), now=NOW)
    assert office.space.contacts_file.read_bytes() == issued
    told(office)
    proposed = load_workbook(office.space.contacts_file)["变更建议"].iter_rows(min_row=4, max_col=4, values_only=True)
    assert list(proposed) == [(FIRST, "联系人", None, "李四"), (FIRST, "电话", None, "13812345678")]
    lines, _ = told(office)
    assert "联系人.xlsx 有2条变更建议没有处理,请在“变更建议”表里选。" in lines
    kept = as_before(office)
    assert kept is not None
    office.space.contacts_file.write_bytes(issued)
    assert as_before(office) is None
