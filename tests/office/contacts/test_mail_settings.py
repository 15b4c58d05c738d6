"""The settings of the office's mail: what is blank is as usual, and what is wrong is told at its cell and is as if it were blank."""

from __future__ import annotations

from pathlib import Path

import pytest

from fazhi_xl.mail.settings import MailSettings, Security, Server
from fazhi_xl.office.contacts.declared import SETTINGS
from fazhi_xl.office.contacts.mail_settings import ReadSettings, mail_settings
from fazhi_xl.xlsx.kept.model import ReadLine, ReadSheet, Value
from tests.support.systems import modes

LETTERS = {"项目": "A", "填什么": "B", "说明": "C", "备注": "D", "标识": "E"}
ROWS = {each.title: at for at, each in enumerate(SETTINGS, 4)}
SMTP: dict[str, Value] = {"发件地址": "office@example.cn", "发信服务器": "smtp.example.cn"}


def read(folder: Path, *more: ReadLine, **said: Value) -> ReadSettings:
    lines = tuple(
        ReadLine(at=at, key=each.key, cells={"项目": each.title, "填什么": said.get(each.title)})
        for at, each in enumerate(SETTINGS, 4)
    )
    return mail_settings(ReadSheet(name="邮箱设置", head_row=3, letters=LETTERS, lines=(*lines, *more)), folder)


def told(found: ReadSettings) -> list[str]:
    return [each.told for each in found.remarks]


def test_blank() -> None:
    """Settings that nobody filled in are none, and nothing is told."""
    found = read(Path())
    assert (found.settings, told(found)) == (MailSettings(), [])


def test_usual() -> None:
    """The ports are those of the encryption, the user is the address, and widths and case do not matter."""
    said = {
        **SMTP,
        "发件人": "办公室",
        "收信服务器": "ＩＭＡＰ.example.cn",
        "收信加密方式": "starttls",
        "收信用户名": "不登录",
    }
    assert read(Path(), **said).settings == MailSettings(
        address="office@example.cn",
        name="办公室",
        smtp=Server(host="smtp.example.cn", port=465, user="office@example.cn"),
        imap=Server(host="imap.example.cn", port=143, security=Security.STARTTLS),
    )


def test_encryption_by_the_port() -> None:
    """Where no encryption is chosen the port's own is taken, but never none."""
    for port, security in ((587, Security.STARTTLS), (465, Security.TLS), (25, Security.TLS)):
        smtp = read(Path(), **{**SMTP, "发信端口": port}).settings.smtp
        assert smtp
        assert smtp.security is security


@pytest.mark.parametrize(
    ("said", "line"),
    [
        (
            {"发信端口": "四六五"},
            "要改 “邮箱设置”B{发信端口}:“发信端口”应是1到65535的整数,写的是“四六五”,按465。只写数字,例如 465。",
        ),
        (
            {"发信端口": 70000},
            "要改 “邮箱设置”B{发信端口}:“发信端口”应是1到65535的整数,写的是“70000”,按465。只写数字,例如 465。",
        ),
        (
            {"发信加密方式": "加密"},
            "要改 “邮箱设置”B{发信加密方式}:“发信加密方式”不能是“加密”,按“SSL/TLS”。从下拉里选。",
        ),
        (
            {"发信端口": 587, "发信加密方式": "SSL/TLS"},
            "请核实 “邮箱设置”B{发信端口}:587端口一般配“STARTTLS”,选的是“SSL/TLS”。连不上的,改加密方式或者端口。",
        ),
        (
            {"发信端口": 465, "发信加密方式": "STARTTLS"},
            "请核实 “邮箱设置”B{发信端口}:465端口一般配“SSL/TLS”,选的是“STARTTLS”。连不上的,改加密方式或者端口。",
        ),
        ({"发信端口": 993}, "请核实 “邮箱设置”B{发信端口}:993一般不是发信的端口。和邮件系统的说明核对;一般是465。"),
        (
            {"发信加密方式": "不加密"},
            (
                "请核实 “邮箱设置”B{发信加密方式}:“发信加密方式”选了不加密,密码和信的内容路上别人都能看到。"
                "只在单位内部的网络里这样用;能加密的,改选“SSL/TLS”。"
            ),
        ),
        (
            {"等待秒数": "很久"},
            "要改 “邮箱设置”B{等待秒数}:“等待秒数”应是1到600的整数,写的是“很久”,按30。只写数字,例如 30。",
        ),
        (
            {"发件地址": "办公室"},
            "要改 “邮箱设置”B{发件地址}:“发件地址”的内容不是一个邮箱地址:没有@。写一个,例如 office@example.cn。",
        ),
        (
            {"发件地址": None},
            "请核实 “邮箱设置”B{发件地址}:没有写“发件地址”,不能发信。写上办公室的邮箱,例如 office@example.cn。",
        ),
        (
            {"收信端口": 993},
            "请核实 “邮箱设置”B{收信服务器}:填了“收信端口”,没有填“收信服务器”。填上“收信服务器”;不用的,都空着。",
        ),
        (
            {"证书文件": "ca.pem"},
            "要改 “邮箱设置”B{证书文件}:“证书文件”里写的文件找不到。核对位置和文件名:从这本工作簿所在的文件夹算起,或者写完整的路径。",
        ),
        (
            {"密码文件": "密码.txt"},
            "要改 “邮箱设置”B{密码文件}:“密码文件”里写的文件找不到。核对位置和文件名:从这本工作簿所在的文件夹算起,或者写完整的路径。",
        ),
    ],
)
def test_told(said: dict[str, Value], line: str) -> None:
    """What is wrong or a usual mix-up is told with its cell and what to do, and the server is still known."""
    found = read(Path("nowhere"), **{**SMTP, **said})
    assert told(found) == [line.format(**ROWS)]
    assert found.settings.smtp
    assert found.settings.smtp.host == "smtp.example.cn"


