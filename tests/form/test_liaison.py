"""Whom the office writes to: one of the roles and some of the columns that a catalogue names."""

from __future__ import annotations

import pytest

from fazhi_xl.form.sheets.unit.contacts import Detail, liaison
from fazhi_xl.notice.model import Contacts


def listed(columns: tuple[str, ...], rows: tuple[str, ...]) -> Contacts:
    return Contacts(title="名册", columns=columns, rows=rows)


@pytest.mark.parametrize(
    ("columns", "rows", "found"),
    [
        (
            ("人员", "姓名", "职务", "办公室电话", "手机号码"),
            ("负责人", "联络员"),
            {
                Detail.NAME: "联络.联络员.姓名",
                Detail.PHONE: "联络.联络员.办公室电话",
                Detail.MOBILE: "联络.联络员.手机号码",
            },
        ),
        (
            ("职责", "姓名", "办公电话", "值班电话", "电子邮箱"),
            ("主要负责人", "报表联系人", "主任"),
            {
                Detail.NAME: "联络.报表联系人.姓名",
                Detail.PHONE: "联络.报表联系人.办公电话",
                Detail.MAIL: "联络.报表联系人.电子邮箱",
            },
        ),
        (("谁", "姓名", "E-mail"), ("甲", "乙"), {Detail.NAME: "联络.乙.姓名", Detail.MAIL: "联络.乙.E-mail"}),
        (("谁", "几岁"), ("甲",), {}),
    ],
)
def test_liaison(columns: tuple[str, ...], rows: tuple[str, ...], found: dict[Detail, str]) -> None:
    """It is the role that is called so, else the last, and of each detail the first column whose title tells it."""
    assert liaison(listed(columns, rows)) == found
