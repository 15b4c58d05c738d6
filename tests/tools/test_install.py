"""The installer holds the bundle to its digests, and touches nothing that is not its own."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

SHIPPED = Path(__file__).parents[2] / "tools" / "bundling" / "shipped"


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """Give the installer of a small bundle, in a path with Chinese letters and a space."""
    root = tmp_path / "办公 室" / "fazhi-xl"
    for path, text in {
        "program/start.py": "",
        "说明/开始.html": "x",
        "3 收表.sh": "",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    files = sorted(path for path in root.rglob("*") if path.is_file())
    lines = [f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(root).as_posix()}\n" for path in files]
    (root / "program" / "manifest-sha256.txt").write_text("".join(lines), "utf-8")
    monkeypatch.syspath_prepend(str(SHIPPED))
    for name in ("start", "install"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setattr(sys, "dont_write_bytecode", sys.dont_write_bytecode)
    module, start = import_module("install"), import_module("start")
    program = root / "program"
    for owner, name, value in (
        (start, "HERE", program),
        (start, "LIBRARIES", program / "lib"),
        (start, "MANIFEST", program / "manifest-sha256.txt"),
        (module, "ROOT", root),
    ):
        monkeypatch.setattr(owner, name, value)
    yield module
    for name in ("start", "install"):
        sys.modules.pop(name, None)


def test_whole(install: ModuleType) -> None:
    """A bundle as it was made is installed, every file of it held to its digest."""
    assert install.check_files() == 3


@pytest.mark.parametrize("gone", [True, False])
def test_not_whole(install: ModuleType, *, gone: bool) -> None:
    """A file that is missing, or is not the one that was packed, is named with what to do."""
    page = install.ROOT / "说明" / "开始.html"
    page.unlink() if gone else page.write_text("y", "utf-8")
    with pytest.raises(install.RefusedError) as refused:
        install.check_files()
    assert str(refused.value).startswith(
        "这些文件缺少或和发布时不同:说明/开始.html。请把压缩包重新解压到这里,再双击“安装”"
    )


def test_leftovers(install: ModuleType) -> None:
    """Files of the bundle before go where this one has none; what people changed or put anywhere stays."""
    before = {"program/wheels/old-1.whl": "", "说明/old.html": "", "说明/改过的.html": "", "说明/开始.html": "x"}
    lines = [f"{sha256(text.encode()).hexdigest()}  {path}\n" for path, text in before.items()]
    (install.start.HERE / install.INSTALLED).write_text("".join(lines), "utf-8")
    kept = [
        "out/campaign.key",
        "设置.txt",
        "目录/甲/notice.toml",
        "program/lib/3.12/a.py",
        "program/我的.xlsx",
        "说明/打印稿.pdf",
    ]
    for path in (*before, *kept):
        (install.ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (install.ROOT / path).write_text("改了" if "改过的" in path else "", "utf-8")
    assert install.remove_leftovers() == 2
    left = [path for path in (*before, *kept) if (install.ROOT / path).exists()]
    assert left == ["说明/改过的.html", "说明/开始.html", *kept]
    assert install.remove_leftovers() == 0


@pytest.mark.parametrize("text", [None, "没有两个空格\n", "\udcff"])
def test_no_list(install: ModuleType, text: str | None) -> None:
    """Where the list of files is gone or damaged, it is said what to unpack again."""
    manifest = install.start.MANIFEST
    manifest.unlink() if text is None else manifest.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(
        install.RefusedError,
        match=r"program/manifest-sha256\.txt 缺少或读不出来。请把压缩包重新解压到这里,再双击“安装”。",
    ):
        install.check_files()
    if text is None:
        assert install.start.missing().startswith("文件的清单 program/manifest-sha256.txt 不见了。请把压缩包重新解压")


def test_libraries_of_another_python(install: ModuleType) -> None:
    """A Python for which the bundle has no libraries is passed over, and told which it has."""
    (install.start.HERE / "requirements-3.1.txt").write_text("", "utf-8")
    assert install.unfit().endswith("用的程序库,有的是 3.1。")
    install.requirements().write_text("", "utf-8")
    assert install.unfit() == ""


def test_put_in_place(install: ModuleType) -> None:
    """The new libraries take the place of the old ones only when they are whole."""
    fresh, library = install.start.LIBRARIES / "3.12.new", install.start.LIBRARIES / "3.12"
    for folder, text in ((fresh, "new"), (library, "old")):
        folder.mkdir(parents=True)
        (folder / "a.py").write_text(text, "utf-8")
    install.put_in_place(fresh, library)
    assert {path.name: path.joinpath("a.py").read_text("utf-8") for path in library.parent.iterdir()} == {"3.12": "new"}


def test_libraries_in_use(install: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Windows lets nobody rename what a program has loaded, the old libraries stay, and the reader is told what to close."""
    fresh, library = install.start.LIBRARIES / "3.12.new", install.start.LIBRARIES / "3.12"
    for folder in (fresh, library):
        folder.mkdir(parents=True)
    rename = Path.replace

    def refused(path: Path, target: Path) -> Path:
        if path == fresh:
            raise PermissionError(13, "used by another process")
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(install.RefusedError, match="程序正在使用。请关闭本程序的所有窗口,再双击“安装”。"):
        install.put_in_place(fresh, library)
    assert library.is_dir()


