"""Faults 115, 123, 127 and 129: what archives bring; names, days and places are drawn."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from random import Random

import pytest

from tests.faults.fault import Fault, assert_fault, drawn
from tests.faults.test_kinds import open_document, sealed
from tests.faults.transport import (
    GOOD,
    NOTED,
    OTHER,
    RAR,
    SEVEN_ZIP,
    files,
    first,
    holding,
    ignored,
    of,
    one_file,
    rejected,
)
from tests.support.binary import compound
from tests.support.locking import (
    ENCRYPTED,
    OPENS_WITH,
    flagged,
    locked_as_of_old,
    locked_by_aes,
    locked_by_several,
    packed,
    packed_as,
)
from tests.support.offices import Office
from tests.support.spoiling import parts
from tests.xlsx.reader.filled import locked

DRAW = Random(115)
NAMES = ("任务分解表", "表 (2)", "终稿", "附件3", "IMG_0012", "2020年自评")
DAYS = ("18", "14", "11/18", "2020/11/14", "14/上午")
UNOPENED, REPACKED = rejected("archive-unopened"), rejected("file-repacked")
EVIDENCE, VOLUME, LITTER = ignored("evidence-unopened"), ignored("file-volume"), ignored("file-ignored")
NOISE = DRAW.randbytes(6000)
SEALED = b"%TSD-Header-###%" + NOISE
OLD_BOOK = compound({"Workbook": bytes(5000)})


def name(ending: str = ".xlsx") -> str:
    return DRAW.choice(NAMES) + ending


def number() -> int:
    return DRAW.randint(1, 21)


def anew(book: bytes, root: str = "", method: int = zipfile.ZIP_DEFLATED, beside: Iterable[str] = ()) -> bytes:
    """Unpack a workbook and pack it again, under a folder, in another way, with litter beside."""
    moved = {f"{root}{part}": data for part, data in parts(book).items()}
    return packed({**moved, **dict.fromkeys(beside, b"x")}, method=method)


def nested() -> Iterator[Fault]:
    """Send an archive in an archive, whatever the outer one is called and wherever it lies."""
    for path, expected in (
        (f"{number()}.zip", rejected("archive-in-archive")),
        (f"{name('')}/{number()}.zip", rejected("archive-in-archive")),
        (f"{DRAW.choice(DAYS)}/{name('.zip')}", EVIDENCE),
    ):
        inner, form = name(".zip"), name()
        yield of(115, f"{inner} in {path}", path, partial(_twice, inner, form), {f"/{inner}": expected})
    path, inner = f"{number()}.zip", f"{number()}/{name('.zip')}"
    yield of(115, f"{inner} in {path}", path, partial(_twice, inner, name()), {f"/{inner}": EVIDENCE})


def _twice(inner: str, form: str, one: bytes, _: bytes) -> bytes:
    return packed({inner: packed({form: one})})


def days() -> Iterator[Fault]:
    """Put what came on a day into a folder that is also an item's."""
    cut = DRAW.randrange(9000, 20_000)
    ways: Mapping[str, Callable[[bytes], bytes]] = {
        "file-damaged": lambda one: one[:cut],
        "file-encrypted": lambda one: locked(one, "谁也不知道"),
        "file-sealed": lambda _: SEALED,
    }
    for day in DAYS:
        code = DRAW.choice(list(ways))
        places = f"{day}/{name()}", f"{day}/2{name()}"
        made = partial(_in_places, places, ways[code])
        yield files(115, f"{day} with {code}", made, {places[0]: GOOD, places[1]: rejected(code)})
        yield one_file(115, f"sealed report in {day}", f"{day}/{name('.docx')}", SEALED, EVIDENCE)
        yield one_file(115, f"archive in {day}", f"{day}/{name('.rar')}", RAR, EVIDENCE)


def _in_places(places: tuple[str, str], spoil: Callable[[bytes], bytes], one: bytes, two: bytes) -> Mapping[str, bytes]:
    return {places[0]: one, places[1]: spoil(two)}


def packed_again() -> Iterator[Fault]:
    """Unpack a workbook and pack it again, as people do who look for a picture in it."""
    folder, form = name(""), name()
    for what, root, held in (
        ("from the root", "/", ""),
        ("with a dot", "./", ""),
        ("as it was", "", ""),
        ("in its folder", f"{folder}/", f"/{folder}.xlsx"),
        ("in a folder called so", f"{form}/", f"/{form}"),
    ):
        for path in (name(), name(".zip")):
            yield of(123, f"parts {what}, {path}", path, first(partial(anew, root=root)), {held: GOOD})
    beside = ("__MACOSX/._x", f"{folder}/.DS_Store")
    for path in (name(), name(".zip")):
        pack = first(partial(anew, root=f"{folder}/", beside=beside))
        inner = {f"/{folder}.xlsx": GOOD, **{f"/{litter}": LITTER for litter in beside}}
        yield of(129, f"parts with litter, {path}", path, pack, inner)
    spread = first(partial(open_document, between="\n" + " " * DRAW.randrange(2, 9)))
    yield of(123, "a pretty-printed .ods", name(".ods"), spread, {"": NOTED})


