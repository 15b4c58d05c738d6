"""The table of findings: each code once, with its severity, who acts, its topic, its texts and what the office does."""

from __future__ import annotations

from enum import StrEnum
from string import Formatter
from typing import Self

from fazhi_xl.findings.columns import Actor, Severity, Topic
from fazhi_xl.text.commands import Command

FATAL, ERROR, CONFIRM, NOTE = Severity.FATAL, Severity.ERROR, Severity.CONFIRM, Severity.NOTE
UNIT, OFFICE, NOBODY = Actor.UNIT, Actor.OFFICE, Actor.NOBODY
FILE, IDENTITY, FORM, RETURN, SURROUNDINGS, UNREAD, VALUE, NORMALISED, SUB_POINT, LIST, REVIEW = Topic
FAILURES = "出错记录.log"  # beside the results, with the tracebacks of files over which the program itself failed
VOUCH = "核对后没有错的,在收到登记的“处理”选“核对无误”。"
BACK, NOTHING = "退回单位改正。", "不用处理。"
BEGUN = "{row}:审核表里这一行没有填全,没有采用。请照这一行的“校验”补填。"


class Code(StrEnum):
    """What may be found: the code as report.json writes it, and the columns of the table.

    `text` is what a report says, with gaps for what differs from case to case; `office` what the office does about it
    (docs/findings.md); `short` what the workbook shows beside the input, at most 200 characters, blank where it shows nothing;
    `early` what the ranking workbook says in place of a `text` that tells a score or a verdict, before these count.
    `gaps` are those of `text`.
    """

    severity: Severity
    actor: Actor
    topic: Topic
    text: str
    office: str
    short: str
    early: str
    gaps: frozenset[str]

    def __new__(  # noqa: PLR0913, PLR0917 - a row of the table has as many columns
        cls,
        code: str,
        severity: Severity,
        actor: Actor,
        topic: Topic,
        text: str,
        office: str,
        short: str = "",
        early: str = "",
    ) -> Self:
        """Make a member of a row: the code is its value, the other columns are its attributes."""
        made = str.__new__(cls, code)
        made._value_ = code
        made.severity, made.actor, made.topic = severity, actor, topic
        made.text, made.office, made.short, made.early = text, office, short, early
        made.gaps = frozenset(gap for _, gap, *_ in Formatter().parse(text) if gap)
        return made

    @property
    def subject(self) -> str:
        """The gap for the name of the input or row that a finding is about; blank where the text names none."""
        return next((gap for gap in ("label", "row") if gap in self.gaps), "")

    @classmethod
    def of(cls, code: str) -> Self:
        """Give the member that report.json writes so. Raises KeyError where there is none."""
        return {each.value: each for each in cls}[code]

    # fmt: off
    # The file as a whole
    FILE_EMPTY = ("file-empty", FATAL, UNIT, FILE,
        "文件是空的(0字节)。请重新发送;发送前先打开确认能看到内容。", "请单位重新发送。")
    FILE_TOO_LARGE = ("file-too-large", FATAL, UNIT, FILE,
        "文件有{size}MB,超过{limit}MB。请只发送填好的任务分解表,扫描件、图片放入台账文件夹另行报送。", "请单位只发送任务分解表。")
    FILE_NOT_A_WORKBOOK = ("file-not-a-workbook", FATAL, UNIT, FILE,
        "这是{kind},不是电子表格,数据读不出来。请填写下发的任务分解表,另存为 .xlsx 后发送;扫描件、照片请留作盖章件。",
        "请单位填写下发的表;扫描件可留作盖章件。")
    FILE_DAMAGED = ("file-damaged", FATAL, UNIT, FILE,
        "文件不完整或已损坏,打不开({detail})。请用 WPS 或 Excel 打开原表,另存为 .xlsx 后重新发送。",
        f"请单位重新另存后发送;能打开的部分可试用 {Command.REISSUE} 补发。")
    FILE_ENCRYPTED = ("file-encrypted", FATAL, UNIT, FILE,
        "文件设了打开密码。请取消打开密码后重新发送,或把密码告诉收表的办公室。",
        f"请单位取消密码,或把密码写进文件用 {Command.PASSWORDS} 指明。")
    FILE_REPACKED = ("file-repacked", FATAL, UNIT, FILE,
        "工作簿像是解开后用 {kind} 重新压缩过,另存为没有用。请发送解开以前的原表;没有了的,解压后用普通 zip 方式压缩。",
        "请单位发送原表;办公室能解压的,解压后把整个文件夹放进回收文件夹再收一次表。")
    FILE_SEALED = ("file-sealed", FATAL, UNIT, FILE,
        "这是{kind},离开原单位的电脑或账号就打不开。请先解密(加密软件的“解密”或“外发”)或取消权限限制,再发送解密后的文件;在原电脑上另存为没有用。",
        "请单位解密后重新发送;密码在这里没有用。")
    FILE_UNRECOGNISED = ("file-unrecognised", FATAL, UNIT, FILE,
        "认不出这是什么文件:可能被单位电脑上的加密软件加了密,或没有传完整、已损坏。请先解密,在别的电脑上打开确认能看到内容,再重新发送。",
        "请单位解密后重新发送,并在别的电脑上打开确认。")
    FILE_NOT_DOWNLOADED = ("file-not-downloaded", FATAL, OFFICE, FILE,
        "文件还没有下载到这台电脑(只是云盘的占位文件,或下载没有完成),里面没有内容。请下载完整后放进回收文件夹,再收一次表。",
        "在云盘或下载工具里下载完整,再收一次表。")
    FILE_UNSAFE = ("file-unsafe", FATAL, UNIT, FILE,
        "文件内部结构异常,为安全起见没有读取({detail})。请用下发的表重新填写后发送。", "不要双击打开,请单位用原表重新填写。")
    FILE_READER_STOPPED = ("file-reader-stopped", FATAL, UNIT, FILE,
        "读取超时或占用内存过多,已停止({detail})。请用 WPS 或 Excel 打开,另存为 .xlsx 后重新发送。", "请单位重新另存后发送。")
    FILE_CONVERTED = ("file-converted", NOTE, NOBODY, FILE,
        "文件是{kind}格式,已按内容读取。下次请另存为 .xlsx。", NOTHING)
    FILE_CHANGING = ("file-changing", FATAL, OFFICE, FILE,
        "读取时文件一直在变化(可能正在复制、下载或同步),没有读取。请等文件存好以后再收一次表。", "等复制或下载完成后再运行一次。")
    FILE_VANISHED = ("file-vanished", FATAL, OFFICE, FILE,
        "读取时文件已经不在原处(被移走、改名或删除),没有读取。请核对收表的文件夹,放回以后再收一次表。",
        "核对是谁移走的,放回后再运行一次。")
    ARCHIVE_UNOPENED = ("archive-unopened", FATAL, UNIT, FILE,
        "这是{kind},拆不开。请解压以后直接发送里面的任务分解表(.xlsx),或改用 zip 压缩。",
        "办公室能解压的,解压后放进回收文件夹再收一次表。")
    ARCHIVE_DAMAGED = ("archive-damaged", FATAL, UNIT, FILE,
        "压缩包不完整或已损坏,打不开({detail})。请重新压缩,打开确认能看到里面的文件后重新发送。", "请单位重新压缩后发送。")
    ARCHIVE_IN_ARCHIVE = ("archive-in-archive", FATAL, UNIT, FILE,
        "压缩包里又套了压缩包,没有继续拆开。请直接发送填好的任务分解表(.xlsx),或只压缩一层。",
        "自己解开一层,把里面的文件放进回收文件夹再运行。")
    ARCHIVE_TOO_MUCH = ("archive-too-much", FATAL, UNIT, FILE,
        "{kind}里的文件太多或太大({detail}),没有拆开。请单独发送填好的任务分解表(.xlsx),照片、扫描件另行报送。",
        "办公室能拆开的,只把任务分解表放进回收文件夹再收一次表。")
    MAIL_UNOPENED = ("mail-unopened", FATAL, UNIT, FILE,
        "这是{kind},附件取不出来。请打开邮件,把附件里的任务分解表另存为文件,单独发送。", "打开邮件,把附件另存到回收文件夹再运行。")
    MAIL_WITHOUT_ATTACHMENT = ("mail-without-attachment", FATAL, UNIT, FILE,
        "邮件里没有附件。请把填好的任务分解表作为附件重新发送。",
        "请单位补发附件;只是来信询问的,把邮件移出回收文件夹,放进邮件文件夹(从邮箱收来的不要删,删了会再收)。")
    MAILS_WITHOUT_ATTACHMENT = ("mails-without-attachment", FATAL, OFFICE, FILE,
        "邮箱里有{count}封邮件没有附件,其余的已经拆开。请看一眼:有单位要报送而忘了附件的,请其补发。",
        "看一眼这些邮件;只是来信询问的,不用处理。")
    MAIL_LINK_ONLY = ("mail-link-only", FATAL, UNIT, FILE,
        "邮件里没有附件,只有网盘、在线文档或超大附件的链接,链接会过期。请把任务分解表作为普通附件重新发送,台账材料另行报送。",
        "趁链接没有过期下载,放进回收文件夹;已过期的请单位重发。")
    MAIL_LINK_BESIDE = ("mail-link-beside", FATAL, UNIT, FILE,
        "邮件里除附件外,还有网盘、在线文档或超大附件的链接,那些文件没有随邮件收到,链接会过期。请把任务分解表作为普通附件重新发送,台账材料另行报送。",
        "打开邮件看链接里是什么:趁没有过期下载,放进回收文件夹再收一次表;不要的,把邮件移出回收文件夹,放进邮件文件夹(附件另存)。")
    MAIL_BOUNCED = ("mail-bounced", CONFIRM, OFFICE, FILE,
        "这是退信:办公室寄到{value}{unit}的邮件没有送到(对方服务器说:{detail})。请核对邮箱地址,再寄一次。",
        "在联系人.xlsx里改正这个邮箱,再寄一次;看过的退信移出回收文件夹,放进邮件文件夹。")
    MAIL_DELAYED = ("mail-delayed", CONFIRM, OFFICE, FILE,
        "这是邮件服务器的通知:办公室寄到{value}{unit}的邮件暂时没有送到,服务器还在试(服务器说:{detail})。",
        "等一两天,没有送到的会来退信;看过的移出回收文件夹,放进邮件文件夹。")
    MAIL_AUTOMATIC = ("mail-automatic", CONFIRM, OFFICE, FILE,
        "这是{kind},是邮件程序自己发的,里面没有要收的表。",
        "看一眼有没有写着改用别的邮箱;看过的移出回收文件夹,放进邮件文件夹。")
    # Which unit's form it is
    FORM_UNKNOWN = ("form-unknown", FATAL, OFFICE, IDENTITY,
        "表里找不到表号,认不出是哪个单位的表。请填写下发的原表,不要另建文件或自制表格。", "向单位核实来源,请其用原表填写。")
    FORM_NUMBER_GONE = ("form-number-gone", FATAL, OFFICE, FORM,
        "表里的表号不见了,看“填报单位”一行像是“{value}”的表,但没有表号不能计入。请用该单位下发的原表重新填写。",
        "向该单位核实,重发其原表。")
    FORM_OTHER_ROUND = ("form-other-round", FATAL, OFFICE, IDENTITY,
        "表号{value}是其他年度或轮次的表,本轮的表号以{current}开头。请填写本轮下发的任务分解表。", "重发该单位本轮的表。")
    FORM_FOREIGN = ("form-foreign", FATAL, OFFICE, IDENTITY,
        "表号{value}不是本轮发放的。请填写本轮下发的任务分解表。", "核对是哪一轮、哪个单位的表,重发本轮的表。")
    FORM_FORGED = ("form-forged", FATAL, OFFICE, FORM,
        "表号{value}的校验码不对:可能是上一轮或演练时发的表,或表号被改动。请填写本轮下发的原表。", "核对来源,重发本单位的原表。")
    FORM_MIXED = ("form-mixed", FATAL, OFFICE, FORM,
        "各工作表的表号不一致({value}),像是两份表拼在一起。请在一份原表里填写后重新发送。", "请单位在一份原表里填写。")
    FORM_EDITION = ("form-edition", NOTE, NOBODY, IDENTITY,
        "这是第{value}版表,现行是第{current}版。已按编号读取,新增的填报项会列为待填。",
        f"不用处理;有新增填报项的,用 {Command.REISSUE} 补发新版表。")
    FORM_RENUMBERED = ("form-renumbered", CONFIRM, OFFICE, IDENTITY,
        "这是第{number}版表,其中{value}这几个得分点现行目录里没有,或者不能确定是现在的哪一个,没有读取;原件仍然留存。",
        "取消了的得分点不用处理;只是改了编号的,在目录里给它写上 id(原来的编号),再收一次表。")
    FORM_CONTRADICTION = ("form-contradiction", FATAL, OFFICE, FORM,
        "表号{value}是发给“{unit}”的,表头的填报单位却是“{named}”,像是填错了单位的表或改过表号。请用本单位的原表填写。",
        "向两个单位核实,重发本单位的原表。")
    PROPERTY_OTHER_UNIT = ("property-other-unit", FATAL, UNIT, IDENTITY,
        ("文件属性里的表号{value}是发给“{named}”的,表里的表号却是“{unit}”的,像是把一个单位的内容粘进了另一个单位的文件。"
         "请在本单位的原表里填写后重新发送。"), "向两个单位核实,重发本单位的原表。")
    PROPERTY_DIFFERS = ("property-differs", CONFIRM, UNIT, IDENTITY,
        "文件属性里的表号“{value}”与表里的{number}不同,已按表里的表号计入。请核实内容是不是从别的文件粘过来的。",
        f"对照原件核对,确认不是从别的文件粘过来的。{VOUCH}")
    FILE_NAME_DIFFERS = ("file-name-differs", CONFIRM, OFFICE, IDENTITY,
        "文件名像是“{named}”的({value}),里面是“{unit}”的表,按表号认作“{unit}”的。请核实有没有填错表。",
        f"打开看填报单位和盖章,确认没有填错表。{VOUCH}")
    FOLDER_DIFFERS = ("folder-differs", CONFIRM, OFFICE, IDENTITY,
        "文件放在“{named}”的文件夹里({value}),里面是“{unit}”的表,按表号认作“{unit}”的。请核实有没有放错或填错表。",
        f"放错的移到对应的文件夹;填错表的,向两个单位核实。{VOUCH}")
    SENDER_DIFFERS = ("sender-differs", CONFIRM, OFFICE, IDENTITY,
        "发件邮箱{value}是“{named}”的,里面是“{unit}”的表,按表号认作“{unit}”的。请核实有没有填错表。",
        f"填错表的,向两个单位核实。{VOUCH}")
    SENDER_UNKNOWN = ("sender-unknown", CONFIRM, OFFICE, IDENTITY,
        "发件邮箱{value}不在联系人名单里,里面是“{unit}”的表,按表号认作“{unit}”的。请核实是不是这家发来的。",
        f"打电话向单位核实。是这家的邮箱,补进联系人.xlsx再收一次表。{VOUCH}")
    SENDER_UNVERIFIED = ("sender-unverified", CONFIRM, OFFICE, IDENTITY,
        "发件邮箱{value}没有通过邮件服务器的验证({detail}),可能是冒用的,里面是“{unit}”的表,按表号认作“{unit}”的。请核实是不是这家发来的。",
        f"不要直接回复这封邮件,按联系人名单上的电话向单位核实。{VOUCH}")
    MAIL_TIMES_DIFFER = ("mail-times-differ", CONFIRM, OFFICE, IDENTITY,
        "邮件上写的发出时间是{value},邮件服务器{day}才收到,相差一天以上:发件的电脑时钟不准,或者时间被改过。是否按时已按{kept}判断。请核实。",
        f"看邮件的往来记录,向单位核实。收到日期要改的,在收到登记里更正。{VOUCH}")
    CODES_MOVED = ("codes-moved", CONFIRM, OFFICE, FORM,
        "有{count}处的编号与单元格名称对不上(从编号{value}起),可能排过序或改过编号,已按编号读取。请核对这些行的内容。",
        "对照原件核对所列的行。")
    FOUND_BY_NAME = ("found-by-name", NOTE, NOBODY, FORM,
        "有{count}处的编号不见了,已按单元格名称找到。请不要改动锁定的编号。", NOTHING)
    ROW_NEWER = ("row-newer", ERROR, UNIT, IDENTITY,
        "编号{value}是新版表增加的,这份旧版表里没有。请在新版表里补填。", f"用 {Command.REISSUE} 补发新版表,请单位补填。")
    SAME_TIME = ("same-time", CONFIRM, OFFICE, RETURN,
        "与{value}内容不同而收到的时间相同,分不出先后,暂以本文件为准。请核实以哪一份为准。",
        "向单位核实以哪一份为准,把另一份在收到登记里写上不采用。")
    FEWER_ANSWERS = ("fewer-answers", CONFIRM, OFFICE, RETURN,
        "比先前收到的{value}少填很多(先前{before}处,现在{after}处),暂以本文件为准。请核实有没有发错。",
        "向单位核实有没有发错;发错的在收到登记里写上不采用。")
    FORM_UNFILLED = ("form-unfilled", ERROR, UNIT, RETURN,
        "表里一处都没有填写。请填好后重新发送;如发错文件,请换成填好的那一份。", "向单位核实是否发错文件。")
    SHEET_MISSING = ("sheet-missing", ERROR, UNIT, FORM,
        "认不出工作表“{value}”:它被删除,或编号所在的行、列被改动。请在完整的原表里补填这张工作表。",
        f"用 {Command.REISSUE} 补发,请单位补填缺少的工作表。")
    ROW_MISSING = ("row-missing", ERROR, UNIT, FORM,
        "编号{value}所在的行不见了。请在完整的原表里补填这一行。", f"用 {Command.REISSUE} 补发,请单位补填。")
    COLUMN_MISSING = ("column-missing", ERROR, UNIT, FORM,
        "工作表“{sheet}”的“{value}”列不见了。请在完整的原表里补填这一列。", f"用 {Command.REISSUE} 补发,请单位补填。")
    ROW_REPEATED = ("row-repeated", ERROR, UNIT, FORM,
        "编号{value}出现了不止一次,以第一处为准。请删去复制出来的行。", "请单位删去多余的行。")
    SHEET_PASSED_OVER = ("sheet-passed-over", NOTE, NOBODY, FORM,
        "工作表“{value}”与“{kept}”的编号相同,没有填写或内容一样,没有读取;以“{kept}”为准。", NOTHING)
    SHEET_COPIED = ("sheet-copied", ERROR, UNIT, FORM,
        "工作表“{value}”是“{of}”的副本,两张填得不一样(有{count}处),暂以“{of}”为准。请核对后删去不用的一张,重新发送。",
        "请单位核对后删去不用的一张,重新发送。")
    SHEET_RENAMED = ("sheet-renamed", NOTE, NOBODY, FORM,
        "工作表“{issued}”改名为“{value}”,已按编号认出。请不要改工作表的名称。", NOTHING)
    SHEETS_EXTRA = ("sheets-extra", NOTE, NOBODY, FORM,
        "另有{count}张不是下发的工作表({value}),没有读取。", "不用处理;要紧的内容请单位填到表里。")
    NAMES_MISSING = ("names-missing", NOTE, NOBODY, FORM,
        "单元格名称都不见了,像是把工作表复制到了新建的文件里,已按编号读取。请在下发的原表里填写。",
        f"留意同一文件的其他提示;有疑问的用 {Command.REISSUE} 补发,请单位核对。")
    LOCKED_CHANGED = ("locked-changed", CONFIRM, OFFICE, FORM,
        "锁定的内容被改动:编号{label}原为“{issued}”,收回的是“{value}”。已按下发的内容计算,请核实。", "向单位核实为什么改;计分不受影响。")
    FORMULA_OVERWRITTEN = ("formula-overwritten", NOTE, NOBODY, FORM,
        "有{count}处自动计算的单元格没有公式了,已重新计算。请不要在灰色单元格里粘贴或填写。", NOTHING)
    SCORES_STORED = ("scores-stored", CONFIRM, UNIT, FORM,
        ("有{count}处自动计算的分数,文件里存的与按填报内容重新计算的不同:{value}。已按重新计算的计分。"
         "改数以后没有重新计算就存盘的也会这样:请打开表按 F9 重新计算后存盘,对照盖章件,分数不同的重新打印盖章。"),
        "对照盖章件上的分数,不同的向单位说明;计分不受影响。")
    CONTENT_CODE_STALE = ("content-code-stale", NOTE, NOBODY, FORM,
        ("表里存的内容校验码是{value},按现在填的内容应为{right}:最后改动以后没有重新计算就存盘了。"
         "盖章件上印的是{value}的,请打开表按 F9 重新计算后存盘,重新打印盖章。"),
        "和盖章件核对时,以重新计算的为准;计分不受影响。")
    STRAY_VALUES = ("stray-values", NOTE, NOBODY, FORM,
        "工作表“{sheet}”里有{count}处内容不在填报格里,没有读取:{value}。", "看一眼有没有应当填进表里的内容。")
    CELLS_OUTSIDE = ("cells-outside", NOTE, NOBODY, FORM,
        "离表格很远的地方还有{count}处内容,没有读取。", NOTHING)
    OLD_MAC_DATES = ("old-mac-dates", NOTE, NOBODY, FILE,
        "文件的日期从1904年起计(旧版 Mac 的设置),已换算。", NOTHING)
    PROTECTION_REMOVED = ("protection-removed", CONFIRM, OFFICE, FORM,
        ("工作表的保护已解除({value})。锁定的内容已与下发的核对,但只给一列排序或错行粘贴是看不出来的。"
         "请对照原始资料逐行核对填报的数,确认无误。"), "请单位对照原始资料逐行读一遍填报的数,确认无误。")
    DUPLICATE_FILE = ("duplicate-file", NOTE, NOBODY, RETURN,
        "与{value}内容完全相同,只计一次。", NOTHING)
    DUPLICATE_ANSWERS = ("duplicate-answers", NOTE, NOBODY, RETURN,
        "与{value}填报的内容相同(文件本身不同),只计一次。", NOTHING)
    SUPERSEDED_FILE = ("superseded-file", CONFIRM, OFFICE, RETURN,
        "同一单位还有更晚收到的{value},以更晚的为准,有{count}处不同,见“两次报送差异”。本文件保留备查。",
        "看“两次报送差异”的改动是否合理;要用旧的一份,在收到登记里把新的写上不采用。")
    SUPERSEDED_BLANK = ("superseded-blank", NOTE, NOBODY, RETURN,
        "这一份没有读到填报内容(空表,或填的都不能用);同一单位还有更晚收到的{value},以更晚的为准。本文件保留备查。", NOTHING)
    TWO_HALVES = ("two-halves", CONFIRM, OFFICE, RETURN,
        ("先前收到的{value}与本文件各填一部分、互不重叠,像是两个科室分头填的同一份表;没有合并,暂以本文件为准。"
         "请合成一份完整的表重新发送。"), "请单位合成一份完整的表重新发送。")
    SET_ASIDE = ("set-aside", NOTE, NOBODY, RETURN,
        "收到登记里写明不采用,没有计入;本文件保留备查。", "不用处理;要重新采用,在收到登记里清空“处理”。")
    AFTER_SEALING = ("after-sealing", CONFIRM, OFFICE, RETURN,
        ("{value}以后才收到,没有计入。要采用的,在收到登记的“处理”选“定稿后采用”,在“原因”写明为什么,再收一次表。"),
        "不采用的不用处理;要采用的,在收到登记里选“定稿后采用”并写明原因,再收一次表,看“与定稿的差异”。")
    TAKEN_AFTER_SEALING = ("taken-after-sealing", NOTE, NOBODY, RETURN,
        "{value}以后才收到,办公室写明原因采用:{reason}。", "不用处理;与定稿的不同见“与定稿的差异”。")
    RECEIVED_LATE = ("received-late", NOTE, NOBODY, RETURN,
        "收到日期{value}晚于截止日期{due},按迟报登记。", "按迟报登记。")
    LATE_PRESUMED = ("late-presumed", CONFIRM, OFFICE, RETURN,
        ("收到日期{value}晚于截止日期{due},但这个日期只是按文件时间推定的,复制文件就会变,没有确认以前不算迟报。"
         "请在收到登记里确认:日期不错的,“处理”选“日期无误”;不对的,在“更正日期”填实际收到的日期,再收一次表。"),
        "在收到登记里选“日期无误”,或填更正日期,再收一次表。")
    SUPPLEMENTED = ("supplemented", NOTE, NOBODY, RETURN,
        "截止日期{due}以后的补报(收到日期{day}):是否按时看先前收到的{value},这一份不算迟报。", NOTHING)
    FILE_IGNORED = ("file-ignored", NOTE, NOBODY, RETURN,
        "系统、临时或已删除的文件,不是报送材料,已跳过。", NOTHING)
    FILE_VOLUME = ("file-volume", NOTE, NOBODY, RETURN,
        "与{value}是同一个分卷压缩包,随它一起说明,没有读取。", NOTHING)
    FORM_SENT_BACK = ("form-sent-back", NOTE, NOBODY, RETURN,
        "这是退回修改的材料,内容原样没有改动,已跳过。请改好后再发回。", "请单位改好后发回;先前收到的一份仍然有效。")
    OFFICE_FILE = ("office-file", CONFIRM, OFFICE, RETURN,
        "这是办公室的“{value}”,是本程序写的,不是单位报送的表,没有读取。{remedy}。",
        "审核表移到“审核”文件夹,其他的移出“回收”文件夹,再收一次表。")
    RULE_SWITCHED = ("rule-switched", NOTE, NOBODY, RETURN,
        "有{count}处,表里“校验”说的与收到时的规则不同:{value}。这份表是改规则以前发的,已按收到时的规则办,见“口径说明”。",
        "不用处理;单位问起,照“口径说明”答复。")
    EVIDENCE_FILE = ("evidence-file", NOTE, NOBODY, RETURN,
        "放在以项目序号命名的文件夹里,按台账材料登记,不当作报送的表读取。", "不用处理;审核时在回收文件夹里查看。")
    EVIDENCE_BESIDE = ("evidence-beside", NOTE, NOBODY, RETURN,
        "与“{value}”的表一同收到的扫描件、照片或视频,按材料登记,没有读取。", NOTHING)
    EVIDENCE_UNOPENED = ("evidence-unopened", CONFIRM, OFFICE, RETURN,
        "{value},放在以项目序号命名的文件夹里,没有拆开,按台账材料登记。请打开看一眼:里面如果有任务分解表,把表取出来放进回收文件夹,再收一次表。",
        "打开看一眼;里面有任务分解表的,取出来放进回收文件夹,再收一次表。")
    FILE_UNREADABLE = ("file-unreadable", FATAL, OFFICE, FILE,
        "文件读不出来,已跳过,其余文件照常处理({detail})。正打开着的请关闭;核对文件能不能打开,放好后再收一次表。",
        "关闭正打开着的文件;打不开的,请单位重新发送。")
    FILE_FAILED = ("file-failed", FATAL, OFFICE, FILE,
        f"处理时出现意外错误,已跳过,其余文件照常处理({{detail}};细节写在结果文件夹的“{FAILURES}”里)。请把文件和这份记录交维护人员。",
        "交维护人员,并请单位另存为 .xlsx 后重新发送。")
    PAPER_DIFFERS = ("paper-differs", CONFIRM, OFFICE, RETURN,
        ("盖章件上的内容校验码是{value},这份电子表的是{right}:盖章的纸和电子表内容不同。请先核对登记有没有抄错;没有抄错的,请与单位核对以哪一份为准:"
         "以电子表为准的,请单位重新打印盖章;以盖章件为准的,请单位重发内容相同的电子表。"),
        "核对抄写,再与单位核对;换了盖章件的,改正收到登记的“纸质校验码”。")
    PAPER_UNCHECKED = ("paper-unchecked", NOTE, NOBODY, RETURN,
        "登记了盖章件的内容校验码{value},但这份电子表的算不准(填报格里有{why}),没有比对。请人工对照盖章件。", "人工对照盖章件和电子表。")
    PAPER_WITHOUT_CODE = ("paper-without-code", NOTE, NOBODY, RETURN,
        "登记了盖章件的内容校验码{value},但这份表是没有内容校验码的版本,没有比对。请人工对照盖章件。", "人工对照盖章件和电子表。")
    LETTER_FAILED = ("letter-failed", CONFIRM, OFFICE, RETURN,
        f"给单位退回修改的表没有做成({{detail}};细节写在结果文件夹的“{FAILURES}”里),其余照常。请把收到的表和这份记录交维护人员。",
        f"把记录交维护人员;先用 {Command.REISSUE} 补发,并告诉单位要改什么。")
    REPLIES_READ = ("replies-read", NOTE, NOBODY, RETURN,
        "“需修改事项”里有{count}处答复,已登记。", NOTHING)
    REPLY_SHORT = ("reply-short", NOTE, NOBODY, RETURN,
        "“需修改事项”里答复的“{value}”看不出核实的结果,没有采用。请选“无误”或“已改”,或用至少{minimum}个字写明情况(只写数字不算)。",
        "退回的表上会再问;急的打电话问单位,在审核表的“核实答复”里代为核实。")
    REPLY_UNCHANGED = ("reply-unchanged", NOTE, NOBODY, RETURN,
        "“需修改事项”里答复的是“{value}”,表里的内容却和原来一样,没有采用。请改好再发,或写明为什么不改。",
        "退回的表上会再问;急的打电话问单位,在审核表的“核实答复”里代为核实。")
    REPLY_OLDER = ("reply-older", NOTE, NOBODY, RETURN,
        "“需修改事项”里的答复“{value}”说的是改动以前的内容,现在的内容不同了,没有采用。请照最近一次退回的表答复。",
        "退回的表上会照现在的内容再问。")
    REPLY_GONE = ("reply-gone", NOTE, NOBODY, RETURN,
        "“需修改事项”里答复了“{value}”,这一处现在没有要核实的,答复留作记录。", NOTHING)
    REPLY_OF_OTHERS = ("reply-of-others", CONFIRM, OFFICE, RETURN,
        "“需修改事项”里的答复“{value}”写在别的单位的问题旁边(代码{other}),没有采用。请核实是不是粘进了别的单位的退回表。",
        "向单位核实;确实答错了表的,请单位在自己的退回表上答复。")
    REPLY_ASIDE = ("reply-aside", NOTE, NOBODY, RETURN,
        "“需修改事项”里的答复“{value}”写在“答复”一列以外,已按这一行的答复读取。", NOTHING)
    PAPER_UNREAD = ("paper-unread", CONFIRM, OFFICE, RETURN,
        "登记了盖章件的内容校验码{value},但这个文件没有读出填报内容,没有比对。请把这个码登记在这家单位计入的那一份表旁边。",
        "在收到登记里,把“纸质校验码”移到计入的那一份表的一行。")
    PAPER_OF_ANOTHER = ("paper-of-another", CONFIRM, OFFICE, RETURN,
        ("盖章件上的内容校验码{value}和这一份电子表相同,但计入的是{other},它的是{right}:盖章的不是计入的那一份。"
         "请单位把计入的那一份打印盖章,新的码登记在那一份旁边。"),
        "请单位打印计入的那一份、盖章;收到后把码登记在那一份旁边。")
    REPLY_UNCODED = ("reply-uncoded", CONFIRM, OFFICE, RETURN,
        "“需修改事项”里的答复“{value}”,旁边的问题代码没有了或改动了,认不出答的是哪一处,没有采用。",
        "打开来件看答的是哪一处,在审核表的“核实答复”里代为核实;或者请单位在下次退回的表上再答。")
    # Beside the cells
    COMMENTS_LEFT = ("comments-left", NOTE, NOBODY, SURROUNDINGS,
        "有{count}处批注:{value}。批注不作为填报内容;需要说明的,请写在情况说明里。", "看批注里有没有要补进情况说明的内容。")
    STRUCK_THROUGH = ("struck-through", CONFIRM, UNIT, SURROUNDINGS,
        "有{count}处填报内容画了删除线({value}),暂按原内容计入。作废的请清空,有效的请取消删除线。", "向单位核实是否作废。")
    DISPLAY_DISGUISED = ("display-disguised", NOTE, NOBODY, SURROUNDINGS,
        "有{count}处填报内容的数字格式会隐藏或缩放数值({value}),已按存储的数值读取,可能与看到的不同。", "对照单位看到的数核对一次。")
    CELLS_HIDDEN = ("cells-hidden", NOTE, NOBODY, SURROUNDINGS,
        "有{count}处填报内容在隐藏或筛选掉的行、列里({value}),已照常读取。请取消隐藏和筛选,核对是不是要报送的内容。",
        "不用处理;有疑问的取消隐藏后核对。")
    PICTURES_PASTED = ("pictures-pasted", CONFIRM, UNIT, SURROUNDINGS,
        "表里贴了图片,图片里的内容读不出来。佐证图片请放进台账文件夹,数据请填在单元格里。",
        "打开原件看图片;请单位把佐证图片放进台账文件夹。")
    TEXT_BOXES_LEFT = ("text-boxes-left", NOTE, NOBODY, SURROUNDINGS,
        "表里有文本框或图形,里面的文字没有读取。需要说明的,请写在情况说明里。", "打开原件看文本框里写了什么。")
    MACROS_INSIDE = ("macros-inside", NOTE, NOBODY, SURROUNDINGS,
        "文件带有宏,只读取了数值,没有运行宏。请不要启用宏,也不要转发此文件;下次请另存为 .xlsx。", "不要启用宏,不要转发原件。")
    OUTSIDE_DATA = ("outside-data", NOTE, NOBODY, SURROUNDINGS,
        "文件带有{value},已按文件里保存的数值读取,没有打开或更新。打开时请选择“不更新”,数据请直接填写。", "不要点“更新链接”;不用处理。")
    SHARED_BOOK = ("shared-book", NOTE, NOBODY, SURROUNDINGS,
        "文件开启了共享或修订记录,已按最后保存的内容读取。", NOTHING)
    # One value
    VALUE_MISSING = ("value-missing", ERROR, UNIT, VALUE,
        "{label}没有填写。请补填{remedy}。", BACK, "待填:{label}")
    CHOICE_UNKNOWN = ("choice-unknown", ERROR, UNIT, UNREAD,
        "{label}填的是“{value}”,不在选项里。请从下拉列表选择:{options}。", BACK, "请从下拉列表选:{options}")
    NUMBER_WRONG = ("number-wrong", ERROR, UNIT, UNREAD,
        "{label}填的是“{value}”。应填{minimum}至{maximum}的数,最多{places}位小数,不带单位,例如{example}。", BACK,
        "应填{minimum}至{maximum}的数,最多{places}位小数,例如{example}")
    WHOLE_WRONG = ("whole-wrong", ERROR, UNIT, UNREAD,
        "{label}填的是“{value}”。应填{minimum}至{maximum}的整数,不带单位,例如{example}。", BACK,
        "应填{minimum}至{maximum}的整数,例如{example}{none}")
    DATE_WRONG = ("date-wrong", ERROR, UNIT, UNREAD,
        "{label}填的是“{value}”。应填{minimum}至{maximum}之间的日期,年月日写全,例如{example}。", BACK,
        "应填{minimum}至{maximum}的日期,例如{example}")
    TEXT_TOO_LONG = ("text-too-long", ERROR, UNIT, UNREAD,
        "{label}超过{length}个字。请压缩,详细材料放入台账。", BACK, "超过{length}个字,请压缩")
    CHOICE_NEAR = ("choice-near", ERROR, UNIT, UNREAD,
        "{label}填的是“{value}”,不在选项里,是“{meant}”吗?请从下拉列表选择:{options}。", BACK)
    NUMBER_MEANT = ("number-meant", ERROR, UNIT, UNREAD,
        "{label}填的是“{value}”,是{meant}吗?请只填数字,小数点用英文句点,例如{example}。", BACK)
    NUMBER_VAGUE = ("number-vague", ERROR, UNIT, UNREAD,
        "{label}填的是“{value}”,不是一个确定的数。请填准确的数,例如{example}。", BACK)
    NUMBER_NONE = ("number-none", ERROR, UNIT, UNREAD,
        "{label}填的是“{value}”,不是数字。{instead},有的填准确的数,例如{example}。", BACK)
    NUMBER_SHARE = ("number-share", ERROR, UNIT, UNREAD,
        "{label}填的是“{value}”,是比例。本栏填的是数,不是比例,请填准确的数,例如{example}。", BACK)
    NUMBER_MEASURE = ("number-measure", ERROR, UNIT, UNREAD,
        "{label}填的是“{value}”,本栏的单位是“{measure}”。如果就是{meant}{measure},请只填{meant}。", BACK)
    NUMBER_IS_DATE = ("number-is-date", ERROR, UNIT, UNREAD,
        "{label}里是日期{day},像是输入的“{typed}”被当成了日期。应填{minimum}至{maximum}的数,例如{example}。", BACK)
    NUMBER_LIKE_DATE = ("number-like-date", CONFIRM, UNIT, VALUE,
        "{label}填的是{value},恰好是日期{day}的序号,像是输入的“{typed}”被当成了日期。请核实。", "请单位核实是数量还是误输的日期。")
    NUMBER_SHOWN_AS = ("number-shown-as", CONFIRM, UNIT, VALUE,
        "{label}存的是{value},在表里却显示为“{shown}”:格子的格式是日期或时间。现按{value}计入。请核实,把格式改为“常规”后对照一遍。",
        "请单位核实数有没有填错。")
    PERCENT_OR_SHARE = ("percent-or-share", CONFIRM, UNIT, VALUE,
        "{label}填的是“{value}”,是{value}%还是{meant}%?百分数直接填数,例如95。请核实。", "请单位核实。")
    DATE_OTHER_YEAR = ("date-other-year", ERROR, UNIT, UNREAD,
        "{label}是{value},不在{minimum}至{maximum}之间;只输入月日的,会自动补成输入当年。是{meant}吗?请年月日写全。", BACK)
    DATE_WITHOUT_YEAR = ("date-without-year", ERROR, UNIT, UNREAD,
        "{label}填的是“{value}”,没有写年份,是{meant}吗?请年月日写全。", BACK)
    DATE_WITHOUT_DAY = ("date-without-day", ERROR, UNIT, UNREAD,
        "{label}填的是“{value}”,没有写到日。请年月日写全,例如{example}。", BACK)
    DATE_MEANT = ("date-meant", ERROR, UNIT, UNREAD,
        "{label}填的是“{value}”,是{meant}吗?请只填一个日期,年月日写全,例如{example}。", BACK)
    DATE_SEVERAL = ("date-several", ERROR, UNIT, UNREAD,
        "{label}填的是“{value}”,不止一个日期。请只填一个,年月日写全,例如{example}。", BACK)
    DATE_NEVER = ("date-never", ERROR, UNIT, UNREAD,
        "{label}填的是“{value}”,日历上没有这一天。请核对后把年月日写全,例如{example}。", BACK)
    NUMBER_UNDER_FORMAT = ("number-under-format", CONFIRM, UNIT, VALUE,
        "{label}存的是数{value},按格式“{format}”显示,看到的是什么读不出来,暂按{value}记。请把格式改为“文本”,照看到的内容重新输入。",
        "请单位核实看到的内容。")
    DIGITS_LOST = ("digits-lost", ERROR, UNIT, UNREAD,
        "{label}填的是“{value}”,后几位已丢失:超过15位的号码按数字输入会变样。请先输入英文单引号,再输入号码。",
        "退回单位改正;丢失的数字无法恢复。")
    TITLE_AS_VALUE = ("title-as-value", ERROR, UNIT, UNREAD,
        "{label}填的是“{value}”,这是表里原有的文字,像是自动补全带出来的。请重新填写。", BACK)
    LABEL_AS_TEXT = ("label-as-text", CONFIRM, UNIT, VALUE,
        "{label}填的是“{value}”,与本栏的名称一样,像是自动补全带出来的。请核实,不是的重新填写。", "请单位核实;确实如此的不用改。")
    ERROR_AS_TEXT = ("error-as-text", ERROR, UNIT, UNREAD,
        "{label}填的是“{value}”,是公式出错时显示的文字,像是粘贴来的。请填写实际内容。", BACK)
    TEXT_WITH_ERROR = ("text-with-error", CONFIRM, UNIT, VALUE,
        "{label}里有公式出错时显示的文字:“{value}”。请核实,把它改成实际内容。", "请单位核实;内容已按文字保存。")
    CHARACTER_UNREADABLE = ("character-unreadable", CONFIRM, UNIT, VALUE,
        "{label}填的“{value}”里有别的电脑显示不出来的字({characters})。请换用新版输入法重新输入这个字;打不出来的,写拼音。",
        "请单位重新输入;打不出来的字,照单位说的写。")
    FORMULA_AS_TEXT = ("formula-as-text", ERROR, UNIT, UNREAD,
        "{label}填的是没有计算的公式“{value}”。请直接填写结果。", BACK)
    TEXT_LIKE_FORMULA = ("text-like-formula", CONFIRM, UNIT, VALUE,
        "{label}填的是以等号开头的文字“{value}”,不会计算。请核实。", "请单位核实;内容已按文字保存。")
    PICTURE_IN_CELL = ("picture-in-cell", ERROR, UNIT, UNREAD,
        "{label}里是嵌入的图片,读不出内容。请填写文字,图片放入台账文件夹。", BACK)
    VALUE_BESIDE = ("value-beside", ERROR, UNIT, VALUE,
        "{label}空着,旁边的{beside}写着“{value}”,像是填错了格。请填到{cell};改不了的,重新索取原表。", BACK)
    INPUT_MERGED = ("input-merged", ERROR, UNIT, FORM,
        "{label}所在的{cell}被合并到{value}里,填的内容丢失。请取消合并,在{cell}重新填写。", BACK)
    COUNT_RUN = ("count-run", NOTE, NOBODY, VALUE,
        "{label}起连续{count}格依次加一({value}),像是拖动填充出来的。请留意是否确实如此。", "看一眼是否合理。")
    PHONE_REPEATED = ("phone-repeated", CONFIRM, UNIT, VALUE,
        "{label}与“{other}”的相同,像是自动补全带出来的。请核实。", "请单位核实。")
    VALUE_ERROR = ("value-error", ERROR, UNIT, UNREAD,
        "{label}显示为错误值{value}。请删去公式,直接填写结果。", BACK)
    VALUE_NORMALISED = ("value-normalised", NOTE, NOBODY, NORMALISED,
        "{label}由“{value}”整理为“{kept}”。", "不用处理,留作记录。")
    VALUE_FROM_FORMULA = ("value-from-formula", NOTE, NOBODY, NORMALISED,
        "{label}是公式,已按其结果“{value}”读取。请直接填写数值。", "不用处理,留作记录。")
    FORMULA_WITHOUT_RESULT = ("formula-without-result", ERROR, UNIT, UNREAD,
        "{label}是公式,但文件里没有计算结果。请直接填写数值。", BACK)
    MORE_THAN = ("more-than", ERROR, UNIT, VALUE,
        "{label}({value})大于“{other}”。请核对两个数。", BACK, "大于“{other}”,请核对")
    BEFORE_START = ("before-start", ERROR, UNIT, VALUE,
        "{label}({value})早于“{other}”。请核对两个日期。", BACK, "早于“{other}”,请核对")
    SWING = ("swing", CONFIRM, UNIT, VALUE,
        "{label}填的是{value},上期是{prior},相差很大。请核实本期的数。", "请单位核实;数没有错的不用改。", "与上期相差很大,请核实")
    # A sub-point
    SCORE_THOUGH_OUT = ("score-though-out", ERROR, UNIT, SUB_POINT,
        "{label}:本得分点不涉及,自评分应留空或填0。", BACK, "不涉及的,自评分留空或填0")
    REASON_FOR_MORE = ("reason-for-more", ERROR, UNIT, SUB_POINT,
        "{label}:自评分高于测算分。请在情况说明里写明理由,或改为测算分。", BACK, "自评高于测算,请在情况说明写理由")
    REASON_FOR_OUT = ("reason-for-out", ERROR, UNIT, SUB_POINT,
        "{label}:选了“不涉及”。请在情况说明里写明理由,由办公室核准。", BACK, "选了不涉及,请在情况说明写理由")
    # The lists
    ENTRY_INCOMPLETE = ("entry-incomplete", ERROR, UNIT, LIST,
        "{label}没有填写,而同一行填了别的内容。请补填,或清空这一行。", BACK, "待填:{label}")
    EVIDENCE_OTHER_YEAR = ("evidence-other-year", CONFIRM, UNIT, LIST,
        "{row}的形成日期{value}不在{assessment}年度内。制度类材料请把类型选为“制度类”,其他材料请核对日期。", "请单位或科室核实。",
        "日期不在年度内:制度类请选类型,其他请核对")
    EVIDENCE_MISSING = ("evidence-missing", CONFIRM, UNIT, LIST,
        "{label}填了自评分,但台账目录里没有列出佐证材料。请在台账目录列出材料,放入对应的文件夹。", "请单位或科室核实。",
        "已填自评分,请列出佐证材料")
    EVIDENCE_ELSEWHERE = ("evidence-elsewhere", CONFIRM, UNIT, LIST,
        "{row}的电子文件名填的是“{value}”,不是文件夹里的文件,办公室看不到。请把材料放入对应的文件夹,再填文件名,例如6/工作总结.pdf。",
        "请单位补送材料。")
    EVIDENCE_NOT_THERE = ("evidence-not-there", CONFIRM, UNIT, LIST,
        "{row}列出的“{value}”在报送的台账文件夹里没有找到。请补送,或把文件名改成一致。",
        "请单位补送材料;确实已送的,核对文件名后不用处理。")
    EVIDENCE_MISPLACED = ("evidence-misplaced", CONFIRM, UNIT, LIST,
        "{row}列出的“{value}”收到了,放在{kept},不在第{number}项的文件夹里。请放到以“{number}”命名的文件夹,或改正这一行的得分点。",
        "请单位核实是放错了文件夹还是选错了得分点;只是放错的,移到该项的文件夹。")
    EVIDENCE_FOLDER_EMPTY = ("evidence-folder-empty", CONFIRM, UNIT, LIST,
        "台账目录里第{number}项列了材料,报送的台账里却没有第{number}项的文件夹,或里面是空的。请把材料放入以“{number}”命名的文件夹补送。",
        "请单位补送材料。")
    EVIDENCE_LOCKED = ("evidence-locked", CONFIRM, UNIT, LIST,
        "佐证材料 {value} 设了打开密码,看不到内容。请取消密码后重新报送。", "请单位补送能打开的材料。")
    EVIDENCE_DAMAGED = ("evidence-damaged", CONFIRM, UNIT, LIST,
        "佐证材料 {value} 不完整或已损坏,打不开。请先打开确认能看到内容,再重新报送。", "请单位补送能打开的材料。")
    EVIDENCE_BLANK = ("evidence-blank", CONFIRM, UNIT, LIST,
        "佐证材料 {value} 打开是空白的,没有内容。请核对后重新报送。", "请单位补送有内容的材料。")
    EVIDENCE_SMALL = ("evidence-small", CONFIRM, UNIT, LIST,
        "佐证材料 {value} 是图片,短边不到600像素,多半看不清。请核实,看不清的重新拍照或扫描后报送。",
        "打开看一眼:看得清的不用处理,看不清的请单位补送。")
    EVIDENCE_STOPPED = ("evidence-stopped", CONFIRM, OFFICE, LIST,
        "佐证材料 {value} 太大或太复杂,没有自动打开,页数和内容没有核对。请打开看一眼。", "自己打开看一眼;打不开的请单位补送。")
    EVIDENCE_NUMBER = ("evidence-number", CONFIRM, UNIT, LIST,
        "佐证材料 {value} 的内容或文件名里有公民身份号码。请遮去号码后重新报送;文件名里的,请改名。",
        "请单位遮去号码后重新报送;已经收到的不要转发。")
    EVIDENCE_PAGES = ("evidence-pages", CONFIRM, UNIT, LIST,
        "佐证材料的页数与台账目录填的不一样({value})。请核对材料是否报送齐全,或改正页数。",
        "请单位核实;材料齐全、只是页数填错的,不影响审核。")
    EVIDENCE_UNLISTED = ("evidence-unlisted", CONFIRM, UNIT, LIST,
        "报送的台账里有{count}个文件,台账目录没有列出({value})。请在台账目录补列,或说明不是佐证材料。",
        "请单位补列;审核时以台账目录列出的为主,没有列出的在台账清单最后。")
    EVIDENCE_ASTRAY = ("evidence-astray", CONFIRM, UNIT, LIST,
        "有{count}个文件和表一起收到了,看不出是哪一项的材料({value})。请放入以项目序号命名的文件夹重新报送;不是佐证材料的,请说明。",
        "请单位说明是哪一项的;上报时先放在待定。")
    EVIDENCE_ITEM_STRANGE = ("evidence-item-strange", CONFIRM, UNIT, LIST,
        "报送的台账里有第{number}项的文件夹({count}个文件:{value}),这一项不是本单位的任务。请核对是不是放错了文件夹。",
        "请单位核实是放错了文件夹还是送错了单位。")
    EVIDENCE_FOLDER_HOLLOW = ("evidence-folder-hollow", CONFIRM, UNIT, LIST,
        "报送的台账里文件夹 {value} 是空的。请补送材料;这一项没有材料的,不用处理。", "请单位核实是不是漏放了材料。")
    EVIDENCE_TWICE = ("evidence-twice", CONFIRM, UNIT, LIST,
        "同一个文件放在几项的文件夹里({value})。请核实每一项是否都用这份材料,放错的请换成该项的材料。",
        "审核时看这份材料能不能证明每一项。")
    EVIDENCE_SHARED = ("evidence-shared", CONFIRM, OFFICE, LIST,
        "{named}报送了{count}个同样的文件({value})。通用的表样、文件依据不用处理;不是的,请核实是哪个单位的材料。",
        "向这几个单位核实;通用的表样、法规文本不用处理。")
    MATTER_REPEATED = ("matter-repeated", CONFIRM, UNIT, LIST,
        "{row}与前面填报的是同一事项,不重复加分。", "请单位或科室核实。", "同一事项,不重复加分")
    DEDUCTION_REPEATED = ("deduction-repeated", CONFIRM, UNIT, LIST,
        "{row}与前面提供的是同一单位的同一事项,不重复减分。", "请提供的单位或科室核实。", "同一单位同一事项,不重复减分")
    DEGREE_ELSEWHERE = ("degree-elsewhere", ERROR, UNIT, LIST,
        "{row}的{label}只用于“{situation}”。请清空,或改选情形。", BACK, "只用于“{situation}”,请清空")
    LEVEL_OF_ANOTHER = ("level-of-another", ERROR, UNIT, LIST,
        "{row}的{label}不是“{situation}”的。请从{options}中选,或改选情形。", BACK, "“{situation}”应选:{options}")
    MONTH_WRONG = ("month-wrong", ERROR, UNIT, LIST,
        "{row}的{of}不在{period}。请填到对应{periods}的行,或填到“补充”行。", BACK, "日期不在{period},请填到对应的行")
    # The review
    REVIEW_OUT_SCORED = ("review-out-scored", ERROR, OFFICE, REVIEW,
        "{row}:已经选了核准或不核准不涉及,核定分应留空。要给分的,请清空“不涉及”一格的选择并写明理由。",
        "审核人改正;改正以前这一行不采用。", "已选核准或不核准,核定分留空",
        "{row}:“不涉及”和核定分只能填一样。请在“审核表.xlsx”里改正。")
    REVIEW_REASON = ("review-reason", ERROR, OFFICE, REVIEW,
        "{row}:核定分低于{compared}分。请选扣分原因,或在说明里写明。", "审核人补写;补写以前这一行不采用。",
        "低于{compared},请选扣分原因或写说明", BEGUN)
    REVIEW_REASON_NOTE = ("review-reason-note", ERROR, OFFICE, REVIEW,
        "{row}:扣分原因选了“{reason}”,说明空着。请在“说明”里写明原因。", "审核人在“说明”里写明;写明以前这一行不采用。",
        "请在“说明”里写明原因", BEGUN)
    REVIEW_VERDICT_NOTE = ("review-verdict-note", ERROR, OFFICE, REVIEW,
        "{row}:认定选了“{verdict}”,说明空着。请在“说明”里写明理由,单位要照着知道为什么。", "审核人在“说明”里写明;写明以前这一行不采用。",
        "选了“{verdict}”,请在“说明”里写明理由", BEGUN)
    REVIEW_SECOND_SAME = ("review-second-same", ERROR, OFFICE, REVIEW,
        "{row}:复审人“{value}”就是(或者其中有)初审这一得分点的人,没有采用。请由另一个人复审,重新填复审分、复审人和日期。",
        "换一个人复审;换以前这一行不采用。", "", "{row}:复审人就是初审这一得分点的人,没有采用。请由另一个人复审。")
    REVIEW_INCOMPLETE = ("review-incomplete", ERROR, OFFICE, REVIEW,
        "{row}:{because},“{missing}”一格没有写({how})。请补填;只写横线、标点的,等于没有写。",
        "审核人补填;补填以前这一行不采用。", "待填:{missing}({because})", BEGUN)
    REVIEW_FOREIGN = ("review-foreign", FATAL, OFFICE, REVIEW,
        "这不是本轮的审核表(表号{value}),没有读取。请只在“审核”文件夹里放本轮的审核表;单位的表请放到“回收”。",
        "移出“审核”文件夹;单位报送的放到“回收”。")
    REVIEW_UNREADABLE = ("review-unreadable", FATAL, OFFICE, REVIEW,
        "“审核”文件夹里的这个文件没有读取:{detail}。请从“存档”或备份恢复,或删掉这个文件,再收一次表。",
        "从“存档”或备份恢复;里面没有要留的,删掉,再收一次表。")
    REVIEW_ROW_UNKNOWN = ("review-row-unknown", ERROR, OFFICE, REVIEW,
        "审核表里编号{value}的单位或得分点不在现行目录里,这一行没有采用。先前的决定仍有记录,请核对目录。",
        "核对目录里单位和得分点有没有改动。")
    REVIEW_CONFLICT = ("review-conflict", ERROR, OFFICE, REVIEW,
        "{row}:几本审核表的决定不一致({value}),{stays}。请商定后在“审核表.xlsx”里改定,或把几本改成一致。",
        "几位审核人商定,在“审核表.xlsx”里改定,或把几本改成一致;商定以前按先前的决定。", "",
        "{row}:几本审核表的决定不一致。请商定后在“审核表.xlsx”里改定,或把几本改成一致。")
    REVIEW_REGISTER_CONFLICT = ("review-register-conflict", ERROR, OFFICE, REVIEW,
        "{row}:审核表里填的是{value},与登记不一致:{register}。以登记为准。登记对的,请在“审核表.xlsx”里清空这一行;登记错的,请改正登记。",
        "核对后清空这一行,或改正登记;在这以前不是正式排名。", "",
        "{row}:审核表里填的与登记不一致,以登记为准。登记对的,请在“审核表.xlsx”里清空这一行;登记错的,请改正登记。")
    REVIEW_REGISTER_CLAIM = ("review-register-claim", NOTE, NOBODY, REVIEW,
        "{row}:单位自评{value}分,与登记不一致:{register}。以登记为准。", "不用处理;登记有遗漏的,补进登记。", "",
        "{row}:单位自评与登记不一致,以登记为准。")
    REVIEW_REPEATS_NOTHING = ("review-repeats-nothing", CONFIRM, OFFICE, REVIEW,
        "{row}:选了“重复”,而同一事项的其他各行没有一行计分,这件事现在一分也没有计。请核对事项归并和其他各行。",
        "核对事项归并填得对不对;确是同一事项的,让其中一行计分,或把这一行也改为不计。")
    REVIEW_WITHDRAWN = ("review-withdrawn", CONFIRM, OFFICE, REVIEW,
        "{row}:审核表里这一行清空了,先前的决定({value})已撤回。请核实是不是有意清空。", "有意撤回的不用处理;误清的重新填上。", "",
        "{row}:审核表里这一行清空了,先前的决定已撤回。请核实是不是有意清空。")
    REVIEW_CHANGED = ("review-changed", CONFIRM, OFFICE, REVIEW,
        "{row}:审核后数据有变,决定({value})仍然有效。审核时:{before};现在:{after}。请复核。",
        "复核;要改的在“审核表.xlsx”里改,不改的不用处理。", "",
        "{row}:审核后数据有变,决定仍然有效。审核时:{before};现在:{after}。请复核。")
    REVIEW_NOT_RETURNED = ("review-not-returned", NOTE, NOBODY, REVIEW,
        "{row}:已有决定,但这次没有可计分的填报表,决定留着备用。", "不用处理;单位重新报送后,决定照旧。")
    REVIEW_SUB_POINT_GONE = ("review-sub-point-gone", CONFIRM, OFFICE, REVIEW,
        "{row}:决定({value})是按原来的编号作的,现行目录里没有这个得分点,或者不能确定是现在的哪一个,没有采用;记录仍然保留。",
        "取消了的得分点不用处理;只是改了编号的,在目录里给它写上 id(原来的编号),再收一次表,决定就归到它名下。", "",
        "{row}:决定是按原来的编号作的,现行目录里没有这个得分点,或者不能确定是现在的哪一个,没有采用;记录仍然保留。")
    REVIEW_STALE = ("review-stale", ERROR, OFFICE, REVIEW,
        "{row}:这一行列出以后单位的数据或审核情况变了,没有记录。请重新列出待审清单,看过现在的数据再核定。",
        "在工作台里再做一次“审核合并”,看过现在的数据再填。")
    REVIEW_OUT_UNCLAIMED = ("review-out-unclaimed", ERROR, OFFICE, REVIEW,
        "{row}:单位没有申请不涉及,没有记录。请清空“不涉及”一格,填核定分。", "审核人清空“不涉及”,填核定分。")
    REVIEW_APPEAL_SCORED = ("review-appeal-scored", ERROR, OFFICE, REVIEW,
        "{row}:复核决定不是“改分”,新核定分应留空。请清空新核定分,或把决定改为“改分”。", "审核人改正;改正以前这一行不采用。",
        "决定不是“改分”,新核定分留空", BEGUN)
    REVIEW_APPEAL_LOWER = ("review-appeal-lower", ERROR, OFFICE, REVIEW,
        "{row}:新核定分应高于申请时的{mark}分:申请复核不会改低,分数不变的请选“维持”。", "审核人改正;确要改低的,在“审核”表里改。",
        "应高于{mark}分;不变的选“维持”", BEGUN)
    REVIEW_RULED = ("review-ruled", CONFIRM, OFFICE, REVIEW,
        "{row}:这次收表,“审核”表里填的是{value},“{sheet}”表里定的是{ruled},按“{sheet}”的。请核实。",
        "核实;要按“审核”表里的,再填一次。", "", "{row}:这次收表,“审核”表和“{sheet}”表里填的不一样,按“{sheet}”的。请核实。")
    REVIEW_DECIDED_SINCE = ("review-decided-since", CONFIRM, OFFICE, REVIEW,
        "{row}:“{sheet}”表里的改分撤回了,但改分以后“审核”表里又另作了决定({value}),仍按后来的决定。请核实。",
        "核实;要改回原来的,在“审核”表里改。", "", "{row}:“{sheet}”表里的改分撤回了,但以后“审核”表里又另作了决定,仍按后来的。请核实。")
    REVIEW_SECOND_OTHER = ("review-second-other", FATAL, OFFICE, REVIEW,
        "这本复审表不是“抽样.jsonl”里任何一批的,是另一次抽样的:行号一样,单位不一样,没有读取。请只用现在这几批的复审表,这本移出“审核”文件夹。",
        "移出“审核”文件夹;要用里面填的,把抽出它的那个“抽样.jsonl”从备份恢复,再收一次表。")
    REVIEW_RULED_BY_PARTY = ("review-ruled-by-party", ERROR, OFFICE, REVIEW,
        "{row}:裁定人“{value}”就是(或者其中有)初审人或者复审人,没有采用。请由第三个人裁定;初审人自己认为该改的,在“审核”表里改核定分,不用裁定。",
        "换一个人裁定,或者由初审人在“审核”表里改;这以前这一行不采用。", "",
        "{row}:裁定人就是初审人或者复审人,没有采用。请由第三个人裁定。")
    REVIEW_SECOND_CONFLICT = ("review-second-conflict", ERROR, OFFICE, REVIEW,
        "{row}:几本复审表填得不一致({value}),{stays}。请商定后把几本复审表改成一样的,或只留一本,再收一次表。",
        "复审人商定,把几本复审表改成一样的,或只留一本;商定以前按先前的复审。", "",
        "{row}:几本复审表填得不一致。请商定后把几本复审表改成一样的,或只留一本,再收一次表。")
    # Requests for a review, on feedback sheets that came back
    APPEAL_TAKEN = ("appeal-taken", NOTE, NOBODY, REVIEW,
        "{row}:收到复核申请,列入审核表的“复核申请”。", "在审核表的“复核申请”里决定。")
    APPEAL_AMENDED = ("appeal-amended", NOTE, NOBODY, REVIEW,
        "{row}:申请的理由或材料改过,以这一份为准(先前的是“{value}”)。", "在审核表的“复核申请”里决定。")
    APPEAL_NONE = ("appeal-none", NOTE, NOBODY, REVIEW,
        "发回的反馈单里没有申请复核,不用处理;反馈单不是报来的表,不计分。", NOTHING)
    APPEAL_MARK_CHANGED = ("appeal-mark-changed", NOTE, NOBODY, REVIEW,
        "{row}:发回的反馈单上印的核定分是{value},现在是{mark}:那份反馈单印得早,以后分数变过。按现在的分数受理。", NOTHING, "",
        "{row}:发回的反馈单印得早,以后分数变过。按现在的分数受理。")
    APPEAL_MARK_ALTERED = ("appeal-mark-altered", NOTE, NOBODY, REVIEW,
        "{row}:发回的反馈单上的核定分(“{value}”)不是印上去的,以记录的{mark}为准。", NOTHING, "",
        "{row}:发回的反馈单上的核定分不是印上去的,以记录的为准。")
    APPEAL_PRESUMED_LATE = ("appeal-presumed-late", CONFIRM, OFFICE, REVIEW,
        "按文件时间推定,这份复核申请是{value}收到的,过了期限({due}),先列入。确是这天收到的,在收到登记里填更正日期,就不予受理。",
        "在收到登记里填这个文件实际收到的日期;确实迟了的不予受理。")
    APPEAL_LATE = ("appeal-late", CONFIRM, OFFICE, REVIEW,
        "{row}:{value}收到,过了申请复核的期限({due}),不予受理{clause}。", "把“复核答复”发给单位。")
    APPEAL_OF_ANOTHER = ("appeal-of-another", CONFIRM, OFFICE, REVIEW,
        "这是{unit}的反馈单,文件或者来信却像是{named}的,里面的复核申请不予受理:只能由本单位申请{clause}。",
        "核对后确是本单位申请的,在收到登记里选“核对无误”,再收一次表。")
    APPEAL_NOT_LOST = ("appeal-not-lost", CONFIRM, OFFICE, REVIEW,
        "{row}:没有失分,不予受理:只能就失分的得分点申请复核{clause}。", "把“复核答复”发给单位。")
    APPEAL_ROW_UNKNOWN = ("appeal-row-unknown", CONFIRM, OFFICE, REVIEW,
        "“{value}”不是这个单位的得分点,这一行的复核申请不予受理{clause}。", "把“复核答复”发给单位。")
    APPEAL_REPEATED = ("appeal-repeated", CONFIRM, OFFICE, REVIEW,
        "{row}:同样的申请已经收到过({value}),以先收到的为准,不重复受理{clause}。", "不用处理;要答复的,把“复核答复”发给单位。")
    APPEAL_DECIDED = ("appeal-decided", CONFIRM, OFFICE, REVIEW,
        "{row}:已经复核过({ruled}),不再受理:每个得分点只复核一次{clause}。", "把“复核答复”发给单位。")
    APPEAL_NO_REASON = ("appeal-no-reason", CONFIRM, OFFICE, REVIEW,
        "{row}:申请复核没有写理由,不予受理{clause}。请在“理由”里写明哪一条事实、依据什么,再发一次。",
        "把“复核答复”发给单位,请单位补写理由。")
    APPEAL_NOT_TICKED = ("appeal-not-ticked", CONFIRM, OFFICE, REVIEW,
        "{row}:写了理由或者材料,没有在“申请复核”里选“申请”,不予受理{clause}。要申请的,请选上再发一次。",
        "把“复核答复”发给单位,请单位选上再发。")
    APPEAL_UNREAD = ("appeal-unread", CONFIRM, OFFICE, REVIEW,
        "{row}:复核申请这一行填得不对({detail}),不予受理{clause}。请改好再发一次。", "把“复核答复”发给单位,请单位改好再发。")
    # fmt: on


REFUSED_APPEALS = frozenset(
    {
        Code.APPEAL_LATE, Code.APPEAL_OF_ANOTHER, Code.APPEAL_NOT_LOST, Code.APPEAL_ROW_UNKNOWN, Code.APPEAL_REPEATED,
        Code.APPEAL_DECIDED, Code.APPEAL_NO_REASON, Code.APPEAL_NOT_TICKED, Code.APPEAL_UNREAD,
    }
)  # fmt: skip
"""Requests that are refused by rule; the unit is told why."""
OF_ORIGIN = frozenset(
    {
        Code.PROPERTY_DIFFERS, Code.FILE_NAME_DIFFERS, Code.FOLDER_DIFFERS, Code.SENDER_DIFFERS, Code.SENDER_UNKNOWN,
        Code.SENDER_UNVERIFIED,
    }
)  # fmt: skip
"""That a form may be another unit's; the office says in the register of receipts that it has made sure."""