def test_embeddable_python(install: ModuleType) -> None:
    """The embeddable Python in the folder is told once where the libraries are."""
    pth = install.ROOT / "python" / "python312._pth"
    pth.parent.mkdir()
    pth.write_text("python312.zip\n.\n#import site\n", "utf-8")
    for _ in range(2):
        install.tell_embedded()
    line = f"../program/lib/{sys.version_info[0]}.{sys.version_info[1]}"
    assert pth.read_text("utf-8").splitlines() == ["python312.zip", ".", "#import site", line, "import site"]


@pytest.mark.skipif(os.name == "nt", reason="files have no such mark there")
def test_icons(install: ModuleType) -> None:
    """On Linux each starter gets what a desktop can start, with the folder's path quoted as the format has it."""
    command = install.start.HERE / "commands" / "fazhi-build"
    command.parent.mkdir()
    command.write_text("", "utf-8")
    install.add_icons()
    assert os.access(command, os.X_OK)
    lines = (install.ROOT / "3 收表.desktop").read_text("utf-8").splitlines()
    assert f'Exec=sh "{install.ROOT}/3 收表.sh"' in lines
    assert "Terminal=true" in lines


@pytest.mark.parametrize(
    ("version", "maxsize", "said"),
    [
        ((3, 10, 9), 2**63 - 1, "这个 Python 是 3.10,要用 3.11 到 3.13 的"),
        ((3, 14, 0), 2**63 - 1, "这个 Python 是 3.14,要用 3.11 到 3.13 的"),
        ((3, 12, 0), 2**31 - 1, "这个 Python 是 32 位的,要用 64 位的"),
        ((3, 13, 2), 2**63 - 1, ""),
    ],
)
def test_which_python(
    install: ModuleType, monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], maxsize: int, said: str
) -> None:
    """A Python that the libraries are not made for is told by its version or its width."""
    monkeypatch.setattr(install.start.sys, "version_info", version)
    monkeypatch.setattr(install.start.sys, "maxsize", maxsize)
    assert install.start.unusable().startswith(said)
    assert bool(install.start.unusable()) == bool(said)


def test_not_installed_yet(install: ModuleType) -> None:
    """A starter says what to do where nothing is installed for its Python, or another bundle was unpacked over this one."""
    start = install.start
    assert start.missing().endswith("请先双击“安装”。")
    mark = start.LIBRARIES / start.version() / start.MARK
    mark.parent.mkdir(parents=True)
    mark.write_text("0" * 64, "ascii")
    assert start.missing().startswith("这个文件夹换成了新的版本,还没有安装。")
    mark.write_text(start.bundle() + "\n", "ascii")
    assert start.missing() == ""
