"""Text from anybody as a report quotes it: in one line, and shortened."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fazhi_xl.text.characters import readable

_PAIRS = {
    ")": "(",
    "）": "（",
    "》": "《",
    "〉": "〈",
    "”": "“",
    "’": "‘",
    "】": "【",
    "]": "[",
    "」": "「",
    "〕": "〔",
}
_WHOLE = (
    re.compile(  # numbers with their measure, dates, words of letters, and numerals that have a sense only together
        r"(?:[0-9A-Za-z０-９]+(?:[.,:：/~～—-](?=[0-9A-Za-z０-９]))?)+[%‰]?"
        r"(?:(?:万元|亿元|年度|小时|季度|个月|(?<=[0-9０-９%‰])[\u4e00-\u9fff])[0-9]*)*"
        r"|第[一二三四五六七八九十百零0-9]+[\u4e00-\u9fff]?|百分之[一二三四五六七八九十百零点]+"
    )
)
_WORDS = re.compile(  # of official papers in general: no text is cut within one of them; what follows must not go on with it
    "(?:"
    "负责人|责任人|委员会|办法|报告|标准|材料|措施|达标|(?<!法)定期|调查|对象|方案|服务|负责|工作|公共|公开|管理|规范"
    "|规划|环境|会议|活动|机关|机构|机制|及时|计划|加强|监督|建立|建设|建议|健全|经费|决策|开展|考核|领导|流程|落实|履行"
    "|内容|纳入|培训|平均|评估|评价|签订|情况|情形|清单|全部|全面|全年|群众|任务|人员|社会|审查|实施|事项|数据|提升|体系"
    "|推进|推行|完成|完善|文件|问题|项目|协助|行政|宣传|研究|预算|责任|召开|政府|执行|职责|制定|制度|治理|专题|专项|资料"
    "|综合|总结|组织|案件|安全|单位|法律|列入|重大"
    ")(?![性化者员率度级制局部力])"
)
_LEADS = re.compile(  # words that leave open what follows: a text ends before them
    "不少于|不低于|不超过|不高于|按照|达到|低于|高于|根据|或者|进行|每年|其他|所需|以及|应当|至少|主要|超过"
)
_MARKS = "。;；,，、:：!！?？.\n "
_ENDS = frozenset({"的", *_PAIRS})
_BEGINS = frozenset({"和", "或", *_PAIRS.values()})  # what stands before is at its end


def one_line(text: str) -> str:
    """Put a space in the place of every run of white space and unprintable characters."""
    return " ".join("".join(char if readable(char) else " " for char in text).split())


def cut(text: str, room: int, *, mark: str = "…") -> str:
    """Shorten a text to at most so many characters, the last of them the mark of what is left out.

    It ends where a clause does, or else at a word's end as far as that is known, and not within a number, a pair of brackets or of
    quotation marks. Only what is one number, one word or one bracket throughout is cut where the room ends.
    """
    if len(text) <= room:
        return text
    return text[: _end(text, max(room - len(mark), 0))].rstrip(_MARKS) + mark


def _end(text: str, last: int) -> int:
    """Say where to end, at `last` at the latest: each further choice of ends gives up more."""
    in_tokens, in_brackets = _within(_tokens(text), last), _within(_brackets(text), last)
    unbroken = [at for at in range(last, 0, -1) if at not in in_tokens]
    free = [at for at in unbroken if at not in in_brackets]
    clauses = [at for at in free if text[at - 1] in _MARKS or text[at] in _MARKS]
    starts = {found.start() for kind in (_WORDS, _LEADS) for found in kind.finditer(text)}
    known = {found.end() for found in _WORDS.finditer(text)} | starts
    dangling = {found.end() for found in _LEADS.finditer(text)} | {at for at in free if text[at - 1] in _BEGINS}
    words = [at for at in free if at not in dangling and (at in known or text[at - 1] in _ENDS or text[at] in _BEGINS)]
    far = (*_from(clauses, last / 2), *_from(words, last / 2), *_from(clauses, last / 3))
    return next(iter((*far, *free, *unbroken)), last)


def _from(ends: list[int], first: float) -> list[int]:
    return [at for at in ends if at >= first]


def _within(spans: Iterator[tuple[int, int]], last: int) -> frozenset[int]:
    """Give the places up to `last` that are inside one of the spans."""
    return frozenset(at for start, end in spans for at in range(start + 1, min(end, last + 1)))


def _tokens(text: str) -> Iterator[tuple[int, int]]:
    return (found.span() for kind in (_WHOLE, _WORDS, _LEADS) for found in kind.finditer(text))


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Give the pairs of brackets from the one to the other; one without its other is none."""
    opened: list[int] = []
    for at, char in enumerate(text):
        if char in _PAIRS.values():
            opened.append(at)
        elif char in _PAIRS and opened and text[opened[-1]] == _PAIRS[char]:
            yield opened.pop(), at + 1


def whole_start(text: str, at: int) -> int:
    """Move a start back to where a number or a word of letters begins."""
    return next((found.start() for found in _WHOLE.finditer(text) if found.start() < at < found.end()), at)
