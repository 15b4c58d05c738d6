"""The options of collect.py, each with its help; what sends mail has its own beside what it does."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fazhi_xl.cli.chinese import ADDRESS, CAMPAIGN, FILE, FOLDER, NUMBER, RETURNS
from fazhi_xl.cli.mail import AGAIN_HELP, DRY_RUN_HELP, SMTP_HELP
from fazhi_xl.cli.rollup import FOLDER as ROLL_UP_FOLDER

SEED, REHEARSE, ROLL_UP, PACK, SECOND = 2020, "--rehearse", "--rollup", "--pack", "--second"
_ROUND, _REVIEW, _MAIL, _MANY, _PLAY, _DISTRICTS, _SHOW = (
    "收表", "审核", "发给单位", "许多地区", "演练", "汇总各地区", "输出",
)  # fmt: skip


Returns = Annotated[
    list[Path] | None,
    typer.Argument(metavar=RETURNS, help="收回的文件,或它们所在的文件夹,可写几个;不写就是 DIR/回收。"),
]
Out = Annotated[Path, typer.Option(metavar=FOLDER, rich_help_panel=_ROUND, help="这一轮的文件夹。")]
Campaign = Annotated[
    str | None,
    typer.Option(metavar=CAMPAIGN, rich_help_panel=_ROUND, help="工作目录的名称或文件夹;不写就按发放记录。"),
]
Passwords = Annotated[
    Path | None,
    typer.Option(metavar=FILE, rich_help_panel=_ROUND, help="收回的文件设了打开密码的:写着密码的文本文件,一行一个。"),
]
Previous = Annotated[
    Path | None,
    typer.Option(metavar=FOLDER, rich_help_panel=_ROUND, help="与上一轮比较:上一轮的输出文件夹或它的 report.json。"),
]
Jobs = Annotated[int, typer.Option(metavar=NUMBER, min=1, rich_help_panel=_ROUND, help="同时使用的进程数。")]
AcceptSelf = Annotated[
    list[str] | None,
    typer.Option(
        metavar="单位", rich_help_panel=_REVIEW, help="还没有审核的得分点按自评核定;可写几次,“全部”指所有单位。"
    ),
]
By = Annotated[str, typer.Option(metavar="姓名", rich_help_panel=_REVIEW, help="按自评核定、定稿由谁负责。")]
Reviewers = Annotated[
    list[str] | None,
    typer.Option(metavar="科室", rich_help_panel=_REVIEW, help="另写这个科室的审核表;可写几次,“全部”指所有科室。"),
]
Restore = Annotated[
    bool,
    typer.Option(
        "--restore-review", rich_help_panel=_REVIEW, help="审核记录丢失或被改动时,先用 存档 里最新的一份恢复,再收表。"
    ),
]
Smtp = Annotated[bool, typer.Option("--smtp", rich_help_panel=_MAIL, help=SMTP_HELP)]
DryRun = Annotated[bool, typer.Option("--dry-run", rich_help_panel=_MAIL, help=DRY_RUN_HELP)]
Again = Annotated[bool, typer.Option("--again", rich_help_panel=_MAIL, help=AGAIN_HELP)]
Districts = Annotated[
    Path | None,
    typer.Option(
        metavar=FOLDER,
        rich_help_panel=_MANY,
        help="收 DIR 里的每一轮:每个地区一个文件夹,各收各的;还有别的文件夹的,写在后面。",
    ),
]
Scheduler = Annotated[
    str,
    typer.Option(
        metavar=ADDRESS,
        rich_help_panel=_MANY,
        help=f"由集群来做:Dask 调度程序的地址,和 --districts 或 {ROLL_UP} 一起用。",
    ),
]
ReportOnly = Annotated[
    bool,
    typer.Option(
        "--report-only", rich_help_panel=_ROUND, help="只读表、检查、算分,写 report.json;不写排名表、审核表等。"
    ),
]
Rehearse = Annotated[
    bool, typer.Option(REHEARSE, rich_help_panel=_PLAY, help="用编造的数据走完一轮,写在 DIR/演练 里,不影响真实数据。")
]
Seed = Annotated[
    int | None,
    typer.Option(
        metavar=NUMBER,
        rich_help_panel=_PLAY,
        help=f"随机种子,和 {REHEARSE} 或 {SECOND} 一起用;不写就是 {SEED}。",
    ),
]
Second = Annotated[
    str,
    typer.Option(
        SECOND,
        metavar="比例",
        rich_help_panel=_REVIEW,
        help="收表,并抽得分点由第二个人再审:扣了分的、分值高的都抽,其余按比例抽,例如 10%;另写一本不写单位和初审分的复审表。",
    ),
]
Explain = Annotated[
    list[str] | None,
    typer.Option(
        metavar="单位/得分点",
        rich_help_panel=_SHOW,
        help="收表,并说明一个数怎样得来,例如 民政局/3.2;只写单位说明总分和名次,单位/全部 说明每个得分点,全部 说明所有单位;可写几次。",
    ),
]
RollUp = Annotated[
    bool,
    typer.Option(
        ROLL_UP,
        rich_help_panel=_DISTRICTS,
        help="把各地区的结果汇总排名:后面写各地区的文件夹(里面有 结果/report.json),或它们所在的文件夹,可写几个;"
        f"写在 DIR 里,不写 --out 就是 {ROLL_UP_FOLDER.as_posix()}。要另装汇总用的库,没有装会说怎样装;以哪个目录为准可用 --campaign 指定。",
    ),
]
Expect = Annotated[
    Path | None,
    typer.Option(
        metavar=FILE,
        rich_help_panel=_DISTRICTS,
        help="应该报来的地区名单(文本、CSV 或 Excel,一行一个),和 --rollup 一起用;没有报来的会列出。",
    ),
]
Pdf = Annotated[
    bool, typer.Option("--pdf", rich_help_panel=_SHOW, help="反馈单和通报另做一份 PDF,要装有 LibreOffice。")
]
Open = Annotated[
    bool, typer.Option("--open", rich_help_panel=_SHOW, help="收完打开排名表:有 Excel 的在 Excel 里打开。")
]
Pack = Annotated[
    bool,
    typer.Option(
        PACK,
        rich_help_panel=_SHOW,
        help="收表,并把各单位的佐证材料按项目和单位整理到 DIR/上报,附目录和校验清单;再运行一次就核对、补齐。",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", rich_help_panel=_SHOW, help="不显示过程。")]
Json = Annotated[bool, typer.Option("--json", rich_help_panel=_SHOW, help="以 JSON 输出结果(与 report.json 相同)。")]
