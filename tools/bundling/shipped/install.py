"""Installs the bundle into its own folder, by the Python that runs this file; in the offline bundle it is program/install.py.

No network, no rights, nothing outside the folder. Every file is held to its SHA-256, pip puts the wheels in place, and only what is whole
takes the place of what was there. What people have in the folder (out and the like) is never touched. As start.py, it knows only the
standard library.
"""

from __future__ import annotations

import compileall
import hashlib
import os
import py_compile
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZipFile

PROGRAM = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
shutil.rmtree(
    PROGRAM / "__pycache__", ignore_errors=True
)  # every bundle's files have one date, so an old one would be taken for the new
sys.path.insert(0, str(PROGRAM))  # an embeddable Python does not look there

import start

ROOT = start.HERE.parent
PTH_LINES = ("../program/lib/{version}", "import site")
CUSTOM = """\
# Python loads this where it finds the folder on its path: the libraries' own .pth files are read, as in a folder of site-packages.
import pathlib
import site

site.addsitedir(str(pathlib.Path(__file__).resolve().parent))
"""
INSTALLED = "installed-sha256.txt"  # in program: the manifest of what was installed last
_COMPILED = 2  # times the libraries' own size, with what they are compiled to
_AGAIN = "请把压缩包重新解压到这里,再双击“安装”"
_WRONG, _DONE = 2, 0
_SAID = "-" * 60


class RefusedError(Exception):
    """The bundle cannot be installed; says why, and what to do."""


def main() -> int:
    if sys.argv[1:] == ["fits"]:
        return _WRONG if unfit() else _DONE
    try:
        with _alone():
            _install()
    except RefusedError as error:
        print(f"\n{_SAID}\n没有装成:{error}")
        return _WRONG
    except OSError as error:
        print(f"\n{_SAID}\n没有装成:{error}")
        print(
            f"接下来:  看看 {ROOT} 能不能写(U 盘写保护、没有权限、磁盘满了),或者把整个文件夹拷到本机的磁盘,再双击“安装”。"
        )
        return _WRONG
    return _DONE


def unfit() -> str:
    """Say why this Python cannot install the bundle; blank where it can."""
    problem: str = start.unusable()
    if not problem and not requirements().is_file():
        return f"这个离线包里没有 Python {start.version()} 用的程序库,有的是 {'、'.join(start.offered())}。"
    return problem


def requirements() -> Path:
    return Path(start.HERE, f"requirements-{start.version()}.txt")


@contextmanager
def _alone() -> Iterator[None]:
    """Let one installer work at a time; the system lets go of the lock when it ends."""
    start.LIBRARIES.mkdir(exist_ok=True)
    with (start.LIBRARIES / "lock").open("a+b") as file:
        try:
            if sys.platform == "win32":
                import msvcrt  # noqa: PLC0415 - each system has its own

                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl  # noqa: PLC0415 - as above

                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise RefusedError("另一个窗口正在安装。请等它出现“装好了”,这个窗口可以关了。") from error
        yield


def _install() -> None:
    _check_python()
    print("第1步:核对每个文件的校验值……", flush=True)
    checked = check_files()
    _check_room()
    print("第2步:安装程序库,要几分钟,请等到出现“装好了”……", flush=True)
    fresh = start.LIBRARIES / f"{start.version()}.new"
    _remove(fresh)
    _unpack(fresh)
    _remove(fresh / "bin")  # programs that would look for the libraries elsewhere, and that virus scanners dislike
    _compile(fresh)
    (fresh / "sitecustomize.py").write_text(CUSTOM, "utf-8")
    (fresh / start.MARK).write_text(start.bundle() + "\n", "ascii")
    print("第3步:试运行……", flush=True)
    laid_out = _try(fresh)
    put_in_place(fresh, start.LIBRARIES / start.version())
    tell_embedded()
    add_icons()
    removed = remove_leftovers()
    _tell(checked, laid_out, removed)


def _check_python() -> None:
    problem = unfit()
    if problem:
        raise RefusedError(problem)


# What is held to its hash ---------------------------------------------------------------------------------------------


def _listed() -> dict[str, str]:
    """Give the digest of every file of the bundle, by its path from the bundle's folder."""
    try:
        return _digests(start.MANIFEST)
    except (OSError, ValueError) as error:
        raise RefusedError(f"文件的清单 program/{start.MANIFEST.name} 缺少或读不出来。{_AGAIN}。") from error


def _digests(manifest: Path) -> dict[str, str]:
    lines = manifest.read_text("utf-8").splitlines()
    return {path: digest for digest, path in (line.split("  ", 1) for line in lines)}


def check_files() -> int:
    """Hold every file to its digest; gives how many there are. Raises RefusedError for what is missing or another."""
    listed = _listed()
    wrong = [path for path, digest in listed.items() if _digest(ROOT / path) != digest]
    if wrong:
        shown = "、".join(wrong[:3]) + (f" 等 {len(wrong)} 个" if len(wrong) > len(wrong[:3]) else "")
        raise RefusedError(f"这些文件缺少或和发布时不同:{shown}。{_AGAIN};还是这样的,重新拷贝压缩包。")
    return len(listed)


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _check_room() -> None:
    wanted = requirements().read_text("utf-8")
    wheels = [ROOT / path for path, digest in _listed().items() if digest in wanted]
    needed = _COMPILED * sum(entry.file_size for wheel in wheels for entry in ZipFile(wheel).infolist())
    free = shutil.disk_usage(ROOT).free
    if free < needed:
        raise RefusedError(
            f"磁盘空间不够,只剩 {free // 1_000_000} MB,要 {needed // 1_000_000} MB。请清理以后再双击“安装”。"
        )


