"""The differences in plain sentences, for the first sheet and for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from fazhi_xl.notice.model import Notice
from fazhi_xl.points import short
from fazhi_xl.setup.compare.affected import Touched
from fazhi_xl.setup.compare.carried import Fate
from fazhi_xl.setup.compare.differences import Change, Differences, Part, SubPointChange, What
from fazhi_xl.setup.compare.told import Reach, Told

SAME = "两个目录完全一样,没有任何变化。"
_NAMED, _DATES = 4, 6


def opening(told: Told) -> str:
    """Say in one sentence how much differs."""
    if not told.differences.changes:
        return SAME
    numbered = [each for each in told.differences.changes if each.what is What.NUMBERED]
    other = [each for each in told.differences.changes if each.what is not What.NUMBERED]
    parts = "、".join(dict.fromkeys(each.part.value for each in other))
    only = f"{'另有' if other else '只有'}{len(numbered)}处变了编号。" if numbered else ""
    return (f"共有{len(other)}处变化,涉及{parts}。" if other else "") + only


def lines(told: Told) -> Iterator[str]:
    """Give all of them, as the first sheet has them."""
    yield from doubts(told)
    yield opening(told)
    yield from sentences(told)


def brief(told: Told) -> Iterator[str]:
    """Give what a terminal says: how much differs, and what of a round is touched."""
    yield from doubts(told)
    yield opening(told)
    yield from _affected(told)


def doubts(told: Told) -> Iterator[str]:
    """Say what is odd about comparing these two at all."""
    old, new = told.differences.old.about, told.differences.new.about
    if told.same_place:
        yield f"两边写的是同一个目录({told.new_name})。要比较改动前后的,先把改动前的目录另存一份。"
    if old.year > new.year:
        yield f"旧的是{old.year}年度,新的是{new.year}年度,像是写反了。“新增”“取消”都按写的先后算。"
    if old.district != new.district:
        yield f"两个目录不是同一个地区的:旧的是{old.district},新的是{new.district}。单位、得分点对得上的很少。"
    yield from told.remarks


def sentences(told: Told) -> Iterator[str]:
    """Say what has changed, part by part; nothing of a part in which nothing has."""
    found = told.differences
    yield from _units(found.of(Part.UNIT))
    yield from _sub_points(found.sub_points)
    yield from _full_marks(found)
    yield from _rules(found)
    yield from _loads(found)
    yield from _counted("加减分、登记和口径", found.of(*OTHER))
    yield from _dates(found)
    yield from _carried(told)
    yield from _affected(told)


OTHER = (
    Part.BONUS,
    Part.DEDUCTION,
    Part.LIMIT,
    Part.VETO,
    Part.BONUS_FORM,
    Part.REGISTER,
    Part.READING,
    Part.SWITCH,
    Part.CONTACTS,
    Part.INDEX,
)
"""The parts that stand together on a sheet."""
_WHATS = (What.NEW, What.GONE, What.MERGED, What.RENAMED, What.MOVED, What.CHANGED)


def _units(changes: Sequence[Change]) -> Iterator[str]:
    said = [f"{what.value}{_some(own)}" for what in _WHATS if (own := [each for each in changes if each.what is what])]
    moved = [each for each in changes if any(field.field == "ranking_group" for field in each.fields)]
    said = [each.replace(What.MOVED.value, "换排名组", 1) for each in said]
    if said:
        yield f"单位:{','.join(said)}。"
    if moved and any(each.what is What.RENAMED for each in moved):
        yield f"改名的单位里也换了排名组的:{_some(each for each in moved if each.what is What.RENAMED)}。"


def _some(changes: Iterable[Change]) -> str:
    every = list(changes)
    names = "、".join(_arrow(each) for each in every[:_NAMED])
    return f"{len(every)}家({names}{'等' if len(every) > _NAMED else ''})"


def _arrow(each: Change) -> str:
    both = each.before and each.after and each.before != each.after
    return f"{each.before}→{each.after}" if both else each.name


def _sub_points(changes: Sequence[SubPointChange]) -> Iterator[str]:
    counts = Counter(each.what for each in changes)
    fields = Counter(field.field for each in changes for field in {f.field: f for f in each.fields}.values())
    said = [f"{what.value}{counts[what]}个" for what in (What.NEW, What.GONE) if counts[what]]
    said += [f"换项目{counts[What.MOVED]}个"] if counts[What.MOVED] else []
    said += [f"改分值{fields['points']}个"] if fields["points"] else []
    said += [f"改文字{fields['text']}个"] if fields["text"] else []
    said += [f"只变了编号{counts[What.NUMBERED]}个"] if counts[What.NUMBERED] else []
    other = sum(bool({f.field for f in each.fields} - {"points", "text"}) for each in changes)
    said += [f"改了其他的{other}个"] if other else []
    if said:
        yield f"得分点:{','.join(said)}。"
    doubtful = sum(each.doubtful for each in changes)
    if doubtful:
        yield f"有{doubtful}个得分点只是文字相同或相近,没有相同的标识,是不是同一个请核对(见“得分点”的“依据”)。"


def _full_marks(found: Differences) -> Iterator[str]:
    before, now = _full(found.old), _full(found.new)
    if before != now:
        yield f"全部得分点的分值合计由{short(before)}分变为{short(now)}分。"


def _full(notice: Notice) -> int:
    return int(sum(sub.points for sub in notice.sub_points.values()))


def _rules(found: Differences) -> Iterator[str]:
    inputs = Counter(each.what for each in found.of(Part.INPUT))
    said = [
        f"{what.value}{inputs[what]}个" for what in (What.NEW, What.GONE, What.CHANGED, What.RENAMED) if inputs[what]
    ]
    if said:
        yield f"填报指标(得分点还在的):{','.join(said)}。"
    changed = sum(not each.only_reads_otherwise for each in found.rules)
    if changed:
        yield f"计分规则改了{changed}个得分点。"


def _loads(found: Differences) -> Iterator[str]:
    own = [each for each in found.loads if each.old and each.new]
    if own:
        more, less = sum(bool(e.fresh or e.gained) for e in own), sum(bool(e.dropped or e.lost) for e in own)
        both = [f"{more}家有增加的"] * bool(more) + [f"{less}家有减少的"] * bool(less)
        yield f"谁填什么:{len(own)}家单位要填的得分点变了,{','.join(both)}。"


def _counted(name: str, changes: Sequence[Change]) -> Iterator[str]:
    counts = Counter(each.part for each in changes)
    if counts:
        yield f"{name}:" + "、".join(f"{part.value}{many}处" for part, many in counts.items()) + "有变化。"


def _dates(found: Differences) -> Iterator[str]:
    fields = [field for each in found.of(Part.ABOUT) for field in each.fields]
    days = [each for each in fields if each.field == "dates"]
    if days:
        told = [f"{each.way[-1]}由{each.before or '没有写'}改为{each.after or '不写'}" for each in days[:_DATES]]
        yield f"日期:{';'.join(told)}{'等' if len(days) > _DATES else ''}。"
    scoring = [each.way[-1] for each in fields if each.field == "scoring"]
    if scoring:
        yield f"计分办法改了:{'、'.join(scoring)}。"


def _carried(told: Told) -> Iterator[str]:
    counts = Counter(each.fate for each in told.carried)
    if told.carried and told.differences.changes:
        said = "、".join(f"{fate.value}的{counts[fate]}个" for fate in Fate if counts[fate])
        yield f"上期的数带到新一轮:得分点{said},逐个见“上期数据”。"
    if told.carries is not None:
        yield f"按这一轮收到的表,现在可以带入的数共{told.carries}个。"


def _affected(told: Told) -> Iterator[str]:
    if told.reach is Reach.NO_ROUND:
        return
    counts = Counter(each.touched for each in told.affected)
    if told.reach is Reach.SAME_YEAR and not told.affected:
        yield f"收到的{told.returned}份表里已有的填报,和已有的审核决定,都不受影响。"
    elif told.reach is Reach.SAME_YEAR:
        both = "、".join(f"{counts[each]}处{each.value}" for each in Touched if counts[each])
        yield f"收到{told.returned}份计分的表;{both}受影响。{told.reach.value}"
    else:
        yield told.reach.value
