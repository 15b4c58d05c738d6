"""The end of the wire that has `uno`: carries out one JSON line at a time in a running LibreOffice.

Started by libreoffice.py with the name of the office's pipe, by whichever Python can import `uno`; hence it
imports nothing of the project and keeps to Python 3.9. A request is {"op", ...}, a reply {"ok": result} or
{"error": message, "gone": whether the office itself is lost}. When its input ends, it ends the office.

Cells are set and read by a Basic module inside the office, a whole batch in one call: over the pipe each
single property costs about 0.4 ms.
"""

# ruff: noqa: ANN401 -- objects of the office have no types here

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import uno
from com.sun.star.awt import KeyEvent
from com.sun.star.awt.Key import RETURN
from com.sun.star.beans import PropertyValue
from com.sun.star.sheet import TableFilterField
from com.sun.star.sheet.FilterOperator import EQUAL
from com.sun.star.table import TableSortField

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CONNECT_SECONDS = 90
ORPHAN_SECONDS = 30
FILTERS = {"xlsx": "Calc MS Excel 2007 XML", "ods": "calc8", "xls": "MS Excel 97", "pdf": "calc_pdf_Export"}
CONTENT = 1 | 2 | 4 | 16  # com.sun.star.sheet.CellFlags: values, dates, texts, formulas
KINDS = ("empty", "value", "text", "formula")
RESULTS = {1: "value", 2: "text", 4: "error"}

# An error that no handler catches opens a dialog that nobody can close, so every entry point has one: a string
# instead of an array is the message.
BASIC = """
Function SetCells(ByVal doc, ByVal names, ByVal cells, ByVal contents)
  Dim i&, cell, automatic
  On Error GoTo Fault
  automatic = doc.isAutomaticCalculationEnabled()
  doc.addActionLock()
  doc.enableAutomaticCalculation(False)
  For i = 0 To UBound(cells)
    cell = CellAt(doc, names(i), cells(i))
    Select Case VarType(contents(i))
      Case 0, 1: cell.setFormula("")
      Case 8: cell.setString(contents(i))
      Case Else: cell.setValue(contents(i))
    End Select
  Next
  SetCells = Array()
Finish:
  doc.enableAutomaticCalculation(automatic)
  doc.removeActionLock()
  Exit Function
Fault:
  SetCells = names(i) & "!" & cells(i) & ": " & Error$
  Resume Finish
End Function

Function ReadCells(ByVal doc, ByVal names, ByVal cells)
  Dim i&, found()
  On Error GoTo Fault
  ReDim found(UBound(cells))
  For i = 0 To UBound(cells)
    found(i) = Look(names(i), CellAt(doc, names(i), cells(i)))
  Next
  ReadCells = found
  Exit Function
Fault:
  ReadCells = names(i) & "!" & cells(i) & ": " & Error$
End Function

Function ReadFormulas(ByVal doc)
  Dim i&, n&, row&, column&, found(), sheet, area
  On Error GoTo Fault
  n = CountFormulas(doc)
  If n = 0 Then
    ReadFormulas = Array()
    Exit Function
  End If
  ReDim found(n - 1)
  n = 0
  For i = 0 To doc.Sheets.Count - 1
    sheet = doc.Sheets.getByIndex(i)
    For Each area In sheet.queryContentCells(com.sun.star.sheet.CellFlags.FORMULA).getRangeAddresses()
      For row = area.StartRow To area.EndRow
        For column = area.StartColumn To area.EndColumn
          found(n) = Look(sheet.Name, sheet.getCellByPosition(column, row))
          n = n + 1
        Next
      Next
    Next
  Next
  ReadFormulas = found
  Exit Function
Fault:
  ReadFormulas = "formula cell " & n & ": " & Error$
End Function

Function CountFormulas(doc)
  Dim i&, n&, area
  For i = 0 To doc.Sheets.Count - 1
    For Each area In doc.Sheets.getByIndex(i).queryContentCells(com.sun.star.sheet.CellFlags.FORMULA).getRangeAddresses()
      n = n + (area.EndRow - area.StartRow + 1) * (area.EndColumn - area.StartColumn + 1)
    Next
  Next
  CountFormulas = n
End Function

Function CellAt(doc, name, address)
  CellAt = doc.Sheets.getByName(name).getCellRangeByName(address).getCellByPosition(0, 0)
End Function

Function Look(name, cell)
  Dim at, content
  at = cell.CellAddress
  content = cell.getDataArray()(0)(0)
  If VarType(content) <> 8 Then content = ""
  Look = Array(name, at.Column, at.Row, cell.Type, cell.FormulaResultType2, cell.Value, content, cell.String, _
    cell.getError(), cell.Formula)
End Function
"""


