"""Draws the pictures of docs/pictures anew: `uv run docs/make_pictures.py` (needs LibreOffice, poppler and CJK fonts).

A rehearsal is played; of three units' filled-in forms, of the ranking workbook and of what is given out the first page of every
sheet is kept, and of the draft bulletin every page. Where LibreOffice has no Writer, the pictures of the draft stay as they are.
Of a catalogue's workbook, in which an office has tried some rules and made mistakes, the beginnings of a few sheets are kept, and of
the workbook of contacts and the record of letters, and of what goes back to a unit; `uv run docs/make_pictures.py 目录`, or `发信`, or
`退回`, draws these alone, in half a minute.
`回执` draws the receipts and the register with its extensions alone, of a rehearsal that is played for them; `复核` the request for a
review of a small round in which all is decided, as the unit fills it in and as the office sees it.
Formulas are calculated anew, as they are for who opens a file that was filled in.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import MappingProxyType

from openpyxl import load_workbook

from fazhi_xl.form.expression import Value
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.manifest import file_name
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.load import load
from fazhi_xl.office.commands.invented_answers import answers
from fazhi_xl.office.post.register import Entry, Event, recording
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.office.workspace.issued_round import issued_round
from fazhi_xl.rounds.replies import FRONT_SHEET
from fazhi_xl.setup.book.trial import NAME as TRIAL
from fazhi_xl.setup.workbooks import check_workbook
from fazhi_xl.xlsx.fill import fill

PROJECT = Path(__file__).resolve().parents[1]
PICTURES = PROJECT / "docs" / "pictures"
GALLERY = PROJECT / "docs" / "pictures.md"
UNITS = ("司法局", "法院", "团委")
TOLD = ("司法局", "科协")  # units whose feedback sheet is shown
DRAFT = "通报稿"
CATALOGUE, NEXT, YEAR, BOOK, CHANGES = "zhonglou-2020", "钟楼-2021", "2021", "目录", "差异"
MAIL, CONTACTS, POSTED = "发信", "联系人", "发信登记"
_WHOLE, _BEGINNING = ("-r", "75"), ("-r", "110", "-x", "40", "-y", "55", "-W", "1300", "-H", "620")
SHOWN = {
    "新年度": (*_WHOLE, "-W", "877", "-H", "430"),
    "通知": _BEGINNING,
    "说明": (*_WHOLE, "-W", "620", "-H", "430"),
    "得分点": _BEGINNING,
    "填报指标": _BEGINNING,
    "计分规则": _BEGINNING,
    "试算": _WHOLE,
    "检查": (*_WHOLE, "-W", "877", "-H", "180"),
}
TRIED: dict[str, str | int] = {  # in the trial, by the code of the row
    "1.1.会议": 2,
    "1.2.中心组学习": "是",
    "1.2.干部培训": "否",
    "1.3.审查制度": "是",
    "1.3.应备案": 4,
    "1.3.报备": 5,
    "1.3.及时报备": 4,
}
MISTAKES = {("得分点", "分值", 1): "一分", ("计分规则", "填报指标", 2): "中心组", ("得分点", "编号", 4): None}
"""What is written into the workbook before it is checked, by sheet, title and the number of the row."""
WRITTEN_TO = {
    "区委办": ("张晓明", "qwb@example.cn", "", "0519-12345601"),
    "人大常委会机关": ("李文", "rd@example.cn;rd-fz@example.cn", "", "0519-12345602"),
    "政府办": ("王芳", "zfb@example.cn", "fzk@example.cn", "0519-12345603"),
    "政协机关": ("赵敏", "zx-typo@example.cn", "", "0519-12345604"),
    "检察院": ("陈立", "", "", "0519-12345605"),
}
"""Whom a few units are written to, invented; one address does not exist, and one is not known."""
APPEAL, ASKING = "复核", ("人大常委会机关", "政协机关", "检察院", "信访局")
LOST = {"02/15.6": Fraction(1, 5), "04/15.6": Fraction(1, 2)}
"""What the office gives two units less than they claim, by the rows of the review book."""
REQUESTED = {
    "复核申请.15.6.申请复核": "申请",
    "复核申请.15.6.理由": "“法律八进”活动实际开展4次,第三、四次的签到表和照片当时没有归档,现已补齐,与工作台账一致。",
    "复核申请.15.6.新的材料": "两次活动的签到表、照片(共6页)",
}
RECEIPT, REGISTER, EXTENDED = "回执", "收到登记", "延期"
GRANTED = (
    ("科协", "2020.11.27", "张晓明", "机构改革,人员还没有到位"),
    ("团委", "2020-11-27", "张晓明", "办公楼搬迁,内网停用三天"),
    ("法元", "2020-11-27", "张晓明", "同上"),
    ("检察院", "2020-11-27", "", "系统升级"),
)
"""What the office grants, two rows of them with mistakes."""
MERGED, CODED, MAIN = "合并", "校验码", "任务分解表"
SAID_OTHERWISE = {"6.1.应出庭.填报": 21, "11.3.移送.填报": 34}
"""What the second half of a form says otherwise than the first."""
POST = {CONTACTS: (*_WHOLE, "-H", "420"), POSTED: (*_WHOLE, "-H", "445")}
SWITCHES = {"规则开关": (*_WHOLE, "-W", "877", "-H", "225")}
SWITCHED = """
[[switches]]
finding = "reason-for-more"
severity = "confirm"
since = 2020-11-15
reason = "多数单位的理由写在台账里,逐条退回没有必要。"
by = "领导小组办公室"

