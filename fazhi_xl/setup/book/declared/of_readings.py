"""Readings of what the notice leaves open, what each changes, and what the office has made of findings."""

from __future__ import annotations

from fazhi_xl.findings.adjustable import NAMES
from fazhi_xl.notice.model import Option, Reading, Switch
from fazhi_xl.setup.book.declared.columns import Column, Form, columns
from fazhi_xl.setup.book.declared.table import CHANGES, LONG, NAME, TEXT, Holds, Level, Parent, Table, named

READINGS: tuple[Table, ...] = (
    Table(
        sheet="口径",
        key="readings",
        file="readings.toml",
        says="通知没有写明、要由办公室定的地方,一行一处。换一种理解只改“采用”。",
        part="口径",
        name="键名",
        levels=(
            Level(
                path="readings",
                columns=columns(
                    Reading,
                    *("key", "question", "chosen", "reason", "confirmed"),
                    key=NAME,
                    question=TEXT,
                    chosen=NAME,
                    reason=LONG,
                ),
            ),
        ),
    ),
    Table(
        sheet="口径选项",
        key="options",
        file="readings.toml",
        says="每一处有几种理解,一行一种。",
        of=(Parent(table="口径", column=named("口径", "口径", width=20)),),
        part="口径",
        name="键名",
        levels=(Level(path="options", columns=columns(Option, "key", "text", key=NAME, text=LONG)),),
    ),
    Table(
        sheet=CHANGES,
        content=("对象", "哪一处"),
        key="changes",
        file="readings.toml",
        says="采用一种理解时改目录的哪一处,一行一处。",
        of=(
            Parent(table="口径", column=named("口径", "口径", width=20)),
            Parent(table="口径选项", column=named("选项", width=20)),
        ),
        part="口径",
        levels=(
            Level(
                path="changes",
                columns=(named("对象", width=24, hint="改哪里,例如 得分点 1.2、通知 计分、责任部门。"),),
                holds=Holds.NAMED,
                key=("对象",),
            ),
            Level(
                path="",
                columns=(
                    named(
                        "哪一处",
                        width=30,
                        hint="改哪一栏;在里面的逐级写,用 / 隔开,第几个写数,例如 规则/规则各条/1/不足时。",
                    ),
                    Column(models=(), path="", title="改成", own=Form.VALUE, width=48),
                ),
                holds=Holds.NAMED,
            ),
        ),
    ),
    Table(
        sheet="规则开关",
        key="switches",
        file="switches.toml",
        says="哪条规则从哪天起怎样办,一行一条:收到的表照它判断,口径说明照它印。不调整的不写。",
        levels=(
            Level(
                path="switches",
                columns=(
                    Column(
                        models=(Switch,),
                        path="finding",
                        own=Form.CHOICE,
                        own_words={code.value: name for code, name in NAMES.items()},
                        hint="从下拉里选;没有列出的不能调整。",
                        width=30,
                    ),
                    *columns(Switch, "severity", "since", "reason", "by", reason=LONG, by=NAME),
                ),
            ),
        ),
    ),
)
