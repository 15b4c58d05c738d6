"""核实答复: what a unit was asked to confirm, and has not; the office may settle it in the unit's place, and says how it knows."""

from __future__ import annotations

from enum import StrEnum

from fazhi_xl.form import expression as x
from fazhi_xl.form.checks import with_checks
from fazhi_xl.form.expression import Const, Ref
from fazhi_xl.form.model import Field
from fazhi_xl.form.sheets.common.inputs import choice_input
from fazhi_xl.form.sheets.common.rows import filled, needed_because, needed_where
from fazhi_xl.form.sheets.review import common as parts
from fazhi_xl.form.sheets.review.common import UNIT
from fazhi_xl.form.sheets.review.dossier import Dossier, Matter
from fazhi_xl.form.sheets.review.matters import MatterList

QUESTION, ENTERED, REPLY, SETTLED = "疑问", "填的内容", "来件答复", "核实"


class Settled(StrEnum):
    """How the office knows that what a unit entered may stand as it is."""

    ASKED = "已向单位核实"
    SEEN = "已看材料"
    OF_NO_WEIGHT = "不影响计分"
    AS_NOTED = "见说明"


def _ask(dossier: Dossier, matter: Matter) -> tuple[Field, ...]:
    code = matter.code
    settled = choice_input(
        code,
        SETTLED,
        "核实",
        tuple(Settled),
        "单位没有答复、由办公室代为核实的,选是怎样核实的;一样的可以往下填充。别的情形选“见说明”,在说明里写明。",
    )
    note, *signature = parts.note_input(code), *parts.signature(dossier, code)
    asked = with_checks(settled, needed_where(settled, parts.filled_any((note, *signature))))
    because = f"核实选了“{Settled.AS_NOTED}”"
    said = with_checks(note, needed_because(note, x.equal(Ref(settled.key), Const(Settled.AS_NOTED)), because))
    return tuple(parts.signed((asked, said, *map(with_checks, signature)), filled(settled)))


QUERIES = MatterList(
    head="核实",
    name="核实答复",
    note=(
        "请单位核实、还没有答复的,一行一处。退回给单位的表上有“答复”一列,单位答复了、或者把内容改了,这一行就没有了。"
        "单位答不了的,由办公室代为核实:选是怎样核实的,填审核人和日期(可以往下填充)。每一处都有了答复才是正式排名;"
        "内容变了的,会重新问。"
    ),
    shown={UNIT: 12, QUESTION: 54, ENTERED: 16, REPLY: 20},
    titles={
        UNIT: "单位",
        QUESTION: "请核实的问题",
        ENTERED: "填的内容",
        REPLY: "单位的答复(没有采用)",
        SETTLED: "办公室核实",
    },
    answered=(SETTLED,),
    ask=_ask,
    inputs={SETTLED: 14},
)
