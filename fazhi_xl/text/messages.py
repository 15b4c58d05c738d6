"""Every message about a return, code by code: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is what a report says; `short` is what the workbook shows beside the input, at most 200 characters."""

    severity: str
    text: str
    short: str = ""


MESSAGES: Mapping[str, Message] = MappingProxyType(
    {
        # The file as a whole
        "file-empty": Message("fatal", "文件是空的(0字节)。请重新发送;发送前先打开确认能看到内容。"),
        "file-too-large": Message(
            "fatal", "文件有{size}MB,超过{limit}MB。请只发送填好的任务分解表,扫描件、图片放入台账文件夹另行报送。"
        ),
        "file-not-a-workbook": Message(
            "fatal",
            "这是{kind},不是电子表格,数据读不出来。请填写下发的任务分解表,另存为 .xlsx 后发送;扫描件、照片请留作盖章件。",
        ),
        "file-damaged": Message(
            "fatal", "文件不完整或已损坏,打不开({detail})。请用 WPS 或 Excel 打开原表,另存为 .xlsx 后重新发送。"
        ),
        "file-encrypted": Message("fatal", "文件设了打开密码。请取消打开密码后重新发送,或把密码告诉收表的办公室。"),
        "file-unsafe": Message("fatal", "文件内部结构异常,为安全起见没有读取({detail})。请用下发的表重新填写后发送。"),
        "file-reader-stopped": Message(
            "fatal", "读取超时或占用内存过多,已停止({detail})。请用 WPS 或 Excel 打开,另存为 .xlsx 后重新发送。"
        ),
        "file-converted": Message("note", "文件是{kind}格式,已按内容读取。下次请另存为 .xlsx。"),
        "file-changing": Message(
            "fatal", "读取时文件一直在变化(可能正在复制、下载或同步),没有读取。请等文件存好以后再收一次表。"
        ),
        "file-vanished": Message(
            "fatal", "读取时文件已经不在原处(被移走、改名或删除),没有读取。请核对收表的文件夹,放回以后再收一次表。"
        ),
        "archive-unopened": Message(
            "fatal", "这是{kind},拆不开。请解压以后直接发送里面的任务分解表(.xlsx),或改用 zip 压缩。"
        ),
        "archive-in-archive": Message(
            "fatal", "压缩包里又套了压缩包,没有继续拆开。请直接发送填好的任务分解表(.xlsx),或只压缩一层。"
        ),
        "mail-unopened": Message(
            "fatal", "这是{kind},附件取不出来。请打开邮件,把附件里的任务分解表另存为文件,单独发送。"
        ),
        "mail-without-attachment": Message("fatal", "邮件里没有附件。请把填好的任务分解表作为附件重新发送。"),
        "mail-link-only": Message(
            "fatal",
            "邮件里没有附件,只有网盘或超大附件的链接,链接会过期。请把任务分解表作为普通附件重新发送,台账材料另行报送。",
        ),
        # Which unit's form it is
        "form-unknown": Message(
            "fatal", "表里找不到表号,认不出是哪个单位的表。请填写下发的原表,不要另建文件或自制表格。"
        ),
        "form-number-gone": Message(
            "fatal",
            "表里的表号不见了,看“填报单位”一行像是“{value}”的表,但没有表号不能计入。请用该单位下发的原表重新填写。",
        ),
        "form-other-round": Message(
            "fatal", "表号{value}是其他年度或轮次的表,本轮的表号以{current}开头。请填写本轮下发的任务分解表。"
        ),
        "form-foreign": Message("fatal", "表号{value}不是本轮发放的。请填写本轮下发的任务分解表。"),
        "form-forged": Message(
            "fatal", "表号{value}的校验码不对:可能是上一轮或演练时发的表,或表号被改动。请填写本轮下发的原表。"
        ),
        "form-mixed": Message(
            "fatal", "各工作表的表号不一致({value}),像是两份表拼在一起。请在一份原表里填写后重新发送。"
        ),
        "form-edition": Message("note", "这是第{value}版表,现行是第{current}版。已按编号读取,新增的填报项会列为待填。"),
        "form-contradiction": Message(
            "fatal",
            "表号{value}是发给“{unit}”的,表头的填报单位却是“{named}”,像是填错了单位的表或改过表号。请用本单位的原表填写。",
        ),
        "property-other-unit": Message(
            "fatal",
            "文件属性里的表号{value}是发给“{named}”的,表里的表号却是“{unit}”的,像是把一个单位的内容粘进了另一个单位的文件。"
            "请在本单位的原表里填写后重新发送。",
        ),
        "property-differs": Message(
            "confirm",
            "文件属性里的表号“{value}”与表里的{number}不同,已按表里的表号计入。请核实内容是不是从别的文件粘过来的。",
        ),
        "file-name-differs": Message(
            "confirm", "文件名像是“{named}”的({value}),里面是“{unit}”的表,已按表号计入“{unit}”。请核实有没有填错表。"
        ),
        "folder-differs": Message(
            "confirm",
            "文件放在“{named}”的文件夹里({value}),里面是“{unit}”的表,已按表号计入“{unit}”。请核实有没有放错或填错表。",
        ),
        "sender-differs": Message(
            "confirm",
            "发件邮箱{value}是“{named}”的,里面是“{unit}”的表,已按表号计入“{unit}”。请核实有没有填错表。",
        ),
        "codes-moved": Message(
            "confirm",
            "有{count}处的编号与单元格名称对不上(从编号{value}起),可能排过序或改过编号,已按编号读取。请核对这些行的内容。",
        ),
        "found-by-name": Message("note", "有{count}处的编号不见了,已按单元格名称找到。请不要改动锁定的编号。"),
        "row-newer": Message("error", "编号{value}是新版表增加的,这份旧版表里没有。请在新版表里补填。"),
        "same-time": Message(
            "confirm", "与{value}内容不同而收到的时间相同,分不出先后,暂以本文件为准。请核实以哪一份为准。"
        ),
        "fewer-answers": Message(
            "confirm", "比先前收到的{value}少填很多(先前{before}处,现在{after}处),暂以本文件为准。请核实有没有发错。"
        ),
        "form-unfilled": Message("error", "表里一处都没有填写。请填好后重新发送;如发错文件,请换成填好的那一份。"),
        "sheet-missing": Message(
            "error", "认不出工作表“{value}”:它被删除,或编号所在的行、列被改动。请在完整的原表里补填这张工作表。"
        ),
        "row-missing": Message("error", "编号{value}所在的行不见了。请在完整的原表里补填这一行。"),
        "column-missing": Message("error", "工作表“{sheet}”的“{value}”列不见了。请在完整的原表里补填这一列。"),
        "row-repeated": Message("error", "编号{value}出现了不止一次,以第一处为准。请删去复制出来的行。"),
        "sheet-passed-over": Message(
            "note", "工作表“{value}”与“{kept}”的编号相同,没有填写或内容一样,没有读取;以“{kept}”为准。"
        ),
        "sheet-copied": Message(
            "error",
            "工作表“{value}”是“{of}”的副本,两张填得不一样(有{count}处),暂以“{of}”为准。请核对后删去不用的一张,重新发送。",
        ),
        "sheet-renamed": Message("note", "工作表“{issued}”改名为“{value}”,已按编号认出。请不要改工作表的名称。"),
        "sheets-extra": Message("note", "另有{count}张不是下发的工作表({value}),没有读取。"),
        "names-missing": Message(
            "note", "单元格名称都不见了,像是把工作表复制到了新建的文件里,已按编号读取。请在下发的原表里填写。"
        ),
        "locked-changed": Message(
            "confirm", "锁定的内容被改动:编号{label}原为“{issued}”,收回的是“{value}”。已按下发的内容计算,请核实。"
        ),
        "formula-overwritten": Message(
            "note", "有{count}处自动计算的单元格没有公式了,已重新计算。请不要在灰色单元格里粘贴或填写。"
        ),
        "stray-values": Message("note", "工作表“{sheet}”里有{count}处内容不在填报格里,没有读取:{value}。"),
        "cells-outside": Message("note", "离表格很远的地方还有{count}处内容,没有读取。"),
        "old-mac-dates": Message("note", "文件的日期从1904年起计(旧版 Mac 的设置),已换算。"),
        "protection-removed": Message(
            "confirm",
            "工作表的保护已解除({value})。锁定的内容已与下发的核对,但只给一列排序或错行粘贴是看不出来的。"
            "请对照原始资料逐行核对填报的数,确认无误。",
        ),
        "duplicate-file": Message("note", "与{value}内容完全相同,只计一次。"),
        "duplicate-answers": Message("note", "与{value}填报的内容相同(文件本身不同),只计一次。"),
        "superseded-file": Message(
            "confirm", "同一单位还有更晚收到的{value},以更晚的为准,有{count}处不同,见“两次报送差异”。本文件保留备查。"
        ),
        "superseded-blank": Message(
            "note",
            "这一份没有读到填报内容(空表,或填的都不能用);同一单位还有更晚收到的{value},以更晚的为准。本文件保留备查。",
        ),
        "two-halves": Message(
            "confirm",
            "先前收到的{value}与本文件各填一部分、互不重叠,像是两个科室分头填的同一份表;没有合并,暂以本文件为准。请合成一份完整的表重新发送。",
        ),
        "set-aside": Message("note", "收到登记里写明不采用,没有计入;本文件保留备查。"),
        "received-late": Message("note", "收到日期{value}晚于截止日期{due},按迟报登记。"),
        "file-ignored": Message("note", "系统或临时文件,不是报送材料,已跳过。"),
        "form-sent-back": Message("note", "这是退回修改的材料,内容原样没有改动,已跳过。请改好后再发回。"),
        "evidence-file": Message("note", "放在以项目序号命名的文件夹里,按台账材料登记,不当作报送的表读取。"),
        "file-unreadable": Message(
            "fatal", "读取时出现意外错误,已跳过,其余文件照常处理({detail})。请把此文件交维护人员。"
        ),
        # Beside the cells
        "comments-left": Message("note", "有{count}处批注:{value}。批注不作为填报内容;需要说明的,请写在情况说明里。"),
        "struck-through": Message(
            "confirm", "有{count}处填报内容画了删除线({value}),暂按原内容计入。作废的请清空,有效的请取消删除线。"
        ),
        "display-disguised": Message(
            "note", "有{count}处填报内容的数字格式会隐藏或缩放数值({value}),已按存储的数值读取,可能与看到的不同。"
        ),
        "cells-hidden": Message(
            "note",
            "有{count}处填报内容在隐藏或筛选掉的行、列里({value}),已照常读取。请取消隐藏和筛选,核对是不是要报送的内容。",
        ),
        "pictures-pasted": Message(
            "confirm", "表里贴了图片,图片里的内容读不出来。佐证图片请放进台账文件夹,数据请填在单元格里。"
        ),
        "text-boxes-left": Message("note", "表里有文本框或图形,里面的文字没有读取。需要说明的,请写在情况说明里。"),
        "macros-inside": Message(
            "note", "文件带有宏,只读取了数值,没有运行宏。请不要启用宏,也不要转发此文件;下次请另存为 .xlsx。"
        ),
        "outside-data": Message(
            "note", "文件带有{value},已按文件里保存的数值读取,没有打开或更新。打开时请选择“不更新”,数据请直接填写。"
        ),
        "shared-book": Message("note", "文件开启了共享或修订记录,已按最后保存的内容读取。"),
        # One value
        "value-missing": Message("error", "{label}没有填写。请补填{remedy}。", "待填:{label}"),
        "choice-unknown": Message(
            "error", "{label}填的是“{value}”,不在选项里。请从下拉列表选择:{options}。", "请从下拉列表选:{options}"
        ),
        "number-wrong": Message(
            "error",
            "{label}填的是“{value}”。应填{minimum}至{maximum}的数,最多{places}位小数,不带单位,例如{example}。",
            "应填{minimum}至{maximum}的数,最多{places}位小数,不带单位,例如{example}",
        ),
        "whole-wrong": Message(
            "error",
            "{label}填的是“{value}”。应填{minimum}至{maximum}的整数,不带单位,例如{example}。",
            "应填{minimum}至{maximum}的整数,不带单位,例如{example}",
        ),
        "date-wrong": Message(
            "error",
            "{label}填的是“{value}”。应填{minimum}至{maximum}之间的日期,年月日写全,例如{example}。",
            "应填{minimum}至{maximum}的日期,例如{example}",
        ),
        "text-too-long": Message(
            "error", "{label}超过{length}个字。请压缩,详细材料放入台账。", "超过{length}个字,请压缩"
        ),
        "choice-near": Message("error", "{label}填的是“{value}”,不在选项里,是“{meant}”吗?请从下拉列表选择:{options}。"),
        "number-meant": Message(
            "error", "{label}填的是“{value}”,是{meant}吗?请只填数字,小数点用英文句点,例如{example}。"
        ),
        "number-vague": Message("error", "{label}填的是“{value}”,不是一个确定的数。请填准确的数,例如{example}。"),
        "number-measure": Message(
            "error", "{label}填的是“{value}”,本栏的单位是“{measure}”。如果就是{meant}{measure},请只填{meant}。"
        ),
        "number-is-date": Message(
            "error",
            "{label}里是日期{day},像是输入的“{typed}”被当成了日期。应填{minimum}至{maximum}的数,例如{example}。",
        ),
        "number-like-date": Message(
            "confirm", "{label}填的是{value},恰好是日期{day}的序号,像是输入的“{typed}”被当成了日期。请核实。"
        ),
        "percent-or-share": Message(
            "confirm", "{label}填的是“{value}”,是{value}%还是{meant}%?百分数直接填数,例如95。请核实。"
        ),
        "date-other-year": Message(
            "error",
            "{label}是{value},不在{minimum}至{maximum}之间;只输入月日的,会自动补成输入当年。是{meant}吗?请年月日写全。",
        ),
        "date-without-year": Message("error", "{label}填的是“{value}”,没有写年份,是{meant}吗?请年月日写全。"),
        "date-without-day": Message("error", "{label}填的是“{value}”,没有写到日。请年月日写全,例如{example}。"),
        "digits-lost": Message(
            "error",
            "{label}填的是“{value}”,后几位已丢失:超过15位的号码按数字输入会变样。请先输入英文单引号,再输入号码。",
        ),
        "title-as-value": Message(
            "error", "{label}填的是“{value}”,这是表里原有的文字,像是自动补全带出来的。请重新填写。"
        ),
        "formula-as-text": Message("error", "{label}填的是没有计算的公式“{value}”。请直接填写结果。"),
        "text-like-formula": Message("confirm", "{label}填的是以等号开头的文字“{value}”,不会计算。请核实。"),
        "picture-in-cell": Message("error", "{label}里是嵌入的图片,读不出内容。请填写文字,图片放入台账文件夹。"),
        "value-beside": Message(
            "error", "{label}空着,旁边的{beside}写着“{value}”,像是填错了格。请填到{cell};改不了的,重新索取原表。"
        ),
        "input-merged": Message(
            "error", "{label}所在的{cell}被合并到{value}里,填的内容丢失。请取消合并,在{cell}重新填写。"
        ),
        "count-run": Message(
            "note", "{label}起连续{count}格依次加一({value}),像是拖动填充出来的。请留意是否确实如此。"
        ),
        "phone-repeated": Message("confirm", "{label}与“{other}”的相同,像是自动补全带出来的。请核实。"),
        "value-error": Message("error", "{label}显示为错误值{value}。请删去公式,直接填写结果。"),
        "value-normalised": Message("note", "{label}由“{value}”整理为“{kept}”。"),
        "value-from-formula": Message("note", "{label}是公式,已按其结果“{value}”读取。请直接填写数值。"),
        "formula-without-result": Message("error", "{label}是公式,但文件里没有计算结果。请直接填写数值。"),
        "more-than": Message("error", "{label}({value})大于“{other}”。请核对两个数。", "大于“{other}”,请核对"),
        "before-start": Message("error", "{label}({value})早于“{other}”。请核对两个日期。", "早于“{other}”,请核对"),
        "swing": Message(
            "confirm", "{label}填的是{value},上期是{prior},相差很大。请核实本期的数。", "与上期相差很大,请核实"
        ),
        # A sub-point
        "score-though-out": Message("error", "{label}:本得分点不涉及,自评分应留空或填0。", "不涉及的,自评分留空或填0"),
        "reason-for-more": Message(
            "error",
            "{label}:自评分高于测算分。请在情况说明里写明理由,或改为测算分。",
            "自评高于测算,请在情况说明写理由",
        ),
        "reason-for-out": Message(
            "error", "{label}:选了“不涉及”。请在情况说明里写明理由,由办公室核准。", "选了不涉及,请在情况说明写理由"
        ),
        # The lists
        "entry-incomplete": Message(
            "error", "{label}没有填写,而同一行填了别的内容。请补填,或清空这一行。", "待填:{label}"
        ),
        "evidence-other-year": Message(
            "confirm",
            "{row}的形成日期{value}不在监测评价年度内。制度类材料请把类型选为“制度类”,其他材料请核对日期。",
            "日期不在年度内:制度类请选类型,其他请核对",
        ),
        "evidence-missing": Message(
            "confirm",
            "{label}填了自评分,但台账目录里没有列出佐证材料。请在台账目录列出材料,放入对应的文件夹。",
            "已填自评分,请列出佐证材料",
        ),
        "evidence-elsewhere": Message(
            "confirm",
            "{row}的电子文件名填的是“{value}”,不是文件夹里的文件,办公室看不到。请把材料放入对应的文件夹,再填文件名,例如6/工作总结.pdf。",
        ),
        "evidence-not-there": Message(
            "confirm", "{row}列出的“{value}”在报送的台账文件夹里没有找到。请补送,或把文件名改成一致。"
        ),
        "matter-repeated": Message("confirm", "{row}与前面填报的是同一事项,不重复加分。", "同一事项,不重复加分"),
        "deduction-repeated": Message(
            "confirm", "{row}与前面提供的是同一单位的同一事项,不重复减分。", "同一单位同一事项,不重复减分"
        ),
        "degree-elsewhere": Message(
            "error", "{row}的处理程度只用于“{situation}”。请清空,或改选情形。", "只用于“{situation}”,请清空"
        ),
        "month-wrong": Message(
            "error", "{row}的报送日期不在{month}。请填到对应月份的行,或填到“补充”行。", "日期不在{month},请填到对应的行"
        ),
        # The review
        "review-out-scored": Message(
            "error",
            "{row}:已经选了核准或不核准不涉及,核定分应留空。要给分的,请清空“不涉及”一格的选择并写明理由。",
            "已选核准或不核准,核定分留空",
        ),
        "review-reason": Message(
            "error", "{row}:核定分低于自评分。请选扣分原因,或在说明里写明。", "低于自评,请选扣分原因或写说明"
        ),
        "review-reason-note": Message(
            "error", "{row}:扣分原因选了“{reason}”,说明空着。请在“说明”里写明原因。", "请在“说明”里写明原因"
        ),
        "review-foreign": Message(
            "fatal",
            "这不是本轮的审核表(表号{value}),没有读取。请只在“审核”文件夹里放本轮的审核表;单位的表请放到“回收”。",
        ),
        "review-unreadable": Message(
            "fatal",
            "“审核”文件夹里的这个文件没有读取:{detail}。请从“存档”或备份恢复,或删掉这个文件,再收一次表。",
        ),
        "review-row-unknown": Message(
            "error", "审核表里编号{value}的单位或得分点不在现行目录里,这一行没有采用。先前的决定仍有记录,请核对目录。"
        ),
        "review-conflict": Message(
            "error", "{row}:几本审核表的决定不一致({value}),{stays}。请商定后在“审核表.xlsx”里改定,或把几本改成一致。"
        ),
        "review-withdrawn": Message(
            "confirm", "{row}:审核表里这一行清空了,先前的决定({value})已撤回。请核实是不是有意清空。"
        ),
        "review-changed": Message(
            "confirm", "{row}:审核后数据有变,决定({value})仍然有效。审核时:{before};现在:{after}。请复核。"
        ),
        "review-not-returned": Message("note", "{row}:已有决定,但这次没有可计分的填报表,决定留着备用。"),
        "review-stale": Message(
            "error", "{row}:这一行列出以后单位的数据或审核情况变了,没有记录。请重新列出待审清单,看过现在的数据再核定。"
        ),
        "review-out-unclaimed": Message("error", "{row}:单位没有申请不涉及,没有记录。请清空“不涉及”一格,填核定分。"),
    }
)
