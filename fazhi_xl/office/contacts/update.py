"""What a collect does to 联系人.xlsx: proposals of accepted returns are put into it, and what the office adopted is carried out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from fazhi_xl.errors import WrongUseError
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.contacts.proposals import proposed
from fazhi_xl.office.contacts.read import faults_told, open_contacts
from fazhi_xl.office.contacts.refresh import refresh
from fazhi_xl.office.workspace.folder import Workspace
from fazhi_xl.rounds.file import FileResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated:
    """What is told: `told` by the next run again where nothing changes, `once` only now."""

    told: tuple[str, ...] = ()
    once: tuple[str, ...] = ()


def update(
    space: Workspace, notice: Notice, files: Iterable[FileResult], senders: Mapping[str, str], day: date
) -> Updated:
    """Bring the round's contacts up to date where it keeps any; nothing that is wrong with them stops a collect.

    `senders` are the addresses that files came from, by their paths.
    """
    if not space.contacts_file.exists():
        return Updated()
    try:
        opened = open_contacts(space.contacts_file, notice)
    except WrongUseError as error:
        return Updated(told=("".join(error.parts),))
    proposals = tuple(proposed(notice, files, senders, opened.people.contacts))
    now = refresh(opened, notice, proposals, day=day)
    faults = (f"{space.contacts_file.name} {each}" for each in faults_told(now.opened.book))
    return Updated(told=(*now.told, *faults), once=now.once)