[[switches]]
finding = "swing"
severity = "off"
since = 2020-11-01
reason = "上期的统计口径不同,数不可比。"
by = "领导小组办公室"

[[switches]]
finding = "pictures-pasted"
severity = "error"
since = 2020-11-01
reason = "图片里的数据读不出来,单位要另填一遍。"
by = "领导小组办公室"
"""
"""What the office has made of a few rules, invented."""
BACK, FRONT, REPLIES = "退回", "需修改事项", "核实答复"
ODD = {
    "台账.001.日期": date(2019, 5, 1),
    "台账.002.日期": date(2019, 11, 8),
    "10.2.团队.填报": "约20个",
    "台账.003.日期": date(2018, 3, 2),
}
"""What is odd or wrong in a return, invented, by the codes of the inputs."""
SENT_BACK = {FRONT: (*_WHOLE, "-W", "877", "-H", "420"), REPLIES: (*_WHOLE, "-H", "300")}
DPI = "75"
_INTRODUCTION = (
    "Every sheet of three units' forms, of the ranking workbook and of what is given out, first pages, with a rehearsal's "
    "invented answers; and of a catalogue's workbook, which an office has filled in, of the contacts, of the record of letters "
    "and of what goes back."
)


_CALCULATED = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
_FONTS = {
    "宋体": "Noto Serif CJK SC",
    "仿宋": "Noto Serif CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
    "黑体": "Noto Sans CJK SC",
}


Drawn = dict[str, list[str]]
"""The pictures of each book, by its name."""


def main() -> int:
    PICTURES.mkdir(exist_ok=True)
    alone = sys.argv[1] if sys.argv[1:] in ([BOOK], [MAIL], [RECEIPT], [MERGED], [APPEAL], [BACK]) else ""
    own = {
        BOOK: (BOOK, CHANGES),
        MAIL: (CONTACTS, POSTED),
        RECEIPT: (f"{TOLD[0]}{RECEIPT}", REGISTER),
        MERGED: (MERGED, CODED),
        APPEAL: (APPEAL, f"{APPEAL}登记"),
        BACK: (BACK,),
    }
    for old in PICTURES.glob("*.png"):
        name = old.stem.partition("-")[0]
        if name in own[alone] if alone else name != DRAFT:
            old.unlink()
    with TemporaryDirectory() as folder:
        drawn = {} if alone else _of_a_round(Path(folder))
        for name, make in _MAKERS.items():
            if alone in {"", name}:
                drawn |= make(Path(folder))
    if not alone:
        GALLERY.write_text(_gallery(drawn), encoding="utf-8")
    return 0


def _catalogue_books(folder: Path) -> Drawn:
    """Draw the catalogue's workbook as an office has filled it in, its switches, and what it differs in from the year before."""
    book = _next_year(folder)
    changes = list(_draw(CHANGES, _changes(book), folder, {CHANGES: (*_WHOLE, "-H", "560")}))
    filled = [*_draw(BOOK, _filled_in(book), folder, SHOWN), *_draw(BOOK, _switched(folder), folder, SWITCHES)]
    return {CHANGES: changes, BOOK: filled}


