"""Makes a draft of a catalogue from a notice's file: what it tells as the catalogue's tables, and a mark at everything doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from fazhi_xl.errors import FazhiError
from fazhi_xl.notice.assignment import EVERY_UNIT
from fazhi_xl.notice.model import FORMAT, About, Dates, Scoring
from fazhi_xl.notice.shape import path_text
from fazhi_xl.notice.source import Source, TomlTable
from fazhi_xl.points import FINEST
from fazhi_xl.setup.book.asked import CHOOSE, NO_POINTS, NOBODY, NOT_READ
from fazhi_xl.setup.draft.about import read_about
from fazhi_xl.setup.draft.bounded import placed, within_bounds
from fazhi_xl.setup.draft.contacts import ReadContacts, read_contacts
from fazhi_xl.setup.draft.departments import Names, printed_departments
from fazhi_xl.setup.draft.explained import explained_bodies
from fazhi_xl.setup.draft.grades import read_grades
from fazhi_xl.setup.draft.headers import Column
from fazhi_xl.setup.draft.items import ReadItem, ReadPiece, read_items
from fazhi_xl.setup.draft.marks import Draft, Mark, Suggestion
from fazhi_xl.setup.draft.open_paper import open_paper
from fazhi_xl.setup.draft.overlooked import BONUS, DEDUCTIONS, GRADES, ITEMS, VETOES, overlooked
from fazhi_xl.setup.draft.prose import Prose, read_prose
from fazhi_xl.setup.draft.rows import Entry, Rows, item_rows
from fazhi_xl.setup.draft.situations import ReadSituation, read_situations, single_places
from fazhi_xl.setup.draft.sub_points import Points
from fazhi_xl.setup.draft.suggest import looks
from fazhi_xl.setup.draft.units import UnitList, read_units
from fazhi_xl.setup.draft.wording import suggested
from fazhi_xl.text.one_line import cut
from fazhi_xl.text.papers import Paper

NOTICE, UNITS, GROUPS, DEPARTMENTS, ADJUSTMENTS, CONTACTS = (
    f"{name}.toml" for name in ("notice", "units", "groups", "departments", "adjustments", "contacts")
)


_QUOTED = 60  # characters of the notice beside a doubt
_WORD = 8  # characters of what an item is called


def draft(path: Path) -> Draft:
    """Read a notice's file and make a draft of it. Raises FazhiError where it cannot be read, or is no notice with items or units."""
    return draft_of(open_paper(path), path.name)


def draft_of(paper: Paper, name: str) -> Draft:
    """Make a draft of a notice that was read; `name` is the file's."""
    paper = placed(within_bounds(paper))
    rows, units = item_rows(paper), read_units(paper)
    prose = Prose() if rows.rows else read_prose(paper)
    items = read_items(rows) or prose.items
    if not items and not units.units:
        message = (
            f"“{name}”里没有读到项目表,也没有读到单位名单。项目表要有表头(例如“序号、项目、工作要求、分值、责任部门”),"
            "单位名单要有标题(例如“评价对象名单”)。请核对是不是通知的正文和附件。"
        )
        raise FazhiError(message)
    making = _Making(paper, rows, units, items, prose.places)
    return making.made()


