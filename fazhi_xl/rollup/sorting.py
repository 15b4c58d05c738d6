"""Which districts are ranked together, and which are kept apart, with the reason of each and what to do about it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fazhi_xl.office.workspace.folder import REHEARSAL_FOLDER
from fazhi_xl.points import Hundredths
from fazhi_xl.rollup.district import District, Figures, Why
from fazhi_xl.rollup.expected import folded
from fazhi_xl.rollup.parts import Part
from fazhi_xl.rollup.read import Outcome
from fazhi_xl.text.commands import Command
from fazhi_xl.text.dates import chinese_moment
from fazhi_xl.text.one_line import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A district that was read, with the name that tells it from the others, its folder and its part; `rank` is None if it has none.

    Of one that is `unlike`, the ranking workbook beside the report was not written with it.
    """

    name: str
    folder: Path
    district: District
    part: Part
    unlike: bool = False
    no: int = 0
    rank: int | None = None

    @property
    def figures(self) -> Figures:
        return self.district.figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """A district that is not ranked: why, in what it shows, and what to do. Of one that is missing there is no folder."""

    name: str
    folder: Path | None
    why: Why
    detail: str
    then: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """All districts: ranked, not finished (whose figures are preliminary), and apart.

    Of those that came, `unlisted` are not on the list of expected ones. Districts `alike` bear one name, in folders of one name;
    of those that bear a name in `shared` the folders tell who they are.
    """

    ranked: tuple[Member, ...]
    unfinished: tuple[Member, ...]
    apart: tuple[Apart, ...]
    unlisted: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()

    @property
    def read(self) -> tuple[Member, ...]:
        """The districts whose detail is kept."""
        return (*self.ranked, *self.unfinished)

    @property
    def left_out(self) -> tuple[Apart, ...]:
        """All that is not ranked, the unfinished ones first."""
        return (*map(_unfinished, self.unfinished), *self.apart)


THEN: Mapping[Why, tuple[str, ...]] = {
    Why.MISSING: ("请该地区报来这一轮的文件夹(至少要有 结果/report.json),放进来再汇总一次。",),
    Why.NOT_COLLECTED: ("请该地区先运行 ", Command.COLLECT, " 收表。"),
    Why.UNFINISHED: ("请该地区在审核表里把未定的核定完,再收一次表;还差哪些,见它的“未定清单”。",),
    Why.OTHER_NOTICE: ("项目、得分点或计分规则与多数地区不同,不能一起排名。请该地区核对目录,改成一致后重新收表。",),
    Why.OTHER_SCORING: ("请该地区核对 notice.toml 的 [scoring] 和 readings.toml 的选项,改成一致后重新收表。",),
    Why.EARLIER_VERSION: ("请该地区用现在的版本再收一次表(", Command.COLLECT, " --out 该文件夹),成绩不变。"),
    Why.UNREADABLE: ("请该地区重新报来,或在原处再收一次表。",),
    Why.DISAGREEING: ("这个文件可能被改过。请该地区在原处再收一次表,不要手工改 report.json。",),
    Why.PACKED: ("没有打开。请把压缩包解开,放进来再汇总一次;已经解开放在别处的,请移走。",),
    Why.DEEPER: ("更深的文件夹没有看。请把各地区的文件夹往上移,或直接写它所在的文件夹,再汇总一次。",),
    Why.COPY: ("不用处理;多余的一份可以移走。",),
    Why.REHEARSAL: ("演练数据不和真实数据一起汇总。请改报真实的一轮。",),
}


