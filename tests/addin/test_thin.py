"""The console stays thin and harmless: xlwings is loaded only for it, its free part only, and nothing of Excel is ended."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from inspect import signature
from pathlib import Path

import pytest

from fazhi_xl.addin.host import Host

pytestmark = pytest.mark.long

PROJECT = Path(__file__).parents[2]
ADDIN = PROJECT / "fazhi_xl" / "addin"
ADAPTER = ADDIN / "xlwings_host.py"


def python(code: str, *, where: Path = PROJECT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=where, capture_output=True, text=True, check=False)


def called_and_named(path: Path) -> set[str]:
    """Give every attribute that a file names."""
    return {each.attr for each in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(each, ast.Attribute)}


def imported(path: Path) -> set[str]:
    tree = ast.walk(ast.parse(path.read_text("utf-8")))
    names = [[alias.name for alias in each.names] if isinstance(each, ast.Import) else [each.module or ""]
             for each in tree if isinstance(each, ast.Import | ast.ImportFrom)]  # fmt: skip
    return {name for own in names for name in own}


def test_importing_loads_no_xlwings() -> None:
    """Only the adapter loads xlwings."""
    modules = (
        "fazhi_xl",
        "fazhi_xl.addin.actions",
        "fazhi_xl.addin.console",
        "fazhi_xl.addin.doctor",
        "fazhi_xl.addin.entry",
        "fazhi_xl.addin.open_book",
        "fazhi_xl.addin.setup_actions",
        "fazhi_xl.cli.build_command",
        "fazhi_xl.cli.collect_command",
    )
    loading = "; ".join(f"import {each}; print('{each}', 'xlwings' in sys.modules)" for each in modules)
    ended = python(f"import sys; {loading}")
    assert (ended.stdout, ended.stderr) == ("".join(f"{each} False\n" for each in modules), "")


def test_importing_the_package_loads_nothing() -> None:
    """What the button imports first is the package alone."""
    ended = python("import fazhi_xl, sys; print([name for name in sys.modules if name.startswith('fazhi_xl')])")
    assert ended.stdout == "['fazhi_xl']\n"


def test_one_file_imports_xlwings() -> None:
    """The adapter is the only one, and nothing imports the part of xlwings that is not free."""
    named = [path for path in (PROJECT / "fazhi_xl").rglob("*.py") if "xlwings" in path.read_text("utf-8")]
    files = {path.name for path in named if "xlwings" in imported(path)}
    assert files == {ADAPTER.name}
    every = {name for path in named for name in imported(path)}
    assert not [name for name in every if name.startswith(("xlwings.pro", "xlwings.server", "xlwings.reports"))]


@pytest.mark.parametrize("word", ["quit", "kill", "api", "interactive", "to_pdf", "macro", "sheets"])
def test_what_the_adapter_never_touches(word: str) -> None:
    """It ends no Excel, runs no macro, and needs nothing that only one system has."""
    assert word not in called_and_named(ADAPTER)


def test_what_is_saved() -> None:
    """One line saves a book, before it is closed, and only the catalogue's own workbook is closed so."""
    assert ADAPTER.read_text("utf-8").count(".save(") == 1
    saving = [path.name for path in ADDIN.glob("*.py") if "save=save" in path.read_text("utf-8")]
    assert saving == ["setup_actions.py"]
    source = (ADDIN / "setup_actions.py").read_text("utf-8")
    freed = re.findall(r"\b_free\(desk, path(.*)\)", source)
    assert freed.count(", save=False") == 1
    assert source.count("_free(desk, ") == len(freed) == 4


def test_the_adapter_is_the_protocol_and_no_more() -> None:
    """It has exactly the host's eight verbs, with their parameters."""
    from fazhi_xl.addin.xlwings_host import XlwingsHost  # noqa: PLC0415 - what the other tests keep out

    verbs = {name for name in vars(Host) if not name.startswith("_")}
    assert {name for name in vars(XlwingsHost) if not name.startswith("_")} == verbs
    assert len(verbs) == 8
    for name in verbs:
        assert signature(getattr(XlwingsHost, name)) == signature(getattr(Host, name))


