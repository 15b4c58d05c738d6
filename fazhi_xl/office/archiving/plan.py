"""What goes into a package: the newest sealed edition and those before it, its pages as PDF, and what makes its ranking anew."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fazhi_xl.errors import WrongUseError
from fazhi_xl.intake.returns_folder import decoded
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.archiving.inputs import Inputs, accounted, take_returns, take_round
from fazhi_xl.office.archiving.layout import CATALOGUE, METADATA, ORDER, README, SEALED, TABLE, Part
from fazhi_xl.office.archiving.metadata import About, edition_of, metadata_bytes, stated_by
from fazhi_xl.office.archiving.order import Again
from fazhi_xl.office.archiving.prints import Prints, printed_of
from fazhi_xl.office.archiving.readme import Story, readme_bytes
from fazhi_xl.office.archiving.table import Row, table_bytes
from fazhi_xl.office.outputs.results import RANKING_FILE
from fazhi_xl.office.review.decision_log import record_file
from fazhi_xl.office.review.kept_records import lines_of
from fazhi_xl.office.review.records import DECISIONS
from fazhi_xl.office.sealing.edition import TOLD, Sealed, name_of_copy
from fazhi_xl.office.sealing.editions import copies, files_below
from fazhi_xl.office.sealing.grounds import CATALOGUE as KEPT_CATALOGUE
from fazhi_xl.office.sealing.grounds import EARLIER, FOLDER
from fazhi_xl.office.workspace.folder import REPORT_FILE, Workspace, read_json, reading
from fazhi_xl.text.identity_numbers import without_identity_numbers

CONTACTS = "联系人.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that a package holds but for the PDFs and what tells of it; `rows` say what of it stands where when it is made anew.

    `returns` are the files of the returns, `late` those that came after the edition was sealed and are no part of it, `left` those that
    cannot be read.
    """

    sealed: Sealed
    again: Again
    parts: tuple[Part, ...]
    rows: tuple[Row, ...]
    returns: int
    late: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def sources(self) -> Mapping[str, Part]:
        """The parts by their paths."""
        return {each.path: each for each in self.parts}


def planned(space: Workspace, editions: tuple[Sealed, ...]) -> Plan:
    """Say what goes into the package of the newest edition. Raises WrongUseError where its returns are not where they were."""
    *before, sealed = editions
    place = _returns(space, sealed)
    inputs = Inputs()
    known = accounted(_reported(space, sealed))
    late = take_returns(
        inputs, place, lambda path: known(without_identity_numbers("/".join(map(decoded, path.split("/")))))
    )
    returns = len(inputs.parts)
    take_round(inputs, space)
    _take_books(inputs, space)
    kept = [part for each in editions for part in _edition_parts(space, each)]
    rows = [*inputs.rows, *_rows_of_grounds(sealed), *_rows_before(space, before)]
    return Plan(
        sealed=sealed,
        again=_again(sealed, place),
        parts=(*kept, *inputs.parts),
        rows=tuple(rows),
        returns=returns,
        late=late,
        left=tuple(inputs.left),
    )


def _reported(space: Workspace, sealed: Sealed) -> list[str]:
    """Name all files of the returns that the edition's report accounts for, those too that were not read. Raises WrongUseError."""
    report = read_json(space.sealed / sealed.folder / "结果" / REPORT_FILE)
    return [str(each["path"]) for each in report["files"]]


def _returns(space: Workspace, sealed: Sealed) -> Path:
    """Give the folder that the returns lay in when the edition was sealed."""
    sources = [Path(each) for each in sealed.about["sources"]]
    if len(sources) > 1 or any(each.is_file() for each in sources):
        raise WrongUseError(
            f"第{sealed.no}号定稿是从几个地方、或者单个文件收的表,归档要从一个文件夹收。"
            f"请把收回的文件都放进 {space.returns},重新收表、定稿,再归档。"
        )
    place = sources[0] if sources else space.returns
    if not place.is_dir():
        raise WrongUseError(f"没有找到定稿时收表的文件夹 {place}。请放回原处,再归档。")
    return place.absolute()


def _again(sealed: Sealed, place: Path) -> Again:
    program = sealed.about["program"]
    return Again(
        edition=f"{SEALED}/{sealed.folder}",
        generated=sealed.generated,
        returns=place.name,
        catalogue=f"{CATALOGUE}/{sealed.about['campaign']}",
        earlier=f"{EARLIER}/{REPORT_FILE}" if sealed.about["compared"] else "",
        version=str(program["version"]),
        program=str(program["digest"]),
    )