def sort_out(
    outcomes: Sequence[Outcome],
    *,
    listed: Collection[Path] = (),
    expected: Sequence[str] = (),
    catalogue: str | None = None,
) -> Sorted:
    """Tell the districts apart; `catalogue` is the digest that they have to be of, by default that of most districts.

    Those whose folders are `listed` were issued together, by a list: each is called what the list calls it, as its folder is.
    """
    read, apart = (
        _members(outcomes, frozenset(each.absolute() for each in listed)),
        [_refused(each) for each in outcomes if each.why],
    )
    for step in (_without_rehearsals, _without_copies, lambda kept: _of_one_notice(kept, catalogue)):
        read, more = step(read)
        apart += more
    read, shared = _by_folder(read)
    alike = tuple(name for name, count in Counter(each.name for each in read).items() if count > 1)
    read = tuple(_told_apart(read))
    came = set(_names(read, apart))
    missing = [
        _apart(name, None, Why.MISSING, "名单上有,没有找到它的文件夹") for name in expected if folded(name) not in came
    ]
    wanted = set(map(folded, expected))
    return Sorted(
        ranked=_ranked([each for each in read if each.district.official]),
        unfinished=tuple(each for each in read if not each.district.official),
        apart=tuple(sorted((*missing, *_apart_named(read, apart)), key=lambda each: list(Why).index(each.why))),
        unlisted=tuple(each.name for each in read if wanted and not wanted & set(_called(each))),
        alike=alike,
        shared=shared,
    )


def _members(outcomes: Iterable[Outcome], listed: Collection[Path]) -> tuple[Member, ...]:
    return tuple(
        Member(
            name=one_line(each.folder.name) if each.folder.absolute() in listed else each.district.name,
            folder=each.folder,
            district=each.district,
            part=each.part,
            unlike=each.unlike,
        )
        for each in outcomes
        if each.district and each.part
    )


def _refused(outcome: Outcome) -> Apart:
    return _apart(shown_folder(outcome.folder), outcome.folder, outcome.why or Why.UNREADABLE, outcome.detail)


def _apart(name: str, folder: Path | None, why: Why, detail: str) -> Apart:
    return Apart(name=name, folder=folder, why=why, detail=detail, then="".join(THEN[why]))


def _unfinished(member: Member) -> Apart:
    return _apart(member.name, member.folder, Why.UNFINISHED, f"按{member.district.basis.value}的预排名")


def shown_folder(folder: Path) -> str:
    """Name a folder by its last part, and where many rounds' folders are called so, by the part before as well."""
    *_, before, last = ("", *folder.absolute().parts)
    return one_line(f"{before}/{last}" if last in _USUAL else last) or str(folder)


_USUAL = frozenset({REHEARSAL_FOLDER, "out"})  # what a round's folder is called where nobody called it otherwise
_NEAR = 3  # folders, the round's own first, any of which may bear the district's name


def _names(read: Iterable[Member], apart: Iterable[Apart]) -> Iterator[str]:
    """Give all names that what came goes by."""
    for member in read:
        yield from _called(member)
    for each in apart:
        yield from (folded(each.name), *(_folders(each.folder) if each.folder else ()))


def _called(member: Member) -> tuple[str, ...]:
    """Give the names that a list may have for a district."""
    return folded(member.name), folded(member.district.name), *_folders(member.folder)


def _folders(folder: Path) -> tuple[str, ...]:
    return tuple(map(folded, folder.absolute().parts[-_NEAR:]))


# Steps ------------------------------------------------------------------------------------------------------------------

Step = tuple[tuple[Member, ...], list[Apart]]


def _parted(kept: Iterable[Member], apart: Mapping[Path, Apart]) -> Step:
    return tuple(each for each in kept if each.folder not in apart), list(apart.values())


def _without_rehearsals(read: tuple[Member, ...]) -> Step:
    """Keep rehearsals apart from real rounds; where there is nothing else, they are brought together."""
    if all(each.district.rehearsal for each in read):
        return read, []
    played = [each for each in read if each.district.rehearsal]
    return _parted(
        read, {each.folder: _apart(each.name, each.folder, Why.REHEARSAL, "这一轮是演练") for each in played}
    )


def _without_copies(read: tuple[Member, ...]) -> Step:
    """Of several copies of one round keep the latest, the first of them by name."""
    rounds: defaultdict[str, list[Member]] = defaultdict(list)
    for each in read:
        rounds[each.district.round or each.part.path.name].append(each)
    apart: dict[Path, Apart] = {}
    for copies in rounds.values():
        kept = max(copies, key=lambda each: each.district.generated.timestamp())
        said = f"与 {shown_folder(kept.folder)} 是同一轮,以{chinese_moment(kept.district.generated)}生成的那一份为准"
        apart |= {each.folder: _apart(each.name, each.folder, Why.COPY, said) for each in copies if each is not kept}
    return _parted(read, apart)