def passwords() -> Iterator[Fault]:
    """Lock archives by a password that the office has been given, or has not."""
    given, asked = ("别的", OPENS_WITH), rejected("file-encrypted")
    for lock in (locked_by_aes, locked_as_of_old):
        form, other = f"{name('')}/{name()}", f"2{name()}"
        pack, both = holding(form, other, by=lock), {f"/{form}": GOOD, f"/{other}": OTHER}
        yield of(123, f"{lock.__name__}, the password known", name(".zip"), pack, both, given)
        yield of(129, f"{lock.__name__}, several files", f"{number()}.zip", pack, {"": asked}, ("别的",))
    form = name()

    def twice(one: bytes) -> bytes:
        return locked_by_aes({form: locked(one, OPENS_WITH)})

    parted = first(lambda one: locked_by_aes(parts(one)))
    yield of(123, "a workbook's parts locked, the password known", name(), parted, {"/表.xlsx": GOOD}, given)
    yield of(123, "a locked workbook in a locked archive", name(".zip"), first(twice), {f"/{form}": GOOD}, given)
    mixed, twins = f"2{name()}", f"甲{name()}"
    several = holding(form, mixed, by=locked_by_several)
    yield of(123, "a password for each", name(".zip"), several, {f"/{form}": GOOD, f"/{mixed}": OTHER}, (*given, "2"))
    one_of_two = {f"/{form}": GOOD, f"/{mixed}": asked}
    yield of(123, "a password for each, one known", name(".zip"), several, one_of_two, given)
    both = {f"/{twins}": GOOD, f"/{twins}#2": OTHER}
    yield of(123, "two of one name", name(".zip"), partial(_twins, twins), both, given)
    unknown = first(partial(flagged, flag=ENCRYPTED))
    yield of(129, "a workbook's parts locked", name(".zip"), unknown, {"/表.xlsx": asked})


def _twins(called: str, one: bytes, other: bytes) -> bytes:
    """Lock two members, and give the second the name of the first."""
    unlike = f"乙{called[1:]}"
    return locked_by_aes({called: one, unlike: other}).replace(unlike.encode(), called.encode())


def other_ways() -> Iterator[Fault]:
    """Pack in ways that this program cannot undo, or can: a workbook's parts, one form, several."""
    for method in DRAW.sample((9, 93, 95, 98), 3):
        form, odd = name(), partial(packed_as, method=method)
        again, one, both = first(odd), holding(form, then=odd), holding("甲.xlsx", "乙.xlsx", then=odd)
        yield of(127, f"parts packed by {method}", name(), again, {"": REPACKED})
        yield of(127, f"packed by {method}", f"{number()}.zip", one, {f"/{form}": UNOPENED})
        yield of(129, f"several packed by {method}", f"{number()}.zip", both, {"": UNOPENED})
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        form = name()
        again, one = first(partial(anew, method=method)), holding(form, by=partial(packed, method=method))
        yield of(127, f"parts packed by {method}", name(), again, {"": REPACKED})
        yield of(127, f"packed by {method}", name(".zip"), one, {f"/{form}": GOOD})


def too_much() -> Iterator[Fault]:
    """Pack more files than are opened, with a form among them: it is asked for by itself, and nobody is told to fill it in anew."""
    form, folder = name(), f"{number()}/"
    photographs = {f"照片/{no}.jpg": b"\xff\xd8\xff" for no in range(DRAW.randint(2001, 2100))}
    for place, expected in (("", rejected("archive-too-much")), (folder, EVIDENCE)):
        pack = holding(form, by=partial(_among, photographs))
        yield of(123, f"a form among too many, {place}", f"{place}{name('.zip')}", pack, {"": expected})


def _among(others: Mapping[str, bytes], forms: Mapping[str, bytes]) -> bytes:
    return packed({**others, **forms}, method=zipfile.ZIP_STORED)