def properties(**values: Any) -> tuple[Any, ...]:
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


def address(column: int, row: int) -> str:
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row + 1}"


def reading(looked: tuple[Any, ...]) -> dict[str, Any]:
    sheet, column, row, kind, result, value, text, string, error, formula = looked
    return {
        "sheet": sheet,
        "cell": address(column, row),
        "kind": KINDS[kind],
        "result": RESULTS[result] if KINDS[kind] == "formula" else KINDS[kind],
        "value": float(value),
        "text": text,
        "string": string,
        "error": error,
        "formula": formula if KINDS[kind] == "formula" else "",
    }


class Worker:
    def __init__(self, context: Any) -> None:
        manager = context.ServiceManager
        self.desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self.dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        self.toolkit = manager.createInstanceWithContext("com.sun.star.awt.Toolkit", context)
        self.basic = self._basic(manager, context)
        self.documents: dict[int, Any] = {}
        self.opened = 0

    def open(self, url: str) -> int:
        # Not hidden: with a view the panes survive a save, and a hidden view crashes at its second refusal of a key.
        document = self.desktop.loadComponentFromURL(url, "_blank", 0, ())
        if document is None:
            raise ValueError("the office does not open it")
        if not document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
            document.close(True)  # noqa: FBT003 -- UNO calls take no keywords
            raise ValueError("the office does not take it for a spreadsheet")
        self.opened += 1
        self.documents[self.opened] = document
        return self.opened

    def sheets(self, document: int) -> list[str]:
        return list(self.documents[document].Sheets.ElementNames)

    def set_cells(self, document: int, sheets: list[str], cells: list[str], contents: list[Any]) -> None:
        self._run("SetCells", document, tuple(sheets), tuple(cells), tuple(contents))

    def set_formula(self, document: int, sheet: str, cell: str, formula: str) -> None:
        self.documents[document].Sheets.getByName(sheet).getCellRangeByName(cell).setFormula(formula)

    def read(self, document: int, sheets: list[str], cells: list[str]) -> list[dict[str, Any]]:
        return [reading(looked) for looked in self._run("ReadCells", document, tuple(sheets), tuple(cells))]

    def formulas(self, document: int) -> list[dict[str, Any]]:
        return [reading(looked) for looked in self._run("ReadFormulas", document)]

    def type_into(self, document: int, sheet: str, cell: str, text: str) -> list[dict[str, Any]]:
        """Type as a person does; returns the cell before and after. One that the cursor cannot reach is left alone."""
        before = self.read(document, [sheet], [cell])
        frame = self.documents[document].CurrentController.Frame
        if self._go_to(self.documents[document], sheet, cell):
            if text:
                self._press_all(frame.ComponentWindow, text)
            else:
                # What the Delete key is bound to; pressed, it would come into effect after the keys behind it.
                self._dispatch(frame, ".uno:ClearContents")
        return before + self.read(document, [sheet], [cell])

    def enter(self, document: int, sheet: str, cell: str, text: str) -> list[dict[str, Any]]:
        """Enter a whole text as the input line does, which protection stops; returns the cell before and after."""
        before = self.read(document, [sheet], [cell])
        if self._go_to(self.documents[document], sheet, cell):
            frame = self.documents[document].CurrentController.Frame
            self._dispatch(frame, ".uno:EnterString", StringName=text)
        return before + self.read(document, [sheet], [cell])

    def clipped(self, document: int) -> list[str]:
        """Name the visible rows that are lower than their contents need; blank rows and merged cells are not looked at."""
        found = []
        for sheet in self.documents[document].Sheets:
            cursor = sheet.createCursor()
            cursor.gotoEndOfUsedArea(False)  # noqa: FBT003 -- UNO calls take no keywords
            for number in range(cursor.RangeAddress.EndRow + 1):
                row = sheet.Rows.getByIndex(number)
                shown = row.Height
                if row.IsVisible and not row.OptimalHeight and row.queryContentCells(CONTENT).Count:
                    row.OptimalHeight = True
                    if row.Height > shown + 20:  # in hundredths of a millimetre
                        found.append(f"{sheet.Name}!{number + 1}")
        return found

    def buttons(self, document: int) -> list[list[str]]:
        """Give each button's sheet, caption and the script that it is bound to."""
        return [
            [sheet.Name, form.getByIndex(no).Label, event.ScriptCode]
            for sheet in self.documents[document].Sheets
            for form in sheet.DrawPage.Forms
            for no in range(form.Count)
            for event in form.getScriptEvents(no)
        ]

    def insert_rows(self, document: int, sheet: str, row: int, count: int) -> None:
        self.documents[document].Sheets.getByName(sheet).Rows.insertByIndex(row - 1, count)

    def delete_row(self, document: int, sheet: str, row: int) -> None:
        self.documents[document].Sheets.getByName(sheet).Rows.removeByIndex(row - 1, 1)

    def insert_column(self, document: int, sheet: str, cell: str) -> None:
        own = self.documents[document].Sheets.getByName(sheet)
        own.Columns.insertByIndex(own.getCellRangeByName(cell).CellAddress.Column, 1)

    def dress(self, document: int, sheet: str, cell: str, colour: int, comment: str) -> None:
        """Colour a cell, and comment on it."""
        own = self.documents[document].Sheets.getByName(sheet)
        aim = own.getCellRangeByName(cell)
        aim.CellBackColor = colour
        own.Annotations.insertNew(aim.CellAddress, comment)

    def set_column(self, document: int, sheet: str, cell: str, *, width: int, hidden: bool) -> None:
        """Give a column a width, in hundredths of a millimetre, and hide or show it."""
        column = self.documents[document].Sheets.getByName(sheet).getCellRangeByName(cell).Columns.getByIndex(0)
        column.Width = width
        column.IsVisible = not hidden

    def sort(self, document: int, sheet: str, area: str, field: int) -> None:
        """Sort rows by a column of the area, from 0."""
        by = TableSortField()
        by.Field, by.IsAscending = field, True
        fields = uno.Any("[]com.sun.star.table.TableSortField", (by,))
        aim = self.documents[document].Sheets.getByName(sheet).getCellRangeByName(area)
        aim.sort(properties(SortFields=fields, ContainsHeader=False))

    def filter(self, document: int, sheet: str, area: str, field: int, text: str) -> None:
        """Show only the rows that say a text in a column of the area, from 0."""
        aim = self.documents[document].Sheets.getByName(sheet).getCellRangeByName(area)
        by = TableFilterField()
        by.Field, by.Operator, by.StringValue = field, EQUAL, text
        wanted = aim.createFilterDescriptor(True)  # noqa: FBT003 -- UNO calls take no keywords
        wanted.setFilterFields((by,))
        wanted.ContainsHeader = True
        aim.filter(wanted)

    def rename_sheet(self, document: int, sheet: str, name: str) -> None:
        self.documents[document].Sheets.getByName(sheet).Name = name

    def calculate_all(self, document: int) -> None:
        self.documents[document].calculateAll()

    def store(self, document: int, url: str, kind: str) -> None:
        self.documents[document].storeToURL(url, properties(FilterName=FILTERS[kind]))

    def close(self, document: int) -> None:
        component = self.documents.pop(document)
        component.setModified(False)
        component.close(True)  # noqa: FBT003 -- UNO calls take no keywords

    def terminate(self) -> None:
        """End the office; a document that stayed open would object."""
        for document in list(self.documents):
            self.close(document)
        self.desktop.terminate()

    def lost(self) -> bool:
        try:
            self.desktop.getName()
        except Exception:  # noqa: BLE001 -- whatever the bridge raises, the office does not answer
            return True
        return False

    def _run(self, function: str, document: int, *arguments: Any) -> tuple[Any, ...]:
        name = f"vnd.sun.star.script:Fazhi.Cells.{function}?language=Basic&location=application"
        found = self.basic.getScript(name).invoke((self.documents[document], *arguments), (), ())[0]
        if not isinstance(found, str):
            return tuple(found)
        raise LookupError(" ".join(found.split()))

    def _go_to(self, document: Any, sheet: str, cell: str) -> bool:
        controller = document.CurrentController
        controller.setActiveSheet(document.Sheets.getByName(sheet))
        aim = document.Sheets.getByName(sheet).getCellRangeByName(cell).RangeAddress
        self._dispatch(controller.Frame, ".uno:GoToCell", ToPoint=address(aim.StartColumn, aim.StartRow))
        return self._corner(aim) == self._corner(document.CurrentSelection.RangeAddress)

    def _dispatch(self, frame: Any, command: str, **arguments: Any) -> None:
        self.dispatcher.executeDispatch(frame, command, "", 0, properties(**arguments))

    def _press_all(self, window: Any, text: str) -> None:
        for character in text:
            self._press(window, 0, character)
        self._press(window, RETURN, "\r")
        self.toolkit.processEventsToIdle()

    def _press(self, window: Any, code: int, character: str) -> None:
        event = KeyEvent()
        event.Source = window
        event.KeyCode = code
        event.KeyChar = uno.Char(character)
        self.toolkit.keyPress(event)
        self.toolkit.keyRelease(event)

    @staticmethod
    def _corner(area: Any) -> tuple[int, int, int]:
        return area.Sheet, area.StartColumn, area.StartRow

    @staticmethod
    def _basic(manager: Any, context: Any) -> Any:
        libraries = manager.createInstanceWithContext("com.sun.star.script.ApplicationScriptLibraryContainer", context)
        libraries.createLibrary("Fazhi").insertByName("Cells", BASIC)
        providers = manager.createInstanceWithContext(
            "com.sun.star.script.provider.MasterScriptProviderFactory", context
        )
        return providers.createScriptProvider("")


