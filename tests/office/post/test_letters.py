"""What units are written: literally, for one unit of the notice, and what the letters of other catalogues leave out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from fazhi_xl.findings import Code, Place, finding
from fazhi_xl.form.identity import Edition
from fazhi_xl.form.unit_form import REHEARSAL_MARK, unit_forms
from fazhi_xl.mail.message import Attachment
from fazhi_xl.notice.assignment import assign
from fazhi_xl.notice.load import load
from fazhi_xl.notice.model import Notice
from fazhi_xl.office.post.letters.addressee import Addressee, Occasion
from fazhi_xl.office.post.letters.issued import form_letter
from fazhi_xl.office.post.letters.receipt import receipt_letter
from fazhi_xl.office.post.letters.reminder import late_words, missing_letter, sent_back_letter
from fazhi_xl.office.post.letters.result import bulletin_letter, feedback_letter
from fazhi_xl.reports.media.privacy import OtherUnits
from fazhi_xl.reports.receipt.facts import Receipt
from fazhi_xl.reports.receipt.facts import receipt as facts_of
from fazhi_xl.rounds.contacts import Contact
from fazhi_xl.rounds.day_basis import DayBasis
from fazhi_xl.rounds.deadlines import Extension
from fazhi_xl.rounds.evidence import Came, Document
from fazhi_xl.rounds.file import FileResult
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.status import Status
from tests.notice.campaigns import TEMPLATES
from tests.support.campaign import KEY, forms, the_notice
from tests.support.rounds import a_round, other_file, returned_file

UNIT, NUMBER = "人大常委会机关", "ZL2020-02-1-2SVYLX5J"
FORM = Attachment(name="02_人大常委会机关_任务分解表_2020.xlsx", data=b"form")
STEPS = """\
怎样填、怎样报:
1. 把附件先存到电脑上,再用 Excel 或 WPS 打开;上方提示“受保护的视图”的,点“启用编辑”。
2. 只填黄色的格子。每行的“校验”写明还差什么、怎样改;“填报说明”表上写着“还有N处待填”,填到“可以报送”为止。
3. 另存为 .xlsx,从收到本邮件的邮箱发回(直接回复本邮件、带上填好的表就行);不要改表名、增删行列或另建文件。
4. “联络员名单”是表里的一张,可以先报:先填这一张,把整个表发回;其余的填好以后再发一次,以最后收到的为准。
5. 台账资料放进以监测项目序号命名的文件夹(你单位的是15、20),和填好的表压缩在一起,一并发回。
6. 打印任务分解表,签字盖章后扫描,也一并发回。
"""


def close(day: str) -> str:
    office = "区委依法治区办\n区司法局普法与依法治理科"
    return f"有问题,请问区委依法治区办,区司法局普法与依法治理科,电话0519-8888。\n\n{office}\n0519-8888\n{day}\n"


def notice() -> Notice:
    """Give the notice with a telephone number of the office."""
    about = the_notice().about
    return the_notice().model_copy(update={"about": about.model_copy(update={"office_phone": "0519-8888"})})


def to(day: date = date(2020, 11, 1), mark: str = "") -> Addressee:
    contact = Contact(unit=UNIT, addresses=("rd@example.com",), copies=("copy@example.com",))
    unit = the_notice().units_by_short[UNIT]
    occasion = Occasion(notice=notice(), day=day, mark=mark)
    return Addressee(occasion=occasion, unit=unit, contact=contact, form=forms()[UNIT])


def receipt(file: FileResult, *more: FileResult, day: date = date(2020, 11, 19)) -> str:
    round_ = a_round([UNIT], (file, *more), notice=notice())
    return receipt_letter(to(day), facts(round_, file), None).body


def facts(round_: Round, file: FileResult) -> Receipt:
    return facts_of(round_, round_.notice.units_by_short[UNIT], file, NUMBER, OtherUnits.of(round_.notice))


class TestForm:
    def test_whole(self) -> None:
        """It names what it is, the notice's days, how to fill in and send, whom to ask, and goes with the form under its own name."""
        letter = form_letter(to(), FORM)
        assert letter.subject == f"钟楼区2020年度法治建设监测评价任务分解表(人大常委会机关,表号{NUMBER})"
        assert (letter.to, letter.copies, letter.attachments) == (("rd@example.com",), ("copy@example.com",), (FORM,))
        assert letter.body == (
            "人大常委会机关:\n\n"
            "按照《关于做好2020年度法治建设监测评价工作的通知》(钟委法办〔2020〕8号),"
            f"现将《钟楼区2020年度法治建设监测评价任务分解表》(表号{NUMBER})发给你单位,"
            "见附件“02_人大常委会机关_任务分解表_2020.xlsx”。请按通知的要求填报,报送至区委依法治区办。\n\n"
            "报送期限:\n"
            "1. 任务分解表和台账资料:2020年11月20日前。\n"
            "2. 联络员名单:2020年10月26日前(已过,请尽快)。\n\n"
            f"{STEPS}\n{close('2020年11月1日')}"
        )

    def test_full_name(self) -> None:
        """A unit is greeted by its name as the notice prints it."""
        unit = the_notice().units_by_short["区委办"]
        assert replace(to(), unit=unit).text().startswith("区委办(含研究室):\n")

    @pytest.mark.parametrize("campaign", ["chengchuan-xiangzhen-2023", "wanglan-bumen-2023"])
    def test_other_catalogues(self, campaign: str) -> None:
        """A letter tells nothing that its notice does not have: no evidence, contacts or telephone where there are none."""
        other = load(TEMPLATES / campaign)
        form = next(unit_forms(other, assign(other), edition=Edition(number=1), key=KEY))
        unit = other.units_by_short[form.unit]
        own = Addressee(
            occasion=Occasion(notice=other, day=date(2023, 7, 1)),
            unit=unit,
            contact=Contact(unit=unit.short),
            form=form,
        )
        body = form_letter(own, FORM).body
        assert ("台账资料放进以考核项目序号命名的文件夹" in body) == bool(other.about.texts.evidence)
        assert ("\n报送期限:2024年" in body) == (not other.contacts)  # no list of one
        assert ("“联系名册”是表里的一张,可以先报" in body) == bool(other.contacts)
        assert ("联系名册:2023年4月10日前(已过,请尽快)。" in body) == bool(other.contacts)
        assert "电话" not in body
        assert "监测" not in body

    def test_rehearsal(self) -> None:
        """A rehearsal's letters say so in subject and greeting."""
        letter = form_letter(to(mark=REHEARSAL_MARK), FORM)
        assert letter.subject.startswith("【演练数据】钟楼区2020年度")
        assert letter.body.startswith("【演练数据】人大常委会机关:\n")


