"""Who has a workbook open is read from the lock files that the programs put beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.office.workspace.folder import writing
from fazhi_xl.office.workspace.open_files import is_open, opened_by


def by_excel(name: str) -> bytes:
    """Write what Excel puts beside an open workbook: 165 bytes, with the user's name in two encodings."""
    old = name.encode("gb18030")
    return (
        bytes([len(old)]) + old.ljust(54, b" ") + bytes([len(name), 0]) + name.encode("utf-16-le").ljust(108, b"\0")
    )  # fmt: skip


@pytest.mark.parametrize(
    ("mark", "data", "said"),
    [
        ("~$审核表.xlsx", by_excel("张三"), "(打开的人:张三)"),
        ("~$审核表.xlsx", by_excel("Admin"), "(打开的人:Admin)"),
        ("~$审核表.xlsx", b"\x05Admin".ljust(165), "(打开的人:Admin)"),
        ("~$审核表.xlsx", b"\x04\xd5\xc5\xc8\xfd".ljust(55) + bytes(110), "(打开的人:张三)"),
        (".~审核表.xlsx", by_excel("李四"), "(打开的人:李四)"),
        ("~$审核表.xlsx", b"", ""),
        ("~$审核表.xlsx", b"\xff", ""),
        ("~$审核表.xlsx", by_excel("\x1b[31m\n"), "(打开的人:[31m)"),
        (".~lock.审核表.xlsx#", b",zhang,PC-02,18.11.2020 09:00,file:///home;", "(打开的人:zhang,电脑 PC-02)"),
        (".~lock.审核表.xlsx#", "王\\,五,zhang,PC-02,18.11.2020 09:00,x;".encode(), "(打开的人:王,五,电脑 PC-02)"),
        (".~lock.审核表.xlsx#", b",,,", ""),
        (".~lock.审核表.xlsx#", b"", ""),
    ],
)
def test_who(tmp_path: Path, mark: str, data: bytes, said: str) -> None:
    """The name that each program leaves is given, without what is no text; nothing where it cannot be read."""
    path = tmp_path / "审核表.xlsx"
    path.write_bytes(b"x")
    assert (opened_by(path), is_open(path)) == ("", False)
    (tmp_path / mark).write_bytes(data)
    assert (opened_by(path), is_open(path)) == (said, True)


def test_a_book_that_cannot_be_written(tmp_path: Path) -> None:
    """Who has the file open is named where it cannot be written."""
    path = tmp_path / "收到登记.xlsx"
    (tmp_path / "~$收到登记.xlsx").write_bytes(by_excel("张三"))
    with pytest.raises(WrongUseError, match=r"正在 Excel 或 WPS 里打开\(打开的人:张三\),请先关闭"), writing(path):
        raise PermissionError(13, "Permission denied")
