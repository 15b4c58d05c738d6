"""The commands and options that texts for users name, as data: the console words them with its own names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path

_INSTALLED = (
    Path(__file__).parents[1] / "workbook_templates"
).is_dir()  # a wheel holds the catalogues; a clone, its scripts
_BUILD, _COLLECT = ("fazhi-build", "fazhi-collect") if _INSTALLED else ("build_workbooks.py", "collect.py")
_WITH_XLWINGS = "pip install xlwings,再运行 " if _INSTALLED else "uv run --extra excel "
_INSTALL = (
    "请重新安装:用离线包的再运行一次“安装”,能上网的运行 pip install --force-reinstall fazhi-xl。"
    if _INSTALLED
    else f"请在程序的文件夹里用 uv 运行(没有 uv 的先运行 pip install uv),例如 uv run {_COLLECT} --help。"
)
_ADD_DASK = "pip install distributed" if _INSTALLED else "uv sync --extra cluster"
_ADD_PDFPLUMBER = "pip install pdfplumber" if _INSTALLED else "uv sync --extra pdf"
_ADD_IMAP = "pip install imap-tools" if _INSTALLED else "uv sync --extra mail"
_ADD_DUCKDB = "pip install duckdb pyarrow" if _INSTALLED else "uv sync --extra rollup"


class Starter(StrEnum):
    """What is double-clicked in the offline bundle (`tools/bundle.py`); the value is the file's name without its ending."""

    INSTALL = "安装"
    REHEARSE = "0 演练"
    CHECK = "1 预检"
    ISSUE = "2 发放"
    COLLECT = "3 收表"
    SHOW = "4 打开结果"
    PROMPT = "命令行"

    @property
    def quoted(self) -> str:
        return f"“{self}”"


SETTINGS, SET_OUT = "设置.txt", "这一轮的文件夹"  # beside the starters, and what stands there of where a round lies
STARTED = "FAZHI_STARTER"  # in the environment of what a starter runs, and nothing else
_CLICKED = STARTED in os.environ


class Command(StrEnum):
    """What a text asks its reader to run or to state; the value is the wording for a terminal.

    A text that can be shown in both places is passed in parts, one of them the Command.
    """

    INSTALL = _INSTALL
    ISSUE = Starter.ISSUE.quoted if _CLICKED else _BUILD
    ISSUE_AGAIN = f"{_BUILD} --force"
    MAKE_CONSOLE = f"{_BUILD} --console"
    INSTALL_CONSOLE = f"{_WITH_XLWINGS}{_BUILD} --console"
    INSTALL_CLUSTER = _ADD_DASK
    COLLECT = Starter.COLLECT.quoted if _CLICKED else _COLLECT
    ROLL_UP = f"{_COLLECT} --rollup"
    INSTALL_ROLL_UP = _ADD_DUCKDB
    INSTALL_PDF = _ADD_PDFPLUMBER
    INSTALL_MAIL = _ADD_IMAP
    STATE_OUT = f"在 {SETTINGS} 里写明“{SET_OUT}”" if _CLICKED else "用 --out 指明输出文件夹"
    STATE_RETURNS = "在命令后面写明文件夹"
    STATE_TO = "用 --to 写另一个名称"
    OUT = f"{SETTINGS} 里的“{SET_OUT}”" if _CLICKED else "--out"
    TO = "--to"
    FORCE = "--force"
    CONFIRM = "--confirm"
    DIFF = f"{_BUILD} --diff"
    PREVIOUS = "--previous"
    MATCHES = "--previous-matches"
    REISSUE = "--from"
    MERGE = "--merge"
    PASSWORDS = "--password-file"
    ACCEPT_SELF = "--accept-self"
    BY = "--by"
    REVIEWER = "--reviewer"
    EXPLAIN = "--explain"
    RESTORE = f"{_COLLECT} --restore-review"
    SEAL = f"{_COLLECT} --seal"
    CONSOLE = "--console"
    DOCTOR = "--doctor"
    CHECK = "--check"
    NEW_YEAR = "--new-year"
    CATALOGUE = "--catalogue"
    IMPORT = "--import"
    FROM_CATALOGUE = "--from-catalogue"
    ISSUE_CONTACTS = f"{_BUILD} --mail 联系人.xlsx"
    SMTP = "--smtp"
    AGAIN = "--again"
    JSON = "--json"
    ARCHIVE = f"{_COLLECT} --archive"
    VERIFY = f"{_COLLECT} --verify"
    BACKUP = f"{_COLLECT} --backup"
    RESTORE_BACKUP = f"{_COLLECT} --restore"
    BACKUP_PASSWORDS = "--backup-password-file"
    HAND_OVER = "--hand-over"
    COLLECT_OUT = f"{_COLLECT} --out"
    CONSOLE_OUT = f"{_BUILD} --console --out"


def worded(parts: Iterable[str], names: Mapping[Command, str]) -> str:
    """Join the parts of a text; a Command has the name given for it, or where there is none its wording for a terminal."""
    return "".join(names.get(part, part) if isinstance(part, Command) else part for part in parts)
