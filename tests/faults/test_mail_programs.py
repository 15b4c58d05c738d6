"""Faults 115, 116, 120, 123, 128 and 129: mails as programs keep, split, sign and seal them; names and places are drawn."""

from __future__ import annotations

from base64 import b64encode, encodebytes
from collections.abc import Callable, Iterator
from functools import partial
from random import Random

import pytest

from tests.faults.fault import Fault, assert_fault, drawn
from tests.faults.transport import GOOD, OTHER, RAR, TNEF, first, ignored, of, one_file, rejected
from tests.support.binary import compound
from tests.support.boxes import boxed, signed_der, signed_in_pieces, signed_mail
from tests.support.locking import packed
from tests.support.mails import SENT, part, raw_mail
from tests.support.offices import Office
from tests.support.spoiling import PNG

DRAW = Random(116)
NAMES = ("任务分解表", "表 (3)", "报送", "附件1", "2020年度表")
MAILS = ("来信", "转发:任务分解表", "18", "3", "第6封")
TEXT = b"Content-Type: text/plain; charset=utf-8\r\n\r\nhello"
HEAD = b"From: a@b.c\r\nTo: d@e.f\r\nDate: " + SENT.encode() + b"\r\n"
OCTETS = b"application/octet-stream"
SHOWN = b"\r\nContent-ID: <1@x>"
MAIL, SEALED, LITTER = rejected("mail-unopened"), rejected("file-sealed"), ignored("file-ignored")
NOISE = DRAW.randbytes(4000)
ENVELOPED = b"\x30\x82\x10\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03" + NOISE
PGP = b"-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----"


def name(ending: str = ".xlsx") -> str:
    return DRAW.choice(NAMES) + ending


def letter() -> str:
    return DRAW.choice(MAILS) + ".eml"


def number() -> int:
    return DRAW.randint(1, 21)


def attached(called: str, data: bytes, kind: bytes = OCTETS, more: bytes = b"") -> bytes:
    """Write an attachment as mail programs in China do."""
    word = b"=?gb18030?B?" + b64encode(called.encode("gb18030")) + b"?="
    return part(b"Content-Type: " + kind + b'; name="' + word + b'"' + more, data)


def posted(called: str, data: bytes, *beside: bytes) -> bytes:
    return raw_mail(TEXT, *beside, attached(called, data))


def of_outlook() -> Iterator[Fault]:
    """Send what only Outlook opens: by itself, attached, in an archive and among evidence it is one finding."""
    message = compound({"__properties_version1.0": bytes(5000), "__substg1.0_37010102": NOISE})
    for called, data in {
        name(".msg"): message,
        name(""): message,
        "winmail.dat": TNEF + NOISE,
        f"ATT{DRAW.randrange(10**5):05d}.dat": TNEF + NOISE,
        name(".pst"): b"!BDN" + NOISE,
        name(".dbx"): b"\xcf\xad\x12\xfe" + NOISE,
    }.items():
        form, archive, outer = f"2{name()}", f"{number()}.zip", letter()
        yield one_file(116, f"{called} alone", called, data, MAIL)
        yield one_file(116, f"{called} among evidence", f"{number()}/{called}", data, ignored("evidence-unopened"))
        beside = partial(_beside, called, data, form)
        yield of(116, f"{called} in {outer}", outer, beside, {f"/{called}": MAIL, f"/{form}": GOOD})
        yield of(115, f"{called} in {archive}", archive, partial(_in_archive, called, data), {f"/{called}": MAIL})


def _beside(called: str, data: bytes, form: str, one: bytes, _: bytes) -> bytes:
    return posted(form, one, attached(called, data))


def _in_archive(called: str, data: bytes, *_: bytes) -> bytes:
    return packed({called: data})


def boxes_within() -> Iterator[Fault]:
    """Attach a mailbox, or put it into an archive: all its mails are opened, and no name of one is an item's."""
    for box in (f"{number()}.mbox", "收件箱", f"{number()}.eml"):
        names, outer = (name(), f"2{name()}", name(".rar")), letter()
        inner = zip(names, (GOOD, OTHER, rejected("archive-unopened")), strict=True)
        held = {f"/{box}/第{no}封.eml/{called}": each for no, (called, each) in enumerate(inner, 1)}
        yield of(116, f"{box} in {outer}", outer, partial(_box, posted, box, names), held)
        yield of(116, f"{box} in an archive", name(".zip"), partial(_box, _in_archive, box, names), held)


def _box(pack: Callable[[str, bytes], bytes], box: str, names: tuple[str, str, str], one: bytes, other: bytes) -> bytes:
    return pack(box, boxed(*map(posted, names, (one, other, RAR))))


