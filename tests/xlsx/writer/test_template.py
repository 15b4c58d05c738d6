"""A compiled template filled in is the workbook that XlsxWriter would have written, part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fazhi_xl.form.model import Form
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.xlsx.writer import form as writer
from fazhi_xl.xlsx.writer.template import Template, token
from tests.notice.campaigns import SHIPPED, TEMPLATES
from tests.support.campaign import EDITION, KEY

TITLE = "任务分解表"


def parts(package: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def forms_of(notice: Notice) -> list[Form]:
    return list(unit_forms(notice, assign(notice), edition=EDITION, key=KEY))


def differing(forms: list[Form], notice: Notice, patch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Name the units and parts in which a filled template is not what is drawn with the unit's own texts."""
    drawn = {form.shape.name: writer.draw(form.shape, notice.theme, title=TITLE) for form in forms}
    found = []
    for form in forms:
        filled = parts(drawn[form.shape.name].fill(form.slots))
        patch.setattr(writer, "token", form.slots.__getitem__)
        whole = parts(writer.draw(form.shape, notice.theme, title=TITLE).fill({}))
        patch.undo()
        assert list(filled) == list(whole)
        found += [(form.unit, name) for name, data in filled.items() if data != whole[name]]
    return found


each_campaign = pytest.mark.parametrize(
    "campaign",
    [pytest.param(each, marks=pytest.mark.exhaustive if each == "zhonglou-2021" else ()) for each in SHIPPED],
)


@each_campaign
def test_some_units(campaign: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first and the last units' workbooks are the same parts in the same order, whichever way they are made."""
    notice = load(TEMPLATES / campaign)
    every = forms_of(notice)
    assert differing([every[0], every[-1]], notice, monkeypatch) == []


@pytest.mark.long
@each_campaign
def test_every_unit(campaign: str, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """So are those of a unit of each shape, and in the exhaustive run of all units: what they have apart is in their slots."""
    notice = load(TEMPLATES / campaign)
    every = forms_of(notice)
    tried = every if times > 1 else list({form.shape.name: form for form in every}.values())
    assert differing(tried, notice, monkeypatch) == []


texts = st.text(st.characters(exclude_categories=["Cs", "Co", "Cc"]), max_size=60)


@given(st.lists(texts, min_size=1, max_size=5), texts)
def test_slots_among_texts(between: list[str], value: str) -> None:
    """A part comes out as its texts with the slot's between them, escaped, however they are cut."""
    raw = token("名称").join(between)
    filled = parts(Template.of([("xl/a.xml", raw.encode()), ("无.bin", b"\xff\x00")]).fill({"名称": value}))
    shown = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert filled == {"xl/a.xml": shown.join(between).encode(), "无.bin": b"\xff\x00"}


@pytest.mark.parametrize("size", [0, 1, 65_534, 65_535, 65_536, 200_000])
def test_long_slots(size: int) -> None:
    """A text of any length fits into a slot."""
    template = Template.of([("a", f"<{token('名称')}>".encode())])
    assert parts(template.fill({"名称": "x" * size}))["a"] == b"<" + b"x" * size + b">"


def test_the_same_again() -> None:
    """The same slots give the same bytes, and those that a part does not have are no matter."""
    template = Template.of([("a", f"<{token('名称')}>".encode())])
    assert template.fill({"名称": "甲"}) == template.fill({"名称": "甲", "表号": "1"})


def test_a_slot_that_is_missing() -> None:
    """A copy without one of its texts is not made."""
    with pytest.raises(KeyError):
        Template.of([("a", token("名称").encode())]).fill({})
