"""Archiving a sealed edition: whole or not at all, again, without LibreOffice, with little memory, and refused."""

from __future__ import annotations

import errno
import os
import tracemalloc
from datetime import date
from io import BytesIO
from pathlib import Path
from shutil import disk_usage
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.archiving.layout import METADATA, README, Part
from fazhi_xl.office.archiving.metadata import MEANINGS, read_counted
from fazhi_xl.office.archiving.trouble import Wrong
from fazhi_xl.office.archiving.write import write_package
from fazhi_xl.office.contacts.issue import issue_contacts
from fazhi_xl.reports.packing_list import MANIFEST
from tests.support.archived import DAY, FIRST, SECOND, archived, decide, sealed, unsealed, verified
from tests.support.archives import flipped
from tests.support.contact_books import changed, put
from tests.support.locking import OPENS_WITH, locked_by_aes
from tests.support.mails import mail
from tests.support.offices import Office

pytestmark = pytest.mark.long
DISK = "fazhi_xl.office.archiving.write.shutil.disk_usage"
NO_OFFICE = (
    "没有做成 PDF:结果/反馈单/01_01社区_反馈单.xlsx、",
    "个。包里没有这些 PDF,元数据.xml 写明了。",
    "装好 LibreOffice(Windows、Mac 用它的安装程序,Debian、统信、麒麟装 libreoffice-calc、libreoffice-writer)后移开这个包,再运行一次。",
)


def packages(office: Office) -> list[str]:
    """Name all that lies in 归档."""
    return sorted(path.name for path in office.space.packages.iterdir())


def test_without_libreoffice(office: Office) -> None:
    """Where there is no LibreOffice the package has no PDF, says so in its metadata and its readme, and the command ends with status 1."""
    done, said = archived(office)
    (line,) = (each for each in said if each.startswith("没有找到 LibreOffice,"))
    assert all(each in line for each in NO_OFFICE)
    assert done.needs_attention
    assert done.verified.passed
    with ZipFile(done.path) as package:
        assert "没有找到 LibreOffice" in package.read(README).decode()
        assert '<PDF 件数="0">没有找到 LibreOffice,缺' in package.read(METADATA).decode()
        counted = read_counted(package.read(METADATA))
        own = [info for info in package.infolist() if info.filename != MANIFEST]
        assert (counted.files, counted.size) == (len(own), sum(info.file_size for info in own))
        assert all(f"<{name}" in package.read(METADATA).decode() for name in MEANINGS)


def test_the_same_bytes(office: Office, package: Path) -> None:
    """The same edition gives the same package."""
    assert archived(office)[0].path.read_bytes() == package.read_bytes()


