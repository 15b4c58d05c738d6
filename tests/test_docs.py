"""What is documented is what there is: options, folders and findings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from docs.make_findings import document
from fazhi_xl.cli import build_command, collect_command
from fazhi_xl.form.review_form import review_shape
from fazhi_xl.form.sheets.review.dossier import Dossier
from fazhi_xl.notice.model import Bulletin, Feedback
from fazhi_xl.office.workspace.store import STORE
from fazhi_xl.reports.ranking.workbook import ranking_book
from tests.support.campaign import the_notice
from tests.support.rounds import a_round

PROJECT = Path(__file__).parents[1]
README = (PROJECT / "README.md").read_text("utf-8")
FINDINGS = (PROJECT / "docs" / "findings.md").read_text("utf-8")


def options(app: typer.Typer) -> list[str]:
    """List the names of a command's options and arguments as its help prints them."""
    return [
        name
        for each in typer.main.get_command(app).params
        for name in _names(each.opts, each.param_type_name, each.metavar)
    ]


def _names(opts: list[str], kind: str, metavar: str | None) -> list[str]:
    return [metavar or ""] if kind == "argument" else opts


@pytest.mark.parametrize(
    ("script", "app"), [("build_workbooks.py", build_command.app), ("collect.py", collect_command.app)]
)
def test_options(script: str, app: typer.Typer) -> None:
    """Every option and argument of a command stands in the README's table of commands, beside the command."""
    lines = [line for line in README.splitlines() if line.startswith(f"| `{script}")]
    both = re.search(r"Both commands take\s+(.*?)\.", README, re.DOTALL)
    told = " ".join(lines) + (both[1] if both else "")
    missing = [name for name in options(app) if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", told)]
    assert missing == []


@pytest.mark.parametrize(
    ("script", "app"), [("build_workbooks.py", build_command.app), ("collect.py", collect_command.app)]
)
def test_no_other_options(script: str, app: typer.Typer) -> None:
    """The README's table of commands names no option that a command does not have."""
    lines = [line.split("|")[1] for line in README.splitlines() if line.startswith(f"| `{script}")]
    assert set(re.findall(r"--[a-z-]+", " ".join(lines))) <= set(options(app))


def test_workspace() -> None:
    """The README names everything that a round keeps in its workspace, and every sheet of the ranking workbook."""
    for name in (
        "发放/",
        "回收/",
        "结果/",
        "存档/",
        "补发/",
        "退回/",
        "campaign.json",
        "campaign.key",
        "收到登记.xlsx",
        "排名汇总.xlsx",
        "report.json",
        STORE,
    ):
        assert name in README
    assert [sheet.name for sheet in ranking_book(a_round((), ())).sheets if f"| {sheet.name} |" not in README] == []


def test_exit_statuses() -> None:
    """The README tells the four exit statuses."""
    assert re.search(r"Exit status: 0 done; 1 .*; 2 .*; 3 ", README, re.DOTALL)


def test_findings() -> None:
    """docs/findings.md is what docs/make_findings.py writes today."""
    assert document() == FINDINGS


def test_the_review_book_is_explained() -> None:
    """Every sheet of the review book stands in docs/review.md, but for those that a catalogue names."""
    told = (PROJECT / "docs" / "review.md").read_text("utf-8")
    own = {register.name for register in the_notice().registers}
    names = [sheet.name for sheet in review_shape(Dossier(notice=the_notice())).sheets if sheet.name not in own]
    assert [name for name in names if f"| {name} |" not in told] == []


def test_feedback_and_bulletin_are_explained() -> None:
    """docs/feedback.md names every switch of what units and the public are told, as the catalogue spells it."""
    told = (PROJECT / "docs" / "feedback.md").read_text("utf-8")
    switches = [f"[feedback] {name} =" for name in Feedback.model_fields] + [
        f"[bulletin] {name} =" for name in Bulletin.model_fields
    ]
    assert [switch for switch in (*switches, "[[grades]]", "--pdf") if switch not in told] == []
