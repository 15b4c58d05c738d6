"""Files that came are had again, byte for byte, from wherever they came: a folder, archives, mails, mailboxes, signed blocks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fazhi_xl.intake.arrival import HEAD, Arrival, ChangedError
from fazhi_xl.intake.reopened import Reopened
from fazhi_xl.intake.returns_folder import arrivals
from fazhi_xl.intake.source import Kind
from tests.support.boxes import boxed, in_apple_wrapping, signed_in_pieces
from tests.support.locking import OPENS_WITH, locked_as_of_old, locked_by_aes, packed
from tests.support.mails import mail

SCAN = b"%PDF-1.4 " + bytes(range(256)) * (HEAD // 128)  # more than is kept of one
SHORT = b"%PDF-1.4 x"
TWO = {"6/总结.pdf": SCAN, "6/说明.txt": "说明".encode()}


def listed(folder: Path, *passwords: str) -> dict[str, Arrival]:
    return {each.path: each for each in arrivals([folder], passwords=passwords)}


def had_again(found: dict[str, Arrival], *passwords: str) -> dict[str, bytes]:
    with Reopened(passwords) as files:
        return {path: b"".join(files.pieces(each)) for path, each in found.items()}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("包.zip", packed(TWO)),
        ("包.exe", b"MZ" + bytes(500) + packed(TWO)),  # an archive that unpacks itself
        ("信.eml", mail(TWO).as_bytes()),
        ("信.emlx", in_apple_wrapping(mail(TWO).as_bytes())),
        ("信.eml", mail({"包.zip": packed(TWO)}).as_bytes()),
        ("包.zip", packed({"信.eml": mail(TWO).as_bytes()})),
        ("信箱", boxed(mail({"x.pdf": SHORT}).as_bytes(), mail(TWO).as_bytes())),
        ("包.zip.p7m", signed_in_pieces(packed(TWO))),
        ("包.zip", locked_by_aes(TWO)),
        ("包.zip", locked_as_of_old(TWO)),
    ],
)
def test_whatever_holds_them(tmp_path: Path, name: str, data: bytes) -> None:
    """Of each file in an archive, a mail, or one in the other, all bytes come again, also those of a scan that was not kept whole."""
    (tmp_path / name).write_bytes(data)
    found = listed(tmp_path, OPENS_WITH)
    again = had_again(found, OPENS_WITH)
    assert sorted(again.values()) == sorted([*TWO.values(), *([SHORT] if "信箱" in name else [])])
    assert all(path.endswith(("总结.pdf", "说明.txt", "x.pdf")) for path in again)


def test_files_of_a_folder(tmp_path: Path) -> None:
    """A file of the folder itself is read from there."""
    (tmp_path / "总结.pdf").write_bytes(SCAN)
    assert had_again(listed(tmp_path)) == {"总结.pdf": SCAN}


def test_same_names_in_an_archive(tmp_path: Path) -> None:
    """Two members of one name are told apart by their places."""
    once, twice = packed({"a.pdf": SHORT + b"1"}), packed({"a.pdf": SHORT + b"2"})
    for no, data in enumerate((once, twice)):
        (tmp_path / f"{no}.zip").write_bytes(data)
    assert set(had_again(listed(tmp_path)).values()) == {SHORT + b"1", SHORT + b"2"}


def _another(path: Path) -> None:
    path.write_bytes(packed({"b.pdf": bytes(99)}))


def _no_archive(path: Path) -> None:
    path.write_bytes(b"x")


@pytest.mark.parametrize("change", [_another, _no_archive])
def test_changed_archives(tmp_path: Path, change: Callable[[Path], None]) -> None:
    """Where an archive is another one now, what was in it is told to have changed."""
    (tmp_path / "包.zip").write_bytes(packed({"起.txt": b"x", "a.pdf": SHORT}))
    found = listed(tmp_path)["包.zip/a.pdf"]
    assert found.source
    assert [each.kind for each in found.source.steps] == [Kind.MEMBER]
    change(tmp_path / "包.zip")
    with Reopened() as files, pytest.raises(ChangedError):
        list(files.pieces(found))


def test_vanished_files(tmp_path: Path) -> None:
    """A file that has gone raises what the system says."""
    (tmp_path / "a.pdf").write_bytes(SHORT)
    found = listed(tmp_path)["a.pdf"]
    (tmp_path / "a.pdf").unlink()
    with Reopened() as files, pytest.raises(FileNotFoundError):
        list(files.pieces(found))