def connect(pipe: str) -> Worker:
    """Wait until the office listens."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + CONNECT_SECONDS
    while True:
        try:
            return Worker(resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"))
        except Exception:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def answer(worker: Worker, line: str) -> dict[str, Any]:
    request = json.loads(line)
    operation: Callable[..., Any] = getattr(worker, request.pop("op"))
    try:
        return {"ok": operation(**request)}
    except Exception as error:  # noqa: BLE001 -- every failure is the caller's to see; UNO's have no common class
        return {"error": f"{type(error).__name__}: {error}", "gone": worker.lost()}


def requests() -> Iterator[str]:
    """Iterate over the lines of the input; when it has ended and this process soon has not, kill it and the office."""
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_feed, args=(lines,), daemon=True).start()
    return iter(lines.get, "")


def _feed(lines: queue.SimpleQueue[str]) -> None:
    for line in sys.stdin:
        lines.put(line)
    lines.put("")
    time.sleep(ORPHAN_SECONDS)
    os.killpg(os.getpid(), signal.SIGKILL)


def main(pipe: str) -> None:
    # What a library prints must not get between the replies.
    with os.fdopen(os.dup(1), "w", encoding="ascii") as replies:
        os.dup2(2, 1)
        for reply in serve(pipe):
            replies.write(json.dumps(reply) + "\n")
            replies.flush()


def serve(pipe: str) -> Iterator[dict[str, Any]]:
    lines = requests()
    worker = connect(pipe)
    yield {"ok": "connected"}
    for line in lines:
        yield answer(worker, line)
    worker.terminate()


if __name__ == "__main__":
    main(sys.argv[1])
