"""A sealed ranking made anew in a process of its own, whatever the clock of the machine is set to."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.archiving.order import Again
from fazhi_xl.office.archiving.restore import restore
from fazhi_xl.office.archiving.table import Row
from fazhi_xl.office.commands.regenerate import clock_of, regenerate
from fazhi_xl.office.commands.verify_package import VerifyOrder, verify
from tests.support.archived import EDITION, FIRST, archived, decide, sealed, unsealed
from tests.support.offices import Office
from tests.support.progress import Silent
from tests.support.systems import clocks

AGAIN = Again(edition="定稿/01", generated="2032-01-20T09:00:00+08:00", returns="回收", catalogue="目录/x")


@pytest.mark.parametrize(
    ("offset", "clock"),
    [("+08:00", "UTC-08:00"), ("-03:30", "UTC+03:30"), ("+05:45", "UTC-05:45"), ("+00:00", "UTC+00:00")],
)
def test_the_clock_of_then(offset: str, clock: str) -> None:
    """The office's clock is given to another process as POSIX writes it, which counts to the west."""
    assert clock_of(replace(AGAIN, generated=f"2032-01-20T09:00:00{offset}")) == clock


@contextmanager
def zone(name: str) -> Iterator[None]:
    """Let this process have another zone's clock."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", name)
        time.tzset()
        yield
    time.tzset()


@clocks
@pytest.mark.long
def test_another_zone(office: Office) -> None:
    """What came shortly after midnight by the office's clock has its day also where a package is verified in another zone."""
    with zone("Asia/Shanghai"):
        night = datetime(2032, 1, 15, 16, 30, tzinfo=UTC).timestamp()  # half past midnight of the 16th, which is late
        os.utime(office.space.returns / f"{FIRST}.xlsx", (night, night))
        (office.root / "收到登记.xlsx").unlink()  # where it was registered on an earlier day
        now = datetime(2032, 1, 20, 9).astimezone()
        decide(office, now=now)
        sealed(unsealed(office), now=now)
        done, _ = archived(office)
        told = json.loads((office.space.sealed / EDITION / "定稿.json").read_bytes())
        assert [each["received"] for each in told["returns"] if each["path"] == f"{FIRST}.xlsx"] == ["2032-01-16"]
    assert verify(VerifyOrder(place=done.path), Silent()).passed


@pytest.mark.long
def test_what_cannot_be_made_anew(tmp_path: Path) -> None:
    """Why nothing came of it is told, and not raised."""
    assert regenerate(tmp_path, AGAIN).startswith("工作目录有 ")


@pytest.mark.parametrize(
    ("system", "paths", "refused"),
    [
        ("linux", ("回收/A.xlsx", "回收/a.xlsx"), ""),
        ("darwin", ("回收/A.xlsx", "回收/b.xlsx"), ""),
        ("darwin", ("回收/A.xlsx", "回收/a.xlsx"), "回收/a.xlsx"),
        ("win32", ("回收/A.xlsx", "回收/b.xlsx"), ""),
        ("win32", ("回收/A.xlsx", "回收/a:b.xlsx"), "回收/a:b.xlsx"),
        ("win32", ("回收/nul.xlsx",), "回收/nul.xlsx"),
    ],
)
def test_names_that_a_system_does_not_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, paths: tuple[str, ...], refused: str
) -> None:
    """Where a system would make other files of a package's, or one of two, nothing is written, and it is said where it can be tested."""
    rows = [Row(stored="", path=path, moment=0, modified="") for path in paths]  # as folders, which are made again
    monkeypatch.setattr(sys, "platform", system)
    if not refused:
        restore(rows, lambda _: (), tmp_path)
        assert (tmp_path / paths[-1]).is_dir()
        return
    with pytest.raises(WrongUseError) as raised:
        restore(rows, lambda _: (), tmp_path)
    assert str(raised.value) == f"文件名“{refused}”这台电脑的系统不能用。请在 Linux 上检测这个包。"
    assert list(tmp_path.iterdir()) == []