def volumes() -> Iterator[Fault]:
    """Split an archive: its volumes are told once, in a folder, a mail or an item's folder."""
    halves = packed({"表.xlsx": NOISE})
    ways: Mapping[str, Mapping[str, bytes]] = {
        "RAR": {f".part{no}.rar": RAR + bytes([no]) for no in range(1, DRAW.randint(3, 5))},
        "old RAR": {".rar": RAR, ".r00": RAR + b"1", ".r01": NOISE},
        "7z": {".7z.001": SEVEN_ZIP, ".7z.002": NOISE},
        "zip by bytes": {".zip.001": halves[:3000], ".zip.002": halves[3000:]},
        "zip": {".z01": b"PK\x07\x08" + halves[:3000], ".z02": NOISE, ".zip": NOISE + _last(halves)},
    }
    for what, endings in ways.items():
        for place, told in ((name("") + "/", UNOPENED), ("", UNOPENED), (f"{DRAW.choice(DAYS)}/", EVIDENCE)):
            called = place + name("")
            made = {called + ending: data for ending, data in endings.items()}
            expect = {path: VOLUME if no else told for no, path in enumerate(made)}
            yield files(127, f"volumes of {what}, {place or 'at the top'}", partial(_as_they_are, made), expect)
    yield one_file(127, "the last volume alone", name(".zip"), NOISE + _last(halves), UNOPENED)


def _as_they_are(made: Mapping[str, bytes], *_: bytes) -> Mapping[str, bytes]:
    return made


def _last(archive: bytes) -> bytes:
    """Give the end of an archive in two files."""
    end = archive.rindex(b"PK\x05\x06")
    return archive[end : end + 4] + b"\x01\0\x01\0" + archive[end + 8 :]


def others() -> Iterator[Fault]:
    """Send archives of other makes, with forms inside; also where those are not packed any smaller and can be seen."""
    for mode in ("w", "w:gz", "w:bz2", "w:xz"):
        path = f"{name('')}/{number()}.tar{mode[1:].replace(':', '.')}"
        yield of(127, f"tar {mode}", path, partial(_tar, mode), {"": UNOPENED})
        yield of(127, f"tar {mode} in an item's folder", f"{number()}/{path}", partial(_tar, mode), {"": EVIDENCE})
    for head in (RAR, SEVEN_ZIP):
        seen = first(partial(_seen_in, head + OLD_BOOK)), holding(name(), then=partial(_seen_in, head))
        for pack in seen:
            yield of(127, f"forms seen in {head[:2]!r}", name(".rar"), pack, {"": UNOPENED})
    heads = {
        "an archive that unpacks itself": b"MZ\x90\0\x03\0", ".Z": b"\x1f\x9d\x90", ".lz4": b"\x04\x22\x4d\x18", ".wim": b"MSWIM\0\0\0",
        ".egg": b"EGGA", ".alz": b"ALZ\x01", ".ace": b"1234567**ACE**", ".lzma": b"]\0\0\x80\0" + b"\xff" * 8,
    }  # fmt: skip
    for what, head in heads.items():
        yield one_file(127, what, name(DRAW.choice((".exe", ".dat", ""))), head + NOISE, UNOPENED)
    for data in (packed({}), packed({"任务/": b""})):
        yield one_file(
            127, f"an archive of no files, {len(data)} bytes", name(".zip"), data, rejected("file-not-a-workbook")
        )


def _seen_in(head: bytes, data: bytes) -> bytes:
    return head + data


def _tar(mode: str, one: bytes, two: bytes) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
        for called, data in (("甲.xls", OLD_BOOK), ("乙.xlsx", one), ("丙.xlsx", two)):
            info = tarfile.TarInfo(called)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return made.getvalue()


def sealed_files() -> Iterator[Fault]:
    """Send what encrypting programs made, by itself, in an archive that is called by a number, and in an item's folder."""
    heads = {
        **dict(sealed(DRAW)),
        "rights": b".pfile\r\n" + NOISE,
        "PGP": b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n",
        "S/MIME": b"\x30\x82\x10\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03" + NOISE,
    }
    told = rejected("file-sealed")
    for what, data in heads.items():
        form, path = name(), f"{number()}.zip"
        yield one_file(127, what, DRAW.choice((form, f"{name('')}/{form}")), data, told)
        yield of(115, f"{what} in {path}", path, partial(_alone_in, form, data), {f"/{form}": told})
        yield one_file(127, f"{what} in an item's folder", f"{number()}/{form}", data, told)


def _alone_in(form: str, data: bytes, *_: bytes) -> bytes:
    return packed({form: data})


FAULTS = (
    *nested(),
    *days(),
    *packed_again(),
    *passwords(),
    *other_ways(),
    *too_much(),
    *volumes(),
    *others(),
    *sealed_files(),
)


@pytest.mark.parametrize("fault", drawn(FAULTS))
def test_fault(office: Office, fault: Fault, times: int) -> None:
    """Each sets off exactly what is written beside it, and no return is lost."""
    assert_fault(office, fault, times)
