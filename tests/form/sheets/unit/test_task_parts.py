"""任务分解表 of notices that differ from the one of 2020: office's values, no self-scores, limits on losses, other bounds, classes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from fazhi_xl.form.checks import prompt
from fazhi_xl.form.expression import Value
from fazhi_xl.form.model import Field, Form, Label, Points, Shape
from fazhi_xl.form.unit_form import unit_forms
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.model import Notice
from tests.support.campaign import EDITION, KEY
from tests.support.catalogues import Files, Table, catalogue, item, minimal, sub_point, units

MET = {"key": "制度", "label": "建立制度", "kind": "choice", "options": ["是", "否", "不涉及"]}
LATE = {"key": "迟交", "label": "迟交材料", "kind": "whole", "measure": "次"}
ASKED = {"key": "受访", "label": "受访居民", "kind": "whole", "measure": "人"}
RATE = {"key": "满意率", "label": "居民满意率", "kind": "decimal", "measure": "%", "given_by": "office"}
BANDS = {"kind": "bands", "input": "满意率", "bands": [{"at_least": 90, "points": 4}, {"at_least": 80, "points": 2}]}
SURVEY: Table = {
    "name": "满意率调查",
    "kept_by": "office",
    "scope": "unit",
    "columns": [{"key": "满意率", "kind": "decimal", "maximum": 100}],
    "feeds": [{"sub_point": "1.1", "input": "满意率", "value": "满意率"}],
}


def files(*subs: Table, **about: object) -> Files:
    """Give a catalogue of one item of some sub-points, with what is changed in notice.toml."""
    made = minimal() | {"items/01.toml": item(1, *subs)}
    made["notice.toml"] |= {"scoring": {"full": made["items/01.toml"]["points"]}, **about}
    return made


def form_of(made: Files, folder: Path, unit: str = "01社区") -> tuple[Notice, Form]:
    notice = catalogue(folder, made)
    every = unit_forms(notice, assign(notice), edition=EDITION, key=KEY)
    return notice, next(form for form in every if form.unit == unit)


def shape_of(made: Files, folder: Path, unit: str = "01社区") -> Shape:
    return form_of(made, folder, unit)[1].shape


def shown(shape: Shape, field: str, values: Mapping[str, Value] | None = None) -> Value:
    return shape.evaluator(values or {}).field(field)


def label(shape: Shape, field: str) -> str:
    content = shape.contents[field]
    assert isinstance(content, Label)
    return content.text


class TestOfficeValues:
    """What only the office knows is locked, and no unit scores it itself."""

    def made(self, *more: Table) -> Files:
        survey = sub_point(4, BANDS, inputs=[RATE, *more])
        return files(survey, sub_point(6)) | {"registers.toml": {"registers": [SURVEY]}}

    @pytest.mark.parametrize(
        ("more", "by"), [((), "由办公室填入,涉及01社区、02社区"), ((ASKED,), "由01社区、02社区填报")]
    )
    def test_who_fills_in(self, more: tuple[Table, ...], by: str, tmp_path: Path) -> None:
        """An item for which the office alone gives the facts says so, and whom it concerns."""
        made = files(sub_point(4, BANDS, inputs=[RATE, *more])) | {"registers.toml": {"registers": [SURVEY]}}
        shape = shape_of(made, tmp_path)
        said = [content.text for _, _, content in shape.cells() if isinstance(content, Label)]
        assert [text.endswith(f"以下得分点{by}") for text in said if "以下得分点" in text] == [True]

    def test_locked(self, tmp_path: Path) -> None:
        """The value's cell says who gives it, and nothing of the sub-point is asked of the unit."""
        shape = shape_of(self.made(), tmp_path)
        assert shape.contents["1.1.满意率.填报"] == Label("由办公室提供", "office")
        assert shape.contents["1.1.满意率.校验"] == Label("由办公室提供", "status")
        assert shape.contents["1.1.校验"] == Label("由办公室提供", "sub_status")
        assert [key for key in shape.fields if key.startswith("1.1.")] == []
        assert shown(shape, "1.1.测算") == ""

    @pytest.mark.parametrize(("value", "score"), [(90, 4), (Fraction("89.99"), 2), (0, 0)])
    def test_scored_once_it_is_there(self, value: Value, score: int, tmp_path: Path) -> None:
        """With the office's value in its cell the rule gives the score."""
        assert shown(shape_of(self.made(), tmp_path), "1.1.测算", {"1.1.满意率.填报": value}) == score

    def test_left_out_of_the_totals(self, tmp_path: Path) -> None:
        """The points that a unit can claim do not contain it, and the item says how many the office scores."""
        shape = shape_of(self.made(), tmp_path)
        assert shape.contents["合计.分值"] == Points(600, "total_points")
        assert shown(shape, "合计.测算", {"1.2.次数.填报": 4}) == 6
        assert label(shape, "1.说明") == "10分;本单位2个得分点、10分,其中4分由办公室计分"

    def test_facts_of_the_unit_beside_it(self, tmp_path: Path) -> None:
        """What the unit itself enters for the sub-point is asked for as ever, with a remark."""
        shape = shape_of(self.made(ASKED), tmp_path)
        assert [key for key in shape.fields if key.startswith("1.1.")] == ["1.1.说明", "1.1.受访.填报"]
        assert shown(shape, "1.1.受访.校验") == "待填:受访居民"
        assert shown(shape, "1.1.校验") == "由办公室提供"

    def test_nothing_else_asked(self, tmp_path: Path) -> None:
        """Where the office scores everything, the totals are 0."""
        made = files(sub_point(4, BANDS, inputs=[RATE, ASKED])) | {"registers.toml": {"registers": [SURVEY]}}
        shape = shape_of(made, tmp_path)
        assert (shown(shape, "合计.测算"), shown(shape, "合计.自评")) == (0, 0)


