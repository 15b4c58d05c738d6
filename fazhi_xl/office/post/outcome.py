"""What became of messages, message by message, for people and for programs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fazhi_xl.office.post.plan import Dispatch, Sort
from fazhi_xl.office.post.reach import Miss
from fazhi_xl.office.workspace.folder import Json
from fazhi_xl.text.worded import Worded


class State(Worded):
    """What became of a message."""

    DRAFTED = "drafted", "写好草稿"
    SENT = "sent", "已发送"
    PLANNED = "planned", "准备发出"  # by a run that only tells
    BEFORE = "before", "以前发过"
    NO_ADDRESS = "no_address", "没有地址"
    FAILED = "failed", "没有发出"
    UNSURE = "unsure", "不知道发出没有"
    RETURNED = "returned", "退过信没有再发"
    LEFT = "left", "没有轮到"


_OPEN = frozenset(
    {State.NO_ADDRESS, State.FAILED, State.UNSURE, State.RETURNED, State.LEFT}
)  # somebody has to do something


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of one message: the server's answer or why it was not sent, the addresses that were missed, the draft's path."""

    sort: Sort
    unit: str
    key: str
    state: State
    answer: str = ""
    missed: Mapping[str, Miss] = field(default_factory=dict)
    draft: Path | None = None

    @classmethod
    def of(
        cls,
        dispatch: Dispatch,
        state: State,
        answer: str = "",
        *,
        missed: Mapping[str, Miss] | None = None,
        draft: Path | None = None,
    ) -> Done:
        return cls(
            sort=dispatch.sort,
            unit=dispatch.unit,
            key=dispatch.key,
            state=state,
            answer=answer,
            missed=missed or {},
            draft=draft,
        )

    @property
    def well(self) -> bool:
        """Say whether nobody has to do anything about it."""
        return self.state not in _OPEN and not self.missed

    @property
    def missing(self) -> Iterator[str]:
        """Say of each address that was not reached why, and what to do."""
        yield from (_missed(address, miss) for address, miss in self.missed.items())

    @property
    def as_json(self) -> Json:
        said = {
            "answer": self.answer,
            "refused": {each: miss.said for each, miss in self.missed.items()},
            "later": [each for each, miss in self.missed.items() if miss.later],
            "returned": [each for each, miss in self.missed.items() if miss.returned],
            "draft": str(self.draft) if self.draft else None,
        }
        return {"sort": self.sort.value, "unit": self.unit, "key": self.key, "state": self.state.value, **said}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What became of all messages, in their order; `stopped` says why those after some point were not tried."""

    done: tuple[Done, ...]
    stopped: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Say whether nobody has to do anything about it."""
        return not self.stopped and all(each.well for each in self.done)

    @property
    def unsure(self) -> tuple[str, ...]:
        """Name the units with a message of which nobody knows if it was sent: it is not sent again unless that is asked for."""
        return tuple(dict.fromkeys(each.unit for each in self.done if each.state is State.UNSURE))

    @property
    def returned(self) -> tuple[str, ...]:
        """Name the units from whose addresses mail came back: it is not sent there again unless that is asked for."""
        return tuple(each.unit for each in self.done if any(miss.returned for miss in each.missed.values()))

    @property
    def lines(self) -> Iterator[str]:
        """Say sort by sort how many are in each state, then what has to be done."""
        for sort in Sort:
            counted = Counter(each.state for each in self.done if each.sort is sort)
            if counted:
                yield f"{sort.word}:" + ",".join(f"{state.word}{counted[state]}封" for state in State if counted[state])
        yield from (f"  {line}" for line in self._to_do())
        yield from self._end()

    def _end(self) -> Iterator[str]:
        """Say at which message the run stopped and why, and how many were left."""
        if not self.stopped:
            return
        why = "".join(self.stopped)
        at = next((each for each in self.done if each.answer == why), None)
        yield f"{at.sort.word}发到{at.unit}时停下了:{why}" if at else why
        if left := sum(each.state is State.LEFT for each in self.done):
            yield f"其余{left}封没有轮到,再运行一次,接着发。"

    def _to_do(self) -> Iterator[str]:
        """Say what has to be done, in one line for all units of which the same is said; why the run stopped is said at its end."""
        alike: defaultdict[tuple[Sort, State, str], list[str]] = defaultdict(list)
        for each in self.done:
            if each.state in _OPEN and each.state is not State.LEFT and each.answer != "".join(self.stopped):
                alike[each.sort, each.state, each.answer].append(each.unit)
        for (sort, state, answer), units in alike.items():
            yield f"{sort.word}{state.word}:{'、'.join(units)}。{answer}"
        for each in self.done:
            yield from (f"{each.sort.word}发给{each.unit},{line}" for line in each.missing)

    @property
    def as_json(self) -> Json:
        return {"messages": [each.as_json for each in self.done], "stopped": "".join(self.stopped)}


def _missed(address: str, miss: Miss) -> str:
    """Say why an address was not reached, and what to do."""
    if miss.returned:
        return f"“{address}”{miss.returned}来过退信({miss.said})。请在 联系人.xlsx 里改正这个地址,再运行一次。"
    if miss.later:
        return f"“{address}”暂时没有收(服务器说:{miss.said}),下次再发给它。"
    return f"没有送到“{address}”(服务器说:{miss.said})。请核对这个地址,在 联系人.xlsx 里改正,再运行一次,只补发给它。"
