"""Reads one district: its report.json, checked, to a part of the detail and a summary; or why it cannot be read, and what to do."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from fazhi_xl.errors import FazhiError
from fazhi_xl.limits import MB
from fazhi_xl.notice.comparable import scoring_of_record
from fazhi_xl.notice.model import Scoring
from fazhi_xl.office.outputs.results import RANKING_FILE
from fazhi_xl.office.workspace.folder import REPORT_FILE, Workspace
from fazhi_xl.rollup import places
from fazhi_xl.rollup.agree import disagreement
from fazhi_xl.rollup.district import District, Why
from fazhi_xl.rollup.faults import fault_text, held_in, without_mark
from fazhi_xl.rollup.parts import Part
from fazhi_xl.rollup.places import results_of
from fazhi_xl.rollup.records import Report
from fazhi_xl.text.dates import chinese_moment
from fazhi_xl.text.system_errors import system_error
from fazhi_xl.xlsx.reader.printed_foot import printed_foot

_AHEAD = timedelta(days=1)  # by which another machine's clock may be ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A district's folder, the folder of the parts, the program's digest, and the time of the roll-up."""

    folder: Path
    parts: Path
    program: str
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a folder came to: a district with its part, or why there is none, and what is wrong in `detail`.

    `read` says that the report was read anew, `mended` that a damaged part was made again, and `unlike` that the ranking workbook beside
    the report was not written with it.
    """

    folder: Path
    district: District | None = None
    part: Part | None = None
    digest: str = ""
    why: Why | None = None
    detail: str = ""
    read: bool = False
    mended: bool = False
    unlike: bool = False


class RefusedError(Exception):
    """The report cannot be used; carries why, and what is wrong."""

    def __init__(self, why: Why, detail: str) -> None:
        self.why, self.detail = why, detail
        super().__init__(why, detail)


def read_district(task: Task) -> Outcome:
    """Read a district. Whatever its folder holds, the others are read; raises WrongUseError only where the part cannot be written."""
    try:
        return _read(task)
    except RefusedError as refused:
        return Outcome(folder=task.folder, why=refused.why, detail=refused.detail)
    except FazhiError:
        raise
    except Exception as error:  # noqa: BLE001 - a hostile file may make a parser raise anything
        return lost_district(task, error)


def lost_district(task: Task, error: Exception) -> Outcome:
    """Give what is left of a district where reading it broke off."""
    return Outcome(folder=task.folder, why=Why.UNREADABLE, detail=f"读到一半中断了({_broke_off(error)})")


def _broke_off(error: Exception) -> str:
    return system_error(error) if isinstance(error, OSError) and error.errno else "可能是文件损坏,或内存不够"


def _read(task: Task) -> Outcome:
    data = _bytes(Workspace(task.folder))
    digest = hashlib.sha256(data).hexdigest()
    part = Part.of(task.parts, digest, task.program)
    there, kept = part.path.exists(), part.district()
    district = kept or part.write(_report(data))
    _check_time(district, task.now)
    made = kept is None
    return Outcome(
        folder=task.folder,
        district=district,
        part=part,
        digest=digest,
        read=made,
        mended=there and made,
        unlike=_unlike(task.folder, district),
    )


def _check_time(district: District, now: datetime) -> None:
    """Refuse a report from the future, kept or read anew. Raises RefusedError."""
    if district.generated.timestamp() > (now + _AHEAD).timestamp():
        said = f"生成时间是{chinese_moment(district.generated)},比现在({chinese_moment(now)})晚一天以上(可能是电脑的时钟不对)"
        raise RefusedError(Why.DISAGREEING, said)


def _unlike(folder: Path, district: District) -> bool:
    """Say whether the ranking workbook in a folder says of another time than the report that it was made; one may be missing."""
    foot = printed_foot(results_of(folder) / RANKING_FILE)
    return foot is not None and f"{district.generated:%Y-%m-%d %H:%M}" not in foot


def _bytes(space: Workspace) -> bytes:
    """Give the report's bytes. Raises RefusedError."""
    path = results_of(space.root) / REPORT_FILE
    try:
        if (size := path.stat().st_size) > places.MOST:
            raise RefusedError(Why.UNREADABLE, f"有 {size // MB} MB,最多读 {places.MOST // MB} MB")
        return path.read_bytes()
    except FileNotFoundError as error:
        if not space.root.is_dir():
            raise RefusedError(Why.MISSING, "为它发放过,没有找到它的文件夹") from error
        raise RefusedError(Why.NOT_COLLECTED, "发放过表,还没有收表结果(没有 结果/report.json)") from error
    except OSError as error:
        raise RefusedError(Why.UNREADABLE, system_error(error)) from error


def _report(data: bytes) -> Report:
    """Check a report. Raises RefusedError."""
    try:
        report = Report.model_validate_json(without_mark(data))
    except ValidationError as error:
        raise _refusal(without_mark(data), error) from error
    if wrong := disagreement(report, _scoring(report)):
        raise RefusedError(Why.DISAGREEING, wrong)
    return report


def _scoring(report: Report) -> Scoring:
    """Give how the report says that units are scored. Raises RefusedError."""
    try:
        return scoring_of_record(report.notice.scoring)
    except (ValueError, TypeError, ArithmeticError) as error:
        raise RefusedError(Why.UNREADABLE, "目录的计分规则不全,或写法不对") from error


def _refusal(data: bytes, error: ValidationError) -> RefusedError:
    """Say whether a report that is not right is an earlier version's, cut off, or wrong in some place."""
    held, unreadable = held_in(data)
    if unreadable:
        return RefusedError(Why.UNREADABLE, unreadable)
    if isinstance(held, dict) and "notice" not in held and {"campaign", "generated", "units"} <= held.keys():
        return RefusedError(Why.EARLIER_VERSION, "没有写明目录和应得分")
    first = error.errors(include_url=False)[0]
    return RefusedError(Why.UNREADABLE, fault_text(first, held) if first["loc"] else "内容不是收表写出的结果")
