"""The sheet 说明: what the workbook is for, how it is filled in, and which sheet holds what."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.setup.book.book import blank_sheets
from fazhi_xl.xlsx.kept.pages import Page, PageLine, Weight

NAME = "说明"
_HOW = (
    "一张表写一类事,一行一件。改内容直接改单元格;添一件在表的下面加一行;不要的整行删去。次序按序号、编号,不必移动行。",
    "一格里要写几个的(别名、选项、责任部门),一行写一个:按 Alt+Enter 换行。",
    "带下拉的从下拉里选。灰底的格由程序写,填了也不算。“备注”随便写,不印出来。",
    "改名、换编号直接改:表右端隐藏的“标识”一栏认得它原来是哪一个,上年的数据照样接得上。复制一行再改,算作新的一件。",
    "颜色、列宽、批注、自己加的栏都可以有,程序更新时留着。表头的字、表的名称请不要改。",
    "改完请办公室运行检查:“检查”表列出要改的地方,点“单元格”就到;“试算”里填几个数,看得分对不对。",
)


def front(name: str) -> Page:
    """Give the page of a campaign's workbook."""
    return Page(name=NAME, lines=tuple(_lines(name)))


def _lines(name: str) -> Iterator[PageLine]:
    yield PageLine(text=f"工作目录“{name}”", weight=Weight.TITLE)
    yield PageLine(text="怎样填", weight=Weight.HEAD)
    yield from (PageLine(text=text, before=f"{no}.") for no, text in enumerate(_HOW, 1))
    yield PageLine(text="有哪些表", weight=Weight.HEAD)
    yield from (PageLine(text=sheet.says, before=sheet.name, to=sheet.name) for sheet in blank_sheets())
