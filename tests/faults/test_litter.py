"""Faults 117 and 128: forms under names that say nothing, what is not downloaded yet, and litter; names and places are drawn."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from functools import partial
from random import Random
from urllib.parse import quote

import pytest

from tests.faults.fault import Fault, assert_fault, drawn
from tests.faults.transport import GOOD, RAR, SEVEN_ZIP, first, holding, ignored, of, one_file, rejected
from tests.support.binary import compound
from tests.support.mails import mail
from tests.support.offices import Office

DRAW = Random(128)
NAMES = ("任务分解表", "表 (4)", "终稿2", "附件1", "自评表", "2020")
ENDINGS = (".xlsx", ".xls", ".et", ".zip", ".eml")
PLACES = ("", "来件/", "2020-11-18/", "区直/第二批/")
LITTER, AWAY = ignored("file-ignored"), rejected("file-not-downloaded")
NOISE = b"\x9f\x01" + DRAW.randbytes(3000)
APPLE = b"\x00\x05\x16\x07" + bytes(80)
OLD_DOCUMENT = compound({"WordDocument": bytes(5000)})


def name(ending: str = ".xlsx") -> str:
    return DRAW.choice(NAMES) + ending


def place() -> str:
    return DRAW.choice(PLACES)


def called_anything() -> Iterator[Fault]:
    """Call a form by an ending alone, in a code that somebody failed to read, as another kind of file, as a copy of a program."""
    form = name()
    word = b64encode(form.encode("gb18030")).decode().replace("/", "_")
    hexes = f"{DRAW.randrange(16**8):08X}"
    for called in (
        ".xlsx", ".XLS", ".et", ".ods", f"=_gb18030_B_{word}_=", f"=_gb2312_Q__={hexes}_=.xlsx", quote(form), f"{form}~", f"{form}.bak",
        hexes, f"{hexes}.tmp", f"~${form}", f".~{form}", f"._{form}", f".{form}", name(".pdf"), name(".dat"), f"{form}.crdownload",
        f"{form}.tmp", f".{form}.icloud", "Thumbs.db", "desktop.ini",
    ):  # fmt: skip
        path = place() + called
        yield of(117, f"a form called {path}", path, first(bytes), {"": GOOD})
    for called in (".zip", f".{name('.zip')}", f"~${name('.zip')}", name(".xlsx"), hexes):
        inner = DRAW.choice((".xlsx", name("")))
        yield of(117, f"an archive called {called}", place() + called, holding(inner), {f"/{inner}": GOOD})
    yield of(117, "a mail called .eml", f"{place()}.eml", first(_posted), {"/.xlsx": GOOD})


def _posted(one: bytes) -> bytes:
    return mail({".xlsx": one}).as_bytes()


def hidden() -> Iterator[Fault]:
    """Hide what may hold a form behind a name of litter: it is told."""
    cut = DRAW.randrange(9000, 20_000)
    for called in (f".{name('.rar')}", f"~${name('.rar')}", f"._{name('.7z')}", f"{name('')}.tmp"):
        data = SEVEN_ZIP if called.endswith("7z") else RAR
        yield one_file(117, called, place() + called, data, rejected("archive-unopened"))
    for called in (f".{name()}", f"~${name()}", f"{name('')}.tmp"):
        path = place() + called
        yield of(117, f"half of a form called {path}", path, first(partial(_half, cut)), {"": rejected("file-damaged")})


def _half(cut: int, one: bytes) -> bytes:
    return one[:cut]


def away() -> Iterator[Fault]:
    """Leave a file on a drive, or half downloaded: the beginning of a form is no damaged form."""
    cut = DRAW.randrange(9000, 20_000)
    for pattern in (
        ".{}.icloud", "{}.crdownload", "{}.part", "{}.aria2", "{}.!qB", "{}.bc!", "{}.td", "{}.xltd", "{}.xltd.cfg", "{}.filepart",
        "{}.baiduyun.p.downloading", "{}.downloading.cfg", "{}.aliyundownload", "{}.qkdownloading", "{}.opdownload", "{}.tmp",
    ):  # fmt: skip
        path = place() + pattern.format(name(DRAW.choice(ENDINGS)))
        yield one_file(117, f"{path} of noise", path, DRAW.choice((NOISE, b"", bytes(500))), AWAY)
        yield of(117, f"{path} of half a form", path, first(partial(_half, cut)), {"": AWAY})


def left_by_systems() -> Iterator[Fault]:
    """Leave beside a form what systems, disks and programs write: it asks for nothing."""
    for pattern, data in {
        "{}:Zone.Identifier": b"[ZoneTransfer]\r\nZoneId=3\r\n", "{}Zone.Identifier": b"[ZoneTransfer]", "._{}": APPLE, "附件.bin": APPLE,
        ".~lock.{}#": b",admin,pc,18.11.2020 09:00;", "~${}": b"\x05Admin".ljust(165), ".DS_Store": b"\0\0\0\1Bud1", ".localized": b"",
        "Thumbs.db": OLD_DOCUMENT, "ehthumbs.db": OLD_DOCUMENT, "desktop.ini": b"[.ShellClassInfo]", "Picasa.ini": b"[Picasa]",
        "autorun.inf": b"[autorun]", "~WRD0004.doc": OLD_DOCUMENT, "~WRL0003.tmp": OLD_DOCUMENT, "Inbox.msf": b"// <!-- <mdb:mork:z v=",
        "table_of_contents": b"\0\0\0\1", ".dropbox": b"x", ".picasa.ini": b"x", ".owncloudsync.log": b"x", "{}@SynoEAStream": b"x",
    }.items():  # fmt: skip
        path = place() + pattern.format(name(DRAW.choice((".xlsx", ".docx", ".pdf"))))
        yield one_file(128, path, path, data, LITTER)


def put_away() -> Iterator[Fault]:
    """Put away a whole form, as systems do with what was deleted, changed or synchronised: it counts for nobody."""
    for folder in (
        "#recycle", "@Recycle", ".recycle", ".Recycled", "$RECYCLE.BIN", ".Trashes", ".Trash-1000/files", "@eaDir", "#snapshot", "@tmp",
        "__MACOSX", ".AppleDouble", ".stversions", ".sync/Archive", ".git", "lost+found", "FOUND.000", ".SynologyWorkingDirectory",
        "@Recently-Snapshot/daily", "System Volume Information", "_gsdata_", ".dropbox.cache",
    ):  # fmt: skip
        path = f"{place()}{folder}/{DRAW.choice(('', '18/'))}{name()}"
        yield of(128, path, path, first(bytes), {"": LITTER})
    for called in (".fuse_hidden0001a2b3", ".nfs000000000a1b2c3d"):
        yield of(128, called, place() + called, first(bytes), {"": LITTER})
    folder, form = DRAW.choice(("__MACOSX", "@eaDir", ".Trash-1000")), name()
    packed_away = holding(f"{folder}/{form}")
    yield of(128, f"{folder} in an archive", name(".zip"), packed_away, {f"/{folder}/{form}": LITTER})


FAULTS = (*called_anything(), *hidden(), *away(), *left_by_systems(), *put_away())


@pytest.mark.parametrize("fault", drawn(FAULTS))
def test_fault(office: Office, fault: Fault, times: int) -> None:
    """Each sets off exactly what is written beside it, and no return is lost."""
    assert_fault(office, fault, times)
