"""What may hold a form is never evidence in silence: mails and archives by number, and what cannot be opened in an item's folder."""

from __future__ import annotations

import pytest

from fazhi_xl.office.commands.summary import round_summary
from tests.support.mails import mail
from tests.support.offices import FIRST, SECOND, Office
from tests.support.spoiling import zipped

RAR, SEVEN_ZIP, TNEF = (
    b"Rar!\x1a\x07\x01\x00" + bytes(40),
    b"7z\xbc\xaf\x27\x1c" + bytes(40),
    b"\x78\x9f\x3e\x22" + bytes(40),
)
NUMBERS = ["1", "14", "18"]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_mail_by_number(office: Office, number: str) -> None:
    """A mail that is called by a number is no item's folder: its attachment is asked for, and its form is read."""
    office.receive(f"{number}.eml", mail({"表.rar": RAR, "表.xlsx": office.filled(FIRST)}).as_bytes())
    office.collect()
    assert office.codes(f"{number}.eml/表.rar") == ["archive-unopened"]
    assert office.file(f"{number}.eml/表.rar")["status"] == "rejected"
    assert office.file(f"{number}.eml/表.xlsx")["unit"] == FIRST


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    ("name", "inner", "code"),
    [
        ("表.rar", RAR, "archive-unopened"),
        ("表.7z", SEVEN_ZIP, "archive-unopened"),
        ("winmail.dat", TNEF, "mail-unopened"),
        ("里面.zip", zipped({"表.xlsx": b"PK"}), "archive-in-archive"),
        ("表.xlsx", b"\x00\x01\x02" * 50, "file-unrecognised"),
    ],
)
def test_an_archive_by_number(office: Office, number: str, name: str, inner: bytes, code: str) -> None:
    """Nor is an archive, whatever is in it; without an ending either."""
    for archive in (f"{number}.zip", number):
        office.receive(f"来件/{archive}", zipped({name: inner}))
    office.collect()
    for archive in (f"{number}.zip", number):
        assert office.codes(f"来件/{archive}/{name}") == [code]
        assert office.file(f"来件/{archive}/{name}")["status"] == "rejected"


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("照片.rar", RAR, "这是RAR 压缩包,拆不开"),
        ("表.7z", SEVEN_ZIP, "这是7z 压缩包,拆不开"),
        ("winmail.dat", TNEF, "这是winmail.dat(Outlook 打包的附件),附件取不出来"),
        ("信.eml", mail({}).as_bytes(), "邮件里没有附件"),
        ("包.zip/套.zip", zipped({"套.zip": zipped({"a": b"a"})}), "压缩包里又套了压缩包,没有继续拆开"),
    ],
)
def test_packed_evidence(office: Office, name: str, data: bytes, cause: str) -> None:
    """What cannot be opened in a folder with a number may be evidence, or a form of that day: it is named, and the last lines count it."""
    office.receive(f"18/{name.partition('/')[0]}", data)
    office.receive("18/照片.pdf", b"%PDF-1.4")
    round_ = office.collect()
    file = office.file(f"18/{name}")
    assert (file["status"], file["unit"]) == ("ignored", None)
    (found,) = file["findings"]
    assert (found["code"], found["severity"]) == ("evidence-unopened", "confirm")
    assert found["message"].startswith(f"{cause},放在以项目序号命名的文件夹里,没有拆开,按台账材料登记。")
    assert office.codes("18/照片.pdf") == ["evidence-file"]
    line = f"项目文件夹里有1个没有拆开的压缩包或邮件,还有{len(round_.missing)}家没有报送:"
    assert any(line in said and said.endswith(f"18/{name}") for said in round_summary(round_, office.space))


def test_forms_in_folders_of_days(office: Office) -> None:
    """A form is read wherever it lies, in a folder `18` for the eighteenth too; a damaged one is asked for again."""
    office.receive("18/表.xlsx", office.filled(FIRST))
    office.receive("14/表.xlsx", office.filled(SECOND)[:2000])
    office.collect()
    assert office.file("18/表.xlsx")["unit"] == FIRST
    assert office.file("14/表.xlsx")["status"] == "rejected"
