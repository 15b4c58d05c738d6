"""说明.txt: a package told to somebody who finds it in twenty years, and has neither this program nor anybody to ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fazhi_xl.office.archiving.layout import AGAIN, METADATA, ORDER, PRINTED, README, SEALED, TABLE
from fazhi_xl.office.archiving.metadata import About
from fazhi_xl.office.outputs.results import RANKING_FILE
from fazhi_xl.office.sealing.edition import TOLD
from fazhi_xl.office.sealing.grounds import FOLDER as GROUNDS
from fazhi_xl.reports.packing_list import MANIFEST
from fazhi_xl.text.commands import Command
from fazhi_xl.text.notepad import notepad


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What the text needs besides the metadata: the edition's folder, how many returns and units there are, and what is not there."""

    edition: str
    assessment: str
    returns: int
    units: int
    decisions: int
    contacts: bool = False
    lacking: tuple[str, ...] = ()


def readme_bytes(about: About, story: Story) -> bytes:
    """Write the text, in UTF-8 with a byte order mark and the line ends that every editor reads."""
    return notepad("".join(f"{line}\n" for line in _lines(about, story)))


def _lines(about: About, story: Story) -> Iterator[str]:
    results = f"{SEALED}/{story.edition}/结果"
    yield f"{about.title} 归档包"
    yield ""
    yield "一、这是什么"
    yield f"{about.issuer}发出通知({about.number}),对{story.units}个单位作{about.year}年度的{story.assessment}。"
    yield f"{about.office}给每个单位发一份表,填好报回,办公室逐个得分点审核,算出总分和名次。"
    yield "这个包是定稿以后归档的全部材料,不依赖任何别的文件。"
    edition = about.edition
    yield f"定稿:第{edition['编号']}号“{edition['名称']}”,{edition['定稿人']}于 {edition['定稿时间']} 定稿,按{edition['计分依据']}计分。"
    yield ""
    yield "二、看哪个文件"
    yield f"{results}/{RANKING_FILE}    排名和全部得分,第一张是一页纸"
    if about.prints:
        yield f"{PRINTED}/    同样的内容做成 PDF(PDF/A-2b,长期保存用的格式),没有电子表格软件时看这个"
    yield f"{SEALED}/{story.edition}/    定稿:结果,和定稿时的审核表、登记、工作目录、审核记录"
    yield f"    (在 {GROUNDS} 里;审核记录是 决定.jsonl,{story.decisions}条)"
    yield f"{AGAIN}/    各单位报来的原件({story.returns}个文件,原样,一个字节也没有改),和重新算出排名所需的其余文件"
    yield f"{METADATA}    这个包的元数据;{MANIFEST}    每个文件的数字摘要"
    yield ""
    yield "三、分数怎样得来"
    yield "每个得分点有一条规则,写在目录里(toml 文本)。单位填报事实和自评分;审核的人逐个得分点定核定分,每个决定记一行在决定.jsonl 里:"
    yield "谁、哪一天、定多少、为什么。核定分相加,加上加分、减去减分,就是总分,按总分排名次。通知没有写明的地方按“口径说明”那张表。"
    yield ""
    yield "四、怎样核对没有改动"
    yield f"1. 只用操作系统的命令:进入这个文件夹,运行 sha256sum -c {MANIFEST},每一行都应是 OK(清单里没有的文件不是这个包的)。"
    yield "   Windows 没有这个命令:在命令提示符里用 certutil -hashfile 文件名 SHA256,显示的一串与清单里那个文件的比较,大小写不论。"
    yield "2. 归档时记下了整个压缩包的 SHA-256(在归档登记里),和 sha256sum(Windows:certutil)这个包的结果核对,一样就是同一个包。"
    yield f"3. 用当年的程序(fazhi-xl {about.version or '未标版本'}):运行 {Command.VERIFY} 这个包,它检测真实性、完整性、可用性、安全性,"
    yield f"并用 {AGAIN} 里的原件重新算一遍,与定稿的 {RANKING_FILE}、report.json 逐字节比较。不用网络,不用别的文件。"
    yield f"   程序摘要 {about.program} 说明是不是同一个程序;换了版本,算出的内容应该一样,字节可能不一样,程序会说明。"
    yield ""
    yield "五、几个要知道的文件"
    yield f"{AGAIN}/campaign.key    发放时的密钥,用来认出报回的表是不是当年发出的那一份;只用于这一次,不要用于以后的"
    yield f"{TABLE}    每个文件原来的名称和修改时间(纳秒):收到日期可能由它推定;{ORDER}    重新计算的时间和参数"
    yield f"{SEALED}/{story.edition}/{TOLD}    定稿时记下的每份报送、每个文件的数字摘要"
    yield from _not_here(about, story)


def _not_here(about: About, story: Story) -> Iterator[str]:
    said = []
    if about.lacking:
        said.append(f"PDF:{about.lacking}")
    if about.locked:
        handed = "打开密码:有的原件设了密码,密码不在包里,由办公室另行移交"
        said.append(f"{handed};重新计算时用 {Command.PASSWORDS} 给出")
    if not story.contacts:
        said.append("联系人和电话:排名不依赖它们")
    said.extend(f"{each}:归档时读不出来" for each in story.lacking)
    if said:
        yield ""
        yield "六、包里没有的"
        yield from said
    yield ""
    yield f"({README} 由归档的程序写成;编码 UTF-8。)"