class _Making:
    """The tables as they come to be, with marks and suggestions."""

    def __init__(
        self, paper: Paper, rows: Rows, units: UnitList, items: tuple[ReadItem, ...], places: frozenset[str]
    ) -> None:
        self._paper, self._rows, self._units, self._items = paper, rows, units, items
        self._places = places  # of the paragraphs that items were read from
        self._files: dict[str, TomlTable] = {}
        self._marks: list[Mark] = []
        self._suggestions: list[Suggestion] = []
        self._contacts = read_contacts(paper)
        self._classes = tuple(dict.fromkeys(each.group for each in units.units if each.group))
        self._read_situations = read_situations(paper)
        self._read_grades = read_grades(paper)
        self._read_about = read_about(paper, _total(items), single_places(self._read_situations[0]))
        district = next((each.value for each in self._read_about if each.path == ("district",)), "")
        self._names = Names(units.units, district, self._classes, explained_bodies(paper))
        self._found: dict[str, list[str]] = {}  # departments as printed, and what they mean

    def made(self) -> Draft:
        """Fill in every table that the notice tells of."""
        self._without_items()
        self._about()
        self._list_units()
        for item in self._items:
            self._item(item)
        if self._found:
            self._files[DEPARTMENTS] = {"departments": self._found}
        self._responsible()
        self._situations()
        self._grades()
        if self._contacts:
            self._contact_list(self._contacts)
        self._overlooked()
        return Draft(
            source=Source(files=self._files),
            marks=tuple(self._marks),
            suggestions=tuple(self._suggestions),
            left=tuple(self._left()),
        )

    def _doubt(self, file: str, *path: int | str, doubt: str, where: str = "", is_choice: bool = False) -> None:
        self._marks.append(Mark(file=file, path=path_text(*path), doubt=doubt, where=where, is_choice=is_choice))

    # The notice ------------------------------------------------------------------------------------------------------

    def _about(self) -> None:
        table: TomlTable = {"format": FORMAT}
        for said in self._read_about:
            if said.value is not None:
                _put(table, said.path, said.value)
            if said.doubt:
                self._doubt(NOTICE, *said.path, doubt=said.doubt, where=said.where)
        table.setdefault("dates", {})
        scoring = table.setdefault("scoring", {})
        if self._finest() > 2:
            scoring["places"] = FINEST
            self._doubt(NOTICE, "scoring", "places", doubt="分值或扣分标准有三位小数,得分保留三位小数")
        name = self._title(Column.NAME)
        words = _known({"item": name if len(name) <= _WORD else "", "list": self._units.heading})
        if words:
            table["words"] = words
        self._files[NOTICE] = table
        self._unknown(table)

    def _unknown(self, table: TomlTable) -> None:
        """Mark what every catalogue says of its notice, and this notice does not tell."""
        marked = {mark.path for mark in self._marks}
        for model, held, at in (
            (About, table, ()),
            (Dates, table["dates"], ("dates",)),
            (Scoring, table["scoring"], ("scoring",)),
        ):
            for name, field in model.model_fields.items():
                if field.is_required() and name not in held and path_text(*at, name) not in marked:
                    self._doubt(NOTICE, *at, name, doubt=NOT_READ)

    def _finest(self) -> int:
        """Give the most places of any figure in the sub-points."""
        figures = (
            look.fields.get("each") for item in self._items for each in item.pieces for look in looks(each.piece.text)
        )
        points = (each.piece.points for item in self._items for each in item.pieces)
        return max(
            (len(str(figure).partition(".")[2]) for figure in (*figures, *points) if figure is not None), default=0
        )

    def _title(self, column: Column) -> str:
        """Give how the table heads a column."""
        return next((title for each, title in self._rows.titles if each is column), "")

    # Units -----------------------------------------------------------------------------------------------------------

    def _list_units(self) -> None:
        self._groups()
        listed = self._units.units
        codes = {name: _letter(at) for at, name in enumerate(self._classes)}
        self._files.setdefault(UNITS, {})["units"] = [_unit(no, unit, codes) for no, unit in enumerate(listed, start=1)]
        for at, unit in enumerate(listed):
            if unit.absorbed:
                doubt = f"括号里的“{'、'.join(unit.absorbed)}”按合署机构录入"
                self._doubt(UNITS, "units", at, "absorbed", doubt=doubt, where=unit.where)
        if not listed:
            self._doubt(UNITS, "units", doubt="没有读到单位名单,请逐个填写")

    def _groups(self) -> None:
        """Make a ranking group, and a group that departments may mean, of each class of units."""
        if not self._classes:
            doubt = "名单没有分类:请写明排名组(不分组的写一组),给每个单位填类别和排名组"
            self._doubt(UNITS, "ranking_groups", doubt=doubt)
            return
        ranked = [{"code": _letter(at), "name": name} for at, name in enumerate(self._classes)]
        self._files[UNITS] = {"ranking_groups": ranked}
        self._doubt(UNITS, "ranking_groups", doubt="按名单的分类分组排名,请核对", where=self._units.units[0].where)
        groups = [
            {"name": name, "members": [{"unit": unit.short} for unit in self._units.units if unit.group == name]}
            for name in self._classes
        ]
        self._files[GROUPS] = {"groups": groups}

    def _named(self, item: ReadItem, printed: Iterable[str]) -> None:
        """Find what departments mean that come up for the first time."""
        for department in printed:
            if department not in self._found:
                match = self._names.match(department)
                self._found[department] = list(match.units)
                if match.doubt:
                    self._doubt(DEPARTMENTS, "departments", department, doubt=match.doubt, where=item.where)

    def _printed(self, entries: Iterable[Entry]) -> tuple[str, ...]:
        """Give the departments of some cells, each once."""
        found = (
            each
            for entry in entries
            for each in printed_departments(entry.text, self._names, wrapped=self._paper.wrapped)
        )
        return tuple(dict.fromkeys(found))

    def _responsible(self) -> None:
        """Ask once whether those who are named as responsible are assessed at all, or where nobody is named who answers."""
        title = self._title(Column.RESPONSIBLE)
        if self._items and not title:
            doubt = f"通知里没有写各项由谁负责,每一项都要填责任部门;全部单位都填的写“{EVERY_UNIT}”"
            self._doubt(_file(self._items[0]), "responsible", doubt=doubt, where=self._items[0].where)
        elif any(not meant for meant in self._found.values()):
            doubt = f"“{title}”是考核别人的,还是被考核的?是考核别人的,他们不填报;全部单位都填的写“{EVERY_UNIT}”"
            self._doubt(DEPARTMENTS, "departments", doubt=doubt)

    # Items -----------------------------------------------------------------------------------------------------------

    def _item(self, item: ReadItem) -> None:
        file, printed = _file(item), self._printed(item.responsible)
        self._named(item, printed)
        told = {"no": item.no, "aspect": item.aspect, "name": item.name, "points": item.points}
        told |= {"requirement": item.requirement, "basis": item.basis, "responsible": list(printed)}
        told["sub_points"] = [self._sub_point(item, at, each, printed) for at, each in enumerate(item.pieces)]
        self._files[file] = _known(told)
        if not printed and self._title(Column.RESPONSIBLE):
            self._doubt(file, "responsible", doubt=NOBODY, where=item.where)
        if self._paper.doubt:
            self._doubt(file, "requirement", doubt=self._paper.doubt, where=item.where)
        for field, doubt in item.doubts:
            self._doubt(file, field, doubt=doubt, where=item.where)

    def _sub_point(self, item: ReadItem, at: int, read: ReadPiece, printed: tuple[str, ...]) -> TomlTable:
        file, piece, own = _file(item), read.piece, self._printed((read.responsible,))
        table = _known(
            {
                "code": f"{item.no}.{at + 1}",
                "text": piece.text,
                "points": piece.points,
                "evidence": read.evidence,
                "answered_by": list(own) if own != printed else [],
            }
        )
        if piece.by_class:
            self._by_class(file, at, table, read)
        if doubt := piece.doubt or ("" if piece.points is not None else NO_POINTS):
            self._doubt(file, "sub_points", at, "points", doubt=doubt, where=read.where)
        table["rule"] = {"parts": [{}]}
        place = ("sub_points", at, "rule", "parts", 0)
        found = [
            Suggestion(file=file, path=path_text(*place), kind=look.kind, text=suggested(look), fields=look.fields)
            for look in looks(piece.text)
        ]
        self._suggestions += found
        said = ";".join(each.text for each in found)
        self._doubt(file, *place, "kind", doubt=f"{CHOOSE}{said}", where=read.where, is_choice=True)
        return table

    def _by_class(self, file: str, at: int, table: TomlTable, read: ReadPiece) -> None:
        """Give the points of other classes than the first one by their groups, where the list of units has these classes."""
        first, *others = read.piece.by_class
        differing = [(name, points) for name, points in others if points != first[1]]
        if not differing:
            return
        known = {name: _letter(nth) for nth, name in enumerate(self._classes)}
        by_group = {known[name]: points for name, points in differing if name in known}
        if by_group:
            table["points_by_group"] = by_group
        said = "、".join(f"{name}{points}分" for name, points in read.piece.by_class)
        hint = "" if len(by_group) == len(differing) else ";名单里没有这些分类,另外的分值没有录入"
        self._doubt(file, "sub_points", at, "points", doubt=f"各类分值不同:{said}{hint}", where=read.where)

    # Beside the items ------------------------------------------------------------------------------------------------

    def _situations(self) -> None:
        situations, clauses = self._read_situations
        for each in situations:
            self._situation(each)
        for clause in clauses:
            _put(self._files[NOTICE], ("texts", clause.side.clause), clause.text)

    def _situation(self, read: ReadSituation) -> None:
        listed = self._files.setdefault(ADJUSTMENTS, {}).setdefault(read.side.key, [])
        levels = [{"name": name, "points": points} for name, points in read.levels]
        told = {"no": read.no, "text": read.text, "label": read.label, "points": read.points, "levels": levels}
        place = (read.side.key, len(listed))
        listed.append(_known(told))
        doubt = "短名由原文截取,印在下拉选项和汇总表上,请改成合适的"
        self._doubt(ADJUSTMENTS, *place, "label", doubt=doubt, where=read.where)
        if read.doubt:
            self._doubt(ADJUSTMENTS, *place, "points", doubt=read.doubt, where=read.where)

    def _grades(self) -> None:
        if read := self._read_grades:
            self._files[NOTICE]["grades"] = [_known({"name": name, "at_least": least}) for name, least in read.bands]
            self._doubt(NOTICE, "grades", doubt=f"按“{cut(read.said, _QUOTED)}”,请核对", where=read.where)

    def _contact_list(self, contacts: ReadContacts) -> None:
        told = {"title": contacts.title, "columns": list(contacts.columns), "rows": list(contacts.rows)}
        self._files[CONTACTS] = _known({**told, "sign_off": list(contacts.sign_off)})

    def _without_items(self) -> None:
        """Say before all else that no item was read, and which paragraphs tell of points."""
        if self._items:
            return
        places = [each.where for each in overlooked(self._paper, {}, titles=True) if each.subject is ITEMS]
        said = f";写有分值的有{'、'.join(dict.fromkeys(places))}" if places else ""
        self._doubt(ITEMS.file, ITEMS.path, doubt=f"没有读到项目,一项计分也没有录入{said}。请逐项填进“项目”和“得分点”")

    def _overlooked(self) -> None:
        """Mark every paragraph that tells of points or grades and was not taken over."""
        situations, clauses = self._read_situations
        told = [(each.side.key, each.where) for each in situations] + [(each.side.key, each.where) for each in clauses]
        scoring = frozenset(
            each.where for each in self._read_about if each.path[0] == "scoring" and each.value is not None
        )
        taken = {
            subject: self._places | scoring | {where for key, where in told if key == subject.path}
            for subject in (BONUS, DEDUCTIONS)
        }
        taken |= {
            ITEMS: self._places | {where for _, where in told},
            VETOES: frozenset(where for key, where in told if key == VETOES.path),
            GRADES: frozenset({self._read_grades.where} if self._read_grades else ()),
        }
        for each in overlooked(self._paper, taken):
            self._doubt(each.subject.file, each.subject.path, doubt=each.doubt, where=each.where)

    def _left(self) -> Iterator[str]:
        """Name what the paper holds and the draft does not."""
        used = self._rows.tables | self._units.tables | ({self._contacts.table} if self._contacts else set())
        for at, table in enumerate(self._paper.tables):
            if at not in used:
                head = "、".join(dict.fromkeys(cell.text.replace("\n", "") for cell in table.rows[0] if cell.text))
                yield f"{table.places[0]}开始的表(“{head[:30]}”)"
        others = dict.fromkeys(title for column, title in self._rows.titles if column is Column.OTHER and title)
        yield from (f"项目表的“{title}”一栏" for title in others)
        yield from self._paper.unread


def _total(items: tuple[ReadItem, ...]) -> Points | None:
    """Give the points of all items; None where one has none, or there are none."""
    told = [item.points for item in items if item.points is not None]
    return sum(told, start=0) if told and len(told) == len(items) else None


def _known(told: TomlTable) -> TomlTable:
    """Leave out what the notice does not tell."""
    return {key: value for key, value in told.items() if value is not None and value not in ("", [])}


def _file(item: ReadItem) -> str:
    return f"items/{item.no:02d}.toml"


def _letter(at: int) -> str:
    """Give the code of a ranking group: A to Z, then A1 and so on."""
    return chr(ord("A") + at % 26) + (str(at // 26) if at >= 26 else "")


def _unit(no: int, unit: Any, codes: dict[str, str]) -> TomlTable:  # noqa: ANN401
    told = {
        "no": no,
        "name": unit.name,
        "short": unit.short,
        "kind": unit.group,
        "ranking_group": codes.get(unit.group),
        "absorbed": list(unit.absorbed),
    }
    return _known(told)


def _put(table: TomlTable, path: tuple[str, ...], value: object) -> None:
    for step in path[:-1]:
        table = table.setdefault(step, {})
    table[path[-1]] = value
