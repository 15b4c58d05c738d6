"""The sheet 说明: what the workbook is for, how it is filled in, and which sheet holds what."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi_xl.office.contacts.declared import SHEETS
from fazhi_xl.xlsx.kept.pages import Page, PageLine, Weight

NAME = "说明"
_HOW = (
    "“联系人”表每家一行,填邮箱;一格里几个邮箱用分号隔开。空着邮箱的,信发不到那一家。",
    "“邮箱设置”填办公室自己的邮箱怎样发信、收信,照邮件系统的说明填。密码不写在这本工作簿里:写进一个只让自己能读的文本文件,把文件的位置填进“密码文件”。",
    "“变更建议”由程序写:单位报来的名单、来信的地址和“联系人”表不一样的,一行一件。在“处理”里选“采用”或“不采用”;采用的,下一次运行时写进“联系人”表:邮箱加上,联系人、电话换掉。",
    "填完保存、关闭,再运行一次:“检查”表列出要改的地方,点“单元格”就到。",
    "颜色、列宽、批注、自己加的栏都可以有,程序更新时留着。表头的字、表的名称请不要改;灰底的格由程序写。",
    "这本工作簿里有各家的电话、邮箱,不要外传。",
)


def front(notice: str) -> Page:
    """Give the page of a notice's workbook."""
    return Page(name=NAME, lines=tuple(_lines(notice)))


def _lines(notice: str) -> Iterator[PageLine]:
    yield PageLine(text="联系人和邮箱", weight=Weight.TITLE)
    yield PageLine(text=notice)
    yield PageLine(text="怎样填", weight=Weight.HEAD)
    yield from (PageLine(text=text, before=f"{no}.") for no, text in enumerate(_HOW, 1))
    yield PageLine(text="有哪些表", weight=Weight.HEAD)
    yield from (PageLine(text=sheet.says, before=sheet.name, to=sheet.name) for sheet in SHEETS)