def test_again(office: Office) -> None:
    """Archived again, the package that is there is tested and stays; one that is spoilt is set aside, and made anew."""
    first, _ = archived(office)
    kept = first.path.read_bytes()
    done, said = archived(office)
    assert (done.anew, said[-1]) == (False, f"已经归档,包是完整的:{first.path}")
    assert not done.needs_attention
    first.path.chmod(0o644)
    first.path.write_bytes(flipped(kept, len(kept) // 3))
    done, said = archived(office)
    assert done.anew
    assert f"原来的归档包已损坏或改动过,另存为 {first.path.stem}_改动.zip,重新归档。" in said
    assert packages(office) == ["SQ2031_01_年终.zip", "SQ2031_01_年终_改动.zip"]
    assert first.path.read_bytes() == kept


def test_what_came_later(office: Office) -> None:
    """A return that came after the edition was sealed is told and left out, and later decisions are no part of the package either."""
    office.receive("迟.xlsx", office.filled(SECOND, office.good(SECOND, 9)), date(2032, 1, 25))
    decide(office)
    done, said = archived(office)
    assert "定稿以后收到、不在定稿里的1个文件没有归档:迟.xlsx。要归档的,先收表、重新定稿。" in said
    assert done.verified.passed


def test_a_return_that_is_no_longer_as_it_was(office: Office) -> None:
    """A return that somebody changed after the sealing is named, and that the ranking does not come out the same."""
    path = office.receive(f"{FIRST}.xlsx", office.filled(FIRST, office.good(FIRST, 7)), DAY)
    done, said = archived(office)
    found = {(each.wrong, each.path) for each in done.verified.troubles}
    assert (Wrong.SEALED_DIGEST, f"重现/回收/{path.name}") in found
    assert any(each.startswith("用包里的材料重新生成的,与定稿不一样") for each in said)
    assert done.needs_attention


def test_a_second_edition(office: Office) -> None:
    """The package of a later edition has the one before it, with which its ranking is compared, and is made anew with it."""
    office.receive(f"{FIRST}.xlsx", b"", DAY)
    (office.space.returns / f"{FIRST}.xlsx").unlink()
    decide(office)
    sealed(office, "第二稿")
    done, _ = archived(office)
    assert done.path.name == "SQ2031_02_第二稿.zip"
    assert done.verified.passed
    with ZipFile(done.path) as package:
        assert {name.split("/")[1] for name in package.namelist() if name.startswith("定稿/")} == {
            "01_年终",
            "02_第二稿",
        }


def test_an_earlier_round(office: Office, done: Office) -> None:
    """The round that an edition was compared with is in the package."""
    sealed(unsealed(office), "与上年比", earlier=done.root)
    made, _ = archived(office)
    assert made.verified.passed
    with ZipFile(made.path) as package:
        assert "定稿/01_与上年比/依据/上期/report.json" in package.namelist()


def test_contacts(office: Office) -> None:
    """Where a return came by mail the addresses are in the package, and no person, telephone number or setting."""
    issue_contacts(office.space, office.notice)
    typed = changed(
        put("联系人", C4="李联系", D4="a@example.cn", F4="13800000001"),
        put("邮箱设置", B4="mail@example.cn"),
        data=office.space.contacts_file.read_bytes(),
    )
    office.space.contacts_file.write_bytes(typed)
    form = (office.space.returns / f"{FIRST}.xlsx").read_bytes()
    (office.space.returns / f"{FIRST}.xlsx").unlink()
    office.receive(
        "信.eml", bytes(mail({"表.xlsx": form}, date="Sat, 10 Jan 2032 10:00:00 +0800", sender="b@example.cn")), DAY
    )
    decide(office)
    sealed(unsealed(office))
    done, _ = archived(office)
    assert done.verified.passed
    with ZipFile(done.path) as package:
        assert "SENDER_UNKNOWN".lower().replace("_", "-") in package.read("定稿/01_年终/结果/report.json").decode()
        book = load_workbook(BytesIO(package.read("定稿/01_年终/依据/联系人.xlsx")))
        held = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
    assert "a@example.cn" in held
    assert held.isdisjoint({"李联系", "13800000001", "mail@example.cn"})


def test_what_is_no_input(office: Office) -> None:
    """A file of passwords that lies beside the round is in no edition, and so in no package."""
    (office.root / "密码.txt").write_text("secret", "utf-8")
    sealed(unsealed(office))
    done, _ = archived(office)
    with ZipFile(done.path) as package:
        assert not [name for name in package.namelist() if "密码" in name]


def test_a_return_with_a_password(office: Office) -> None:
    """Passwords are not kept: the package says that some are needed, and its ranking is made anew with them alone."""
    form = (office.space.returns / f"{FIRST}.xlsx").read_bytes()
    (office.space.returns / f"{FIRST}.xlsx").unlink()
    office.receive("锁.zip", locked_by_aes({"表.xlsx": form}), DAY)
    opens = (OPENS_WITH,)
    decide(office, opens)
    sealed(unsealed(office), passwords=opens)
    done, _ = archived(office, passwords=opens)
    assert done.verified.passed
    (trouble,) = verified(done.path).troubles
    assert (trouble.wrong, trouble.detail) == (
        Wrong.NOT_AGAIN,
        "有的原件设了打开密码,密码不在包里。请用 --password-file 给出密码再验证",
    )
    assert verified(done.path, passwords=opens).passed
    with ZipFile(done.path) as package:
        assert "<加密>有</加密>" in package.read(METADATA).decode()
        assert "有的原件设了密码,密码不在包里" in package.read(README).decode()


def test_a_full_disk(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it does not fit there is no package, and where the disk fills up on the way none is left either."""
    full = SimpleNamespace(total=1, used=1, free=1000)
    with monkeypatch.context() as patch:
        patch.setattr(DISK, lambda folder: full if Path(folder) == office.space.packages else disk_usage(folder))
        with pytest.raises(WrongUseError, match="所在的磁盘只剩 1000 字节,放不下,没有归档。请腾出空间"):
            archived(office)
    assert packages(office) == []

    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("fazhi_xl.office.archiving.write.os.fsync", no_room)
        with pytest.raises(WrongUseError, match="磁盘满了"):
            archived(office)
    assert packages(office) == []


def test_no_room_to_make_it_anew(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the ranking cannot be made anew for want of room, that is told, with how much it takes."""
    monkeypatch.setattr("fazhi_xl.office.archiving.again.shutil.disk_usage", lambda _: SimpleNamespace(free=1 << 20))
    (trouble,) = verified(package).troubles
    assert trouble.wrong is Wrong.NOT_AGAIN
    assert "那里只剩 1.0 MB。请腾出空间,再运行一次" in trouble.detail


def test_a_run_that_was_killed(office: Office) -> None:
    """A run that is killed leaves no package, and the next one removes what it left."""
    (office.space.packages / ".SQ2031_01_年终.zip.abcdefgh.tmp").write_bytes(b"PK")
    archived(office)
    assert packages(office) == ["SQ2031_01_年终.zip"]


def test_a_file_that_changes_meanwhile(tmp_path: Path) -> None:
    """A file that is written to while it is archived is told, and there is no package."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(b"1")
    part = Part.of_file("表.xlsx", path)
    path.write_bytes(b"2345")
    with pytest.raises(WrongUseError, match="在归档的时候变了,没有归档"):
        write_package(tmp_path / "包.zip", [part], lambda parts: parts)
    assert [each.name for each in tmp_path.iterdir()] == ["表.xlsx"]


def test_memory(tmp_path: Path) -> None:
    """A large file is not held in memory."""
    path = tmp_path / "大.bin"
    with path.open("wb") as file:
        file.truncate(80 << 20)
    tracemalloc.start()
    try:
        write_package(tmp_path / "包.zip", [Part.of_file("大.bin", path)], lambda parts: parts)
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


def test_nothing_sealed(office: Office) -> None:
    """Where nothing is sealed there is nothing to archive; an edition that somebody changed is not archived either."""
    edition = office.space.sealed / "01_年终"
    path = edition / "定稿说明.txt"
    path.chmod(0o644)
    path.write_bytes(b"x")
    with pytest.raises(WrongUseError, match="定稿和定稿时不一样了,没有归档"):
        archived(office)
    with pytest.raises(WrongUseError, match="还没有定稿,没有可以归档的。请先定稿"):
        archived(unsealed(office))


def test_returns_from_several_places(office: Office, tmp_path: Path) -> None:
    """An edition of returns that lay in several places cannot be made anew by their names; that is refused, with what to do."""
    other = office.space.returns.rename(tmp_path / "2032-01-11 收到")
    sealed(unsealed(office), sources=(other,))
    done, _ = archived(office)
    assert done.verified.passed
    unsealed(office)
    sealed(office, sources=(other, other / f"{FIRST}.xlsx"))
    with pytest.raises(WrongUseError, match="是从几个地方、或者单个文件收的表"):
        archived(office)
