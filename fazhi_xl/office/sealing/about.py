"""定稿说明.txt: what an edition is, for a person who finds it: who sealed what, what it rests on, how it is verified, what changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from fazhi_xl.office.sealing.edition import TOLD, Sealed
from fazhi_xl.reports.media.titles import state
from fazhi_xl.reports.packing_list import MANIFEST
from fazhi_xl.rounds.round import Round
from fazhi_xl.rounds.sealed import Difference
from fazhi_xl.text.dates import chinese_moment
from fazhi_xl.text.notepad import notepad


def about_text(round_: Round, sealed: Sealed) -> bytes:
    """Write the text, in UTF-8 with a byte order mark and the line ends that every editor reads."""
    return notepad("".join(f"{line}\n" for line in _lines(round_, sealed)))


def _lines(round_: Round, sealed: Sealed) -> Iterator[str]:
    yield f"{round_.mark}{round_.notice.about.short_title} 第{sealed.no}号定稿:{sealed.name}"
    yield ""
    yield f"定稿人:{sealed.by}"
    yield f"定稿时间:{chinese_moment(datetime.fromisoformat(sealed.sealed))}"
    yield f"排名:{state(round_)},{chinese_moment(round_.generated)}收表所得,目录第{round_.version}版"
    yield from _units(round_, sealed)
    yield f"审核决定:{sealed.record.count}条"
    yield ""
    yield "结果 文件夹是定稿时的结果;依据 文件夹是当时的审核记录、审核表、收到登记、发放记录和工作目录;收到的表按 SHA-256 列在"
    yield f"{TOLD} 里,原件在 存档。这里的文件都是只读的,只看,不要改;以后再收表也不会改动它们。"
    yield f"核对有没有改动:在这个文件夹里运行 sha256sum -c {MANIFEST},每一行都应是 OK"
    yield "(Windows 没有这个命令:在命令提示符里用 certutil -hashfile 文件名 SHA256,与清单里的比较)。"
    yield ""
    yield from _changes(sealed)
    yield ""
    yield "校验值(SHA-256)"
    yield f"审核记录:{sealed.record.sha256}"
    yield f"审核记录最后一行:{sealed.record.last or '(没有)'}"
    yield from (
        f"{path}:{sha256}"
        for path, sha256 in sorted(sealed.files.items())
        if path.startswith("结果/") and path.count("/") == 1
    )


def _units(round_: Round, sealed: Sealed) -> Iterator[str]:
    came = f"应报{len(round_.due)}家,已报{len(round_.returned)}家;" if round_.due else ""
    yield f"单位:{came}有总分{len(round_.scored)}家"
    if sealed.missing:
        counted = "按口径计0分" if round_.zeroed else "不排名"
        yield f"没有报送的{len(sealed.missing)}家({counted}):{'、'.join(sealed.missing)}"
    if sealed.to_correct:
        yield f"报来的表还有要改的{len(sealed.to_correct)}家:{'、'.join(sealed.to_correct)}"


def _changes(sealed: Sealed) -> Iterator[str]:
    before = sealed.before
    if before is None:
        yield "这是第一次定稿。"
        return
    yield f"与第{before.no}号定稿“{before.name}”相比,有{len(sealed.changes)}处变化:"
    yield from (f"  {change_told(each)}" for each in sealed.changes)


def change_told(change: Difference) -> str:
    """Say in a line what differs: 法院 得分点6.1:定稿1.00,现在0.50(第12号决定,张三,2020-12-01)。"""
    about = " ".join(filter(None, (change.unit, f"{change.kind.word}{change.row}")))
    why = f"({change.why})" if change.why else ""
    return f"{about}:原来{change.before or '没有'},现在{change.now or '没有'}{why}"
