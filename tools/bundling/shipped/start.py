"""Runs what the installer has put into `lib`, by the Python that runs this file; in the offline bundle it is program/start.py.

`fits` ends with 0 where this Python is the one, `ready` says why where it is not, `run 名称` runs a starter, `build …` and `collect …` the
two commands, `python …` this Python with the libraries. Only the standard library is known here, and no syntax that is newer than Python
3.7: an older one than is needed has to be able to say so.
"""

from __future__ import annotations

import hashlib
import os
import site
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIBRARIES = HERE / "lib"
MANIFEST = HERE / "manifest-sha256.txt"
MARK = "INSTALLED"  # in a folder of libraries: the digest of the manifest that they were installed by
OLDEST, NEWEST = (3, 11), (3, 13)
_BITS_64 = 2**32
_WRONG_USE = 2


def version() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def offered() -> list[str]:
    """List the Pythons for which this bundle has libraries."""
    return sorted(path.stem.partition("-")[2] for path in HERE.glob("requirements-*.txt"))


def bundle() -> str:
    """Give the digest of the manifest: by it an installation belongs to a bundle."""
    return hashlib.sha256(MANIFEST.read_bytes()).hexdigest()


def unusable() -> str:
    """Say why this Python cannot be used; blank where it can."""
    if os.name == "nt":
        lay = "请让 IT 人员装一个,或把嵌入式 Python 解压到 python 文件夹。"
    else:
        lay = "请让 IT 人员装一个,或把能带走的 Python 放进 python 文件夹(python/bin/python3)。"
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        return f"这个 Python 是 {version()},要用 3.11 到 3.13 的。{lay}"
    if sys.maxsize < _BITS_64:
        return f"这个 Python 是 32 位的,要用 64 位的。{lay}"
    return ""


def missing() -> str:
    """Say why nothing can be run by this Python yet; blank where it can."""
    if not MANIFEST.is_file():
        return f"文件的清单 program/{MANIFEST.name} 不见了。请把压缩包重新解压到这里,再双击“安装”。"
    mark = LIBRARIES / version() / MARK
    if not mark.is_file():
        return f"还没有给这个 Python({version()})安装过。请先双击“安装”。"
    if mark.read_text("ascii").strip() != bundle():
        return "这个文件夹换成了新的版本,还没有安装。请先双击“安装”,安装不动 out 等文件夹里的东西。"
    return ""


def with_libraries(library: str) -> None:
    """Let this Python, and those that it starts, find what was installed before anything that the computer has."""
    os.environ["PYTHONPATH"] = library
    os.environ["PYTHONNOUSERSITE"] = "1"
    os.environ["FAZHI_STARTER"] = "1"
    os.environ["FAZHI_INTERPRETER"] = str(HERE / "commands" / "python.bat") if os.name == "nt" else sys.executable
    sys.path.insert(0, library)
    site.addsitedir(library)


def main(arguments: list[str]) -> int:
    what, rest = arguments[0], arguments[1:]
    problem = unusable() or missing()
    if problem and what != "fits":
        print(problem)
    if problem or what in ("fits", "ready"):
        return _WRONG_USE if problem else 0
    with_libraries(str(LIBRARIES / version()))
    if what == "python":
        return subprocess.call([sys.executable, *rest])
    from fazhi_xl import starters  # noqa: PLC0415 - it is found now

    return starters.main(HERE.parent, rest[0]) if what == "run" else starters.typed(HERE.parent, what, rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