# The libraries --------------------------------------------------------------------------------------------------------


def _unpack(fresh: Path) -> None:
    """Let pip, run from its own wheel, put the wheels into a folder."""
    wheels = start.HERE / "wheels"
    pip = next(ROOT / path for path in _listed() if path.startswith("program/wheels/pip-"))
    made = start.LIBRARIES / "temp"  # on the same disk, and within the folder
    _remove(made)
    made.mkdir(parents=True)
    quiet = (
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
        "--no-cache-dir",
        "--no-compile",
        "--no-warn-script-location",
    )
    offline = ("--no-index", f"--find-links={wheels}", "--only-binary=:all:", "--no-deps", "--require-hashes")
    command = [
        sys.executable,
        str(pip / "pip"),
        "--isolated",
        "install",
        *quiet,
        *offline,
        f"--target={fresh}",
        f"--requirement={requirements()}",
    ]
    usual = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    scratch = {name: str(made) for name in ("TMP", "TEMP", "TMPDIR")}
    ended = subprocess.run(command, env={**usual, **scratch, "PYTHONNOUSERSITE": "1"}, capture_output=True, check=False)
    _remove(made)
    if ended.returncode:
        said = ended.stderr.decode("utf-8", "replace").strip()
        raise RefusedError(f"程序库没有装上。请把下面的话交维护人员:\n{said}")


def _compile(fresh: Path) -> None:
    """Compile once, for good: a stick or another computer may give files other times."""
    compileall.compile_dir(fresh, quiet=2, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)


def put_in_place(fresh: Path, library: Path) -> None:
    """Take what was there away only when the new one is whole."""
    old = library.with_name(f"{library.name}.old")
    _remove(old)
    try:
        if library.exists():
            library.replace(old)
        fresh.replace(library)
    except OSError as error:
        if old.exists() and not library.exists():
            old.replace(library)
        raise RefusedError("程序正在使用。请关闭本程序的所有窗口,再双击“安装”。") from error
    _remove(old)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def tell_embedded() -> None:
    """Add the libraries to the list of an embeddable Python in this folder, which looks nowhere else."""
    for pth in (ROOT / "python").glob("python3*._pth"):
        lines = pth.read_text("utf-8").splitlines()
        wanted = [each.format(version=start.version()) for each in PTH_LINES]
        more = [line for line in wanted if line not in lines]
        if more:
            pth.write_text("\n".join((*lines, *more, "")), "utf-8")


# What else is in the folder -------------------------------------------------------------------------------------------


def add_icons() -> None:
    """Write what the desktop of a Linux starts by a double click; it names the folder, so it is written anew where that was moved."""
    for script in ROOT.glob("*.sh"):
        path = re.sub(r'["`$\\]', _escaped, str(script)).replace("%", "%%")
        entry = f'[Desktop Entry]\nType=Application\nName={script.stem}\nExec=sh "{path}"\nTerminal=true\n'
        icon = script.with_suffix(".desktop")
        icon.write_text(entry, "utf-8")
        for each in (script, icon):
            each.chmod(0o755)
    for command in (each for each in (start.HERE / "commands").glob("fazhi-*") if not each.suffix):
        command.chmod(0o755)  # not every program that unpacks keeps this


def _escaped(character: re.Match[str]) -> str:
    """Escape a character within quotation marks, and the mark of that once more, as the format has it."""
    return "\\\\" + character[0].replace("\\", "\\\\")


def remove_leftovers() -> int:
    """Remove what was installed last, is not in this bundle, and is still as it was; what people have put there stays."""
    kept, listed = start.HERE / INSTALLED, _listed()
    before = _digests(kept) if kept.is_file() else {}
    left = [ROOT / path for path, digest in before.items() if path not in listed and _digest(ROOT / path) == digest]
    for path in left:
        path.unlink()
    shutil.copyfile(start.MANIFEST, kept)
    return len(left)


def _try(fresh: Path) -> list[str]:
    """Load the program by this Python, and let it lay out what people change where it is not there; gives what it says of that."""
    load = (
        "import fazhi_xl.cli.build_command, fazhi_xl.cli.collect_command; from fazhi_xl.starters.prepare import prepare"
    )
    say = "import sys; sys.stdout.reconfigure(encoding='utf-8'); print('\\n'.join(prepare()))"
    find = f"import sys; sys.path.insert(0, {str(start.HERE)!r}); import start; start.with_libraries({str(fresh)!r})"
    ended = subprocess.run(
        [sys.executable, "-B", "-c", f"{find}; {load}; {say}"], cwd=ROOT, capture_output=True, check=False
    )
    if ended.returncode:
        said = ended.stderr.decode("utf-8", "replace").strip()
        raise RefusedError(f"新装的运行不起来。请把下面的话交维护人员:\n{said}")
    return ended.stdout.decode("utf-8").splitlines()


def _tell(checked: int, laid_out: list[str], removed: int) -> None:
    print(f"\n{_SAID}\n装好了。")
    place = start.LIBRARIES / start.version()
    print(f"做了什么:核对了 {checked} 个文件,用 Python {start.version()} 把程序装在 {place}。")
    print("          没有用网络,没有动这个文件夹以外的东西。")
    for line in filter(None, laid_out):
        print(f"          {line}")
    if removed:
        print(f"          删去了旧版本留下的 {removed} 个程序文件。")
    print("          out 等文件夹、设置.txt、目录 里原有的东西都没有动。")
    print("接下来:  想先看看的,双击“0 演练”;真做的,双击“1 预检”。怎样用,看 说明 文件夹里的 开始.html。")


if __name__ == "__main__":
    sys.exit(main())
