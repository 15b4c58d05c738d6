"""Faults 79 and 82 to 89: litter, archives and mails around the returns."""

from __future__ import annotations

import random
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from email.message import EmailMessage
from functools import partial
from io import BytesIO
from urllib.parse import quote

import pytest

from tests.faults.fault import Expected, Fault, assert_fault
from tests.support.mails import SENT, mail, named
from tests.support.offices import FIRST, SECOND, Office, dated
from tests.support.spoiling import PNG, parts

GOOD = Expected(status="accepted")
ASTRAY = Expected(status="accepted_with_notes", found=(("evidence-astray", None),))
SCAN = Expected(status="rejected", found=(("file-not-a-workbook", None),), unit=None)
BESIDE = Expected(status="ignored", found=(("evidence-beside", None),), unit=None)
LITTER = Expected(status="ignored", found=(("file-ignored", None),), unit=None)
NAME = "任务分解表.xlsx"
GBK = NAME.encode("gbk")


def rejected(code: str) -> Expected:
    return Expected(status="rejected", found=((code, None),), unit=None)


def sent(no: int, what: str, path: str, pack: Callable[[bytes], bytes], expect: Mapping[str, Expected]) -> Fault:
    """Make the fault of one file, packed from a good return; `expect` names what it holds within it."""

    def receive(office: Office) -> None:
        office.receive(path, pack(office.filled(FIRST)))

    return Fault(no=no, what=what, receive=receive, expect={f"{path}{inner}": each for inner, each in expect.items()})


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return memory.getvalue()


def in_gbk(data: bytes) -> bytes:
    """Pack a file as old Windows programs do: its name in GBK, unmarked."""
    return zipped({"n" * len(GBK): data}).replace(b"n" * len(GBK), GBK)


def with_password(data: bytes) -> bytes:
    packed = bytearray(zipped({NAME: data}))
    for magic, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(magic) + flag] |= 1
    return bytes(packed)


def marked(flags: int, method: int, count: int, data: bytes) -> bytes:
    """Pack files of which the directory says that they have a password, or are packed in another way."""
    packed = bytearray(zipped({f"{no}/{NAME}": data[:100] for no in range(count)}))
    for magic, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = packed.find(magic)
        while at >= 0:
            packed[at + flag] |= flags
            packed[at + flag + 2] = method or packed[at + flag + 2]
            at = packed.find(magic, at + 4)
    return bytes(packed)


def several(office: Office) -> None:
    office.receive("包.zip", zipped({"本级.xlsx": office.filled(FIRST), "下级/下级.xlsx": office.filled(SECOND)}))


def forwarded(data: bytes) -> bytes:
    outer = mail({})
    outer.add_attachment(mail({NAME: data}))
    return outer.as_bytes()


def linking(_: bytes) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Date"] = "a@example.com", "b@example.com", SENT
    made.set_content("超大附件:任务分解表.xlsx,2020年12月18日到期,下载:https://mail.example.com/ftn")
    return made.as_bytes()


def lying(*litter: str) -> Callable[[Office], None]:
    def receive(office: Office) -> None:
        for path in litter:
            office.receive(path, b"x" * 165)
        office.receive(NAME, office.filled(FIRST))

    return receive


def packed_again(folder: str, more: Mapping[str, bytes], data: bytes) -> bytes:
    """Unpack a workbook, and pack the folder that comes of it, other files beside it."""
    return zipped({**{f"{folder}{name}": part for name, part in parts(data).items()}, **more})


def repacked(dice: random.Random) -> Iterator[tuple[Callable[[bytes], bytes], Mapping[str, Expected]]]:
    """Draw folders and what lies beside them."""
    for folder in ("表/", "新建文件夹/任务分解表.xlsx/", "./a/", "下载\\表\\"):
        name = folder.replace("\\", "/").removeprefix("./").rstrip("/")
        book = name if name.endswith(".xlsx") else f"{name}.xlsx"
        beside = (
            {dice.choice(["盖章.pdf", "扫描/1.pdf", f"{folder}扫描.pdf"]).replace("\\", "/"): b"%PDF-1.7\n"}
            if dice.random() < 0.7
            else {}
        )
        apart = any("/" in each.removeprefix("./") for each in beside)
        yield (
            partial(packed_again, folder, beside),
            {f"/{book}": ASTRAY if apart else GOOD, **{f"/{each}".replace("/./", "/./"): BESIDE for each in beside}},
        )


