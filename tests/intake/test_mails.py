"""A mail is opened as an archive is: its attachments arrive with the mail's day and sender, and nothing it says is believed."""

from __future__ import annotations

import time
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from datetime import date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path, PurePosixPath
from random import Random
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fazhi_xl.intake.arrival import Arrival, Budget
from fazhi_xl.intake.headers import attachment_name, sender
from fazhi_xl.intake.mails import attached
from fazhi_xl.intake.returns_folder import arrivals
from fazhi_xl.rounds.day_basis import DayBasis
from fazhi_xl.text.characters import public
from tests.support.mails import SENT, mail, named, part, raw_mail
from tests.support.offices import dated

OWN = date(2020, 11, 5)
NAME = "信访局_任务分解表.xlsx"


@pytest.fixture(autouse=True)
def _in_china(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("the time zone cannot be set here")
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def opened(folder: Path, data: bytes, name: str = "信.eml") -> dict[str, Arrival]:
    """Put a mail into a folder and list what arrives, by path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    dated(path, OWN)
    found = list(arrivals([folder]))
    assert len({each.path for each in found}) == len(found), "a path names one file"
    return {each.path: each for each in found}


def code(arrival: Arrival) -> str:
    return arrival.trouble.code if arrival.trouble else ""


def test_attachments(tmp_path: Path) -> None:
    """Each attachment arrives in the mail's place, with its bytes, the mail's day in local time, and its sender."""
    made = mail(
        {"甲.xlsx": b"a", "乙.xlsx": b"b"}, date="Tue, 17 Nov 2020 20:30:00 +0000", sender="李 <Li@Example.com>"
    )
    found = opened(tmp_path, made.as_bytes())
    assert {path: each.data for path, each in found.items()} == {"信.eml/甲.xlsx": b"a", "信.eml/乙.xlsx": b"b"}
    assert {(each.received, each.basis, each.sender) for each in found.values()} == {
        (date(2020, 11, 18), DayBasis.MAIL, "li@example.com")
    }


def test_content_decides(tmp_path: Path) -> None:
    """A mail is known by its headers, whatever its name."""
    assert list(opened(tmp_path, mail({"甲.xlsx": b"a"}).as_bytes(), "转存")) == ["转存/甲.xlsx"]


IMPOSSIBLE = ["\x00utf-8", "undefined", "idna", "base64", "punycode", "utf-8 ", "x" * 200, "=", "utf-99"]


@pytest.mark.parametrize("charset", IMPOSSIBLE)
def test_impossible_character_sets(tmp_path: Path, charset: str) -> None:
    """A name or a text whose character set is none is read as UTF-8, else as GB 18030."""
    word = f"=?{charset}?b?{b64encode('信.xlsx'.encode()).decode()}?="
    heads = (
        f'Content-Disposition: attachment; filename="{word}"',
        f"Content-Disposition: attachment; filename*={charset}''%E4%BF%A1.xlsx",
    )
    for head in heads:
        text = f"From: a@b.c\nTo: d@e.f\nMIME-Version: 1.0\nContent-Type: application/octet-stream; charset={charset}\n{head}\n\nx"
        (found,) = opened(tmp_path, text.encode()).values()
        assert (found.path, code(found)) == ("信.eml/信.xlsx", "")


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"hello", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"note: x\n\n"])
def test_name_alone_makes_no_mail(tmp_path: Path, data: bytes) -> None:
    """What has no mail's headers arrives as it is, though it is called .eml."""
    assert opened(tmp_path, data)["信.eml"].data == data


def test_saved_web_page(tmp_path: Path) -> None:
    """A web archive is written like a mail, and is none: nobody sent it."""
    data = b"From: <Saved by Windows>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<html>"
    assert opened(tmp_path, data, "表.mht")["表.mht"].data == data


@pytest.mark.parametrize(
    "line", [b"\xef\xbb\xbfFrom: a@b.c", b"\r\n\r\nFrom: a@b.c", b"From a@b.c Wed Nov 18 09:30:00 2020\r\nFrom: a@b.c"]
)
def test_beginnings(tmp_path: Path, line: bytes) -> None:
    """A byte order mark, blank lines or a mailbox's own line may stand before the headers."""
    assert list(opened(tmp_path, raw_mail(part(b'Content-Type: a/b; name="a.xlsx"', b"x")).replace(
        b"From: zhang@example.com", line, 1
    ))) == ["信.eml/a.xlsx"]  # fmt: skip


class TestDay:
    def test_mail_before_folder(self, tmp_path: Path) -> None:
        """The mail's day is believed before the folder's."""
        data = mail({"甲.xlsx": b"a"}).as_bytes()
        assert opened(tmp_path, data, "2020-11-30/信.eml")["2020-11-30/信.eml/甲.xlsx"].received == date(2020, 11, 18)

    @pytest.mark.parametrize(
        "absurd", [None, "", "昨天", "Wed, 31 Nov 2020 09:30:00 +0800", "Thu, 01 Jan 1970 00:00:00 +0000",
                   "Wed, 18 Nov 2099 09:30:00 +0800", "Mon, 01 Jan 0999 00:00:00 +2359", "x" * 10_000],
    )  # fmt: skip
    def test_absurd(self, tmp_path: Path, absurd: str | None) -> None:
        """Where the mail has no date, or one that cannot be, the folder's counts, else the file's own."""
        headers = b"X: y" if absurd is None else b"Date: " + absurd.encode()
        data = raw_mail(part(b'Content-Type: a/b; name="a.xlsx"', b"x"), headers=headers)
        own = opened(tmp_path / "一", data)["信.eml/a.xlsx"]
        assert (own.received, own.basis) == (OWN, DayBasis.FILE)
        foldered = opened(tmp_path / "二", data, "2020-11-12/信.eml")["2020-11-12/信.eml/a.xlsx"]
        assert (foldered.received, foldered.basis) == (date(2020, 11, 12), DayBasis.FOLDER)

    def test_time_of_day(self, tmp_path: Path) -> None:
        """Of one day the later mail is the later one, whenever the files were saved."""
        for name, hour in (("一.eml", 15), ("二.eml", 9)):
            made = mail({"a.xlsx": b"x"}, date=f"Wed, 18 Nov 2020 {hour:02d}:00:00 +0800")
            (tmp_path / name).write_bytes(made.as_bytes())
        first, second = arrivals([tmp_path])
        assert first.moment > second.moment
        assert datetime.fromtimestamp(first.moment / 10**9).astimezone().hour == 15

    def test_no_zone(self, tmp_path: Path) -> None:
        """A time without a zone is local."""
        found = opened(tmp_path, mail({"a.xlsx": b"x"}, date="Wed, 18 Nov 2020 23:50:00").as_bytes())
        assert found["信.eml/a.xlsx"].received == date(2020, 11, 18)


class TestNames:
    GBK = NAME.encode("gbk")

    @pytest.mark.parametrize(
        "disposition",
        [
            b'filename="' + NAME.encode() + b'"',
            b'filename="' + GBK + b'"',
            b"filename=" + NAME.encode("gb18030"),
            b'filename="=?gb18030?B?' + b64encode(GBK) + b'?="',
            b"filename==?GBK?b?" + b64encode(GBK) + b"?=",
            b'filename="=?utf-8?B?' + b64encode(NAME.encode()) + b'?="',
            b'filename="=?gb2312?Q?' + b"".join(b"=%02X" % byte for byte in GBK) + b'?="',
            b"filename*=gb2312''" + quote(GBK).encode(),
            b"filename*=UTF-8''" + quote(NAME).encode(),
            b"filename*0*=gbk'zh'" + quote(GBK[:6]).encode() + b";\r\n filename*1*=" + quote(GBK[6:]).encode(),
            b'filename="' + quote(NAME).encode() + b'"',
            b'filename="=?gbk?B?' + b64encode(GBK[:6]) + b"?=\r\n =?gbk?B?" + b64encode(GBK[6:]) + b'?="',
            b'filename="=?gbk?B?' + b64encode(GBK[:5]) + b"?= =?gbk?B?" + b64encode(GBK[5:]) + b'?="',
            b'filename="../../' + NAME.encode() + b'"',
            b'filename="C:\\\\temp\\\\' + NAME.encode() + b'"',
            b'filename="' + NAME.encode() + b'\x01"',
        ],
    )  # fmt: skip
    def test_encodings(self, tmp_path: Path, disposition: bytes) -> None:
        """A name is read in every way that clients write one, without folders and control characters."""
        assert list(opened(tmp_path, named(disposition))) == [f"信.eml/{NAME}"]

    def test_wider_than_labelled(self, tmp_path: Path) -> None:
        """Characters that GB 2312 lacks are read though the name is labelled so."""
        data = named(b'filename="=?gb2312?B?' + b64encode("朱镕喆.xlsx".encode("gbk")) + b'?="')
        assert list(opened(tmp_path, data)) == ["信.eml/朱镕喆.xlsx"]

    @pytest.mark.parametrize(
        "disposition",
        [b"filename=", b'filename="=?gbk?B?%%%?="', b"filename*=nowhere''%ff%fe", b'filename="=?x-odd?Q?=ff=fe?="',
         b'filename="' + b"n" * 5000 + b'.xlsx"', b"filename*0*=gbk''%b1; filename*2=x", b'filename="..."',
         b'filename="=?gbk?B?a?="', b'filename="%ff%fe.xlsx"',
         b'filename=".."'],
    )  # fmt: skip
    def test_odd_names(self, tmp_path: Path, disposition: bytes) -> None:
        """However odd its name, an attachment arrives with some name of bearable length, that leads nowhere."""
        (found,) = opened(tmp_path, named(disposition)).values()
        assert found.path.startswith("信.eml/")
        assert len(found.path) < 200
        assert ".." not in found.path.split("/")

    def test_name_in_private_characters(self, tmp_path: Path) -> None:
        """An old program's private character in a name becomes the standard's."""
        assert list(opened(tmp_path, named("filename=\ue863桥村.xlsx".encode()))) == ["信.eml/䶮桥村.xlsx"]

    def test_name_of_the_type(self, tmp_path: Path) -> None:
        """The type's name serves where the disposition has none, and a number where nothing has one."""
        parts = part(b'Content-Type: a/b; name="' + NAME.encode() + b'"', b"a"), part(b"Content-Type: a/b", b"b")
        assert list(opened(tmp_path, raw_mail(*parts))) == [f"信.eml/{NAME}", "信.eml/附件1"]

    def test_one_name_twice(self, tmp_path: Path) -> None:
        """Attachments of one name are told apart by a number."""
        parts = [part(b'Content-Type: a/b; name="a.xlsx"', data) for data in (b"a", b"b")]
        assert list(opened(tmp_path, raw_mail(*parts))) == ["信.eml/a.xlsx", "信.eml/a.xlsx#2"]


class TestWhatIsNoAttachment:
    def test_bodies_and_signature_pictures(self, tmp_path: Path) -> None:
        """Texts, pictures that the text shows and signatures are none."""
        made = mail({"a.xlsx": b"x"})
        letter = EmailMessage()
        letter.set_content("<p>您好<img src='cid:logo'></p>", subtype="html")
        letter.add_related(b"\x89PNG", "image", "png", cid="<logo>", filename="logo.png", disposition="inline")
        made.attach(letter)
        signature = EmailMessage()
        signature.set_content(b"s", "application", "pkcs7-signature", filename="smime.p7s")
        made.attach(signature)
        assert list(opened(tmp_path, made.as_bytes())) == ["信.eml/a.xlsx"]

    def test_attached_picture(self, tmp_path: Path) -> None:
        """A picture that is attached is one."""
        made = mail({})
        made.add_attachment(b"\x89PNG", "image", "png", filename="照片.png")
        assert list(opened(tmp_path, made.as_bytes())) == ["信.eml/照片.png"]

    def test_litter(self, tmp_path: Path) -> None:
        """A lock file that somebody attached is litter."""
        assert opened(tmp_path, mail({"~$表.xlsx": b"x"}).as_bytes())["信.eml/~$表.xlsx"].litter


class TestNothingToRead:
    def test_no_attachment(self, tmp_path: Path) -> None:
        """A mail without attachments arrives itself, with what to do and with its own fingerprint."""
        found = opened(tmp_path, mail({}).as_bytes())["信.eml"]
        assert (code(found), found.data) == ("mail-without-attachment", mail({}).as_bytes())

    @pytest.mark.parametrize(
        "text",
        ["从QQ邮箱发来的超大附件\r\n表.xlsx (1M, 2020年12月18日到期)进入下载页面:http://mail.qq.com/cgi-bin/ftn",
         "材料在网盘:https://pan.baidu.com/s/1abc 提取码 1234"],
    )  # fmt: skip
    @pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
    def test_link(self, tmp_path: Path, text: str, charset: str) -> None:
        """A mail that only links to its attachment is told apart: the link runs out."""
        made = EmailMessage()
        made["From"], made["To"], made["Date"] = "a@b.c", "d@e.f", SENT
        made.set_content(text, charset=charset)
        assert code(opened(tmp_path, made.as_bytes())["信.eml"]) == "mail-link-only"

    @pytest.mark.parametrize(
        ("name", "data"),
        [("信.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
         ("信", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "__properties_version1.0".encode("utf-16-le")),
         ("winmail.dat", b"\x78\x9f\x3e\x22" + bytes(50))],
    )  # fmt: skip
    def test_for_outlook_only(self, tmp_path: Path, name: str, data: bytes) -> None:
        """A mail that only Outlook opens is named, alone or attached."""
        assert code(opened(tmp_path / "一", data, name)[name]) == "mail-unopened"
        assert code(opened(tmp_path / "二", mail({name: data}).as_bytes())[f"信.eml/{name}"]) == "mail-unopened"


class TestInsideOneAnother:
    def test_mail_in_a_mail(self, tmp_path: Path) -> None:
        """A mail in a mail is opened, and what it brings came with the outer one."""
        outer = mail({"b.xlsx": b"b"}, date="Thu, 19 Nov 2020 09:00:00 +0800", sender="out@example.com")
        outer.add_attachment(mail({"a.xlsx": b"a"}))
        found = opened(tmp_path, outer.as_bytes())
        assert list(found) == ["信.eml/b.xlsx", "信.eml/报送任务分解表.eml/a.xlsx"]
        assert {(each.received, each.sender) for each in found.values()} == {(date(2020, 11, 19), "out@example.com")}

    @pytest.mark.parametrize("headers", [
        b'Content-Type: application/octet-stream; name="x.eml"', b'Content-Type: message/rfc822; name="x.eml"',
    ])  # fmt: skip
    def test_mail_as_a_file(self, tmp_path: Path, headers: bytes) -> None:
        """So is one that is attached as a file, or in base64."""
        data = raw_mail(part(headers, mail({"a.xlsx": b"a"}).as_bytes()))
        assert {path: each.data for path, each in opened(tmp_path, data).items()} == {"信.eml/x.eml/a.xlsx": b"a"}

    def test_damaged_inside(self, tmp_path: Path) -> None:
        """A mail inside that cannot be read is named, and the other attachments arrive."""
        broken = b'Content-Type: message/rfc822; name="x.eml"\r\nContent-Transfer-Encoding: base64\r\n\r\nabc'
        found = opened(tmp_path, raw_mail(broken, part(b'Content-Type: a/b; name="a.xlsx"', b"a")))
        assert {path: code(each) for path, each in found.items()} == {
            "信.eml/x.eml": "file-damaged",
            "信.eml/a.xlsx": "",
        }

    def test_two_deep(self, tmp_path: Path) -> None:
        """Deeper mails are named, with what to do."""
        inner = mail({})
        inner.add_attachment(mail({"a.xlsx": b"a"}))
        outer = mail({})
        outer.add_attachment(inner)
        (found,) = opened(tmp_path, outer.as_bytes()).values()
        assert (found.path, code(found)) == ("信.eml/报送任务分解表.eml/报送任务分解表.eml", "mail-unopened")

    def test_conversation(self, tmp_path: Path) -> None:
        """A mail inside that has no attachments is part of the conversation."""
        outer = mail({"b.xlsx": b"b"})
        outer.add_attachment(mail({}))
        assert list(opened(tmp_path, outer.as_bytes())) == ["信.eml/b.xlsx"]

    def test_archive_in_a_mail(self, tmp_path: Path) -> None:
        """An archive in a mail is opened, and its members came with the mail."""
        found = opened(tmp_path, mail({"包.zip": zipped({"子/a.xlsx": b"a"})}).as_bytes())["信.eml/包.zip/子/a.xlsx"]
        assert (found.data, found.received, found.sender) == (b"a", date(2020, 11, 18), "zhang@example.com")

    def test_mail_in_an_archive(self, tmp_path: Path) -> None:
        """A mail in an archive, as mailboxes are exported, is opened."""
        data = zipped({"信.eml": mail({"a.xlsx": b"a"}).as_bytes()})
        assert opened(tmp_path, data, "箱.zip")["箱.zip/信.eml/a.xlsx"].received == date(2020, 11, 18)

    def test_archive_in_a_mail_in_an_archive(self, tmp_path: Path) -> None:
        """Archives in archives are not opened, with a mail between them or not."""
        data = zipped({"信.eml": mail({"包.zip": zipped({"a.xlsx": b"a"})}).as_bytes()})
        assert code(opened(tmp_path, data, "箱.zip")["箱.zip/信.eml/包.zip"]) == "archive-in-archive"

    def test_mail_in_an_archive_in_a_mail(self, tmp_path: Path) -> None:
        """Nor are mails in archives in mails."""
        data = mail({"箱.zip": zipped({"信.eml": mail({"a.xlsx": b"a"}).as_bytes()})}).as_bytes()
        assert code(opened(tmp_path, data)["信.eml/箱.zip/信.eml"]) == "mail-unopened"


def zipped(members: dict[str, bytes]) -> bytes:
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return memory.getvalue()


MULTI = b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n"
FROM = b"From: a@b.c\r\nTo: d@e.f\r\n"


class TestHostile:
    @pytest.mark.parametrize(
        "data",
        [
            FROM + b"".join(MULTI % (no, no) for no in range(5000)),
            FROM + b"Content-Type: message/rfc822\r\n\r\n" * 5000,
            raw_mail(*[b"Content-Type: a/b\r\n\r\nx"] * 3000),
            raw_mail(*[part(b'Content-Type: a/b; name="a"', b"x")] * 501),
            FROM + b'Content-Type: multipart/mixed; boundary="' + b'"' * 2_000_000,
            FROM + b"Content-Type: a/b;" + b"\r\n a=b;" * 300_000,
            raw_mail(*[b"Content-Type: a/b\r\n\r\nx"] * 1990) + b"\r\n" * 9_000_000,
            raw_mail(*[b"Content-Type: a/b\r\n\r\nx"] * 1990) + b"\n" * 590_000,
            FROM + b"\r\n" + b"--\n" * 5_000_000,
        ],
    )  # fmt: skip
    def test_in_good_time(self, tmp_path: Path, data: bytes) -> None:
        """A mail that is made to keep its reader busy is refused at once."""
        began = time.process_time()
        found = opened(tmp_path, data)
        assert time.process_time() - began < 20  # what keeps it busy does so for minutes
        assert {code(each) for each in found.values()} <= {
            "archive-too-much",
            "mail-without-attachment",
            "file-damaged",
        }

    def test_many_archives(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Archives in one mail share what may be unpacked."""
        monkeypatch.setattr("fazhi_xl.intake.arrival.KEPT_LIMIT", 200_000)
        bomb = zipped({f"{no}.xlsx": bytes(15_000) for no in range(8)})
        found = opened(tmp_path, mail({"1.zip": bomb, "2.zip": bomb}).as_bytes())
        assert [code(each) for each in found.values()].count("archive-too-much") == 3

    def test_too_large(self, tmp_path: Path) -> None:
        """A mail over 32 MB is named as too large, and is never read in part."""
        found = opened(tmp_path, mail({"a.xlsx": b"x"}).as_bytes() + b"\r\n" * 26 * 1024 * 1024)["信.eml"]
        assert code(found) == "file-too-large"

    @pytest.mark.long
    def test_large(self, tmp_path: Path) -> None:
        """A mail may be larger than a workbook."""
        found = opened(tmp_path, mail({"a.pdf": bytes(14 * 1024 * 1024), "b.pdf": bytes(8 * 1024 * 1024)}).as_bytes())
        assert [len(each.data or b"") // 1024 // 1024 for each in found.values()] == [14, 8]

    def test_explosion(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whatever reading a mail raises, it is named, and the other files arrive."""

        def explode(*_: object, **__: object) -> None:
            raise RecursionError

        monkeypatch.setattr("fazhi_xl.intake.mails.message_from_bytes", explode)
        (tmp_path / "好.xlsx").write_bytes(b"x")
        found = opened(tmp_path, mail({}).as_bytes())
        assert {path: code(each) for path, each in found.items()} == {"信.eml": "file-damaged", "好.xlsx": ""}

    @pytest.mark.parametrize("cut", [40, 200, 420, 500])
    def test_truncated(self, tmp_path: Path, cut: int) -> None:
        """Of a mail that broke off something arrives, and nothing is raised."""
        assert opened(tmp_path, mail({"a.xlsx": Random(1).randbytes(500)}).as_bytes()[:cut])

    @pytest.mark.parametrize("encoding", [b"x-odd", b"uuencode", b"quoted-printable", b"base64"])
    def test_odd_transfer_encodings(self, tmp_path: Path, encoding: bytes) -> None:
        """An attachment in an unknown or broken encoding arrives as what it is."""
        odd = b'Content-Type: a/b; name="a.xlsx"\r\nContent-Transfer-Encoding: ' + encoding + b"\r\n\r\n=\xff!?"
        assert list(opened(tmp_path, raw_mail(odd))) == ["信.eml/a.xlsx"]


@settings(max_examples=150)
@example("\ue815")
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="/\\%"), min_size=1, max_size=40))
def test_any_name(name: str) -> None:
    """Whatever an attachment is called by a client that writes names as RFC 2231 asks, it arrives so, in standard characters."""
    made = message_from_bytes(mail({name: b"x"}).as_bytes())
    wanted = PurePosixPath(public(name)).name.strip()
    assert attachment_name(made.get_payload(1)) == (wanted if wanted.strip(". ") else "")  # type: ignore[arg-type] # the part of a mail of two parts


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_bytes(data: st.DataObject) -> None:
    """However a mail is mangled, what it brings is listed, and nothing is raised."""
    whole = data.draw(st.sampled_from(WHOLE))
    at, length = data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, 60))
    mangled = whole[:at] + data.draw(st.binary(max_size=60)) + whole[at + length :]
    arrival = Arrival(path="信.eml", received=OWN, data=mangled)
    assert all(each.path.startswith("信.eml") for each in attached(arrival, Budget()))