def _of_one_notice(read: tuple[Member, ...], catalogue: str | None) -> Step:
    """Keep the districts of one notice, scored in one way: that of most, and of equally many the one with the latest results."""
    notice = catalogue or _most(read, lambda each: each.catalogue)
    same = [each for each in read if each.district.catalogue == notice]
    scoring = _most(same, lambda each: each.scoring)
    apart: dict[Path, Apart] = {}
    for each in read:
        if each.district.catalogue != notice:
            said = f"目录 {each.district.campaign}(第{each.district.edition}版)"
            apart[each.folder] = _apart(each.name, each.folder, Why.OTHER_NOTICE, said)
        elif each.district.scoring != scoring:
            apart[each.folder] = _apart(each.name, each.folder, Why.OTHER_SCORING, "目录相同,计分的选项不同")
    return _parted(read, apart)


def _most(read: Iterable[Member], key: Callable[[District], str]) -> str:
    kept = tuple(read)
    counts = Counter(key(each.district) for each in kept)
    latest = {key(each.district): each.district.generated.timestamp() for each in sorted(kept, key=_generated)}
    return max(counts, key=lambda each: (counts[each], latest[each]), default="")


def _generated(member: Member) -> float:
    return member.district.generated.timestamp()


def _by_folder(read: tuple[Member, ...]) -> tuple[tuple[Member, ...], tuple[str, ...]]:
    """Call those of one name by their folders where these tell them apart, and give such names: one catalogue served them all."""
    bearers: defaultdict[str, list[Member]] = defaultdict(list)
    for each in read:
        bearers[each.name].append(each)
    shared = tuple(name for name, some in bearers.items() if len(some) > 1 and _telling(some))
    called = (replace(each, name=one_line(each.folder.name)) if each.name in shared else each for each in read)
    return tuple(called), shared


def _telling(some: Sequence[Member]) -> bool:
    names = {one_line(each.folder.absolute().name) for each in some}
    return len(names) == len(some) and not names & _USUAL and all(names)


def _told_apart(read: Sequence[Member]) -> Iterator[Member]:
    """Give each district a name of its own and a number: of those that share one, by as much of the folder as tells them apart."""
    counts = Counter(each.name for each in read)
    for no, each in enumerate(read, 1):
        name = each.name
        if counts[name] > 1:
            others = [other.folder for other in read if other.name == name and other is not each]
            name = f"{name}({_distinct(each.folder, others)})"
        yield replace(each, name=name, no=no)


def _apart_named(read: Sequence[Member], apart: Sequence[Apart]) -> Iterator[Apart]:
    """Give each district that is apart a name that no other has."""
    every = [*((each.district.name, each.folder) for each in read), *((each.name, each.folder) for each in apart)]
    for each in apart:
        others = [folder for name, folder in every if name == each.name and folder and folder != each.folder]
        named = f"{each.name}({_distinct(each.folder, others)})" if each.folder and others else each.name
        yield replace(each, name=named)


def _distinct(folder: Path, others: Iterable[Path]) -> str:
    """Give the last of the parts of a folder's path in which it differs from the others."""
    own, rest = folder.absolute().parts, [other.absolute().parts for other in others]
    unlike = (
        part for no, part in enumerate(reversed(own), 1) if all(len(each) < no or each[-no] != part for each in rest)
    )
    return one_line(next(unlike, str(folder)))


def _ranked(read: Sequence[Member]) -> tuple[Member, ...]:
    """Rank by the mean rate, or where nothing is scored by points by the mean total; equal ones share a rank, 1, 2, 2, 4."""
    measures = {each.no: measure(each) for each in read}
    known = [value for value in measures.values() if value is not None]
    placed = (
        replace(each, rank=None if (own := measures[each.no]) is None else 1 + sum(other > own for other in known))
        for each in read
    )
    return tuple(sorted(placed, key=lambda each: (each.rank is None, each.rank or 0, each.no)))


def measure(member: Member) -> Hundredths | None:
    """Give the figure that a district is ranked by; None where it has none."""
    figures = member.figures
    return figures.mean_total if figures.mean_rate is None else figures.mean_rate