class TestWithoutSelfScores:
    """Where units do not score themselves, no self-score is asked, and no check speaks of one."""

    @pytest.fixture
    def shape(self, tmp_path: Path) -> Shape:
        made = files(sub_point(10, {"kind": "yes", "input": "制度"}, inputs=[MET]))
        made["notice.toml"]["scoring"]["self_score"] = False
        return shape_of(made, tmp_path)

    def test_no_column(self, shape: Shape) -> None:
        """The sheet has no such column, cell or total."""
        sheet = next(each for each in shape.sheets if each.name == "任务分解表")
        assert "自评" not in [column.code for column in sheet.columns]
        assert [key for key in shape.contents if key.endswith(".自评")] == []

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({}, "通过"),
            ({"1.1.制度.填报": "不涉及"}, "错误:选了不涉及,请在情况说明写理由"),
            ({"1.1.制度.填报": "不涉及", "1.1.说明": "没有此项职能"}, "通过"),
        ],
    )
    def test_reasons(self, values: Mapping[str, Value], said: str, shape: Shape) -> None:
        """A claim of 不涉及 still needs its reason."""
        assert shown(shape, "1.1.校验", values) == said

    def test_total(self, shape: Shape) -> None:
        """The computed scores are added up."""
        assert shown(shape, "合计.测算", {"1.1.制度.填报": "是"}) == 10


