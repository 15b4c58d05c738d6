"""Small workbooks that together show the reader everything it knows: what a fuzzer starts from."""

from __future__ import annotations

from collections.abc import Mapping

from tests.xlsx.reader.crafted import (
    BOOK,
    BOOK_RELS,
    MAIN,
    PACKAGE,
    RELATIONS,
    SHEET,
    STRICT,
    STRICT_RELATIONS,
    STRINGS,
    workbook,
    worksheet,
)

_VALUES = (
    '<row r="1"><c r="A1" t="s" s="1"><v>0</v></c><c r="B1" s="2"><v>1.5</v></c><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c></row>'
    '<row><c t="d"><v>2020-03-05</v></c><c t="str"><f>A1</f><v>_x0041_</v></c><c><f t="array" ref="C2:D3">1</f><v>2</v></c></row>'
    '<row r="9" hidden="1"><c r="XFD9"><v>1</v></c><c t="inlineStr"><is><r><rPr><strike/></rPr><t>废</t></r><rPh><t>fei</t></rPh></is>'
    "</c></row>"
)
_AFTER = (
    '<sheetProtection sheet="1"/><autoFilter ref="A1:B2"><filterColumn colId="0"/></autoFilter>'
    '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
)
_STRINGS = f'<sst xmlns="{MAIN}"><si><r><rPr><strike val="1"/></rPr><t>甲</t></r><rPh><t>jia</t></rPh></si></sst>'
_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="0!.0,;;@"/></numFmts><fonts><font/><font><strike/></font>'
    '</fonts><cellXfs><xf/><xf fontId="1" numFmtId="0"/><xf fontId="0" numFmtId="164"/></cellXfs></styleSheet>'
)
_COMMENTS = (
    f'<comments xmlns="{MAIN}"><authors><author>王</author></authors><commentList><comment ref="A1" authorId="0"><text><t>注</t></text>'
    "</comment></commentList></comments>"
)
_THREADS = '<ThreadedComments><threadedComment ref="B2"><text>答</text></threadedComment></ThreadedComments>'
_LINKS = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATIONS}/comments" Target="../comments1.xml"/>'
    '<Relationship Id="r2" Type="a/threadedComment" Target="/xl/threadedComments/t1.xml"/></Relationships>'
)
_PROPERTIES = '<Properties><property name="FormNumber"><lpwstr>ZL2020-02-1-C6YCCD2M</lpwstr></property></Properties>'


def seeds() -> Mapping[str, bytes]:
    """Give the workbooks by name."""
    columns = '<cols><col min="2" max="3" hidden="1"/></cols>'
    links = BOOK_RELS.replace("</Rel", f'<Relationship Id="r3" Type="{RELATIONS}/styles" Target="styles.xml"/></Rel')
    named = BOOK.replace(
        "</workbook>",
        '<definedNames><definedName name="f_1">表!$A$1</definedName></definedNames><workbookPr date1904="1"/></workbook>',
    )
    rich: dict[str, str | bytes | None] = {
        "xl/workbook.xml": named,
        "xl/_rels/workbook.xml.rels": links,
        SHEET: worksheet(_VALUES, _AFTER).replace("<sheetData>", columns + "<sheetData>"),
        STRINGS: _STRINGS,
        "xl/styles.xml": _STYLES,
        "xl/comments1.xml": _COMMENTS,
        "xl/threadedComments/t1.xml": _THREADS,
        "xl/worksheets/_rels/sheet1.xml.rels": _LINKS,
        "docProps/custom.xml": _PROPERTIES,
        "docProps/app.xml": "<Properties><Application>WPS</Application></Properties>",
        "xl/drawings/drawing1.xml": "<xdr:pic ></xdr:pic>",
    }
    strict = {
        "xl/workbook.xml": BOOK.replace(MAIN, STRICT).replace(RELATIONS, STRICT_RELATIONS),
        SHEET: worksheet(_VALUES.replace(' t="s"', "")).replace(MAIN, STRICT),
    }
    wide = worksheet("".join(f'<row r="{n}"><c><v>{n}</v></c></row>' for n in range(1, 1500)), _AFTER)
    return {
        "rich": workbook(rich),
        "plain": workbook(),
        "strict": workbook(dict(strict)),
        "utf-16": workbook({SHEET: worksheet(_VALUES.replace(' t="s"', "")).encode("utf-16")}),
        "long": workbook({SHEET: wide}),
        "html": b"<html><table><tr><td>1</td></tr></table></html>",
    }
