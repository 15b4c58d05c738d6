"""A sheet that several forms have is copied, and its copy in another book is what would be drawn there."""

from __future__ import annotations

from dataclasses import replace

from fazhi_xl.form.expression import Ref
from fazhi_xl.form.model import Computed, Row, Sheet, SheetColumn
from fazhi_xl.notice.model import Notice
from fazhi_xl.xlsx.writer.copied import stands_alone
from fazhi_xl.xlsx.writer.form import draw
from fazhi_xl.xlsx.writer.sketch import Sketches
from tests.support.campaign import shape_of

COLUMNS = (SheetColumn(code="编号", width=10), SheetColumn(code="值", width=10))
UNITS = ("信访局", "宣传部", "政协机关")


def test_copies_are_what_is_drawn(notice: Notice) -> None:
    """A form of which sheets were drawn for others is the same to the byte as one that is drawn alone."""
    shapes = [shape_of(unit) for unit in UNITS]
    sketches = Sketches(shapes)
    copied = [sheet.name for sheet in shapes[-1].sheets if sketches.in_several(sheet)]
    assert copied == ["加分申报", "信息报送", "法治环境指数", "联络员名单"]
    drawn = [draw(shape, notice.theme, title="表", sketches=sketches) for shape in shapes]
    assert all(map(sketches.copy_of, shapes[-1].sheets[-2:]))
    assert drawn[-1] == draw(shapes[-1], notice.theme, title="表")
    assert drawn[-2] == draw(shapes[-2], notice.theme, title="表")


def test_what_is_filled_in_is_drawn(notice: Notice) -> None:
    """A form with values is drawn whole, though its sheets were copied for others."""
    shape = shape_of(UNITS[0])
    sketches, values = Sketches([shape, replace(shape)]), {"信息.01.标题": "百分之100%"}
    for _ in range(2):
        draw(shape, notice.theme, title="表", sketches=sketches)
    filled = draw(shape, notice.theme, title="表", values=values, sketches=sketches)
    assert filled == draw(shape, notice.theme, title="表", values=values)


def sheet(*read: str) -> Sheet:
    rows = (Row(code=f"f{no}", cells={"值": Computed(Ref(field))}) for no, field in enumerate(read))
    return Sheet(name="甲", columns=COLUMNS, rows=tuple(rows))


def test_what_reads_other_sheets_is_drawn() -> None:
    """A sheet whose formulas read others is no copy, as these may stand elsewhere."""
    assert stands_alone(sheet("f1.值", "f0.值"))
    assert not stands_alone(sheet("f1.值", "a.值"))