def _forms_sent_back(folder: Path) -> Drawn:
    """Draw what goes back to a unit, and where the office answers for it."""
    return {BACK: [each for book in _sent_back(folder) for each in _draw(BACK, book, folder, SENT_BACK)]}


def _post(folder: Path) -> Drawn:
    """Draw the contacts and the record of letters."""
    return {name: list(_draw(name, path, folder, POST)) for name, path in _letters(folder).items()}


# Letters -------------------------------------------------------------------------------------------------------------


def _letters(folder: Path) -> dict[str, Path]:
    """Issue a few forms, fill in the contacts, write drafts, and let a server have answered to some; gives what to draw."""
    space = Workspace(folder / "发信")
    chosen = [option for unit in WRITTEN_TO for option in ("--unit", unit)]
    _build("--out", space.root, *chosen)
    letters = ("--out", space.root, "--mail", space.contacts_file)
    _build(*letters)
    book = load_workbook(space.contacts_file)
    for row in book["联系人"].iter_rows(min_row=4):
        for cell, entry in zip(row[2:6], WRITTEN_TO.get(str(row[1].value), ()), strict=False):
            cell.value = entry or None
    book.save(space.contacts_file)
    _build(*letters, status=1)  # one has no address
    with recording(space) as record:
        record.add(*(each for no, draft in enumerate(record.register.entries) for each in _answered(draft, no)))
    _build(*letters, "--unit", next(iter(WRITTEN_TO)))
    return {CONTACTS: space.contacts_file, POSTED: space.mail / f"{POSTED}.xlsx"}


def _answered(draft: Entry, no: int) -> Iterator[Entry]:
    """Tell that a letter like a draft was sent some minutes later, or that its address does not exist."""
    later = (datetime.fromisoformat(draft.at) + timedelta(minutes=30 + no)).isoformat(timespec="seconds")
    begun = replace(draft, at=later, id=f"<{no}@example.cn>", event=Event.BEGUN, path="")
    known = not any("typo" in address for address in draft.to)
    yield begun
    yield replace(
        begun, event=Event.SENT if known else Event.FAILED, answer="250 2.0.0 OK" if known else "550 5.1.1 User unknown"
    )


# What goes back -------------------------------------------------------------------------------------------------------


def _sent_back(folder: Path) -> Iterator[Path]:
    """Let a unit return a form that is odd in places, and give what goes back to it, and the book in which the office answers for it."""
    space, notice = Workspace(folder / BACK), load(PROJECT / "workbook_templates" / CATALOGUE)
    _build("--out", space.root, "--unit", UNITS[1])
    (form,) = (each for each in issued_round(notice, space).forms if each.unit == UNITS[1])
    kinds = {f"{key.rpartition('.')[0]}.类型": "其他材料" for key in ODD if key.startswith("台账")}
    values = {**answers(notice, form.shape, Random(1)), **ODD, **kinds}  # noqa: S311 - invented
    places = form.shape.places
    cells = ((places[key].sheet, places[key].cell, _plain(value)) for key, value in values.items() if key in places)
    space.make(space.returns / "2020-11-18")
    issued = space.issued / file_name(notice, UNITS[1])
    (space.returns / "2020-11-18" / issued.name).write_bytes(fill(issued.read_bytes(), list(cells)))
    subprocess.run(
        [sys.executable, str(PROJECT / "collect.py"), "--quiet", "--out", str(space.root)], check=False
    )  # something is to be corrected
    yield next(space.corrections.glob("*.xlsx"))
    yield space.review / "审核表.xlsx"


def _plain(value: object) -> str | float | date | None:
    return float(value) if isinstance(value, Fraction) else value  # type: ignore[return-value] # texts and days are left