def boxes_of_others() -> Iterator[Fault]:
    """Keep mails in one file in other ways than most programs: both are opened."""
    line, old = b"From a@b.c Wed Nov 18 09:30:00 2020\r\n", b"\x10" * 6 + b"\x11" * 6 + b"S\r\n"
    ways: dict[str, Callable[[bytes, bytes], bytes]] = {
        "no blank line before the next": lambda one, two: line + one.rstrip() + b"\r\n" + line + two,
        "a box of Foxmail": lambda one, two: old + one + old + two,
        "a box of MMDF": lambda one, two: b"".join(b"\1\1\1\1\n" + each + b"\1\1\1\1\n" for each in (one, two)),
        "a box of Eudora": lambda one, two: b"".join(line.replace(b"a@b.c", b"???@???") + each for each in (one, two)),
    }
    for what, way in ways.items():
        names, path = (name(), f"2{name()}"), DRAW.choice(NAMES) + DRAW.choice((".mbox", ".box", "", ".eml"))
        inner = {f"/第1封.eml/{names[0]}": GOOD, f"/第2封.eml/{names[1]}": OTHER}
        yield of(116, what, path, partial(_both, posted, way, names), inner)
    for what, kind in {"forms": OCTETS, "texts": b"text/plain"}.items():
        names, path = (name(), f"2{name()}"), letter()
        inner = {f"/第1封.eml/{names[0]}": GOOD, f"/第2封.eml/{names[1]}": OTHER}
        alone = partial(_alone, kind)
        yield of(
            116,
            f"mails of nothing but {what}",
            path,
            partial(_both, alone, lambda *two: b"\r\n".join(two), names),
            inner,
        )


def _alone(kind: bytes, form: str, data: bytes) -> bytes:
    return HEAD + attached(form, data, kind)


def _both(
    write: Callable[[str, bytes], bytes],
    way: Callable[[bytes, bytes], bytes],
    names: tuple[str, str],
    one: bytes,
    two: bytes,
) -> bytes:
    return way(write(names[0], one), write(names[1], two))


def too_many() -> Iterator[Fault]:
    """Attach more than is taken out of one mail: the form is asked for by itself."""
    scans = [attached(f"{no}.jpg", b"\xff\xd8\xff") for no in range(DRAW.randint(501, 600))]
    outer = letter()
    yield of(123, "a form among too many", outer, first(partial(_among, scans)), {"": rejected("archive-too-much")})


def _among(scans: list[bytes], one: bytes) -> bytes:
    return posted("表.xlsx", one, *scans)


def odd_ways() -> Iterator[Fault]:
    """Write a mail in ways that few programs do: the form is read."""
    ways: dict[str, Callable[[str, bytes], bytes]] = {
        "in UTF-16": lambda form, one: posted(form, one).decode().encode("utf-16"),
        "after a quoted line": lambda *form: b"\r\n>From a@b.c Wed Nov 18 09:30:00 2020\r\n" + posted(*form),
        "with old ends of lines": lambda *form: posted(*form).replace(b"\r\n", b"\r"),
        "the form shown in the text": lambda form, one: raw_mail(TEXT, attached(form, one, b"image/jpeg", SHOWN)),
        "the form alone": lambda *form: HEAD + attached(*form),
        "the form called a text": lambda form, one: raw_mail(TEXT, attached(form, one, b"text/plain")),
        "the form written out": lambda form, one: HEAD + _written_out(form, one),
    }
    for what, way in ways.items():
        form = name()
        yield of(123, what, letter(), first(partial(way, form)), {f"/{form}": GOOD})
    logo = {"/logo.png": GOOD, "/说明.pdf": ignored("evidence-beside")}
    yield of(117, "the form called a logo", letter(), partial(_beside, "说明.pdf", b"%PDF-1.4", "logo.png"), logo)


def _written_out(form: str, one: bytes) -> bytes:
    return b"\r\nhello\r\nbegin-base64 644 " + form.encode("gb18030") + b"\r\n" + encodebytes(one) + b"====\r\n"


def signed() -> Iterator[Fault]:
    """Sign a mail, and call the block a file of any kind; sign a form by itself."""
    for sign in (signed_der, signed_in_pieces):
        form, outer = name(), letter()

        def block(one: bytes, form: str = form, sign: Callable[[bytes], bytes] = sign) -> bytes:
            return raw_mail(TEXT, part(b"Content-Type: " + OCTETS + b'; name="smime.p7m"', sign(posted(form, one))))

        yield of(123, f"{sign.__name__} as a file", outer, first(block), {f"/{form}": GOOD})
    form = name()
    yield of(123, "a signed form", f"{form}.p7m", first(signed_in_pieces), {f"/{form}": GOOD})


def sealed() -> Iterator[Fault]:
    """Seal a mail: one finding says so, and never that it has no attachment."""
    pgp = raw_mail(
        b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1",
        b'Content-Type: application/octet-stream; name="encrypted.asc"\r\n\r\n' + PGP,
    )
    rights = raw_mail(TEXT, attached("message.rpmsg", b"\x76\xe8\x04\x60\xc4\x11\xe3\x86\xa0\x0f\0\0" + NOISE))
    for held, data in {"smime.p7m": signed_mail(ENVELOPED), "encrypted.asc": pgp, "message.rpmsg": rights}.items():
        outer = letter()
        yield of(129, f"{held} in {outer}", outer, partial(_as_it_is, data), {f"/{held}": SEALED})


def _as_it_is(data: bytes, *_: bytes) -> bytes:
    return data


