"""What collecting leaves behind: a report, a ranking workbook, the originals; and the returns as they were."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from urllib.parse import unquote

import openpyxl
import pytest

from fazhi_xl.errors import WrongUseError
from fazhi_xl.form.expression import Value
from fazhi_xl.office.workspace.lock import LOCK
from fazhi_xl.office.workspace.store import STORE
from tests.support.offices import FEW, FIRST, FOURTH, NOW, SECOND, THIRD, Office, dated
from tests.support.once import Once, Staged
from tests.support.packages import Package
from tests.support.rounds import RANKING_SHEETS

pytestmark = pytest.mark.long

FUNCTIONS = {
    "ABS", "AND", "AVERAGE", "CHOOSE", "COUNT", "COUNTIF", "COUNTIFS", "IF", "ISNUMBER", "MATCH", "MAX", "MEDIAN", "MIN", "N", "OR",
    "RANK", "ROUND", "SUM", "SUMIFS", "SUMPRODUCT", "TEXT",
}  # fmt: skip
EXTERNAL = re.compile(r'Target="([^"]*)"[^>]*TargetMode="External"')
ODD = ("=1+1", "+1", "-1", "@SUM(A1)", "http://a.cn/b", "https://a.cn", "mailto:a@b.cn", '=HYPERLINK("http://a.cn")')


def state(folder: Path) -> Mapping[str, tuple[str, int, int]]:
    """Give each file's SHA-256, time and rights."""
    return {
        path.relative_to(folder).as_posix(): (
            sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
            path.stat().st_mode,
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def mixed(office: Office) -> Office:
    """Give an office that received a good return, a blank one, a damaged one and litter."""
    receive_mixed(office)
    return office


def receive_mixed(office: Office) -> None:
    office.receive("2020-11-18/好.xlsx", office.filled(FIRST))
    office.receive("2020-11-18/空.xlsx", office.issued(SECOND))
    office.receive("2020-11-19/坏.xlsx", office.filled(THIRD)[:9000])
    office.receive("2020-11-19/~$好.xlsx", b"x")


@pytest.fixture
def gathered(staged: Staged) -> Office:
    """Give an office that has collected them."""
    return staged("mixed collected", _collect_mixed)


def _collect_mixed(office: Office) -> None:
    receive_mixed(office)
    office.collect()


class TestOriginals:
    def test_unchanged(self, mixed: Office) -> None:
        """The files in 回收 keep their bytes, times and rights, and nothing is added there."""
        before = state(mixed.space.returns)
        mixed.collect()
        assert state(mixed.space.returns) == before

    def test_archive(self, gathered: Office) -> None:
        """The archive holds the bytes of every file that was read as a unit's form, under their SHA-256, and no others."""
        accepted = [gathered.filled(FIRST), gathered.issued(SECOND)]
        kept = {path.name: path.read_bytes() for path in gathered.space.archive.glob("*.*")}
        assert kept == {f"{sha256(data).hexdigest()}.xlsx": data for data in accepted}

    def test_odd_endings(self, office: Office) -> None:
        """A file of any name is kept; its ending only where a program would know it."""
        endings = {
            "表.XLSX": ".xlsx",
            "表": "",
            "表.xlsx.请查收": "",
            "表.第二次报送的任务分解表请以这一份为准谢谢" * 2: "",
            "表.a b": "",
        }
        came = {name: office.filled(FIRST, office.good(FIRST, seed)) for seed, name in enumerate(endings)}
        for name, data in came.items():
            office.receive(name, data)
        office.collect()
        kept = {path.name: path.read_bytes() for path in office.space.archive.iterdir() if path.is_file()}
        assert {
            f"{sha256(data).hexdigest()}{endings[name]}": data for name, data in came.items()
        }.items() <= kept.items()

    def test_issued_workbooks(self, mixed: Office) -> None:
        """What was issued, its record and its key stay as they were."""
        before = [state(mixed.space.issued), mixed.space.campaign_file.read_bytes(), mixed.space.key_file.read_bytes()]
        mixed.collect()
        after = [state(mixed.space.issued), mixed.space.campaign_file.read_bytes(), mixed.space.key_file.read_bytes()]
        assert after == before


def everything(folder: Path) -> dict[Path, tuple[bytes, int]]:
    """Give every file with its bytes and its time, but for what is kept to spare work, and who uses the folder."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in {STORE, LOCK})
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


class TestAgain:
    def test_nothing_new(self, mixed: Office) -> None:
        """Run again at another time with nothing new, no file changes, nor its time: the round is that of the first run."""
        first = mixed.collect(now=NOW)
        before = everything(mixed.root)
        again = mixed.collect(now=NOW.replace(day=25))
        assert everything(mixed.root) == before
        assert (again.generated, again) == (first.generated, again)

    def test_something_new(self, gathered: Office) -> None:
        """With one file more the results bear the time of the run."""
        gathered.receive("2020-11-18/新.pdf", b"%PDF-1.4")
        gathered.collect(now=NOW.replace(day=25))
        assert gathered.report["generated"].startswith("2020-11-25T")
        assert "2020-11-25" in gathered.ranking.sheets["排名总表"].text("oddFooter")

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b'{"generated": 3}',
            *(
                pytest.param(each, marks=pytest.mark.exhaustive)
                for each in (b"{", b"[]", b'{"generated": "x"}', b"\xff")
            ),
        ],
    )
    def test_damaged_report(self, gathered: Office, content: bytes) -> None:
        """A damaged report of the run before is replaced."""
        (gathered.space.results / "report.json").write_bytes(content)
        gathered.collect(now=NOW.replace(day=25))
        assert gathered.report["generated"].startswith("2020-11-25T")

    def test_lost_ranking(self, gathered: Office) -> None:
        """A ranking workbook that is gone is written again."""
        (gathered.space.results / "排名汇总.xlsx").unlink()
        gathered.collect(now=NOW.replace(day=25))
        assert "2020-11-25" in gathered.ranking.sheets["排名总表"].text("oddFooter")

    def test_archive_is_not_written_again(self, gathered: Office) -> None:
        """What is in the archive stays untouched."""
        before = state(gathered.space.archive)
        gathered.collect()
        assert state(gathered.space.archive) == before

    def test_two_processes(self, gathered: Office) -> None:
        """Two processes read what one reads, and draw what one draws."""
        first = {path: content for path, (content, _) in everything(gathered.root).items()}
        (gathered.root / STORE).unlink()
        for folder in (gathered.space.results, gathered.space.review):
            rmtree(folder)
        gathered.collect(jobs=2)
        assert {path: content for path, (content, _) in everything(gathered.root).items()} == first

    def test_results_do_not_come_back(self, gathered: Office) -> None:
        """What collecting wrote is no return: collected with the whole workspace it is nobody's."""
        gathered.collect(gathered.space.results)
        assert {file["path"]: file["unit"] for file in gathered.report["files"]} == {
            "report.json": None,
            "台账清单.xlsx": None,
            "排名汇总.xlsx": None,
            "反馈单/02_人大常委会机关_反馈单.xlsx": None,
            "反馈单/清单.json": None,
            "回执/02_人大常委会机关_回执.xlsx": None,
            "回执/清单.json": None,
            "通报/清单.json": None,
            "通报/通报版.xlsx": None,
            "通报/通报稿.docx": None,
            "退回/04_政协机关_退回修改.txt": None,
            "退回/04_政协机关_退回修改.xlsx": None,
            "退回/清单.json": None,
        }
        assert gathered.codes("退回/04_政协机关_退回修改.xlsx") == ["form-sent-back"]


class TestFailure:
    @pytest.mark.parametrize("name", ["排名汇总.xlsx", "report.json"])
    def test_old_file_stays_whole(self, gathered: Office, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        """Where a result cannot be written, the old one is whole, the others are new, no half file is left, and two lines say so."""
        before = {path.name: path.read_bytes() for path in gathered.space.results.iterdir() if path.is_file()}
        gathered.receive("2020-11-18/政协机关.pdf", b"%PDF-1.4")
        real = Path.replace

        def replace(self: Path, target: Path) -> Path:
            if target.name == name:
                raise OSError(28, "No space left on device")
            return real(self, target)

        monkeypatch.setattr(Path, "replace", replace)
        said = rf"^不能写入 .*{name}:磁盘满了.*\n原件已存档,其余结果已经写好。处理后重新运行即可。$"
        with pytest.raises(WrongUseError, match=said):
            gathered.collect(now=NOW.replace(hour=10))
        after = {path.name: path.read_bytes() for path in gathered.space.results.iterdir() if path.is_file()}
        assert {each for each in before if before[each] == after[each]} == {name, "台账清单.xlsx"}
        assert after.keys() == {"台账清单.xlsx", "排名汇总.xlsx", "report.json"}

    def test_nothing_before(self, mixed: Office, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where nothing can be written nothing is left behind."""

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "replace", full)
        with pytest.raises(WrongUseError, match="磁盘满了"):
            mixed.collect()
        assert [path for path in mixed.root.rglob("*") if path.suffix == ".tmp"] == []


class TestReport:
    def test_counts(self, gathered: Office) -> None:
        """The report counts units by state and files by status."""
        assert gathered.report["counts"] == {
            "units": 4, "missing": 3, "returned": 1, "reviewed": 0, "files": 4, "accepted": 1, "accepted_with_notes": 0,
            "needs_correction": 1, "superseded": 0, "duplicate": 0, "rejected": 1, "ignored": 1, "vetoed": 0,
        }  # fmt: skip

    def test_every_file(self, gathered: Office) -> None:
        """Every file in 回收 is in the report, by its path there."""
        assert set(gathered.statuses()) == set(state(gathered.space.returns))

    def test_attention(self, mixed: Office) -> None:
        """A return to be corrected or rejected needs attention; litter does not."""
        assert mixed.collect().needs_attention
        litter = mixed.space.returns / "2020-11-19" / "~$好.xlsx"
        assert not mixed.collect(litter).needs_attention

    def test_catalogue_changed(self, office: Office) -> None:
        """Where the catalogue's inputs changed after the issue, nothing is collected by forms that nobody was sent."""
        record = office.record
        record["shapes"][record["units"][0]["shape"]]["inputs"][0]["label"] = "别的"
        office.space.write_json(office.space.campaign_file, record)
        with pytest.raises(WrongUseError, match=r"工作目录在发放之后改动过填报项.*--force"):
            office.collect()
        assert not (office.space.results / "report.json").exists()


@pytest.fixture(scope="module")
def ranked(issued: Office, once: Once) -> Office:
    """Give an office that received three units' returns, one with texts that look like formulas and links."""
    return Office(issued.notice, once("ranked", lambda root: _rank(issued.copied(root))))


def _rank(office: Office) -> None:
    for no, unit in enumerate((FIRST, SECOND, FOURTH), 1):
        office.receive(f"{unit}.xlsx", office.filled(unit, _odd(office, unit, no)))
    dated(office.receive(f"=1+1/{ODD[0]}.xlsx", b"x"), NOW.date())
    office.collect()


def _odd(office: Office, unit: str, no: int) -> dict[str, Value]:
    """Spoil every number of a form with a text that looks like a formula or a link."""
    answers = office.good(unit, no)
    fields = office.forms[unit].shape.fields
    if unit != FIRST:
        return answers
    wrong = [
        key for key, value in answers.items() if fields[key].kind in {"whole", "choice"} and not isinstance(value, bool)
    ]
    return answers | dict(zip(wrong, ODD * 9, strict=False))


class TestRanking:
    def test_sheets(self, ranked: Office) -> None:
        """The ranking workbook has its sheets in one order; what is undecided has two before the findings."""
        at = RANKING_SHEETS.index("问题清单")
        assert list(ranked.ranking.sheets) == [*RANKING_SHEETS[:at], "审核情况", "未定清单", *RANKING_SHEETS[at:]]

    def test_no_formulas_and_links(self, ranked: Office) -> None:
        """What units typed and named stays text: no formula but the program's own, no link but to originals, feedback and the review."""
        formulas = {str(each.text) for part in ranked.ranking.sheets.values() for each in part.every("f")}
        functions = {name for formula in formulas for name in re.findall(r"([A-Z]+)\(", formula)}
        assert functions <= FUNCTIONS
        shown = {cell.text for cell in ranked.ranking.sheets["问题清单"].cells.values()}
        assert set(ODD) <= shown
        assert "=1+1/=1+1.xlsx" in shown
        kept = {f"../存档/{path.name}" for path in ranked.space.archive.glob("*.*") if path.suffix != ".txt"}
        feedback = {f"反馈单/{path.name}" for path in ranked.space.results.glob("反馈单/*.xlsx")}
        links = {
            target for data in ranked.ranking.parts.values() for target in EXTERNAL.findall(data.decode("latin-1"))
        }
        led = {unquote(each.encode("latin-1").decode()).partition("#")[0].replace("\\", "/") for each in links}
        assert feedback <= led <= kept | feedback | {"../审核/审核表.xlsx"}
        assert led & kept

    def test_readings(self, ranked: Office) -> None:
        """口径说明 lists every reading: the question, what was chosen, the reason."""
        texts = {cell.text for cell in ranked.ranking.sheets["口径说明"].cells.values()}
        for reading in ranked.notice.readings:
            assert {reading.question, reading.choice.text, reading.reason} <= texts, reading.key

    def test_missing_units(self, ranked: Office) -> None:
        """A unit that returned nothing stands in 排名 without rank and without scores, and in the list to be reminded."""
        book = openpyxl.load_workbook(ranked.space.results / "排名汇总.xlsx", data_only=True)
        rows = {row[2]: row for row in book["排名总表"].iter_rows(values_only=True) if row[2] in FEW}
        assert (rows[THIRD][0], rows[THIRD][4], rows[THIRD][13], rows[THIRD][15]) == ("—", "—", "—", "未报送")
        assert {row[0] for unit, row in rows.items() if unit != THIRD} == {1, 2, 3}
        assert any(f"催报名单:{THIRD}。" in str(cell.value) for row in book["报送情况"].iter_rows() for cell in row)

    def test_one_page(self, ranked: Office) -> None:
        """一页纸, the aspects and the matrices print on one page, the others one page wide; what is too wide for A4 on A3."""
        setups = {name: part.one("pageSetup") for name, part in ranked.ranking.sheets.items()}
        one_page = {name for name, setup in setups.items() if setup.get("fitToHeight", "1") == "1"}
        assert one_page == {"一页纸", "五方面得分率", "得分矩阵", "得分矩阵(续)"}
        upright = {name for name, setup in setups.items() if setup["orientation"] == "portrait"}
        assert upright == {"分组排名", "五方面得分率"}
        assert {name for name, setup in setups.items() if setup["paperSize"] != "9"} <= {"敏感性", "数据"}
        assert {setup.get("fitToWidth", "1") for setup in setups.values()} == {"1"}

    def test_row_heights(self, ranked: Office) -> None:
        """No row is higher than Excel allows."""
        assert max(max(part.heights.values()) for part in ranked.ranking.sheets.values()) <= 409

    def test_pre_ranking(self, ranked: Office) -> None:
        """Before the review every sheet with ranks says that it is a ranking by self-scores."""
        for name in ("一页纸", "排名总表"):
            texts = [cell.text or "" for cell in ranked.ranking.sheets[name].cells.values()]
            assert any(text.startswith("预排名(按自评") for text in texts)
        assert all("预排名(按自评" in part.text("oddFooter") for part in ranked.ranking.sheets.values())

    def test_no_rehearsal_mark(self, ranked: Office) -> None:
        """A real round bears no mark of a rehearsal."""
        assert [text for text in ranked.ranking.strings if "演练数据" in text] == []
        assert "演练" not in ranked.report["campaign"]


@pytest.mark.skipif(os.name == "nt", reason="names are no bytes there")
def test_names_from_another_system(office: Office) -> None:
    """A file whose name came in GBK bytes is reported and ranked like any other."""
    folder = os.fsencode(office.space.returns)
    with open(folder + b"/" + "表.xlsx".encode("gbk"), "wb") as file:  # noqa: PTH123 - a name that is no text
        file.write(office.filled(FIRST))
    office.collect()
    assert office.unit(FIRST)["file"] == "表.xlsx"


@pytest.mark.exhaustive
def test_hostile_texts(office: Office, fill_remarks: Callable[[str], bytes]) -> None:
    """A return with the longest text that is read still gives a ranking workbook that Excel can open."""
    office.receive("长.xlsx", fill_remarks("".join(chr(0x4E00 + 37 * no % 5000) for no in range(9000))))
    office.collect()
    package = Package(office.space.results / "排名汇总.xlsx")
    assert max(len(text) for text in package.strings) <= 32_767
    assert "text-too-long" in office.codes("长.xlsx")


@pytest.fixture
def fill_remarks(office: Office) -> Callable[[str], bytes]:
    """Give a way to fill every text input of a form with one text."""

    def fill(text: str) -> bytes:
        fields = office.forms[FIRST].shape.fields
        return office.filled(FIRST, {key: text for key, field in fields.items() if field.kind == "text"})

    return fill