def _of_a_round(folder: Path) -> dict[str, list[str]]:
    round_ = _rehearsal(folder)
    books = {unit: max(round_.glob(f"回收/*/[0-9][0-9]_{unit}_*.xlsx")) for unit in UNITS}
    books["排名汇总"] = round_ / "结果" / "排名汇总.xlsx"
    books |= {f"{unit}反馈单": max(round_.glob(f"结果/反馈单/[0-9][0-9]_{unit}_*.xlsx")) for unit in TOLD}
    books["通报版"] = round_ / "结果" / "通报" / "通报版.xlsx"
    drawn = {name: list(_draw(name, book, folder)) for name, book in books.items()}
    drawn[DRAFT] = _draw_pages(round_ / "结果" / "通报" / f"{DRAFT}.docx", folder)
    return drawn


def _receipts(folder: Path) -> dict[str, list[str]]:
    """Grant some units more time, collect once more, and draw a receipt and the register."""
    round_ = folder / "演练" if (folder / "演练").exists() else _rehearsal(folder)
    book = load_workbook(round_ / f"{REGISTER}.xlsx")
    for at, row in enumerate(GRANTED, 4):
        for column, value in enumerate(row, 1):
            book[EXTENDED].cell(at, column).value = value or None
    book.save(round_ / f"{REGISTER}.xlsx")
    command = [sys.executable, str(PROJECT / "collect.py"), "--quiet", "--out", str(round_)]
    subprocess.run(command, check=False)  # a rehearsal has faults, which end it with status 1
    receipt = max(round_.glob(f"结果/{RECEIPT}/[0-9][0-9]_{TOLD[0]}_*.xlsx"))
    whole = {EXTENDED: (*_WHOLE, "-H", "420")}
    return {
        f"{TOLD[0]}{RECEIPT}": list(_draw(f"{TOLD[0]}{RECEIPT}", receipt, folder)),
        REGISTER: list(_draw(REGISTER, round_ / f"{REGISTER}.xlsx", folder, whole)),
    }


def _together(folder: Path) -> dict[str, list[str]]:
    """Put a return together with one that says some of it otherwise; draw what has to be settled, and where the code stands on paper."""
    round_ = folder / "演练" if (folder / "演练").exists() else _rehearsal(folder)
    one, unit = max(round_.glob(f"回收/*/[0-9][0-9]_{UNITS[1]}_*.xlsx")), UNITS[1]
    record = Workspace(round_).campaign() or {}
    shape = next(each["shape"] for each in record["units"] if each["unit"] == unit)
    places = {f"{each['row']}.{each['column']}": each for each in record["shapes"][shape]["inputs"]}
    entries = [(places[key]["sheet"], places[key]["cell"], value) for key, value in SAID_OTHERWISE.items()]
    first, second = folder / "张三填的.xlsx", folder / "李四填的.xlsx"
    first.write_bytes(one.read_bytes())
    second.write_bytes(fill(one.read_bytes(), entries))
    _build("--out", round_, "--merge", first, second, status=1)
    pdf = _pdf(one, folder)
    pages = _run("pdftotext", "-layout", pdf, "-").split("\f")[:-1]
    last = max(no for no, page in enumerate(pages, 1) if _sheet_of(page, {}) == MAIN)
    _run("pdftoppm", "-r", DPI, "-png", "-singlefile", "-f", str(last), pdf, PICTURES / f"{CODED}-{MAIN}")
    front = {FRONT_SHEET: (*_WHOLE, "-H", "330")}
    merged = max((round_ / MERGED).glob("*.xlsx"))
    return {MERGED: list(_draw(MERGED, merged, folder, front)), CODED: [f"{CODED}-{MAIN}"]}


# A request for a review -----------------------------------------------------------------------------------------------