@pytest.mark.parametrize(
    ("header", "address"),
    [
        (b"=?utf-8?b?YUBleGFtcGxlLmNvbSw=?= <zhang@example.com>", "zhang@example.com"),  # a@example.com,
        (b"=?utf-8?q?=3Ca=40example=2Ecom=3E?= <zhang@example.com>", "zhang@example.com"),  # <a@example.com>
        (b"=?utf-8?q?=E5=BC=A0=3B?= <ZHANG@example.com>", "zhang@example.com"),
        (
            b"=?utf-8?b?5byg5LiJIDx6aGFuZ0BleGFtcGxlLmNvbT4=?=",
            "zhang@example.com",
        ),  # the whole header, as some clients do
    ],
)
def test_a_name_is_no_address(header: bytes, address: str) -> None:
    """A sender's name that looks like an address once it is decoded is not taken for the address."""
    assert sender(message_from_bytes(b"From: " + header + b"\r\n\r\n")) == address


def _whole() -> Iterator[bytes]:
    yield mail({NAME: b"x" * 200, "b.zip": zipped({"a.xlsx": b"a"})}).as_bytes()
    yield named(
        b"filename*0*=gbk'zh'"
        + quote(TestNames.GBK[:6]).encode()
        + b"; filename*1*="
        + quote(TestNames.GBK[6:]).encode()
    )
    outer = mail({})
    outer.add_attachment(mail({"a.xlsx": b"a"}))
    outer.set_boundary("=_outer")
    yield outer.as_bytes()
    yield raw_mail(part(b'Content-Type: message/rfc822; name="x.eml"', mail({"a.xlsx": b"a"}).as_bytes()))


WHOLE = tuple(_whole())