class TestBounds:
    """A self-score lies between the least and the most of its sub-point."""

    @pytest.fixture
    def shape(self, tmp_path: Path) -> Shape:
        part = {
            "kind": "balance",
            "start": 1,
            "plus": [{"input": "次数", "each": 1}],
            "minus": [{"input": "迟交", "each": 2}],
        }
        asked = [{"key": "次数", "label": "走访次数", "kind": "whole", "measure": "次"}, LATE]
        return shape_of(files(sub_point(3, part, inputs=asked, least=-2, most=Decimal("4.5"))), tmp_path)

    def test_field(self, shape: Shape) -> None:
        """The cell takes no less and no more, and says so."""
        field = shape.fields["1.1.自评"]
        assert (field.minimum, field.maximum) == (Decimal(-2), Decimal("4.5"))
        assert "本得分点最高4.5分、最低-2分,对照左边的测算分填写。" in prompt(field)

    @pytest.mark.parametrize(
        ("own", "said"),
        [
            (Fraction("4.5"), "错误:自评高于测算,请在情况说明写理由"),
            (Fraction("4.6"), "错误:应填-2至4.5的数,最多2位小数,例如4.5"),
            (-2, "通过"),
            (Fraction("-2.5"), "错误:应填-2至4.5的数,最多2位小数,例如4.5"),
        ],
    )
    def test_own_score(self, own: Value, said: str, shape: Shape) -> None:
        """Above what is computed a reason is asked for, up to the most; beyond the bounds it is wrong."""
        facts: dict[str, Value] = {"1.1.次数.填报": 0, "1.1.迟交.填报": 0}
        assert shown(shape, "1.1.测算", facts) == 1
        assert shown(shape, "1.1.校验", {**facts, "1.1.自评": own}) == said

    def test_out_of_what_may_be_negative(self, tmp_path: Path) -> None:
        """Where nothing applies, a loss is no more to be claimed than a gain."""
        part = {
            "kind": "bands",
            "done": ["受访"],
            "due": ["迟交"],
            "bands": [{"at_least": 90, "points": 3}],
            "otherwise": -1,
            "no_case": "not_applicable",
        }
        shape = shape_of(files(sub_point(3, part, inputs=[ASKED, LATE], least=-1)), tmp_path)
        facts: dict[str, Value] = {"1.1.受访.填报": 0, "1.1.迟交.填报": 0}
        assert shown(shape, "1.1.校验", facts) == "通过"
        assert shown(shape, "1.1.校验", {**facts, "1.1.自评": -1}) == "错误:不涉及的,自评分留空或填0"
        assert shown(shape, "1.1.校验", {**facts, "1.1.自评": 0}) == "通过"


CAP: Table = {"text": "两项累计扣分不超过3分", "sub_points": ["1.1", "1.2"], "at_most": 3}
LOST: Table = {"kind": "deduct", "terms": [{"input": "迟交", "each": 1}]}


