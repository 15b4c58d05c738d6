"""A sealed round archived, verified by nothing but its package, and told of where something in it is otherwise."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from fazhi_xl.office.archiving.layout import METADATA, ORDER, README, TABLE
from fazhi_xl.office.archiving.table import read_table
from fazhi_xl.office.archiving.trouble import Wrong
from fazhi_xl.reports.packing_list import MANIFEST
from fazhi_xl.xlsx.fill import fill
from tests.support.archived import EDITION, MOMENT, ODD, verified
from tests.support.archives import flipped, zipped

pytestmark = pytest.mark.long

READ = (".xlsx", ".docx", ".json", ".jsonl", ".xml", ".txt", ".toml")
APART = ("重现/回收/", "重现/存档/")
SEALED, RECORD, RANKING = (
    f"定稿/{EDITION}",
    f"定稿/{EDITION}/依据/审核/决定.jsonl",
    f"定稿/{EDITION}/结果/排名汇总.xlsx",
)


def wrong(place: Path, *, again: bool = False) -> set[tuple[Wrong, str]]:
    """Give what is wrong with a package, and where."""
    return {(each.wrong, each.path) for each in verified(place, again=again).troubles}


def written_anew(folder: Path, *paths: str) -> None:
    """Let the manifests say what stands there now, as somebody would who wants that nobody notices."""
    for manifest in (folder / SEALED / MANIFEST, folder / MANIFEST):
        for path in (*paths, f"{SEALED}/{MANIFEST}"):
            file = folder / path
            inner = path.removeprefix(f"{SEALED}/") if manifest.parent != folder else path
            lines = manifest.read_text("utf-8").splitlines()
            new = [
                f"{sha256(file.read_bytes()).hexdigest()}  {inner}" if line[66:] == inner else line for line in lines
            ]
            manifest.write_text("".join(f"{line}\n" for line in new), "utf-8")


def test_a_package_that_is_whole(package: Path) -> None:
    """A package that nobody touched passes all four checks, and its ranking is made anew byte for byte."""
    tested = verified(package)
    place, print_, *lines = tested.lines
    assert place.startswith(f"归档包:{package}(")
    assert print_ == f"SHA-256:{sha256(package.read_bytes()).hexdigest()}(与归档时记下的核对)"
    with ZipFile(package) as held:  # as many as the results of a round have
        files = len(held.namelist())
        papers = sum(name.endswith(READ) and not name.startswith(APART) for name in held.namelist())
        edition = len(json.loads(held.read(f"{SEALED}/定稿.json"))["files"])
    assert lines == [
        "内容:示例县2031年社区服务考核,第1号定稿“年终”,张三于2032-01-20定稿",
        "安全性:通过",
        f"  {files}个文件的名称、链接、重名、加密、压缩方法和解压后的大小",
        "  没有查杀病毒,接收时请另用杀毒软件检查",
        "真实性:通过",
        f"  {files - 1}个文件逐个计算 SHA-256,与 manifest-sha256.txt 比较",
        "  压缩包里文件以外的每个字节",
        f"  定稿的{edition}个文件、3份收回的文件,与定稿时记下的数字摘要比较",
        "  3条审核决定是不是前后相接",
        "  元数据.xml 写的定稿、数字摘要,与 定稿.json 和文件比较",
        "  用包里的原件重新收表、计分、排名,排名汇总.xlsx、report.json 与定稿逐字节相同",
        "完整性:通过",
        f"  清单列出的{files - 1}个文件在不在、有没有多的;件数、字节数与元数据比较",
        "  定稿列出的3份收回的文件在不在,其中3个单位计分的表;决定所依据的审核表在不在",
        "可用性:通过",
        f"  打开{papers}个表、文档和数据文件,和2份计分的表",
        "  没有 PDF",
        "  其余原件和佐证材料在重新生成时打开",
        "提示:包里没有 PDF,原因见 说明.txt",
        "结论:真实性、完整性、可用性、安全性四项检测都通过。",
    ]
    assert tested.as_json["again"] == {"same": True, "failed": "", "differs": []}


def test_the_folder_that_it_is_unpacked_into(folder: Path) -> None:
    """So does the folder that it is unpacked into, whatever became of the files' times; `sha256sum` alone verifies it as well."""
    assert verified(folder).passed
    lines = (folder / MANIFEST).read_text("utf-8").splitlines()
    assert all(sha256((folder / line[66:]).read_bytes()).hexdigest() == line[:64] for line in lines)


