"""What `lint` and `lint_blanks` remark on: each thing once, as a catalogue's files' editor and its workbook's reader are told."""

from __future__ import annotations

from fazhi_xl.text.said import Message, Saying

_AS_PRINTED = "通知就是这样的,不用改。"


class Oddity(Message):
    """A catalogue that has it can be used; `mend` says what to do where it is not meant."""

    NOTHING_SCORED = Saying(
        "目录里没有项目,也没有加分、减分情形,各单位都没有要填的,也没有得分",
        mend="按通知填{sheet:items}和{sheet:sub_points};只减分、只加分的,填减分情形或加分情形。",
    )

    # Sums and texts -----------------------------------------------------------------------------------------------
    ITEM_POINTS = Saying(
        "第{no}项分值{points}分,得分点合计{total}分",
        mend=f"核对{{sheet:items}}里第{{no}}项的分值和{{sheet:sub_points}}里它的各个分值,例如把项目的分值改为{{total}};{_AS_PRINTED}",
    )
    TOTAL_OF_ITEMS = Saying(
        "各项分值合计{total}分,满分{full}分",
        mend=f"核对{{sheet:items}}的各个分值,或者把满分改为{{total}};{_AS_PRINTED}",
    )
    TOTAL_OF_SUB_POINTS = Saying(
        "得分点合计{total}分,满分{full}分",
        mend=f"核对{{sheet:sub_points}}的各个分值,或者把满分改为{{total}};{_AS_PRINTED}",
    )
    CLASS_POINTS = Saying(
        "{group}的得分点合计{total}分,满分{full}分",
        mend=f"核对这一组要答的得分点和它们的分值,或者把这一组的满分改为{{total}};{_AS_PRINTED}",
    )
    REQUIREMENT = Saying(
        "第{no}项的工作要求与各得分点连起来的文字不一致",
        mend="把通知的原文重新粘贴一遍,工作要求等于各得分点的原文依次连起来,标点也要一样。",
    )

    # What is not used ---------------------------------------------------------------------------------------------
    DEPARTMENT_EMPTY = Saying(
        "责任部门“{name}”没有对应的{unit}",
        mend="在{sheet:departments}里给它写上单位,一行一个,例如单位的简称或“@全部”。",
    )
    DEPARTMENT_UNUSED = Saying(
        "责任部门“{name}”没有用到", mend="看看是不是写法不同:项目的责任部门要一字不差;确实不用的删去。"
    )
    GROUP_UNUSED = Saying("组“{name}”没有用到", mend="在责任部门里写“@{name}”就用上了;确实不用的删去。")
    IDLE_UNIT = Saying(
        "{name}没有任何得分点", mend="看看它该不该在某个责任部门或组里;确实没有任务的不用改,不给它生成表。"
    )
    RANKING_GROUP_UNUSED = Saying(
        "排名组{name}没有单位", mend="在{sheet:units}的排名组一栏选“{name}”;不用的删去这一行。"
    )
    UNUSED = Saying(
        "写了{field},但目录里没有{part}{file}",
        book="写了{field},但目录里没有{part}",
        mend="把这一格清空;该有{part}的,在{sheet:notice}上面把{part}选成“有”,再填那张表。",
    )
    UNUSED_GRADES = Saying(
        "写了{field},但目录里没有等次([[grades]])",
        book="写了{field},但目录里没有等次",
        mend="把这一格清空;要分等次的,填{sheet:grades}。",
    )
    IDLE_PROVIDER = Saying(
        "加分情形“{name}”写了由谁提供(provided_by),加分由各单位自己申报,用不到",
        book="加分情形“{name}”写了由谁提供,加分由各单位自己申报,用不到",
        mend="把{field:Situation.provided_by}一栏清空。",
    )
    STRAY_FILE = Saying(
        "没有“{name}”这种文件,里面写的都不会用到。{hint}",
        book="目录的文件夹里有一个用不到的文件“{name}”",
        mend="不是程序写的,里面的内容不会用到;可以移到别处。",
    )
    UNREAD_INPUT = Saying(
        "{where}必填,却没有规则用到;只供参考的写 required = false",
        book="{where}必填,却没有规则用到",
        mend="只供参考的,{field:Input.required}选“否”;要计分的,在{sheet:parts}里写上它的键名。",
    )

    # Names and lists ----------------------------------------------------------------------------------------------
    REPEATED = Saying("{what}重复:{names}“{text}”", mend="看看是不是复制以后忘了改;两处确实相同的不用改。")
    OPTION_BEGINS = Saying(
        "{where}的选项“{name}”以另一个选项“{start}”开头",
        mend="打字时容易被补成另一个,换个开头,例如在前面加上“{start}”没有的字。",
    )
    LABEL_BEGINS = Saying(
        "{where}的名称“{label}”以选项开头", mend="打字时选项容易被补成这个名称,换个开头,例如“有没有……”“……情况”。"
    )
    LABEL_LENGTH = Saying("{where}的名称超过{most}个字", mend="写短些,不超过{most}个字;详细的写在“提示”一栏。")
    PALE = Saying(
        "颜色 {text} 的字在 {ground} 上看不清:对比度{found},至少要{least}",
        book="这种颜色的字和底太接近,看不清:对比度{found},至少要{least}",
        mend="换一个深些的字色或浅些的底色;不换颜色的,把这一格清空。",
    )

    IDLE_SWITCH = Saying(
        "规则开关“{name}”到{since}本来就是“{word}”,这一条什么也没有改变",
        mend="看看“{field:Switch.severity}”是不是选错了;没有选错的,整行删去。",
    )
    LATE_SWITCH = Saying(
        "规则开关“{name}”自{since}起才办,晚于报送、修改的期限{due}:按时报来的都不照它办",
        mend="核对“{field:Switch.since}”的年月日;只管迟报的不用改。",
    )

    # Days and years -----------------------------------------------------------------------------------------------
    DATE_ORDER = Saying("{which}{second}早于{what}{first}", mend=f"核对这两个日期;{_AS_PRINTED}")
    NARROW_LATEST = Saying(
        "{where}最晚只能填{latest},早于评价期末{end}",
        mend="把{field:Input.latest}清空就是评价期末;确实只到这一天的不用改。",
    )
    NARROW_EARLIEST = Saying(
        "{where}最早只能填{earliest},晚于评价期初{start}",
        mend="把{field:Input.earliest}清空就是评价期初;确实从这一天起的不用改。",
    )
    DUE_BEFORE = Saying("{name}{day}早于报送期限{due}", mend="填报送期限{due}以后的一天。")
    PAST_YEAR = Saying(
        "{where}写着{years}年,本次评价的是{year}年", mend="是去年的文字忘了改的,改为{year}年;说的就是那一年的不用改。"
    )
    NUMBER_YEAR = Saying(
        "文号“{number}”的年份和年度{year}、印发日{issued}都对不上", mend=f"核对文号、年度和印发日;{_AS_PRINTED}"
    )

    # What texts say -----------------------------------------------------------------------------------------------
    WORDED_RULE = Saying(
        "{code}的文字里有“{word}”,规则里没有写:“{text}”",
        mend="在{sheet:parts}或{sheet:terms}里把“{word}”写上,例如填上限、倍数;文字另有意思的不用改。",
    )
    BEGUN_POINT = Saying(
        "{code}的文字写了不足1个百分点怎么算,规则按每满1个百分点算(step = “full”)",
        book="{code}的文字写了不足1个百分点怎么算,规则按每满1个百分点算",
        mend="在{sheet:terms}里改{field:MarginTerm.step}一栏,例如选{choice:Step.BEGUN}。",
    )
    WORDED_VETO = Saying(
        "{where}的文字里有“一票否决”,目录里没有一票否决情形([[vetoes]])",
        book="{where}的文字里有“一票否决”,目录里没有一票否决情形",
        mend="在{sheet:vetoes}里加一行;这次不实行一票否决的不用改。",
    )
    QUOTED_CODE = Saying("{where}提到的{names}不在目录里", mend="改成现在的编号、序号;说的是别的文件的不用改。")
    AMOUNT = Saying(
        "{where}写的{amounts}在规则里没有:“{text}”",
        mend="核对{sheet:sub_points}、{sheet:parts}、{sheet:terms}或加减分情形里的分值;文字另有意思的不用改。",
    )

    OPTION = Saying(
        "选项“{option}”现在不能采用,采用以后有错:{problem}",
        book="选项“{option}”现在不能采用,采用以后{place}:{message}",
        mend="{sheet:changes}里改这个选项的那几行,例如改名的写新名;不会采用的不用改。",
    )

    # What is blank ------------------------------------------------------------------------------------------------
    OFFICE_PHONE = Saying(
        '办公室的电话空着,填报说明的“咨询”没有电话。请在 notice.toml 里填上,例如 office_phone = "0519-12345678"',
        book="办公室的电话空着,填报说明的“咨询”没有电话",
        mend="在{sheet:notice}的{field:About.office_phone}一行填上,例如 0519-12345678;不填也可以用。",
    )
    CORRECTIONS_DUE = Saying(
        "修改期限空着,退回修改的表没有写什么时候交回。请在 notice.toml 的 [dates] 下面加一行,例如 corrections_due = {day}",
        book="修改期限空着,退回修改的表没有写什么时候交回",
        mend="在{sheet:notice}的{field:Dates.corrections_due}一行填上,例如 {day};不填也可以用。",
    )