class TestLossCaps:
    """Several sub-points may lose only so much together: the rest is given back in the totals."""

    def made(self, *, reading: str = "zero_until_approved", at_most: int = 3) -> Files:
        subs = [sub_point(5, LOST, inputs=[LATE]), sub_point(4, {"kind": "yes", "input": "制度"}, inputs=[MET])]
        made = files(*subs, sub_point(1), loss_caps=[{**CAP, "at_most": at_most}])
        made["notice.toml"]["scoring"]["not_applicable"] = reading
        return made

    @pytest.mark.parametrize(
        ("late", "met", "own", "computed", "claimed"),
        [
            (None, None, {}, 0, 0),
            (3, None, {}, 0, 0),  # 3 lost is the limit, and the second has no score yet
            (4, "是", {"1.1.自评": 1, "1.2.自评": 4}, 1, 1),
            (2, "否", {"1.1.自评": 3, "1.2.自评": 1}, 3, 2),
            (9, "否", {"1.1.自评": 0}, 6, 2),
        ],
    )
    def test_given_back(
        self, late: Value, met: Value, own: Mapping[str, Value], computed: int, claimed: int, tmp_path: Path
    ) -> None:  # fmt: skip
        """What goes beyond the limit stands in a row of its own, and in the totals of both columns."""
        values: dict[str, Value] = {"1.1.迟交.填报": late, "1.2.制度.填报": met, **own}
        evaluator = shape_of(self.made(), tmp_path).evaluator(values)
        assert (evaluator.field("限额.1.测算"), evaluator.field("限额.1.自评")) == (computed, claimed)
        for column, given_back in (("测算", computed), ("自评", claimed)):
            scores = (evaluator.field(f"{code}.{column}") for code in ("1.1", "1.2", "1.3"))
            assert evaluator.field(f"合计.{column}") == given_back + sum(
                s for s in scores if isinstance(s, int | Fraction)
            )

    def test_said(self, tmp_path: Path) -> None:
        """The row says the notice's words, and which sub-points they are."""
        held = shape_of(self.made(), tmp_path).contents
        assert held["限额.1.项目"] == Label("两项累计扣分不超过3分", "fact")
        assert held["限额.1.说明"] == Label("1.1、1.2合计失分超过3分的,超过的部分补回。", "hint")

    @pytest.mark.parametrize(("reading", "given_back"), [("zero_until_approved", 6), ("out", 2)])
    def test_out(self, reading: str, given_back: int, tmp_path: Path) -> None:
        """A claim of 不涉及 counts as a loss only where it counts as 0 before it is approved."""
        evaluator = shape_of(self.made(reading=reading), tmp_path).evaluator(
            {"1.1.迟交.填报": 9, "1.2.制度.填报": "不涉及"}
        )
        assert evaluator.field("限额.1.测算") == given_back

    def test_out_of_reach(self, tmp_path: Path) -> None:
        """A limit that a unit's sub-points cannot reach has no row."""
        assert not any(key.startswith("限额") for key in shape_of(self.made(at_most=9), tmp_path).contents)


class TestClasses:
    """A class of units has its own points for a sub-point."""

    def test_points(self, tmp_path: Path) -> None:
        """The mark, the sentence, the bound and the total are those of the unit's class."""
        sub = sub_point(6, points_by_group={"乙": 4})
        made = files(sub, sub_point(2)) | {"units.toml": units(2, ("甲", "乙"))}
        for unit, points in (("01社区", 600), ("02社区", 400)):
            shape = shape_of(made, tmp_path / unit, unit)
            assert shape.contents["1.1.分值"] == Points(points, "sub_points")
            assert label(shape, "1.说明") == f"{points // 100 + 2}分;本单位2个得分点、{points // 100 + 2}分"
            assert shape.contents["合计.分值"] == Points(points + 200, "total_points")
            assert shape.fields["1.1.自评"].maximum == points // 100
            assert shown(shape, "1.1.测算", {"1.1.次数.填报": 4}) == points // 100


class TestWords:
    def test_signature_and_basis(self, tmp_path: Path) -> None:
        """Who signs is called as the notice calls them, and an item without a basis says none."""
        shape = shape_of(files(sub_point(10), words={"leader": "站长"}), tmp_path)
        said = [content.text for _, _, content in shape.cells() if isinstance(content, Label)]
        assert [text for text in said if "站长(签字)" in text]
        assert [text for text in said if "依据" in text] == []

    def test_evidence(self, tmp_path: Path) -> None:
        """Without a clause on evidence no prompt speaks of documents or folders."""
        shape = shape_of(files(sub_point(10, evidence="走访记录")), tmp_path)
        assert not [key for key, field in shape.fields.items() if "佐证" in prompt(field) or "台账" in prompt(field)]

    def test_a_rate_that_is_compared_with_another(self, tmp_path: Path) -> None:
        """A rate without a threshold is shown without a verdict."""
        margin = {"done": ["受访"], "due": ["迟交"], "reference": 95, "each": 1}
        shape = shape_of(files(sub_point(10, {"kind": "deduct", "terms": [margin]}, inputs=[ASKED, LATE])), tmp_path)
        assert shown(shape, "1.1.受访.校验", {"1.1.受访.填报": 2, "1.1.迟交.填报": 3}) == "66.66%"
        assert isinstance(shape.contents["1.1.受访.填报"], Field)