def _appeals(folder: Path) -> dict[str, list[str]]:
    """Let a few units return, decide all, let one ask for a review, and draw its sheet and the office's register."""
    space = Workspace(folder / APPEAL)
    _build("--out", space.root, *(option for unit in ASKING for option in ("--unit", unit)))
    notice = load(PROJECT / "workbook_templates" / CATALOGUE)
    edition = Edition.of_record(space.issued_campaign())
    for form in unit_forms(notice, assign(notice), edition=edition, key=space.key()):
        if form.unit in ASKING:
            made = answers(notice, form.shape, Random(form.unit))  # noqa: S311 - answers are invented, nothing is secret
            kept = {key: value for key, value in made.items() if not key.startswith(("加分.", "减分."))}
            _enter(next(space.issued.glob(f"*_{form.unit}_*")), kept, space.returns / f"{form.unit}.xlsx")
    _collect(space, "--accept-self", "全部", "--by", "王芳")
    book = space.review / "审核表.xlsx"
    day = datetime.now().astimezone().date()
    said: dict[str, Value] = {"原因": "佐证材料不足", "审核人": "张晓明", "审核日期": day}
    scores = {f"{row}.{key}": value for row, score in LOST.items() for key, value in {**said, "核定": score}.items()}
    _enter(book, scores, book)
    _collect(space)
    sheet = next(space.results.glob(f"反馈单/*_{ASKING[0]}_*.xlsx"))
    asked = space.returns / "复核.xlsx"
    _enter(sheet, REQUESTED, asked)
    _collect(space)
    cut = {"复核申请": (*_WHOLE, "-H", "420")}
    return {
        APPEAL: list(_draw(APPEAL, asked, folder, cut)),
        f"{APPEAL}登记": list(_draw(f"{APPEAL}登记", book, folder, {"复核申请": (*_WHOLE, "-H", "300")})),
    }


def _collect(space: Workspace, *arguments: str) -> None:
    command = [sys.executable, str(PROJECT / "collect.py"), "--quiet", "--out", str(space.root), *arguments]
    subprocess.run(command, check=False)


def _enter(path: Path, entries: Mapping[str, Value], target: Path) -> None:
    """Write into a workbook's coded cells, by field code, and save it elsewhere."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        columns = {cell.value: cell.column or 0 for cell in sheet[1]}
        for code, *_ in sheet.iter_rows(min_row=2, max_col=1):
            for column, at in columns.items():
                value = entries.get(f"{code.value}.{column}")
                if value is not None and code.row:
                    sheet.cell(code.row, at).value = float(value) if isinstance(value, Fraction) else value
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)


def _next_year(folder: Path) -> Path:
    """Move a catalogue to the next year, as a workbook."""
    path = folder / f"{BOOK}_{NEXT}.xlsx"
    _build("--new-year", CATALOGUE, path, YEAR)
    return path


def _changes(book: Path) -> Path:
    """Compare the catalogue with last year's."""
    _build("--diff", CATALOGUE, book, "--out", book.parent)
    return book.parent / f"{CHANGES}.xlsx"


def _build(*arguments: str | Path, status: int = 0) -> None:
    command = [sys.executable, PROJECT / "build_workbooks.py", *arguments, "--quiet"]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    if ended.returncode != status:
        raise SystemExit(ended.stderr)


def _filled_in(path: Path) -> Path:
    """Try some of a workbook's rules, make mistakes, and check it."""
    book = load_workbook(path)
    for code, _, fact in book[TRIAL].iter_rows(max_col=3):
        if code.value in TRIED:
            fact.value = TRIED[str(code.value)]
    for (sheet, title, number), content in MISTAKES.items():
        row, column = next((cell.row, cell.column) for cells in book[sheet] for cell in cells if cell.value == title)
        book[sheet].cell(row + number, column).value = content
    book.save(path)
    check_workbook(path)
    return path


def _switched(folder: Path) -> Path:
    """Write a catalogue with a few switches as a workbook."""
    copied = folder / "开关" / CATALOGUE
    shutil.copytree(PROJECT / "workbook_templates" / CATALOGUE, copied)
    (copied / "switches.toml").write_text(SWITCHED.lstrip(), encoding="utf-8")
    _build(copied, "--catalogue", "--to", folder / f"{BOOK}_开关.xlsx")
    return folder / f"{BOOK}_开关.xlsx"


def _rehearsal(folder: Path) -> Path:
    command = [sys.executable, str(PROJECT / "collect.py"), "--rehearse", "--quiet", "--out", str(folder)]
    subprocess.run(command, check=True)
    return folder / "演练"