def volumes(dice: random.Random) -> Iterator[tuple[list[str], bytes]]:
    """Draw the names of an archive's volumes, the first of which tells, and what each program's begins with."""
    stem = dice.choice(["台账", "2020/第一批 报送", "附件(1)"])
    count = dice.randrange(2, 6)
    yield [f"{stem}.z{no:02}" for no in range(1, count)] + [f"{stem}.zip"], b"PK\x07\x08PK\x03\x04"
    yield [f"{stem}.zip.{no:03}" for no in range(1, count + 1)], b"PK\x03\x04"
    yield [f"{stem}.7z.{no:03}" for no in range(1, count + 1)], b"7z\xbc\xaf\x27\x1c"
    yield [f"{stem}.part{no}.rar" for no in range(1, count + 1)], b"Rar!\x1a\x07\x01\x00"
    yield [f"{stem}.rar", *(f"{stem}.r{no:02}" for no in range(count))], b"Rar!\x1a\x07\x00"


def split(names: list[str], magic: bytes, office: Office) -> None:
    dice = random.Random(names[0])
    for name in names:
        office.receive(name, (magic if name == names[0] or ".part" in name else b"") + dice.randbytes(900))


def in_volumes(names: list[str]) -> Mapping[str, Expected]:
    other = Expected(status="ignored", found=(("file-volume", None),), unit=None)
    return {names[0]: rejected("archive-unopened"), **dict.fromkeys(names[1:], other)}


def last_volume(data: bytes) -> bytes:
    made = bytearray(zipped({NAME: data}))
    made[made.rindex(b"PK\x05\x06") + 4] = 2
    return bytes(made)


def document_beside(part: str, data: bytes) -> bytes:
    """Pack a return with a document that was unpacked."""
    return packed_again(
        "",
        {f"说明/{name}": b"<x/>" for name in ("[Content_Types].xml", "_rels/.rels", part)} | {NAME: data},
        zipped({}),
    )


def rooted(root: str, data: bytes) -> bytes:
    return zipped({f"{root}{name}": part for name, part in parts(data).items()})


def preambles(dice: random.Random) -> Iterator[bytes]:
    """Draw what gateways and download pages write before a file."""
    yield from (
        b"\xef\xbb\xbf",
        b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n",
        dice.randbytes(dice.randrange(2000)),
    )


def unpacked(root: str, office: Office) -> None:
    for name, part in parts(office.filled(FIRST)).items():
        office.receive(f"{root}{name}", part)
    office.receive(f"{root}盖章.pdf", b"%PDF-1.7\n")
    dated(office.space.returns / root, date(2020, 11, 18))


def signed(data: bytes) -> bytes:
    return mail({NAME: data, "image001.png": PNG, "二维码.jpg": b"\xff\xd8\xff" + bytes(900)}).as_bytes()


_LITTER = ("~$任务分解表.xlsx", ".~lock.任务分解表.xlsx#", "a.tmp", "Thumbs.db", ".DS_Store", "__MACOSX/._表.xlsx")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_NAMES: tuple[tuple[str, bytes], ...] = (
    ("RFC 2047, gb18030", b'filename="=?gb18030?B?' + b64encode(GBK) + b'?="'),
    ("RFC 2047, gb2312, quoted-printable", b"filename==?gb2312?Q?" + b"".join(b"=%02X" % b for b in GBK) + b"?="),
    ("RFC 2047, a character parted", b'filename="=?gbk?B?' + b64encode(GBK[:5]) + b"?= =?gbk?B?" + b64encode(GBK[5:]) + b'?="'),
    ("RFC 2231, GBK", b"filename*=gbk''" + quote(GBK).encode()),
    ("RFC 2231, in pieces", b"filename*0*=utf-8''" + quote(NAME[:3]).encode() + b";\r\n filename*1*=" + quote(NAME[3:]).encode()),
    ("raw GBK", b'filename="' + GBK + b'"'),
    ("raw UTF-8", b"filename=" + NAME.encode()),
)  # fmt: skip