WIDE = {ord(each): ord(each) + 0xFEE0 for each in ":?*%#"}


def test_names_and_times(folder: Path) -> None:
    """A name that some system refuses is another in the package; the table says what it was, and the time to the nanosecond."""
    rows = {row.path: row for row in read_table((folder / TABLE).read_bytes())}
    odd = rows[f"回收/{ODD}"]
    assert (odd.stored, odd.moment) == (f"重现/回收/{ODD.translate(WIDE)}", MOMENT)
    assert rows["回收/空/更空"].stored == ""
    assert (folder / odd.stored).is_file()


def test_a_flipped_byte_of_a_file(folder: Path) -> None:
    """Of whichever file a byte is flipped, it is named."""
    for path in (RANKING, "重现/回收/01社区.xlsx", README):
        assert_named(folder, path)


@pytest.mark.exhaustive
def test_a_flipped_byte_of_every_file(folder: Path) -> None:
    """So it is of every file."""
    for path in sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()):
        assert_named(folder, path)


def assert_named(folder: Path, path: str) -> None:
    """Flip a byte in the middle of a file and look for its name; of the manifest, for that of the file whose line it is."""
    file = folder / path
    file.chmod(0o644)
    data = file.read_bytes()
    if not data:
        return
    at = data.index(b"  ") - 1 if path == MANIFEST else len(data) // 2
    file.write_bytes(flipped(data, at))
    named = {name for wrong_, name in wrong(folder) if wrong_ is Wrong.CHANGED}
    file.write_bytes(data)
    assert named == ({METADATA} if path == MANIFEST else {path})


@pytest.mark.parametrize(
    ("path", "named"),
    [
        (README, {Wrong.NEEDED}),
        (METADATA, {Wrong.NEEDED}),
        (ORDER, {Wrong.NEEDED}),
        (TABLE, {Wrong.NEEDED}),
        (RANKING, {Wrong.MISSING, Wrong.NEEDED}),
        (RECORD, {Wrong.MISSING, Wrong.NEEDED}),
        (f"{SEALED}/定稿.json", {Wrong.NEEDED}),
        ("重现/campaign.key", {Wrong.MISSING}),
        ("重现/回收/01社区.xlsx", {Wrong.MISSING}),
    ],
)
def test_a_file_that_is_gone(folder: Path, path: str, named: set[Wrong]) -> None:
    """Whatever is gone is named; of a return also that it is the form which counts."""
    (folder / path).unlink()
    tested = verified(folder, again=False)
    assert {each.wrong for each in tested.troubles if each.path == path} >= named
    assert (Wrong.FORM in {each.wrong for each in tested.troubles}) == (path == "重现/回收/01社区.xlsx")


def test_a_return_that_somebody_took_away_altogether(folder: Path) -> None:
    """A return that is gone from the manifest and the table as well is still missed by the edition."""
    (folder / "重现/回收/二.zip").unlink()
    for paper in (folder / MANIFEST, folder / TABLE):
        lines = paper.read_text("utf-8").splitlines(keepends=True)
        paper.write_text("".join(line for line in lines if "二.zip" not in line), "utf-8")
    assert (Wrong.FORM, "回收/二.zip/表.xlsx") in wrong(folder)