class TestReminder:
    @pytest.mark.parametrize(("day", "told"), [(17, "还有3天"), (20, "今天到期"), (22, "已经过了2天")])
    def test_missing(self, day: int, told: str) -> None:
        """Who sent nothing is told the deadline and how far it is, and gets the form once more."""
        letter = missing_letter(to(date(2020, 11, day)), FORM)
        assert letter.subject == f"钟楼区2020年度法治建设监测评价任务分解表催报(人大常委会机关,表号{NUMBER})"
        assert letter.attachments == (FORM,)
        assert letter.body == (
            "人大常委会机关:\n\n"
            "至今还没有收到你单位的《钟楼区2020年度法治建设监测评价任务分解表》和台账资料。"
            f"通知的报送期限是2020年11月20日,{told}。请尽快填好发回区委依法治区办。\n"
            f"附件“02_人大常委会机关_任务分解表_2020.xlsx”(表号{NUMBER})和原来发给你单位的相同:"
            "已经填好的,直接发回填好的那一份;已经发出、我们没有收到的,请告诉我们发出的时间和邮箱。\n\n"
            f"{STEPS}\n{close(f'2020年11月{day}日')}"
        )

    def test_with_more_time(self) -> None:
        """Who has more time is told so with the days left, in all letters that name the day, and is called late by it alone."""
        granted = {UNIT: Extension(unit=UNIT, day=date(2020, 11, 25), by="张三", why="停电")}
        unit = replace(to(date(2020, 11, 22)), occasion=replace(to(date(2020, 11, 22)).occasion, extensions=granted))
        body = missing_letter(unit, FORM).body
        assert (
            "\n\n还没有收到你单位的《钟楼区2020年度法治建设监测评价任务分解表》和台账资料。通知的报送期限是2020年11月20日,"
            "经批准你单位延期至2020年11月25日,还有3天。请在延期的日期以前填好发回区委依法治区办。\n"
        ) in body
        assert "任务分解表和台账资料:2020年11月25日前。" in form_letter(unit, FORM).body
        for day, words in ((23, ""), (26, "你单位2020年11月26日报来,晚于延期后的报送期限2020年11月25日,请抓紧改好。")):
            file = returned_file(UNIT, received=date(2020, 11, day))
            assert late_words(replace(a_round([UNIT], [file]), extensions=granted), UNIT) == words

    def test_first_of_several(self) -> None:
        """Only of several returns one is the first."""
        late = returned_file(UNIT, received=date(2020, 11, 23), basis=DayBasis.CORRECTED)
        again = replace(late, received=date(2020, 11, 24), status=Status.SUPERSEDED)
        said = "第一次报来是2020年11月23日,晚于"
        assert said in late_words(a_round([UNIT], [late, again]), UNIT)
        assert f"(办公室更正的日期),{said}" in receipt(again, late)

    def test_sent_back(self) -> None:
        """What has to be mended is told in the text that stands in 结果/退回, as the office left it, and that the unit is late."""
        words = "\ufeff人大常委会机关:\r\n请改好。\r\n\r\n区委依法治区办\r\n"
        letter = sent_back_letter(to(), words, (FORM,), "你单位来晚了。")
        assert letter.subject == f"钟楼区2020年度法治建设监测评价任务分解表催报:退回修改(人大常委会机关,表号{NUMBER})"
        assert letter.body == "人大常委会机关:\n\n你单位来晚了。\n请改好。\n\n区委依法治区办\n"

    def test_late(self) -> None:
        """A unit is called late only where that is certain."""
        came = {
            basis: a_round([UNIT], [returned_file(UNIT, received=date(2020, 11, 23), basis=basis)])
            for basis in (DayBasis.MAIL, DayBasis.FILE)
        }
        assert late_words(came[DayBasis.MAIL], UNIT) == (
            "你单位2020年11月23日报来,晚于通知的报送期限2020年11月20日,请抓紧改好。"
        )
        assert late_words(came[DayBasis.FILE], UNIT) == ""
        assert late_words(a_round([UNIT], [returned_file(UNIT)]), UNIT) == ""