TOO_MUCH = rejected("archive-too-much")
FAULTS: tuple[Fault, ...] = (
    Fault(
        no=79,
        what="lock files and litter beside a return",
        receive=lying(*_LITTER),
        expect={**dict.fromkeys(_LITTER, LITTER), NAME: GOOD},
    ),
    Fault(
        no=82,
        what="several units in one archive",
        receive=several,
        expect={"包.zip/本级.xlsx": GOOD, "包.zip/下级/下级.xlsx": Expected(status="accepted", unit=SECOND)},
    ),
    sent(83, "RAR", "包.rar", lambda _: b"Rar!\x1a\x07\x00" + bytes(99), {"": rejected("archive-unopened")}),
    sent(83, "7z", "包.zip", lambda _: b"7z\xbc\xaf\x27\x1c" + bytes(99), {"": rejected("archive-unopened")}),
    *(Fault(no=83, what=f"volumes: {names[0]}", receive=partial(split, names, magic), expect=in_volumes(names))
      for names, magic in volumes(random.Random(83))),
    sent(83, "the last volume alone", "包.zip", last_volume, {"": rejected("archive-unopened")}),
    sent(84, "names in GBK", "包.zip", in_gbk, {f"/{NAME}": GOOD}),
    sent(85, "names that lead outside", "包.zip", lambda data: zipped({"../../../外.xlsx": data}), {"/../../../外.xlsx": GOOD}),
    sent(85, "an absolute name", "包.zip", lambda data: zipped({"C:\\a\\外.xlsx": data}), {"/C:/a/外.xlsx": GOOD}),
    sent(85, "a mail's name that leads outside", "信.eml", lambda data: mail({"../外.xlsx": data}).as_bytes(), {"/外.xlsx": GOOD}),
    sent(86, "an archive in an archive", "包.zip", lambda data: zipped({"内.zip": zipped({NAME: data})}),
         {"/内.zip": rejected("archive-in-archive")}),
    sent(86, "10,000 files", "包.zip", lambda _: zipped({f"{no}.xlsx": b"" for no in range(10_000)}), {"": TOO_MUCH}),
    sent(86, "a bomb", "包.zip", lambda _: zipped({f"{no}.xlsx": bytes(16_000_000) for no in range(14)}), {"": TOO_MUCH}),
    sent(87, "an archive with a password", "包.zip", with_password, {f"/{NAME}": rejected("file-encrypted")}),
    *(sent(82, f"packed again, {no}", "包.zip", *made) for no, made in enumerate(repacked(random.Random(8)), 1)),
    *(sent(82, f"a document packed again: {part}", "包.zip", partial(document_beside, part), {f"/{NAME}": GOOD, f"/说明{ending}": SCAN})
      for part, ending in (("word/document.xml", ".docx"), ("ppt/presentation.xml", ".pptx"))),
    *(sent(82, f"odd names of parts: {root}", "表.xlsx", partial(rooted, root), {"": GOOD}) for root in ("/", "./", "//", ".//")),
    *(sent(82, f"{len(before)} bytes before", "表.xlsx", before.__add__, {"": GOOD}) for before in preambles(random.Random(8))),
    *(Fault(no=82, what=f"unpacked into {root}", receive=partial(unpacked, root), expect={name: GOOD, f"{root}盖章.pdf": SCAN})
      for root, name in (("人大表/", "人大表.xlsx"), ("2020-11-18/表.xlsx/", "2020-11-18/表.xlsx"), ("", "表.xlsx"))),
    sent(87, "a password over many files", "包.zip", partial(marked, 3, 0, 12), {"": rejected("file-encrypted")}),
    *(sent(83, f"many files packed by method {method}", "包.zip", partial(marked, 0, method, count), {"": rejected("archive-unopened")})
      for method, count in ((9, 2), (93, 30), (98, 5))),
    sent(88, "pictures of a signature", "信.eml", signed, {f"/{NAME}": GOOD, "/image001.png": LITTER, "/二维码.jpg": LITTER}),
    sent(88, "a mail", "信.eml", lambda data: mail({NAME: data}).as_bytes(), {f"/{NAME}": GOOD}),
    sent(88, "a mail under another name", "信.txt", lambda data: mail({NAME: data}).as_bytes(), {f"/{NAME}": GOOD}),
    sent(88, "an archive in a mail", "信.eml", lambda data: mail({"包.zip": zipped({NAME: data})}).as_bytes(), {f"/包.zip/{NAME}": GOOD}),
    sent(88, "a mail in a mail", "信.eml", forwarded, {f"/报送任务分解表.eml/{NAME}": GOOD}),
    sent(88, "a mail in a mail in a mail", "信.eml", lambda data: mail({"二.eml": forwarded(data)}).as_bytes(),
         {"/二.eml/报送任务分解表.eml": rejected("mail-unopened")}),
    sent(88, "an Outlook mail", "信.msg", lambda _: _OLE, {"": rejected("mail-unopened")}),
    sent(88, "winmail.dat", "信.eml", lambda _: mail({"winmail.dat": b"\x78\x9f\x3e\x22" + bytes(50)}).as_bytes(),
         {"/winmail.dat": rejected("mail-unopened")}),
    sent(88, "a mail without attachment", "信.eml", lambda _: mail({}).as_bytes(), {"": rejected("mail-without-attachment")}),
    sent(88, "a link to a large attachment", "信.eml", linking, {"": rejected("mail-link-only")}),
    *(sent(89, what, "信.eml", partial(named, how), {f"/{NAME}": GOOD}) for what, how in _NAMES),
)  # fmt: skip

UNTESTED: Mapping[int, str] = {}


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_fault(office: Office, fault: Fault, times: int) -> None:
    """Each fault sets off exactly what is written beside it."""
    assert_fault(office, fault, times)