_NUMBERED = re.compile(r"(\S+) 第 ?\d+ ?页")
_NUMBERING = re.compile(r"第 ?\d+ ?页,?|共 ?\d+ ?页")


def _draw(
    name: str, book: Path, folder: Path, only: Mapping[str, tuple[str, ...]] = MappingProxyType({})
) -> Iterator[str]:
    """Draw the first page of each sheet, or what is asked of those named; its footer ends with the sheet's name, and the page's number."""
    pdf = _pdf(book, folder)
    pages = _run("pdftotext", "-layout", pdf, "-").split("\f")[:-1]
    sheets = [_sheet_of(page, only) for page in pages]
    for number, sheet in enumerate(sheets, 1):
        if sheet not in sheets[: number - 1] and (not only or sheet in only):
            picture = re.sub(r"[()]", "", f"{name}-{sheet}")  # a link ends with a bracket
            _run(
                "pdftoppm",
                *only.get(sheet, ("-r", DPI)),
                "-png",
                "-singlefile",
                "-f",
                str(number),
                pdf,
                PICTURES / picture,
            )
            yield picture


def _sheet_of(page: str, only: Mapping[str, tuple[str, ...]]) -> str:
    """Name a page's sheet: by the word before its number where that is asked for, else by the last; columns may end below the footer."""
    numbered = _NUMBERED.findall(page)
    return numbered[-1] if numbered and numbered[-1] in only else _NUMBERING.sub(" ", page).split()[-1]


def _draw_pages(document: Path, folder: Path) -> list[str]:
    """Draw every page of a document; without Writer none comes out, and those that are there stay."""
    pdf = _pdf(document, folder)
    if pdf.exists():
        for old in PICTURES.glob(f"{DRAFT}-*.png"):
            old.unlink()
        _run("pdftoppm", "-r", DPI, "-png", pdf, PICTURES / DRAFT)
    return sorted(path.stem for path in PICTURES.glob(f"{DRAFT}-*.png"))


def _pdf(book: Path, folder: Path) -> Path:
    office = folder / "office"
    settings = office / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        settings.write_text(_CALCULATED, encoding="utf-8")
        (folder / "fonts.conf").write_text(_alike(), encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(folder / "fonts.conf")
    _run(
        "soffice",
        "--headless",
        f"-env:UserInstallation={office.as_uri()}",
        "--convert-to",
        "pdf",
        "--outdir",
        folder,
        book,
    )
    return folder / f"{book.stem}.pdf"


def _alike() -> str:
    """Give fonts of the same kind for those of Windows, where the machine has none of these names."""
    alias = "<alias binding='same'><family>{}</family><prefer><family>{}</family></prefer></alias>"
    lines = "\n".join(alias.format(name, like) for name, like in _FONTS.items())
    return f"<fontconfig><include ignore_missing='yes'>/etc/fonts/fonts.conf</include>\n{lines}\n</fontconfig>"


def _run(program: str | Path, *arguments: str | Path) -> str:
    found = shutil.which(program)
    if found is None:
        raise SystemExit(f"{program} is not installed")
    return subprocess.run([found, *arguments], check=True, capture_output=True, text=True).stdout


def _gallery(drawn: dict[str, list[str]]) -> str:
    parts = [f"# Pictures\n\n{_INTRODUCTION}\n"]
    for name, pictures in drawn.items():
        parts.append(f"\n## {name}\n")
        parts += [f"\n{_sheet(each)}\n\n![{each}](pictures/{each}.png)\n" for each in pictures]
    return "".join(parts)


def _sheet(picture: str) -> str:
    return re.sub(r"^[^-]*-", "", picture)


_MAKERS: Mapping[str, Callable[[Path], Drawn]] = {
    RECEIPT: _receipts,
    MERGED: _together,
    APPEAL: _appeals,
    BOOK: _catalogue_books,
    BACK: _forms_sent_back,
    MAIL: _post,
}
"""What draws each part that may be drawn alone."""


if __name__ == "__main__":
    sys.exit(main())