class TestReceipt:
    def test_whole(self) -> None:
        """It tells when the return came and by what, its name and SHA-256, what counts of it, and until when it can be replaced."""
        file = replace(returned_file(UNIT), path="2020-11-10/某文件夹/人大.xlsx", time=time(9, 5), basis=DayBasis.MAIL)
        again = replace(file, path="2020-11-11/人大.xlsx", status=Status.DUPLICATE)
        before = other_file("旧.xlsx", Status.SUPERSEDED, UNIT)
        round_ = a_round([UNIT], (file, again, before), notice=notice())
        page = Attachment(name="02_人大常委会机关_回执.xlsx", data=b"page")
        letter = receipt_letter(to(date(2020, 11, 19)), facts(round_, file), page)
        assert letter.subject == f"钟楼区2020年度法治建设监测评价任务分解表回执(人大常委会机关,表号{NUMBER})"
        assert letter.attachments == (page,)
        assert letter.body == (
            "人大常委会机关:\n\n"
            "你单位报送的《钟楼区2020年度法治建设监测评价任务分解表》已经收到,特此回执"
            "(第1号,附件“02_人大常委会机关_回执.xlsx”可以打印)。\n\n"
            "1. 收到的文件:人大.xlsx\n"
            f"2. 文件的校验值(SHA-256):{'0' * 64}\n"
            "3. 收到时间:2020年11月10日 09:05(邮件的时间),按时\n"
            "4. 计入:以这一份为准,读出填报内容33处;内容相同的另有1份;没有计入的另有1份\n"
            "5. 分值合计22.00分,测算18.00分,自评18.00分(还没有审核)\n"
            "6. 台账目录列有0份,收到的材料0个文件\n\n"
            '核对:在存放这个文件的文件夹里打开命令提示符,输入 certutil -hashfile "文件名" SHA256 ,'
            "显示的一串应与上面的 SHA-256 相同,大小写不论。\n"
            "对本回执写的有异议的,请在2020年11月20日以前告诉我们。\n"
            "要更换的,请在2020年11月20日以前把整个表再发一次,以最后收到的为准。\n"
            "本回执只说明表已收到、可以使用,不表示审核通过;得分以审核核定的为准。\n\n"
            f"{close('2020年11月19日')}"
        )

    def test_to_confirm(self) -> None:
        """What the unit has to confirm is listed, and what the office has to look at is not; no other unit is named."""
        place = Place(sheet="台账目录", cell="J6")
        mine = finding(Code.EVIDENCE_NOT_THERE, place, value="区法院的判决.pdf", row="台账.001")
        file = replace(returned_file(UNIT), findings=(mine, finding(Code.EVIDENCE_UNOPENED, value="压缩包")))
        body = receipt(file)
        assert (
            "请核实(1处):带“需修改事项”的表另行发给你单位,请在“答复”里逐处答复;有误的改好,把整个表再发一次。\n1. "
            in body
        )
        assert "1. 台账目录 J6:台账.001列出的“(其他单位)的判决.pdf”在报送的台账文件夹里没有找到。" in body
        assert "压缩包" not in body

    def test_late(self) -> None:
        """Who came late for certain is told so; of a day that is only presumed nothing is judged."""
        late = returned_file(UNIT, received=date(2020, 11, 23), basis=DayBasis.CORRECTED)
        assert "3. 收到时间:2020年11月23日(办公室更正的日期),晚于报送期限\n" in receipt(late)
        assert "3. 收到时间:2020年11月23日(按文件时间推定,由办公室确认)\n" in receipt(
            replace(late, basis=DayBasis.FILE)
        )

    def test_replacing(self) -> None:
        """After the deadline a return is replaced only as far as the catalogue gives a day for corrections."""
        file = returned_file(UNIT)
        assert "报送期限已过。确有差错要更正的,请先和我们联系。" in receipt(file, day=date(2020, 11, 21))

    def test_evidence_that_did_not_come(self) -> None:
        """Where documents are listed and no file came, it is said what to do; not where some came, or none is listed."""
        listed = Document(row="台账.001", sub_point="15.1", came=Came.MISSING)
        said = "台账目录列有1份,收到的材料0个文件;请把台账目录列出的材料发来,已经另外报送的不用再报\n"
        assert said in receipt(replace(returned_file(UNIT), documents=(listed,)))
        assert "台账目录列有0份,收到的材料0个文件\n" in receipt(returned_file(UNIT))