def test_a_decision_that_was_changed(folder: Path) -> None:
    """A decision that was changed is found by the line after it, whatever the manifests say."""
    path = folder / RECORD
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b'"10.00"', b'"9.00"', 1).replace("王五".encode(), "赵六".encode(), 1))
    written_anew(folder, RECORD)
    found = verified(folder, again=False)
    chain = next(each for each in found.troubles if each.wrong is Wrong.CHAIN)
    assert (chain.path, chain.detail) == (RECORD, "第1行改动过,或者它和第2行之间少了行:第2行记着的校验值和第1行对不上")
    assert (Wrong.SEALED_DIGEST, RECORD) in wrong(folder)


def test_a_score_that_was_changed(folder: Path) -> None:
    """A score changed in the ranking, with every paper made to fit, differs from the one made anew: in which sheet and cell."""
    path = folder / RANKING
    path.chmod(0o644)
    path.write_bytes(fill(path.read_bytes(), [("数据", "A2", "另一个单位")]))
    told = folder / SEALED / "定稿.json"
    told.chmod(0o644)
    held = json.loads(told.read_bytes())
    held["files"]["结果/排名汇总.xlsx"] = sha256(path.read_bytes()).hexdigest()
    told.write_bytes(json.dumps(held, ensure_ascii=False, indent=1).encode() + b"\n")
    written_anew(folder, RANKING, f"{SEALED}/定稿.json")
    found = verified(folder)
    (differs,) = (each for each in found.troubles if each.wrong is Wrong.AGAIN_DIFFERS)
    assert (differs.path, differs.detail) == (RANKING, "数据 A2:定稿“另一个单位”,现在“01社区”")


def test_a_bytes_only_difference(folder: Path) -> None:
    """A ranking of which only bytes differ that say nothing is told as such."""
    path = folder / RANKING
    path.chmod(0o644)
    with ZipFile(path) as held:
        zipped(path, {name: held.read(name) for name in held.namelist()}, ZIP_STORED)
    found = verified(folder)
    (differs,) = (each for each in found.troubles if each.wrong is Wrong.AGAIN_DIFFERS)
    assert differs.told == f"{RANKING}:重新生成的与定稿不一样(内容都一样,只是字节不同)"


def test_what_the_metadata_says(folder: Path) -> None:
    """What the metadata says otherwise than 定稿.json is named with both, whatever the manifest says."""
    path = folder / METADATA
    path.write_text(path.read_text("utf-8").replace("张三", "李四").replace("<名称>年终", "<名称>年中"), "utf-8")
    written_anew(folder, METADATA)
    told = [each.told for each in verified(folder, again=False).troubles]
    assert told == [
        "元数据.xml:与定稿.json 写的不一样(名称:元数据“年中”,定稿“年终”)",
        "元数据.xml:与定稿.json 写的不一样(定稿人:元数据“李四”,定稿“张三”)",
    ]


def test_a_key_that_is_gone(folder: Path) -> None:
    """Without the round's key nothing can be made anew: it is named by its place in the package, and nobody is told to issue anew."""
    (folder / "重现/campaign.key").unlink()
    told = [each.told for each in verified(folder).troubles if each.wrong is Wrong.NOT_AGAIN]
    assert told == ["没有能够重新生成(缺少重新生成所需的文件(重现/campaign.key))"]


def test_what_can_no_longer_be_opened(folder: Path) -> None:
    """A paper that does not open is named, whatever the manifests say."""
    path = f"{SEALED}/结果/反馈单/01_01社区_反馈单.xlsx"
    (folder / path).chmod(0o644)
    (folder / path).write_bytes(b"PK\x03\x04 no workbook")
    (folder / METADATA).write_bytes(b"<a>")
    closed = {name for each, name in wrong(folder) if each is Wrong.CLOSED}
    assert closed == {path, METADATA}


def test_another_program(folder: Path) -> None:
    """Where another program sealed, the two are told by their versions and digests."""
    path = folder / ORDER
    held = json.loads(path.read_bytes())
    path.write_text(json.dumps({**held, "version": "0.0.9", "program": "ab" * 32}), "utf-8")
    hints = verified(folder, again=False).hints
    assert hints[-1].startswith("定稿时的程序 0.0.9(abababababab),现在的程序 0.1.0(")
    assert hints[-1].endswith("),不是同一个")
