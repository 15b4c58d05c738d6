"""A round's evidence is opened in several processes, out of folders, archives and mails; a hostile file costs itself alone."""

from __future__ import annotations

import sys

import pytest

from tests.evidence.test_apart import bomb_picture
from tests.office.returns.test_evidence import zipped
from tests.office.returns.test_opened_evidence import FORM, form, told
from tests.support.evidence import locked_pdf, pdf, picture
from tests.support.mails import mail
from tests.support.offices import FIRST, Office

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows limits neither memory nor processor time"),
    pytest.mark.long,
    pytest.mark.usefixtures("opened_apart"),
]


def receive(office: Office) -> None:
    office.receive(FORM, form(office, FIRST, _001=("甲.pdf", 2)))
    office.receive(f"{FIRST}/15/甲.pdf", pdf())
    office.receive(f"{FIRST}/15/大图.png", bomb_picture())
    office.receive(f"{FIRST}/台账.zip", zipped({"15/乙.pdf": locked_pdf("x"), "15/大图2.png": bomb_picture() + b"2"}))
    office.receive(f"{FIRST}/又.eml", mail({"补.zip": zipped({"15/丙.jpg": picture((90, 90))})}).as_bytes())


def test_several_processes(issued: Office, tmp_path_factory: pytest.TempPathFactory) -> None:
    """With two processes the same is found as with one, in the same order."""
    found = []
    for jobs in (1, 2):
        office = issued.copied(tmp_path_factory.mktemp("round") / "out")
        receive(office)
        office.collect(jobs=jobs)
        found.append(told(office)[:-1])

    assert (
        found[0]
        == found[1]
        == [
            ("locked", None, f"{FIRST}/台账.zip/15/乙.pdf"),
            ("stopped", None, f"{FIRST}/15/大图.png"),
            ("stopped", None, f"{FIRST}/台账.zip/15/大图2.png"),
            ("small", None, f"{FIRST}/又.eml/补.zip/15/丙.jpg(90×90)"),
            ("pages", "台账.001.页数", "甲.pdf:填2页,数出1页"),
        ]
    )
