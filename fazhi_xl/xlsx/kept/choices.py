"""The drop-downs of a kept workbook: words on a hidden sheet, and the cells of other tables, which grow with them.

Both are asked for by names: Excel saves a list that names cells of another sheet in a way that the library does not keep.
"""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation, DataValidationList

from fazhi_xl.xlsx.kept.find import find
from fazhi_xl.xlsx.kept.model import Head, Sheet, Use

_LISTS = "下拉"
_REACH = 3_000  # the rows, below the heads, that are offered to other tables and take a drop-down
_PROMPT, _PROMPT_TITLE = 255, 32  # characters that an input message and its title may have


def offer_choices(book: Workbook, sheets: tuple[Sheet, ...]) -> None:
    """Give the tables' columns their drop-downs and input messages; those of earlier times are taken away."""
    choices = _Choices(book, sheets)
    for sheet in sheets:
        choices.offer(sheet)
    choices.finish()


class _Choices:
    def __init__(self, book: Workbook, sheets: Iterable[Sheet]) -> None:
        self._book = book
        self._offered = {place for sheet in sheets for head in sheet.heads for place in head.over}
        self._lists: dict[tuple[str, ...], str] = {}
        if _LISTS in book.sheetnames:
            del book[_LISTS]
        for name in [each for each in book.defined_names if each.startswith(f"{_LISTS}_")]:
            del book.defined_names[name]
        self._sheet = book.create_sheet(_LISTS)
        self._sheet.sheet_state = "hidden"

    def offer(self, sheet: Sheet) -> None:
        found = find(self._book, sheet)
        if found is None:
            return
        worksheet, first = found.sheet, found.head_row + 1
        ours = {get_column_letter(column) for column in found.columns.values()}
        kept = [each for each in worksheet.data_validations.dataValidation if not _on(each, ours)]
        worksheet.data_validations = DataValidationList(dataValidation=kept)
        for head in sheet.heads:
            letter = get_column_letter(found.columns[head.title])
            if (sheet.name, head.title) in self._offered:
                self._name(sheet, head, worksheet.title, letter, first)
            if head.use is Use.ENTERED:
                reach = f"{letter}{first}:{letter}{first + _REACH}"
                validation = self._validation(head.title, head.hint, head.options, _source(head))
                if validation:
                    worksheet.add_data_validation(validation)
                    validation.add(reach)
        for no, line in enumerate(sheet.lines, first):
            at = line.at or no
            for title, options in line.options.items():
                validation = self._validation(title, "", options, "")
                if validation:
                    worksheet.add_data_validation(validation)
                    validation.add(f"{get_column_letter(found.columns[title])}{at}")

    def finish(self) -> None:
        if not self._lists:
            del self._book[_LISTS]

    def _validation(self, title: str, hint: str, options: tuple[str, ...], source: str) -> DataValidation | None:
        if not (hint or options or source):
            return None
        formula = self._list(options) if options else source
        made = DataValidation(type="list", formula1=formula) if formula else DataValidation(type=None)
        made.allow_blank = True
        made.prompt, made.promptTitle = hint[:_PROMPT] or None, title[:_PROMPT_TITLE] if hint else None
        made.showInputMessage, made.showErrorMessage = bool(hint), bool(options)
        made.error = "请从下拉里选。" if options else None
        return made

    def _list(self, options: tuple[str, ...]) -> str:
        if options not in self._lists:
            column = len(self._lists) + 1
            for at, option in enumerate(options, 1):
                self._sheet.cell(at, column, option).data_type = "s"
            letter = get_column_letter(column)
            self._lists[options] = name = f"{_LISTS}_{column}"
            place = f"{quote_sheetname(_LISTS)}!${letter}$1:${letter}${len(options)}"
            self._book.defined_names[name] = DefinedName(name, attr_text=place)
        return self._lists[options]

    def _name(self, sheet: Sheet, head: Head, title: str, letter: str, first: int) -> None:
        """Name the cells of a column that other tables may choose from: as many as are filled."""
        whole = f"{quote_sheetname(title)}!${letter}${first}:${letter}${first + _REACH}"
        filled = f"INDEX({whole},MAX(1,COUNTA({whole})))"
        reference = f"{quote_sheetname(title)}!${letter}${first}:{filled}"
        name = list_name(sheet.name, head.title)
        self._book.defined_names[name] = DefinedName(name, attr_text=reference)


def list_name(sheet: str, title: str) -> str:
    """Name what a column holds."""
    return f"{sheet}_{title}".replace(":", "_")


def _source(head: Head) -> str:
    return list_name(*head.over[0]) if len(head.over) == 1 else ""


def _on(validation: DataValidation, letters: set[str]) -> bool:
    return any("".join(filter(str.isalpha, str(area).partition(":")[0])) in letters for area in validation.sqref.ranges)
