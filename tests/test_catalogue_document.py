"""docs/catalogue.md tells an office all that a catalogue may hold, and its examples are catalogues that load and say what it says."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest

from docs.make_catalogue import DOCUMENT, models, pieces, sections, sentences, smallest, written
from fazhi_xl.cli.collect_command import main
from fazhi_xl.form.model import Label
from fazhi_xl.form.sentences import explain
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice import meanings
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.lint import lint
from fazhi_xl.notice.load import load
from fazhi_xl.notice.rules import EventTerm, MarginTerm, Part
from fazhi_xl.notice.source import FILES, REQUIRED
from tests.support.campaign import EDITION, KEY
from tests.support.catalogues import Files, Table, catalogue

TEXT = DOCUMENT.read_text("utf-8")
SMALLEST = smallest(TEXT)
EXAMPLES = {heading: found for heading, body in sections(TEXT) if (found := pieces(body))}
each_example = pytest.mark.parametrize("heading", EXAMPLES)


def test_fresh() -> None:
    """Tables, sentences and the check's answers are those that docs/make_catalogue.py writes today."""
    assert written(TEXT) == TEXT


def test_every_table() -> None:
    """Each table that a file may hold is described once."""
    assert sorted(re.findall(r"<!-- fields (\w+) -->", TEXT)) == sorted(models())


def test_every_file() -> None:
    """Each file is listed, and which of them must be there."""
    listed = dict(re.findall(r"^\| `(\w+\.toml)` \|.*\| (.*) \|$", TEXT, re.MULTILINE))
    assert set(listed) == set(FILES)
    assert {file for file, without in listed.items() if without == "必有"} == REQUIRED


def test_meanings() -> None:
    """Each meaning is of a field that there is."""
    fields = {f"{name}.{field}" for name, model in models().items() for field in model.model_fields}
    assert set(meanings.MEANINGS) <= fields | {field.split(".")[1] for field in fields}


# Examples ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write the smallest catalogue as it stands there."""
    for file, text in SMALLEST.items():
        path = tmp_path / "示例-2031" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path / "示例-2031"


def test_smallest(folder: Path) -> None:
    """The smallest catalogue loads, and there is nothing to remark on."""
    notice = load(folder)
    assert (len(notice.units), len(notice.sub_points)) == (2, 2)
    assert lint(notice) == ()


@pytest.mark.long
def test_smallest_is_rehearsed(folder: Path, tmp_path: Path) -> None:
    """The smallest catalogue plays a whole round as planned."""
    assert main(["--rehearse", "--campaign", str(folder), "--out", str(tmp_path / "out"), "--quiet"]) == 0
    assert (tmp_path / "out" / "演练" / "结果" / "排名汇总.xlsx").is_file()


@each_example
def test_example(heading: str, tmp_path: Path) -> None:
    """What an example shows, put into the smallest catalogue, passes every check, and units read what is quoted, and no more."""
    notice = catalogue(tmp_path, with_example(heading))
    assert lint(notice) == ()
    said = [text for sub in notice.sub_points.values() for text in explain(sub).values() if text]
    quoted = re.findall(r"^> (.*)$", dict(sections(TEXT))[heading], re.MULTILINE)
    assert quoted == (said if any(sentences(parsed(text)) for _, text in EXAMPLES[heading]) else [])
    for form in unit_forms(notice, assign(notice), edition=EDITION, key=KEY):
        printed = [content.text for _, _, content in form.shape.cells() if isinstance(content, Label)]
        assert [text for text in said if text not in printed] == []


def test_every_rule() -> None:
    """The examples show each kind of rule and every option of it."""
    shown = {field for example in EXAMPLES.values() for _, text in example for field in written_in(parsed(text))}
    kinds = get_args(get_args(Part)[0])
    named = {(get_args(kind.model_fields["kind"].annotation)[0], field) for kind in kinds for field in own(kind)}
    terms = {(kind, field) for kind, term in (("events", EventTerm), ("margin", MarginTerm)) for field in own(term)}
    assert sorted((named | terms) - shown) == []
    assert ("yes", "weight") in shown


def own(model: Any) -> set[str]:  # noqa: ANN401 - a model of the catalogue
    return set(model.model_fields) - {"weight"}


def written_in(node: object) -> Iterator[tuple[str, str]]:
    """Give the fields of all tables in a piece of a catalogue, each with the kind of part or term that it would be of."""
    if isinstance(node, dict):
        kind = node.get("kind") or ("margin" if "done" in node else "events")
        yield from ((str(kind), field) for field in node)
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from written_in(inner)


def parsed(text: str) -> Table:
    return tomllib.loads(text, parse_float=Decimal)


def with_example(heading: str) -> Files:
    """Put an example into the smallest catalogue; the sums and the requirement follow its sub-points."""
    files = {file: parsed(text) for file, text in SMALLEST.items()}
    for file, text in EXAMPLES[heading]:
        files[file] = merged(files.get(file, {}), parsed(text))
    item = files["items/01.toml"]
    item["requirement"] = "".join(sub["text"] for sub in item["sub_points"])
    item["points"] = files["notice.toml"]["scoring"]["full"] = sum(sub["points"] for sub in item["sub_points"])
    return files


def merged(table: Mapping[str, Any], more: Mapping[str, Any]) -> Table:
    """Write one table over another: tables within are merged, anything else is replaced."""
    inner = {key: merged(table.get(key, {}), value) for key, value in more.items() if isinstance(value, dict)}
    return {**table, **more, **inner}
