"""What is told of 联系人.xlsx: how much it weighs, what is wrong, and what to do, each said here alone."""

from __future__ import annotations

from enum import Enum
from typing import Self

from fazhi_xl.xlsx.kept.remarks import BookRemark, Weight

_W, _O, _H = Weight.WRONG, Weight.ODD, Weight.HINT
_MOVE_IT = (
    "删去它,到邮箱里换一个密码(授权码);新的写进一个只让自己能读的文本文件的第一行,把那个文件的位置填进“密码文件”。"
)


class Told(Enum):
    """A kind of remark."""

    weight: Weight
    what: str
    mend: str

    def __new__(cls, weight: Weight, what: str, mend: str) -> Self:
        """Make a member of a row of the table."""
        member = object.__new__(cls)
        member._value_ = len(cls.__members__)
        member.weight, member.what, member.mend = weight, what, mend
        return member

    # fmt: off
    # rows of units
    NOT_ADDRESS = (_W, "“{title}”里的“{said}”不是邮箱地址:{why}", "写成 zhang@example.cn 的样子,几个的用分号隔开。改好以前不发到这一个。")
    TYPO = (_O, "“{said}”像是写错了", "是不是“{near}”?不是的,不用改。")
    ADDRESS_TWICE = (_H, "“{said}”在这一行写了两次,只算一次", "")
    TWO_UNITS = (_O, "“{said}”也是“{other}”的邮箱", "两家共用一个邮箱的,不用改;不是的,改成这一家自己的。")
    NO_ADDRESS = (_H, "“{unit}”没有邮箱,信发不到这一家", "有邮箱的填上。")
    LINK_DIFFERS = (_O, "看到的是“{said}”,点开的链接是“{link}”,按看到的发", "核对用哪一个;用右键取消超链接。")
    ZERO_LOST = (_O, "电话是数字,前面的0可能丢了", "核对号码;有区号的写成 025-12345678 的样子。")
    NO_UNIT = (_W, "没有写是哪个单位,这一行没有用", "写上单位;不要的,整行删去。")
    UNKNOWN_UNIT = (_W, "通知里没有“{said}”,这一行没有用", "改成通知里的名称{near};多余的,整行删去。")
    GONE = (_O, "通知里现在没有“{said}”,这一行没有用", "改了名称、并到别家的,把邮箱写到那一家的行里;这一行留着也不要紧。")
    RENAMED = (_O, "“{said}”通知里没有,按这一行原来的单位认作“{unit}”", "程序更新时改回“{unit}”;要加另一家的,先在工作目录里加。")
    TWO_ROWS = (_W, "“{unit}”有两行,第{first}行已经写了,这一行没有用", "邮箱并到第{first}行(用分号隔开),这一行整行删去。")
    NO_ROW = (_O, "没有“{unit}”这一行,信发不到这一家", "程序更新时在表的下面补上一行,请填邮箱。")
    OTHER_NOTICE = (_O, "这本是“{said}”的,现在的工作是“{now}”", "逐家核对联系人、邮箱是不是还对。")
    UNKEPT = (_O, "工作簿里有{said},程序更新时留不住", "要用的自己存到别的工作簿里;第一次更新时,原来的一份留在旁边。")
    # settings
    SETTING_TWICE = (_W, "“{title}”有两行,第{first}行已经写了,这一行没有用", "只留一行,另一行整行删去。")
    UNKNOWN_SETTING = (_O, "不认得“{said}”这一项,没有用", "改回原来的名称;自己记的写到“备注”里。")
    PASSWORD_HERE = (_W, "这里写着像是密码的内容。密码不能写在工作簿里", _MOVE_IT)
    OWN_ADDRESS = (_W, "“{title}”的内容不是一个邮箱地址:{why}", "写一个,例如 office@example.cn。")
    NO_OWN_ADDRESS = (_O, "没有写“{title}”,不能发信", "写上办公室的邮箱,例如 office@example.cn。")
    HOST = (_W, "“{title}”应是服务器的名称,写的是“{said}”,没有用", "只写名称,例如 smtp.example.cn;前面的“http://”、后面的端口不写在这一格。")
    NO_HOST = (_O, "填了“{title}”,没有填“{host}”", "填上“{host}”;不用的,都空着。")
    PORT = (_W, "“{title}”应是1到65535的整数,写的是“{said}”,按{usual}", "只写数字,例如 {usual}。")
    PORT_MIXED = (_O, "{port}端口一般配“{usual}”,选的是“{said}”", "连不上的,改加密方式或者端口。")
    PORT_OF_OTHERS = (_O, "{port}一般不是{what}的端口", "和邮件系统的说明核对;一般是{usual}。")
    SECURITY = (_W, "“{title}”不能是“{said}”,按“{usual}”", "从下拉里选。")
    UNENCRYPTED = (_O, "“{title}”选了不加密,密码和信的内容路上别人都能看到", "只在单位内部的网络里这样用;能加密的,改选“{usual}”。")
    SECONDS = (_W, "“{title}”应是1到600的整数,写的是“{said}”,按{usual}", "只写数字,例如 {usual}。")
    NO_FILE = (_W, "“{title}”里写的文件找不到", "核对位置和文件名:从这本工作簿所在的文件夹算起,或者写完整的路径。")
    NOT_CERTIFICATE = (_W, "“{title}”里写的不是证书文件(PEM)", "向管邮件系统的人要 .pem 或 .crt 的证书文件。")
    OPEN_TO_OTHERS = (_W, "密码文件别人也能读", "在终端里运行 chmod 600 加上这个文件,只让自己能读写。")
    # proposals
    DECISION = (_O, "“{title}”应是“采用”或“不采用”,写的是“{said}”,没有处理", "从下拉里选。")
    PROPOSAL_UNIT = (_O, "建议是“{said}”的,通知里没有这一家,没有处理", "删去这一行,或者在“处理”里选“不采用”。")
    PROPOSAL_PART = (_O, "“项目”里的“{said}”不认得,没有处理", "写“联系人”“邮箱”或“电话”。")
    PROPOSAL_BLANK = (_O, "选了“采用”,“建议”空着,没有处理", "写上内容;要清空的,直接改“联系人”表。")
    PROPOSAL_ADDRESS = (_W, "建议的“{said}”不是邮箱地址:{why},没有写进“联系人”表", "改好“建议”,或者选“不采用”。")
    # fmt: on

    def at(self, sheet: str, cell: str = "", **words: object) -> BookRemark:
        """Give the remark at a cell."""
        return BookRemark(
            weight=self.weight,
            sheet=sheet,
            cell=cell,
            what=self.what.format(**words),
            mend=self.mend.format(**words),
            urgent=self is Told.PASSWORD_HERE,
        )