def _edition_parts(space: Workspace, sealed: Sealed) -> Iterator[Part]:
    folder = space.sealed / sealed.folder
    for path in sorted(files_below(folder)):
        inner = path.relative_to(folder).as_posix()
        yield Part.of_file(f"{SEALED}/{sealed.folder}/{inner}", path)


def _rows_of_grounds(sealed: Sealed) -> Iterator[Row]:
    """Say where the office's own files stand that the edition keeps."""
    for path in sealed.below(FOLDER):
        top, _, rest = path.partition("/")
        now = f"{CATALOGUE}/{sealed.about['campaign']}/{rest}" if top == KEPT_CATALOGUE else path
        yield Row(stored=f"{SEALED}/{sealed.folder}/{FOLDER}/{path}", path=now, moment=0, modified="")


def _rows_before(space: Workspace, before: list[Sealed]) -> Iterator[Row]:
    """Say where the editions before this one stand: the ranking tells how it differs from the last of them."""
    for each in before:
        stored = f"{SEALED}/{each.folder}"
        for path in sorted(files_below(space.sealed / each.folder)):
            inner = path.relative_to(space.sealed / each.folder).as_posix()
            yield Row(stored=f"{stored}/{inner}", path=f"{stored}/{inner}", moment=0, modified="")
        copy = copies(space).relative_to(space.root).as_posix()
        yield Row(stored=f"{stored}/{TOLD}", path=f"{copy}/{name_of_copy(each.folder)}", moment=0, modified="")


def _take_books(inputs: Inputs, space: Workspace) -> None:
    """Take the review books that decisions were taken from, as they were then."""
    for sha256 in _books(space):
        path = space.archive / f"{sha256}.xlsx"
        if path.is_file():
            inputs.take(path, f"{space.archive.name}/{path.name}")


def _books(space: Workspace) -> list[str]:
    with suppress(OSError, ValueError, KeyError, TypeError):
        lines = lines_of(record_file(space).read_bytes())
        return list(dict.fromkeys(sha256 for line in lines if (sha256 := str(json.loads(line)["sha256"]))))
    return []


# What tells of it -----------------------------------------------------------------------------------------------------


def packed(plan: Plan, notice: Notice, made: Prints, *, version: str, program: str) -> tuple[Part, ...]:
    """Give all parts of a package in their order: what tells of it first, then by their paths."""
    about = _about(plan, notice, made, version=version, program=program)
    story = Story(
        edition=plan.sealed.folder,
        assessment=notice.about.words.assessment,
        returns=plan.returns,
        units=len(plan.sealed.units),
        decisions=plan.sealed.record.count,
        contacts=f"{FOLDER}/{CONTACTS}" in plan.sealed.files,
        lacking=plan.left,
    )
    own = (
        *plan.parts,
        *(Part.of_bytes(path, data) for path, data in made.files.items()),
        Part.of_bytes(ORDER, plan.again.data),
        Part.of_bytes(TABLE, table_bytes(plan.rows)),
    )
    readme = Part.of_bytes(README, readme_bytes(about, story))
    rest = sorted(own, key=lambda each: each.path)
    metadata = Part.of_bytes(METADATA, metadata_bytes(about, (readme, *rest), plan.returns))
    return readme, metadata, *rest


def _about(plan: Plan, notice: Notice, made: Prints, *, version: str, program: str) -> About:
    sealed, about = plan.sealed, notice.about
    mains = (f"结果/{RANKING_FILE}", f"结果/{REPORT_FILE}", f"{FOLDER}/审核/{DECISIONS.path}")
    return About(
        title=stated_by(sealed)["题名"],
        issuer=about.issuer,
        office=about.office,
        number=about.number,
        year=int(sealed.about["year"]),
        generated=sealed.generated,
        edition=edition_of(sealed),
        version=version,
        program=program,
        digests={f"{SEALED}/{sealed.folder}/{path}": held for path in mains if (held := sealed.files.get(path))},
        prints=len(made.files),
        lacking=f"{made.why},缺{len(made.lacking)}份" if made.lacking else "",
        locked=plan.again.locked,
    )


def pages_of(space: Workspace, sealed: Sealed) -> dict[str, bytes]:
    """Give the pages of an edition that are printed, by their paths in it. Raises WrongUseError where one cannot be read."""
    folder = space.sealed / sealed.folder
    pages = {}
    for path in printed_of(sealed.files):
        with reading(folder / path):
            pages[path] = (folder / path).read_bytes()
    return pages


def package_file(space: Workspace, notice: Notice, sealed: Sealed) -> Path:
    """Name the package of an edition."""
    return space.packages / f"{notice.about.form_prefix}_{sealed.folder}.zip"
