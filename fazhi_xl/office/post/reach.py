"""Which addresses of a message were reached, by the record: those that a server refused, or whose mail came back, are still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from fazhi_xl.office.post.plan import Dispatch
from fazhi_xl.office.post.register import Entry, Event, PostRegister, key_of

_MINUTE = len("2020-11-21T09:00")  # what times of the record are compared by: all are on the office's clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """Why an address was not reached, as a server said it: `later` only for now, `returned` the day on which the mail came back."""

    said: str
    later: bool = False
    returned: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """Where a message goes now; which of its addresses were missed before, and why; `unsure` where one of them may have got it."""

    to: tuple[str, ...] = ()
    missed: Mapping[str, Miss] = field(default_factory=dict)
    unsure: bool = False


class Reach:
    """What the record says of addresses."""

    def __init__(self, register: PostRegister) -> None:
        self._register = register
        self._of: dict[tuple[str, str, str], dict[str, Miss | Event]] = {}  # SENT, UNSURE, or why not
        self._last: dict[str, Entry] = {}
        self._returned: dict[str, Miss] = {}
        self.returned: dict[str, dict[str, Miss]] = {}
        """The mails that came back, by the attempts that sent them and by their addresses."""
        for entry in register.entries:
            if entry.event is Event.BEGUN:
                self._take(entry, register.ends[entry.id])
            elif entry.event is Event.RETURNED:
                self._take_back(entry)

    def _take(self, begun: Entry, end: Entry) -> None:
        """Take an attempt; one that failed says nothing of its addresses, and what was reached once stays so."""
        of = self._of.setdefault(key_of(begun), {})
        for address in (*begun.to, *begun.copies):
            if end.event is Event.SENT and address not in end.refused:
                of[address], self._last[address] = Event.SENT, begun
                self._returned.pop(address, None)
            elif of.get(address) is not Event.SENT and end.event is Event.SENT:
                of[address] = Miss(said=end.refused[address], later=address in end.later)
            elif of.get(address) is not Event.SENT and end.event is not Event.FAILED:
                of[address] = Event.UNSURE

    def _take_back(self, entry: Entry) -> None:
        """Take a mail that came back: the last that went to its address, unless that went later."""
        for address in entry.to:
            last = self._last.get(address)
            if last and last.at[:_MINUTE] > entry.at[:_MINUTE]:
                continue
            self._returned[address] = miss = Miss(said=entry.answer, returned=entry.at.partition("T")[0])
            if last:
                self._of[key_of(last)][address] = miss
                self.returned.setdefault(last.id, {})[address] = miss

    def aim(self, dispatch: Dispatch, *, again: bool) -> Aim:
        """Say where a message goes: `again` to everybody, else to nobody who got it, or whose last mail came back."""
        receivers = dispatch.letter.receivers
        if again:
            return Aim(to=receivers)
        if self._register.standing(dispatch) is Event.SENT:
            return self._rest(receivers, self._of[dispatch.identity])
        missed = {each: self._returned[each] for each in receivers if each in self._returned}
        return Aim(to=tuple(each for each in receivers if each not in missed), missed=missed)

    def _rest(self, receivers: Iterable[str], of: Mapping[str, Miss | Event]) -> Aim:
        """Aim at who was refused for now, and at new addresses where they stand for one that was missed."""
        missed = dict(self._missed(receivers, of))
        moved = any(isinstance(how, Miss) and each not in missed for each, how in of.items())
        new = (each for each in receivers if moved and each not in of and each not in missed)
        to = (*(each for each, how in missed.items() if how.later), *new)
        return Aim(to=to, missed=missed, unsure=any(of.get(each) is Event.UNSURE for each in receivers))

    def _missed(self, receivers: Iterable[str], of: Mapping[str, Miss | Event]) -> Iterator[tuple[str, Miss]]:
        for each in receivers:
            how = of.get(each)
            if isinstance(how, Miss):
                yield each, self._returned.get(each, how)
            elif how is None and each in self._returned:
                yield each, self._returned[each]