def test_books_are_opened_in_one_place() -> None:
    """What the program wrote is opened, the ranking, the workbooks of the catalogue and of contacts and a comparison, never a return."""
    opening = {path.name for path in ADDIN.glob("*.py") if "open_book" in called_and_named(path)}
    assert opening == {"actions.py", "post_actions.py", "setup_actions.py"}
    setting_up = (ADDIN / "setup_actions.py").read_text("utf-8")
    assert setting_up.count("open_book(") == 1
    assert set(re.findall(r"\b_open\((.*)\)", setting_up)) == {"desk, path", "desk: Desk, path: Path"}
    source = (ADDIN / "actions.py").read_text("utf-8")
    assert source.count("open_book(") == 1
    assert "path = desk.space.results / RANKING_FILE\n" in source


def test_no_licence_key() -> None:
    """No key is set or shipped: the free part needs none."""
    texts = [path.read_text("utf-8") for path in (PROJECT / "fazhi_xl").rglob("*.py")]
    assert not any("noncommercial" in text for text in texts)
    ended = python("import fazhi_xl.addin.xlwings_host, xlwings; print(xlwings.__pro__)")
    assert ended.stdout == "False\n"


STUB = """
import atexit, sys, types
ended = []
module = types.ModuleType("xlwings._xlwindows")
def cleanup(): print("ended every Excel without a window")
module.cleanup = cleanup
atexit.register(cleanup)
"""


@pytest.mark.parametrize(
    ("put", "said"),
    [
        ("sys.modules['xlwings._xlwindows'] = module", ""),
        ("sys.modules['xlwings._xlmac'] = module", "ended every Excel without a window\n"),
    ],
)
def test_the_exit_hook(put: str, said: str) -> None:
    """On Windows xlwings' hook is taken back; a Mac's, which gives the status bar back, stays."""
    ended = python(f"{STUB}\n{put}\nimport fazhi_xl.addin.xlwings_host")
    assert (ended.stdout, ended.stderr, ended.returncode) == (said, "", 0)


@pytest.mark.parametrize(
    "hook",
    [
        "del module.cleanup",
        *(pytest.param(hook, marks=pytest.mark.exhaustive) for hook in ("", "module.cleanup = None")),
    ],
)
def test_no_exit_hook(hook: str) -> None:
    """Another version of xlwings may have none of this name; nothing fails."""
    ended = python(
        f"{STUB}\natexit.unregister(cleanup)\n{hook}\nsys.modules['xlwings._xlwindows'] = module\nimport fazhi_xl.addin.xlwings_host"
    )
    assert (ended.stdout, ended.stderr, ended.returncode) == ("", "", 0)


def test_main_outside_excel() -> None:
    """What the button calls ends with one Chinese line where no console called it."""
    ended = python("import fazhi_xl; fazhi_xl.main()")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "这个程序要从办公室工作台里启动。请打开 fazhi_xl.xlsm,选好动作,按“运行”。\n"


def test_main_without_xlwings() -> None:
    """Where xlwings is gone it says what to run."""
    ended = python("import sys; sys.modules['xlwings'] = None; import fazhi_xl; fazhi_xl.main()")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("这个 Python 里没有 xlwings。请运行 uv run --extra excel")


def test_main_as_the_button_starts_it(tmp_path: Path) -> None:
    """From another folder, with the project on the path that the console's configuration gives."""
    code = (
        "import xlwings.utils; "
        f'xlwings.utils.prepare_sys_path("False;C:/x/fazhi_xl.xlsm;C:/x/fazhi_xl.xlsm;;;;{PROJECT}"); '
        "import fazhi_xl; print(fazhi_xl.__file__); fazhi_xl.main()"
    )
    ended = python(code, where=tmp_path)
    assert ended.stdout == f"{PROJECT / 'fazhi_xl' / '__init__.py'}\n"
    assert ended.stderr.startswith("这个程序要从办公室工作台")
