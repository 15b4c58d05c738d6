"""A rehearsal plays a whole round on its own: every fault it plans is found, all of it is marked, and nothing real is touched."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from random import Random
from shutil import copytree
from typing import Any

import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.findings import Code, finding
from fazhi_xl.form.identity import Edition
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.commands import invented_answers
from fazhi_xl.office.commands.collect import CollectOrder, collect
from fazhi_xl.office.commands.rehearse import README, RehearsalError, Role, rehearse, roles_of
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.progress import Progress
from fazhi_xl.rounds.round import Round
from tests.clients.validator import Validator
from tests.looks.measure import faults_under
from tests.support.campaign import shapes
from tests.support.offices import FIRST, NOW, Office, few
from tests.support.packages import Package
from tests.support.progress import Silent

pytestmark = pytest.mark.long

MARK = "【演练数据】"
CAST = (
    "人大常委会机关", "政协机关", "检察院", "纪委监委", "组织部", "宣传部", "统战部", "政法委", "信访局", "总工会", "团委", "妇联", "科协",
    "残联", "红十字会", "区委办", "政府办", "法院",
)  # fmt: skip
Json = dict[str, Any]


def play(notice: Notice, root: Path, seed: int, cast: tuple[str, ...] = CAST) -> Round:
    return rehearse(few(notice, cast), Workspace(root), Silent(), jobs=1, seed=seed, now=NOW)


def report(root: Path) -> Json:
    held: Json = json.loads((root / "结果" / "report.json").read_text("utf-8"))
    return held


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory, notice: Notice) -> Path:
    """Play one round with 18 units, enough for every role."""
    root = tmp_path_factory.mktemp("rehearsal") / "演练"
    play(notice, root, 2020)
    return root


class TestFaults:
    def test_statuses(self, played: Path) -> None:
        """Of 18 units 2 send nothing, 1 half a file, 1 a blank form, 3 wrong answers, 1 the same twice, 2 a correction, 2 a zip."""
        counts = report(played)["counts"]
        good = counts["accepted"] + counts["accepted_with_notes"]
        assert (good, counts["needs_correction"], counts["superseded"], counts["duplicate"]) == (11, 4, 2, 1)
        assert (counts["rejected"], counts["returned"], counts["missing"]) == (1, 14, 4)

    def test_findings(self, played: Path) -> None:
        """Each planned fault is named: late, unfilled, damaged, superseded, twice, text for a number, a score over its points, a blank."""
        codes = Counter(each["code"] for file in report(played)["files"] for each in file["findings"])
        assert codes["received-late"] == 4
        assert (codes["form-unfilled"], codes["file-damaged"], codes["superseded-blank"], codes["duplicate-file"]) == (
            1,
            1,
            2,
            1,
        )
        assert (codes["number-vague"], codes["number-wrong"], codes["value-missing"]) == (3, 3, 3)

    def test_good_returns(self, played: Path) -> None:
        """What is filled in with care needs no correction."""
        wrong = [
            (file["path"], each["message"])
            for file in report(played)["files"]
            for each in file["findings"]
            if file["status"] in {"accepted", "accepted_with_notes"} and each["severity"] in {"fatal", "error"}
        ]
        assert wrong == []

    def test_ranks(self, played: Path) -> None:
        """Every unit that returned has a rank, and no other."""
        units = report(played)["units"]
        assert sorted(unit["rank"] for unit in units if unit["rank"]) != []
        assert all((unit["rank"] is None) == (unit["state"] == "missing") for unit in units)

    def test_looks(self, played: Path) -> None:
        """All that it writes is legible, on the screen and on paper."""
        assert faults_under(played) == []

    def test_received_days(self, played: Path) -> None:
        """Every file's own time is the day of its folder, so that a copy of the rehearsal reads the same."""
        for path in (played / "回收").rglob("*.*"):
            assert str(_day(path)) == path.parent.name

    @pytest.mark.exhaustive
    @pytest.mark.parametrize("seed", [1, 2])
    def test_other_seeds(self, notice: Notice, tmp_path: Path, seed: int) -> None:
        """Other seeds play other rounds, and each finds all of its own faults."""
        done = play(notice, tmp_path / "演练", seed)
        assert len(done.returned) == 14

    def test_fault_that_is_not_found(self, notice: Notice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where a file is judged otherwise than planned the rehearsal fails and names it."""
        monkeypatch.setattr(invented_answers, "wrong", lambda *_: {})
        with pytest.raises(RehearsalError, match=r"演练没有按预定走完:2020-11-.*_任务分解表_2020\.xlsx:accepted"):
            play(notice, tmp_path / "演练", 2020, CAST[:7])

    @pytest.mark.exhaustive
    def test_file_that_is_not_planned(self, notice: Notice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """So it does where a file turns up that nobody planned."""

        def collect_more(
            notice: Notice, space: Workspace, order: CollectOrder, progress: Progress, *, now: datetime
        ) -> Round:
            (space.returns / "外来.xlsx").write_bytes(b"x")
            return collect(notice, space, order, progress, now=now)

        monkeypatch.setattr("fazhi_xl.office.commands.rehearse.collect", collect_more)
        with pytest.raises(RehearsalError, match=r"演练没有按预定走完:外来\.xlsx"):
            play(notice, tmp_path / "演练", 2020, CAST[:2])


def _day(path: Path) -> object:
    return NOW.fromtimestamp(path.stat().st_mtime).astimezone().date()


@pytest.mark.exhaustive
def test_same_seed(notice: Notice, tmp_path: Path) -> None:
    """The same seed gives the same round: the reports differ only in time, fingerprints and check codes."""
    for folder in ("甲", "乙"):
        play(notice, tmp_path / folder, 2020, CAST[:7])
    assert _plain(report(tmp_path / "甲")) == _plain(report(tmp_path / "乙"))


def _plain(held: Json) -> Json:
    files = [{key: value for key, value in file.items() if key != "sha256"} for file in held["files"]]
    return {**held, "generated": None, "files": files}


class TestMarks:
    def test_issued_workbooks(self, played: Path) -> None:
        """The title of every sheet of every workbook begins with the mark, and every form number says YL."""
        for path in (played / "发放").iterdir():
            package = Package(path)
            assert all((part.cells[_title(name)].text or "").startswith(MARK) for name, part in package.sheets.items())
            assert all("-YL1-" in part.text("oddFooter") for part in package.sheets.values())

    def test_returned_workbooks(self, played: Path) -> None:
        """So do the titles of what was filled in."""
        for path in (played / "回收").rglob("*.xlsx"):
            if path.stat().st_size > 20_000:  # less is the damaged one
                sheets = Package(path).sheets.items()
                assert all((part.cells[_title(name)].text or "").startswith(MARK) for name, part in sheets)

    def test_ranking_workbook(self, played: Path) -> None:
        """So do the titles and footers of the ranking workbook; the title of a sheet that is a mere table is its header in print."""
        for part in Package(played / "结果" / "排名汇总.xlsx").sheets.values():
            assert MARK in (part.cells["A1"].text or "") + part.text("oddHeader")
            assert MARK in part.text("oddFooter")

    def test_report(self, played: Path) -> None:
        """The report names the campaign with the mark."""
        assert report(played)["campaign"] == f"zhonglou-2020{MARK}"

    def test_text_file(self, played: Path) -> None:
        """A text file in the folder says what all this is."""
        assert "演练数据" in (played / README).read_text("utf-8")

    def test_record(self, played: Path) -> None:
        """The record's edition says that it is a rehearsal's."""
        assert Edition.parse(json.loads((played / "campaign.json").read_text("utf-8"))["version"]).rehearsal

    def test_invented_texts(self, notice: Notice) -> None:
        """Every invented text says so itself."""
        for shape in shapes().values():
            answers = invented_answers.answers(notice, shape, Random(1))
            texts = [
                value for key, value in answers.items() if isinstance(value, str) and shape.fields[key].kind == "text"
            ]
            assert texts
            assert all("演练" in text or text.startswith("第") for text in texts), texts


def _title(sheet: str) -> str:
    return "A1" if sheet in {"填报说明", "法治环境指数"} else "A2"


class TestApart:
    def test_real_form_in_a_rehearsal(self, played: Path, office: Office, notice: Notice, tmp_path: Path) -> None:
        """A real form is foreign to a rehearsal."""
        play_ground = Office(few(notice, CAST), Path(copytree(played, tmp_path / "演练")))
        play_ground.receive("2020-11-18/真.xlsx", office.filled(FIRST))
        play_ground.collect()
        assert play_ground.codes("2020-11-18/真.xlsx") == ["form-foreign"]

    def test_rehearsal_form_in_a_real_round(self, played: Path, office: Office) -> None:
        """A rehearsal's form is foreign to a real round, even with the same key."""
        office.space.key_file.write_bytes((played / "campaign.key").read_bytes())
        form = next((played / "发放").glob("02_*.xlsx"))
        office.receive("演练.xlsx", form.read_bytes())
        office.collect()
        assert office.codes("演练.xlsx") == ["form-foreign"]
        assert finding(Code.FORM_FOREIGN, value="x").severity == "fatal"

    def test_again(self, played: Path, notice: Notice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """An earlier rehearsal's folder is cleared first."""
        root = Path(copytree(played, tmp_path / "演练"))
        (root / "回收" / "旧.xlsx").write_bytes(b"x")
        monkeypatch.setattr("fazhi_xl.office.commands.rehearse._play", lambda *_, **__: [])
        play(notice, root, 2020, CAST[:2])
        assert list((root / "回收").iterdir()) == []

    @pytest.mark.parametrize("made", [{"我的文件.txt": "x"}, {"campaign.json": "{}"}, {"回收/表.xlsx": "x"}])
    def test_foreign_folder(self, notice: Notice, tmp_path: Path, made: Mapping[str, str]) -> None:
        """A folder that no rehearsal made is not touched."""
        root = tmp_path / "演练"
        for name, text in made.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        with pytest.raises(WrongUseError if "campaign.json" in made else RehearsalError):
            play(notice, root, 2020)
        assert {path.relative_to(root).as_posix() for path in root.rglob("*.*")} == set(made)

    def test_real_round(self, office: Office, notice: Notice) -> None:
        """A real round's folder is not touched, even with a rehearsal's text file in it."""
        (office.root / README).write_text("x")
        with pytest.raises(RehearsalError, match=r"里有不是演练留下的文件,没有改动。请换一个输出位置\(--out\)"):
            play(notice, office.root, 2020)
        assert office.path(FIRST).exists()

    def test_file_in_the_way(self, notice: Notice, tmp_path: Path) -> None:
        """A file where the folder has to be is named."""
        (tmp_path / "演练").write_text("")
        with pytest.raises(WrongUseError, match="已经是一个文件"):
            play(notice, tmp_path / "演练", 2020)

    def test_empty_folder(self, notice: Notice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """An empty folder may be used."""
        (tmp_path / "演练").mkdir()
        monkeypatch.setattr("fazhi_xl.office.commands.rehearse._play", lambda *_, **__: [])
        play(notice, tmp_path / "演练", 2020, CAST[:2])
        assert (tmp_path / "演练" / README).exists()


def test_validator(played: Path, validator: Validator) -> None:
    """What a rehearsal files as returned, and its ranking workbook, are clean; xlsx/writer/test_validator.py has more of both."""
    filled = [path for path in sorted((played / "回收").rglob("*.xlsx")) if path.stat().st_size > 20_000]
    assert list(map(str, validator.faults([filled[0], played / "结果" / "排名汇总.xlsx"]))) == []


class TestOtherCatalogues:
    @pytest.mark.parametrize(
        ("units", "roles"),
        [
            (0, []),
            (1, []),
            (2, [Role.LATE]),
            (5, [Role.LATE, Role.WRONG]),
            (
                17,
                [Role.LATE, Role.WRONG, Role.BLANK, Role.TWICE, Role.CORRECTED, Role.DAMAGED, Role.ZIPPED, Role.SILENT],
            ),
        ],
    )
    def test_few_units(self, units: int, roles: list[Role]) -> None:
        """Of few units every other one does as it should, and the others each something else."""
        assert roles_of(units) == roles

    @pytest.mark.parametrize("units", [18, 45, 200])
    def test_many_units(self, units: int) -> None:
        """Of many units the same number plays each role."""
        assert Counter(roles_of(units))[Role.LATE] == 4
        assert len(roles_of(units)) == 16
