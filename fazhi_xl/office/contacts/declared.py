"""The sheets of 联系人.xlsx, their columns, and the settings of the office's mail: said here, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from fazhi_xl.mail.settings import Security
from fazhi_xl.text.worded import Worded
from fazhi_xl.xlsx.kept.model import Head, Sheet, Use

CALLED = "联系人工作簿"
VERSION = "1"
"""Of the workbook: a later one may hold what this program does not know."""
VERSION_NAME, NOTICE_NAME, STATE_NAME, CHECK_NAME = "联系人工作簿版本", "工作名称", "联系人内容", "检查结果"
ID, NOTE = "标识", "备注"
_NOTE = Head(title=NOTE, width=24, hint="写给自己看的话,程序不用。")
_MARK = Head(title=ID, width=8, use=Use.HIDDEN, text=True)

# Contacts ---------------------------------------------------------------------------------------------------------------

NO, UNIT, PERSON, ADDRESSES, COPIES, PHONE = "序号", "单位", "联系人", "邮箱", "抄送", "电话"

PEOPLE = Sheet(
    name="联系人",
    key="contacts",
    says="每家一行。信发到“邮箱”,同时抄给“抄送”;一格里几个邮箱用分号隔开。单位由程序写。",
    heads=(
        Head(title=NO, width=6, use=Use.COMPUTED),
        Head(title=UNIT, width=24, use=Use.COMPUTED),
        Head(title=PERSON, width=14, text=True),
        Head(
            title=ADDRESSES, width=38, text=True, hint="例如 zhang@example.cn;几个的用分号隔开。空着的,信发不到这一家。"
        ),
        Head(title=COPIES, width=30, text=True, hint="也要收到同一封信的邮箱;没有的空着。"),
        Head(title=PHONE, width=24, text=True),
        _NOTE,
        _MARK,
    ),
    mark=ID,
    tab="input_line",
    fixed=2,
)

# Settings ---------------------------------------------------------------------------------------------------------------

SETTING, VALUE, PURPOSE = "项目", "填什么", "说明"
NO_LOGIN = "不登录"
SECURITIES = tuple(each.word for each in Security)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A setting: the key of its row, its title, what it is for, and the words that it is chosen from."""

    key: str
    title: str
    purpose: str
    options: tuple[str, ...] = ()


ADDRESS = Setting(key="address", title="发件地址", purpose="办公室发信用的邮箱,例如 office@example.cn")
NAME = Setting(key="name", title="发件人", purpose="收信的人看到的名称,例如办公室的名称。可以空着")
AUTHORITY = Setting(
    key="authority",
    title="证书文件",
    purpose="只有服务器用单位内部的证书才填:证书文件(.pem、.crt)的位置,从这本工作簿所在的文件夹算起",
)
PATIENCE = Setting(key="patience", title="等待秒数", purpose="服务器多久不应答就算不通。空着的是30")
PASSWORD_FILE = Setting(
    key="password_file",
    title="密码文件",
    purpose="存放密码(授权码)的文本文件的位置,不是密码本身。密码写在那个文件的第一行,那个文件只让自己能读",
)
FOLDER = Setting(key="imap.folder", title="收信文件夹", purpose="收邮箱里的哪个文件夹。空着的是 INBOX(收件箱)")
VERIFIER = Setting(
    key="imap.verifier",
    title="验证者",
    purpose="自己的邮件系统在来信的“Authentication-Results”里署的名称,一般是它的域名。不知道的空着",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings:
    """The settings of one server, and the usual ports of each way of encrypting, those of `other` servers for telling a mix-up."""

    what: str
    host: Setting
    port: Setting
    security: Setting
    user: Setting
    usual: dict[Security, int]
    other: tuple[int, ...]

    @property
    def every(self) -> tuple[Setting, ...]:
        return self.host, self.port, self.security, self.user


def _server(key: str, what: str, host: str, usual: dict[Security, int], other: tuple[int, ...]) -> ServerSettings:
    ports = ",".join(f"{security.word}一般是{port}" for security, port in usual.items())
    return ServerSettings(
        what=what,
        host=Setting(key=f"{key}.host", title=f"{what}服务器", purpose=f"例如 {host};不{what}的空着"),
        port=Setting(key=f"{key}.port", title=f"{what}端口", purpose=f"{ports}。空着的按加密方式"),
        security=Setting(
            key=f"{key}.security",
            title=f"{what}加密方式",
            purpose=f"从下拉里选。空着的是 SSL/TLS,端口填{usual[Security.STARTTLS]}的是 STARTTLS",
            options=SECURITIES,
        ),
        user=Setting(
            key=f"{key}.user",
            title=f"{what}用户名",
            purpose=f"空着的和“{ADDRESS.title}”相同;服务器不用登录的,填“{NO_LOGIN}”",
        ),
        usual=usual,
        other=other,
    )


_SMTP_PORTS = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}
_IMAP_PORTS = {Security.TLS: 993, Security.STARTTLS: 143, Security.NONE: 143}
_POP = (110, 995)
SMTP = _server("smtp", "发信", "smtp.example.cn", _SMTP_PORTS, (*sorted(set(_IMAP_PORTS.values())), *_POP))
IMAP = _server("imap", "收信", "imap.example.cn", _IMAP_PORTS, (*_SMTP_PORTS.values(), *_POP))
SETTINGS = (ADDRESS, NAME, *SMTP.every, *IMAP.every, FOLDER, VERIFIER, AUTHORITY, PATIENCE, PASSWORD_FILE)

MAIL = Sheet(
    name="邮箱设置",
    key="mail_settings",
    says="办公室的邮箱怎样发信、收信。只填“填什么”一栏;密码不写在这里。",
    heads=(
        Head(title=SETTING, width=18, use=Use.COMPUTED),
        Head(title=VALUE, width=36, text=True),
        Head(title=PURPOSE, width=64, use=Use.COMPUTED),
        _NOTE,
        _MARK,
    ),
    mark=ID,
    tab="state",
)

# Proposals --------------------------------------------------------------------------------------------------------------

WHAT, NOW, PROPOSED, SOURCE, DECISION, RESULT = "项目", "现在", "建议", "来源", "处理", "结果"


class Decision(Worded):
    """What the office does with a proposal; blank while it is open."""

    TAKE = "take", "采用"
    LEAVE = "leave", "不采用"


class Part(Worded):
    """What of a contact is proposed to change; the word is the title of its column."""

    PERSON = "person", PERSON
    PHONE = "phone", PHONE
    ADDRESSES = "addresses", ADDRESSES  # an address more


PROPOSALS = Sheet(
    name="变更建议",
    key="proposals",
    says="单位报来的表和来信里,和“联系人”表不一样的。在“处理”里选;采用的,下一次运行时写进“联系人”表:邮箱是加上,现在的留着;联系人、电话是换成建议的。",
    heads=(
        Head(title=UNIT, width=24, use=Use.COMPUTED),
        Head(title=WHAT, width=10, use=Use.COMPUTED),
        Head(title=NOW, width=30, use=Use.COMPUTED, text=True),
        Head(
            title=PROPOSED, width=30, text=True, hint="可以改了再采用。邮箱是加上这一个;不要原来的,到“联系人”表里删去。"
        ),
        Head(title=SOURCE, width=40, use=Use.COMPUTED),
        Head(title=DECISION, width=10, options=tuple(each.word for each in Decision)),
        Head(title=RESULT, width=34, use=Use.COMPUTED),
        _MARK,
    ),
    mark=ID,
    tab="ask",
)
SHEETS = (PEOPLE, MAIL, PROPOSALS)
