"""A formula put together of texts that are known says what the expression's own writing says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fazhi_xl.form import expression as x
from fazhi_xl.form.compiled import Shared
from fazhi_xl.form.expression import Call, Const, Ref, Span
from fazhi_xl.form.formula_text import FormulaTexts, SheetFormulas
from fazhi_xl.form.meanings import to_formula
from fazhi_xl.form.model import Computed, Label, Row, Shape, Sheet, SheetColumn
from tests.support.campaign import shapes

COLUMNS = (SheetColumn(code="编号", width=10), SheetColumn(code="值", width=10))


def shape_of(*formulas: x.Expr) -> Shape:
    """Make a shape with the formulas in the rows f0, f1 …, on a sheet after another, whose rows a to c hold texts."""
    entered = (Row(code=code, cells={"值": Label(code)}) for code in "abc")
    computed = (Row(code=f"f{no}", cells={"值": Computed(expr)}) for no, expr in enumerate(formulas))
    sheets = (
        Sheet(name="甲", columns=COLUMNS, rows=tuple(entered)),
        Sheet(name="乙", columns=COLUMNS, rows=tuple(computed)),
    )
    return Shape(name="", sub_points=(), sheets=sheets)


@pytest.mark.parametrize("compiled", [True, False])
def test_the_forms(compiled: bool) -> None:  # noqa: FBT001 - a case of the table
    """Each formula of a form is the same text both ways, compiled or not, whichever forms were written before it."""
    texts, shared = FormulaTexts(), Shared()
    for each in list(shapes().values())[:6:2]:
        shape = replace(each, shared=shared)
        if compiled:
            assert shape.blank_results
        for sheet in shape.sheets:
            formulas = SheetFormulas(shape, sheet.name, texts)
            for row in sheet.rows:
                for content in row.cells.values():
                    if isinstance(content, Computed):
                        assert formulas.written(content.expr) == to_formula(content.expr, shape.seen_from(sheet.name))


@pytest.mark.parametrize("compiled", [True, False])
def test_stretches_and_signs(compiled: bool) -> None:  # noqa: FBT001 - a case of the table
    """The end of a stretch is named without its sheet, and a text may hold any sign, a percent sign too."""
    least = Call("minimum", (Ref("a.值"), Ref("a.值"), x.divide(Const(1), Const(2))))
    expr = x.join(Call("sum", (Span(("a.值", "b.值")),)), Const("%s:%"), x.when(x.blank(Ref("c.值")), least, x.EMPTY))
    shape = shape_of(expr)
    if compiled:
        shape.compiled.of("f0.值")
    assert (shape.compiled.built(expr) is not None) == compiled
    written = SheetFormulas(shape, "乙", FormulaTexts()).written(expr)
    assert written == """((SUM('甲'!B2:B3)&"%s:%")&IF(('甲'!B4=""),MIN(('甲'!B2+0),('甲'!B2+0),(1/2)),""))"""


def test_parts_of_several_formulas() -> None:
    """A part is written once, and stands in another form's formula by that form's addresses."""
    part = x.less(Ref("a.值"), Ref("b.值"))
    expr = x.when(part, Const(1), Const(0))
    texts = FormulaTexts()
    for lines in (0, 1):
        above = (Row(),) * lines
        rows = (*above, *(Row(code=code, cells={"值": Label(code)}) for code in "ab"))
        last = Row(code="f", cells={"值": Computed(expr)})
        shape = Shape(name="", sub_points=(), sheets=(Sheet(name="甲", columns=COLUMNS, rows=(*rows, last)),))
        shape.compiled.parts[id(part)] = part
        shape.compiled.of("f.值")
        assert SheetFormulas(shape, "甲", texts).written(expr) == f"IF((B{lines + 2}<B{lines + 3}),1,0)"
    assert list(texts.parts.values()) == [part]