class TestResult:
    def test_feedback(self) -> None:
        """The letter with a feedback sheet says what to do with it, and no score."""
        sheet = Attachment(name="02_人大常委会机关_反馈单.xlsx", data=b"sheet")
        letter = feedback_letter(to(date(2021, 1, 5)), sheet)
        assert letter.subject == f"钟楼区2020年度法治建设监测评价反馈单(人大常委会机关,表号{NUMBER})"
        assert letter.attachments == (sheet,)
        assert letter.body == (
            "人大常委会机关:\n\n"
            "钟楼区2020年度法治建设监测评价的结果已经核定,现将你单位的反馈单发给你单位,见附件“02_人大常委会机关_反馈单.xlsx”。"
            "请逐条核对;反馈单上请补正材料或者核实数据的,报区委依法治区办;有不同意见的,在反馈单的“复核申请”表里选上、写明理由,把反馈单发回。\n"
            "反馈单只写你单位自己的结果,请不要转发给其他单位。\n\n"
            f"{close('2021年1月5日')}"
        )

    def test_bulletin(self) -> None:
        """The bulletin's letter names both documents, and no form number."""
        documents = tuple(Attachment(name=name, data=b"") for name in ("通报稿.docx", "通报版.xlsx"))
        letter = bulletin_letter(to(date(2021, 1, 5)), documents)
        assert letter.subject == "钟楼区2020年度法治建设监测评价情况通报(人大常委会机关)"
        assert letter.attachments == documents
        assert letter.body == (
            "人大常委会机关:\n\n现将钟楼区2020年度法治建设监测评价情况的通报发给你单位,见附件“通报稿.docx”、“通报版.xlsx”。"
            f"请对照通报的要求抓好落实。\n\n{close('2021年1月5日')}"
        )
