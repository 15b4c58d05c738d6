"""What can go wrong with a mail server, in one line each for the office: what happened, and what to do."""

from __future__ import annotations

from enum import Enum
from typing import Self

from fazhi_xl.errors import WrongUseError


class Fault(Enum):
    """A kind of failure; `ends` says that nothing more can be done with this server now, and not only with one message."""

    text: str
    ends: bool

    def __new__(cls, text: str, ends: bool) -> Self:  # noqa: FBT001 - a column of the table
        """Make a member of a row of the table; texts may be alike."""
        member = object.__new__(cls)
        member._value_ = len(cls.__members__)
        member.text, member.ends = text, ends
        return member

    # fmt: off
    UNKNOWN_HOST = ("找不到服务器“{host}”。请核对服务器地址,并看网络是否接通。", True)
    UNREACHABLE = ("连不上服务器 {host}:{port}({detail})。请核对地址和端口,并看网络、防火墙是否放行。", True)
    SILENT = ("服务器 {host}:{port} 接通了,{seconds}秒没有应答。请核对端口和加密方式,过一会儿再运行一次。", True)
    NO_TLS = ("服务器 {host}:{port} 不能按“{security}”加密,没有登录,也没有发送密码。请核对加密方式和端口。", True)
    CERTIFICATE = ("服务器 {host} 的证书不可信({detail})。请核对服务器地址;单位内部的证书,请把它的证书文件填进“证书文件”。", True)
    PLAIN = ("服务器 {host}({detail})不在本机或内网,又设为不加密,没有登录,也没有发送密码。请把加密方式改为“SSL/TLS”或“STARTTLS”。", True)
    PASSWORD = ("服务器 {host} 不接受用户名“{user}”和密码。请核对;许多邮箱要用网页上另外生成的“授权码”,不是登录密码。", True)
    NO_LOGIN = ("服务器 {host} 不让用户名和密码登录({detail})。请在邮箱的网页里开通客户端收发(SMTP、IMAP)。", True)
    NOT_READY = ("服务器 {host} 现在不能登录,请过一会儿再运行一次(服务器说:{detail})。", True)
    NO_FOLDER = ("邮箱里没有文件夹“{folder}”,有的是:{detail}。请把“收信文件夹”改成其中一个。", True)
    LOST = ("和服务器 {host} 的连接断了。做完的都记下了,请再运行一次,接着做。", True)
    BUSY = ("服务器 {host} 现在不收信,请过一会儿再运行一次(服务器说:{detail})。", True)
    LIMIT = ("服务器 {host} 说发得太多、太快,或者邮箱满了。请看后面的原因,过几个小时或者第二天再运行一次,接着发(服务器说:{detail})。", True)
    SENDER = ("服务器不收从“{address}”发出的信(服务器说:{detail})。请核对发件地址,一般要和登录的用户名相同。", True)
    NOT_NOW = ("服务器暂时没有收这封信,请过一会儿再运行一次(服务器说:{detail})。", False)
    ADDRESS = ("没有送到“{address}”(服务器说:{detail})。请核对这个地址。", False)
    TOO_LARGE = ("这封信太大,服务器不收(服务器说:{detail})。请用别的办法送给这一家。", False)
    FULL = ("邮箱满了,服务器不收(服务器说:{detail})。请清理邮箱,或请对方清理,再运行一次。", False)
    REFUSED = ("服务器不收这封信(服务器说:{detail})。请看服务器说的原因;看不明白的,问邮件系统的管理员。", False)
    UNSURE = ("信已经交给服务器 {host},没有等到回答,不知道发出没有。请问一下收件人收到没有;没有收到的,要再发一次。", False)
    GONE = ("这封信在读到以前被删除或移走了。还要的,请在邮箱里移回来,再运行一次。", False)
    UNKNOWN = ("服务器 {host} 的回答看不懂(服务器说:{detail})。请再运行一次,还不行请告诉维护人员。", True)
    # fmt: on


class MailError(WrongUseError):
    """A server did not do what was asked: `fault` is the kind. The line names what to do; a password never stands in it."""

    def __init__(self, fault: Fault, **words: object) -> None:
        super().__init__(fault.text.format(**words))
        self.fault = fault