def test_no_host() -> None:
    """What is no name of a server is no server."""
    found = read(Path(), **{**SMTP, "发信服务器": "https://mail.example.cn/"})
    assert found.settings.smtp is None
    assert told(found) == [
        (
            f"要改 “邮箱设置”B{ROWS['发信服务器']}:“发信服务器”应是服务器的名称,写的是“https://mail.example.cn/”,没有用。"
            "只写名称,例如 smtp.example.cn;前面的“http://”、后面的端口不写在这一格。"
        )
    ]


TYPED_HERE = (
    "这里写着像是密码的内容。密码不能写在工作簿里。删去它,到邮箱里换一个密码(授权码);"
    "新的写进一个只让自己能读的文本文件的第一行,把那个文件的位置填进“密码文件”。"
)


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("B30", ReadLine(at=30, key="", cells={"项目": "发信密码", "填什么": "secret-word"})),
        ("B30", ReadLine(at=30, key="name", cells={"项目": "授权码", "填什么": "secret-word"})),
        ("B30", ReadLine(at=30, key="", cells={"项目": "记一下", "填什么": "密码:secret-word"})),
        ("D30", ReadLine(at=30, key="", cells={"项目": "记一下", "备注": "邮箱密码:secret-word"})),
    ],
)
def test_a_password_in_the_book(where: str, line: ReadLine) -> None:
    """A password that stands in a wrong place is told at its cell, and is not repeated."""
    assert told(read(Path(), line)) == [f"要改 “邮箱设置”{where}:{TYPED_HERE}"]


def test_a_password_for_a_setting() -> None:
    """Where a setting's value belongs it is told, taken for no value, and where it is only like one it is not repeated."""
    found = read(Path(), 发信端口="密码:abc12345", 等待秒数="Abcd1234")
    assert told(found)[:2] == [
        f"要改 “邮箱设置”B{ROWS['发信端口']}:{TYPED_HERE}",
        f"要改 “邮箱设置”B{ROWS['等待秒数']}:“等待秒数”应是1到600的整数,写的是“(像是密码,不显示)”,按30。只写数字,例如 30。",
    ]


def test_a_password_for_its_file() -> None:
    """So it is where the name of its file belongs."""
    found = read(Path(), 密码文件="secretword")
    assert told(found) == [f"要改 “邮箱设置”B{ROWS['密码文件']}:{TYPED_HERE}"]
    assert found.settings.password_file is None


def test_files(tmp_path: Path) -> None:
    """Files are found from the workbook's folder; a certificate is one, and a password's file is for its owner alone."""
    (tmp_path / "ca.pem").write_text("-----BEGIN CERTIFICATE-----\n")
    (tmp_path / "密码.txt").write_text("secret\n")
    (tmp_path / "密码.txt").chmod(0o600)
    found = read(tmp_path, **{**SMTP, "证书文件": "ca.pem", "密码文件": "密码.txt"})
    assert (told(found), found.settings.password_file) == ([], tmp_path / "密码.txt")
    assert found.settings.smtp
    assert found.settings.smtp.authority == tmp_path / "ca.pem"
    (tmp_path / "ca.pem").write_text("一张图", "utf-8")
    assert told(read(tmp_path, 证书文件="ca.pem")) == [
        f"要改 “邮箱设置”B{ROWS['证书文件']}:“证书文件”里写的不是证书文件(PEM)。向管邮件系统的人要 .pem 或 .crt 的证书文件。"
    ]


def test_a_passwords_file_that_is_not_there(tmp_path: Path) -> None:
    """It is told, and kept, so that who needs the password can name it."""
    found = read(tmp_path, 密码文件="nofile.txt")
    assert found.settings.password_file == tmp_path / "nofile.txt"
    assert "“密码文件”里写的文件找不到" in "".join(told(found))


@modes
def test_a_password_that_others_read(tmp_path: Path) -> None:
    """A password's file that others can read is told, with how to mend it."""
    (tmp_path / "密码.txt").write_text("secret\n")
    (tmp_path / "密码.txt").chmod(0o644)
    assert told(read(tmp_path, 密码文件="密码.txt")) == [
        f"要改 “邮箱设置”B{ROWS['密码文件']}:密码文件别人也能读。在终端里运行 chmod 600 加上这个文件,只让自己能读写。"
    ]


def test_rows() -> None:
    """A setting that stands twice counts once, and one that is not known is told."""
    twice = ReadLine(at=30, key="", cells={"项目": "发件人 *", "填什么": "乙"})
    other = ReadLine(at=31, key="", cells={"项目": "传真", "填什么": "1"})
    found = read(Path(), twice, other, 发件人="甲")
    assert found.settings.name == "甲"
    assert told(found) == [
        f"要改 “邮箱设置”A30:“发件人”有两行,第{ROWS['发件人']}行已经写了,这一行没有用。只留一行,另一行整行删去。",
        "请核实 “邮箱设置”A31:不认得“传真”这一项,没有用。改回原来的名称;自己记的写到“备注”里。",
    ]