def in_part() -> Iterator[Fault]:
    """Send a mail in parts, and one whose attachment is left on the server."""
    head = HEAD + b'Content-Type: message/partial; id="1@x"; number=%d; total=2\r\n\r\n' % DRAW.randint(1, 2)
    outer, form = letter(), name()
    yield of(116, "a mail in parts", outer, partial(_as_it_is, head + NOISE), {"/邮件1.eml": MAIL})
    left = raw_mail(TEXT, attached(form, b"", OCTETS, b"\r\nX-Apple-Content-Length: 51234"))
    yield of(
        117,
        "an attachment on the server",
        outer,
        partial(_as_it_is, left),
        {f"/{form}": rejected("file-not-downloaded")},
    )


def torn() -> Iterator[Fault]:
    """Tear a mail, so that its parts cannot be told apart: nobody is told that it has no attachment."""
    ends = b'boundary="=_part"', b'boundary="=_lost"'
    plain = b"text/plain"
    for what, change in {"another boundary": ends, "no boundary": (b"multipart/mixed; " + ends[0], plain)}.items():
        outer = letter()
        yield of(123, what, outer, first(partial(_changed, change, name())), {"": MAIL})


def _changed(change: tuple[bytes, bytes], form: str, one: bytes) -> bytes:
    return posted(form, one).replace(*change)


def talk() -> Iterator[Fault]:
    """Keep a form among mails that have nothing attached: the mailbox tells of them once."""
    form, box, count = name(), name(".mbox"), DRAW.randint(2, 40)
    inner = {f"/第{count + 1}封.eml/{form}": GOOD, "": rejected("mails-without-attachment")}
    yield of(129, f"{count} mails of text", box, first(partial(_among_talk, count, form)), inner)


def _among_talk(count: int, form: str, one: bytes) -> bytes:
    return boxed(*[raw_mail(TEXT)] * count, posted(form, one))


def links() -> Iterator[Fault]:
    """Write of a large attachment, in the words of mails and by the addresses of disks."""
    form = name()
    for said in DRAW.sample((
        "https://wx.mail.qq.com/ftn/download?k=1", "https://exmail.qq.com/cgi-bin/ftnExs_download?k=1", "https://pan.quark.cn/s/1",
        "https://mail.163.com/large-attachment-download/index.html?p=1", "https://cloud.189.cn/t/1", "https://www.lanzoui.com/1",
        "https://www.kdocs.cn/l/1", "https://docs.qq.com/sheet/1", "单位网盘:https://disk.example.com/s/1", "大附件 www.example.com/1",
    ), 5):  # fmt: skip
        text, outer = part(b"Content-Type: text/html; charset=gbk", f"<p>{said}</p>".encode("gbk")), letter()
        alone = partial(_as_it_is, raw_mail(text))
        yield of(120, f"{said} alone", outer, alone, {"": rejected("mail-link-only")})
        beside = {f"/{form}": GOOD, "": rejected("mail-link-beside")}
        yield of(120, f"{said} beside", outer, first(partial(_linked, text, form)), beside)
    site = part(b"Content-Type: text/plain; charset=utf-8", "台账另用网盘报送。网址 www.example.gov.cn".encode())
    yield of(120, "a disk's name and a site", letter(), first(partial(_linked, site, form)), {f"/{form}": GOOD})


def _linked(text: bytes, form: str, one: bytes) -> bytes:
    return raw_mail(text, attached(form, one))


def litter() -> Iterator[Fault]:
    """Attach what programs add by themselves: it is listed, and asks for nothing."""
    added = {
        "image001.png": PNG, "logo.jpg": b"\xff\xd8\xff\xe0" + NOISE, "ATT00001.htm": b"<html></html>", "ATT00002.txt": b"\r\n",
        "张三.vcf": b"BEGIN:VCARD\r\n", "会议.ics": b"BEGIN:VCALENDAR\r\n", "smime.p7s": b"\x30\x82\x01\x00" + bytes(9),
        "9A2B3C4D@12345678.89ABCDEF.png": PNG, "单位二维码.png": PNG, "signature.asc": b"-----BEGIN PGP SIGNATURE-----",
    }  # fmt: skip
    for some in (list(added.items())[:5], list(added.items())[5:]):
        form, outer = name(), letter()
        beside = tuple(attached(*each) for each in some)

        def pack(one: bytes, form: str = form, beside: tuple[bytes, ...] = beside) -> bytes:
            return posted(form, one, *beside)

        inner = {**{f"/{called}": LITTER for called, _ in some}, f"/{form}": GOOD}
        yield of(128, f"{len(some)} files beside", outer, first(pack), inner)


FAULTS = (
    *of_outlook(), *boxes_within(), *boxes_of_others(), *too_many(), *odd_ways(), *signed(), *sealed(), *in_part(), *torn(), *talk(),
    *links(), *litter(),
)  # fmt: skip


@pytest.mark.parametrize("fault", drawn(FAULTS))
def test_fault(office: Office, fault: Fault, times: int) -> None:
    """Each sets off exactly what is written beside it, and no return is lost."""
    assert_fault(office, fault, times)
