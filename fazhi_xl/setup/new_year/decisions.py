"""What an office has to decide anew for another year: one function for each matter, each yields its remarks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from fazhi_xl.findings.adjustable import Weight, finding_name
from fazhi_xl.notice.choices import Confidence
from fazhi_xl.notice.source import Source, tables
from fazhi_xl.notice.titles import TITLES
from fazhi_xl.notice.years import weekday
from fazhi_xl.setup.new_year.remark import Remark, to_decide
from fazhi_xl.text.dates import chinese_date

ABOUT, READINGS, SWITCHES = "notice.toml", "readings.toml", "switches.toml"
_OF_PERIOD = ("period_start", "period_end")
_OF_NOTICE = ("issued", "published")
_SATURDAY = 5


def decisions(before: Source, now: Source) -> Iterator[Remark]:
    """Yield what has to be decided in a catalogue that was moved, by what it was."""
    for matter in _MATTERS:
        yield from matter(before, now)


def _number(before: Source, now: Source) -> Iterator[Remark]:
    number, year = before.table(ABOUT)["number"], now.table(ABOUT)["year"]
    yield to_decide(ABOUT, ("number",), f"文号还是去年的“{number}”", f"填{year}年通知的文号")
    prefix = now.table(ABOUT)["form_prefix"]
    said = f"表号开头由“{before.table(ABOUT)['form_prefix']}”改成了“{prefix}”"
    yield to_decide(ABOUT, ("form_prefix",), said, "看和别的地区、别的通知有没有相同的")


def _days_of_notice(_: Source, now: Source) -> Iterator[Remark]:
    days = now.table(ABOUT)["dates"]
    for key in (each for each in _OF_NOTICE if each in days):
        said = f"{TITLES[key]}照去年推到了{chinese_date(days[key])}"
        yield to_decide(ABOUT, ("dates", key), said, f"填新通知的{TITLES[key]}")


def _deadlines(_: Source, now: Source) -> Iterator[Remark]:
    issued = now.table(ABOUT)["dates"]["issued"]
    for place, title, day in _due(now):
        said = f"{title}照去年推到了{chinese_date(day)},是{weekday(day)}"
        early = f",早于印发日{chinese_date(issued)}" if day < issued else ""
        weekend = day.weekday() >= _SATURDAY
        advice = f"改成工作日,例如{chinese_date(_workday(day))}({weekday(_workday(day))})" if weekend else ""
        if early or weekend:
            yield to_decide(ABOUT, place, f"{said}{early}", advice or "按新通知填")


def _due(now: Source) -> Iterator[tuple[tuple[str, str], str, date]]:
    """Yield the days by which something is asked for."""
    for section in ("dates", "feedback"):
        for key, day in now.table(ABOUT).get(section, {}).items():
            if isinstance(day, date) and key not in (*_OF_PERIOD, *_OF_NOTICE):
                yield (section, key), TITLES[key], day


def _workday(day: date) -> date:
    """Give the Friday before a weekend."""
    return day - timedelta(days=day.weekday() - _SATURDAY + 1)


def _last_of_february(_: Source, now: Source) -> Iterator[Remark]:
    """Yield a period that ended with February and lacks its last day, or has gained none."""
    end = now.table(ABOUT)["dates"]["period_end"]
    if end.month == 2 and (end + timedelta(days=1)).month == 2:
        said = f"评价期末照去年推到了{chinese_date(end)},{end.year}年2月有29日"
        yield to_decide(ABOUT, ("dates", "period_end"), said, "评到月底的改成29日")


def _phone(before: Source, _: Source) -> Iterator[Remark]:
    phone = before.table(ABOUT).get("office_phone", "")
    said = f"办公室的电话还是去年的“{phone}”" if phone else "办公室的电话空着"
    yield to_decide(ABOUT, ("office_phone",) if "office_phone" in before.table(ABOUT) else (), said, "填现在的号码")


def _coefficient(before: Source, _: Source) -> Iterator[Remark]:
    value = before.table(ABOUT)["scoring"].get("index_coefficient", 1)
    if value != 1:
        said = f"系数还是去年的{value}"
        yield to_decide(ABOUT, ("scoring", "index_coefficient"), said, "填今年公布的数值,没有公布的写1")


def _sections(before: Source, _: Source) -> Iterator[Remark]:
    for at, each in tables(before.table(ABOUT).get("review", {}), "sections"):
        said = f"科室“{each['name']}”审核项目{'、'.join(map(str, each['items']))}"
        yield to_decide(ABOUT, ("review", "sections", at, "items", 0), said, "看今年还是不是由它审核")


def _mail(before: Source, _: Source) -> Iterator[Remark]:
    for at, unit in tables(before.table("units.toml"), "units"):
        if unit.get("mail"):
            said = f"{unit['short']}的邮箱还是去年的{'、'.join(unit['mail'])}"
            yield to_decide("units.toml", ("units", at, "mail"), said, "核对还用不用")


def _doubtful_members(before: Source, _: Source) -> Iterator[Remark]:
    for at, group in tables(before.table("groups.toml"), "groups"):
        for nth, member in tables(group, "members"):
            if member.get("confidence") == Confidence.LOW:
                said = f"{member['unit']}算不算“{group['name']}”,去年把握不大"
                yield to_decide("groups.toml", ("groups", at, "members", nth), said, "按新通知定,定了的改把握程度")


def _readings(before: Source, _: Source) -> Iterator[Remark]:
    """Yield each reading that was confirmed, and one remark on those that were not."""
    held = list(tables(before.table(READINGS), "readings"))
    for at, each in (pair for pair in held if pair[1].get("confirmed")):
        said = f"口径“{each['key']}”去年确认的是“{each['chosen']}”,已改回没有确认"
        yield to_decide(READINGS, ("readings", at, "confirmed"), said, "今年再确认一次")
    left = [each["key"] for _, each in held if not each.get("confirmed")]
    if left:
        said = f"有{len(left)}条口径去年就没有确认:{'、'.join(left)}"
        yield to_decide(READINGS, (), said, "新通知写明了的删去,没有写明的再定一次")


def _switches(before: Source, now: Source) -> Iterator[Remark]:
    """Yield each switch: it was moved with the other days, and holds next year only if the office wants it to."""
    for (at, then), (_, each) in zip(
        tables(before.table(SWITCHES), "switches"), tables(now.table(SWITCHES), "switches"), strict=True
    ):
        said = (
            f"规则“{finding_name(each['finding'])}”去年从{chinese_date(then['since'])}起改为“{Weight.of(each['severity']).word}”,"
            f"照去年推到了{chinese_date(each['since'])}"
        )
        yield to_decide(SWITCHES, ("switches", at, "since"), said, "今年还要的改成今年定的日期,不要的删去")


_MATTERS: tuple[Callable[[Source, Source], Iterator[Remark]], ...] = (
    _number,
    _days_of_notice,
    _deadlines,
    _last_of_february,
    _phone,
    _coefficient,
    _sections,
    _mail,
    _doubtful_members,
    _readings,
    _switches,
)
