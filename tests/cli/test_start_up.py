"""What a command loads before it does anything: what it does not need takes seconds on an old machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]
HEAVY = (
    "pyarrow",
    "duckdb",
    "distributed",
    "dask",
    "pandas",
    "numpy",
    "openpyxl",
    "docx",
    "imap_tools",
    "imaplib",
    "xlwings",
    "pyzipper",
    "Cryptodome",
    "smtplib",
    "imaplib",
    "imap_tools",
)
CATALOGUE = "chengchuan-xiangzhen-2023"
_LOADED = "print('LOADED', *sorted({name.partition('.')[0] for name in sys.modules}))"


def loaded(code: str) -> set[str]:
    """Give the packages that are loaded after some code, in a process of its own."""
    ended = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\n{_LOADED}"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ended.stdout.rpartition("LOADED ")[2].split())


def command(name: str, *options: str) -> str:
    return f"from fazhi_xl.cli.{name}_command import main\nassert main({list(options)!r}) == 0"


def test_help_and_checks_load_no_readers() -> None:
    """Neither asking for help nor checking a catalogue loads what works with frames, other formats, documents, or Excel."""
    asked = [command("build", "--help"), command("collect", "--help"), command("build", CATALOGUE, "--check")]
    assert loaded("\n".join(asked)).isdisjoint(HEAVY)


def test_issuing_loads_no_readers(tmp_path: Path) -> None:
    """Nor does issuing workbooks, which needs the writer alone; and what it is not asked to tell it needs no words for."""
    found = loaded(command("build", CATALOGUE, "--out", str(tmp_path), "--quiet", "--jobs", "1"))
    assert found.isdisjoint({*HEAVY, "lxml", "rich"})
    assert "xlsxwriter" in found


def test_a_table_of_scores_loads_pandas() -> None:
    """Where units' scores are put into a table pandas is loaded, so that the tests above tell what they do."""
    code = """
from fazhi_xl.office.workspace.catalogue import DEFAULT, open_campaign
from fazhi_xl.rounds.score_table import score_table
from fazhi_xl.scoring.model import Basis
notice = open_campaign(DEFAULT)
"""
    found = loaded(f"{code}assert 'pandas' not in sys.modules\nscore_table(notice, (), Basis.SELF)")
    assert "pandas" in found
