"""What may be wrong with one value of a catalogue, or with a form that is made of it: as `faults` has what is wrong between values."""

from __future__ import annotations

from fazhi_xl.text.said import Message, Saying


class ShapeFault(Message):
    """What a value is, and should not be."""

    MISSING = Saying("缺少此项", book="这一格空着,必须填", mend="{how}")
    NO_ROWS = Saying("没有写{what}", mend="在{sheet}里给它加一行。")
    NO_MEMBERS = Saying("没有写{what}", mend="在{sheet}里写{what},一行一个,“{which}”选“{word}”。")
    NO_FIELD = Saying(
        "没有“{name}”这一行", mend="用“撤销”恢复,或者在表的最下面加一行:分类写“{group}”,名称写“{name}”,再填内容。"
    )
    EXTRA = Saying("没有这个名称,请检查拼写", book="这里不该有内容", mend="把这一格清空。")
    TEXT = Saying("应为文字,用引号括起来", book="应为文字", mend="{how}")
    BLANK = Saying("不能为空", book="这一格空着,必须填", mend="{how}")
    WHOLE = Saying("应为整数,例如 3", mend="只填整数,不带单位,没有小数,例如 3;显示成日期的,先把单元格格式改成“常规”。")
    FIGURE = Saying("应为数字,例如 0.5", mend="只填数字,不带单位,例如 0.5;显示成日期的,先把单元格格式改成“常规”。")
    SWITCH = Saying("应为 true 或 false", book="应为“是”或“否”", mend="从下拉里选“是”或“否”。")
    DAY = Saying(
        "应为日期,例如 2031-11-20(不加引号)", book="应为日期", mend="写全年月日,例如 2031-11-20 或 2031年11月20日。"
    )
    LIST = Saying("应为列表,用方括号括起来", book="应为几行文字", mend="一行写一个,在格子里按“Alt+回车”换行。")
    TABLE = Saying(
        "应为一组“名称 = 值”", book="应为几行“名称=值”", mend="一行写一个,例如 全部=100,在格子里按“Alt+回车”换行。"
    )
    UNPAIRED = Saying("第{no}行“{line}”里没有“=”", mend="一行写一个,写成“{form}”,例如 {example}。")
    NO_KIND = Saying("缺少规则种类 kind", book="没有写规则的种类", mend="在“种类”一栏从下拉里选一种,例如{part:yes}。")
    KIND = Saying(
        "没有“{tag}”这种规则,应为其中之一:{kinds}",
        book="没有“{tag}”这种规则",
        mend="在“种类”一栏从下拉里选一种,例如{part:yes}。",
    )
    ABOVE = Saying("应大于{bound}", mend="填大于{bound}的数,例如 {example}。")
    AT_LEAST = Saying("不能小于{bound}", mend="填{bound}或更大的数,例如 {example}。")
    AT_MOST = Saying("不能大于{bound}", mend="填{bound}或更小的数,例如 {example}。")
    TOO_FEW = Saying("至少要有{bound}项", book="至少要有{bound}个", mend="{how}")
    TOO_MANY = Saying("最多{bound}项", book="最多{bound}个", mend="删到{bound}个,一行一个。")
    CHOICE = Saying("应为其中之一:{choices}", mend="从下拉里选一个,例如{first}。")
    VALUE = Saying("{error}", mend="改成例子那样的数。")
    OTHER = Saying("内容不对({type})", book="这一格的内容读不懂", mend="{how}")
    FORMAT = Saying(
        "缺少此项;按现在的写法,通知开头要写 format = {format}",
        book="没有写文件格式",
        mend="在{sheet:notice}的{field:About.format}一行填{format}。",
    )
    ONE_QUANTITY = Saying(
        "{field:Feed.sum} 和 {field:Feed.value} 只能写一个", mend="合计几行的填前一个,只取一个值的填后一个,另一格清空。"
    )
    WIDTHS = Saying(
        "{field:Contacts.widths} 有{widths}个,{field:Contacts.columns} 有{columns}个,应一一对应",
        mend="{field:Contacts.widths}写{columns}行,一行一个数,例如 16;不写的平均分。",
    )
    ONE_REFERENCE = Saying(
        "reference、reference_input、last_done 和 last_due(成对)三种基准里写一种",
        book="和什么比,三种基准里写一种",
        mend="只填{field:MarginTerm.reference}(例如 95),或者只填{field:MarginTerm.reference_input},"
        "或者填{field:MarginTerm.last_done}和{field:MarginTerm.last_due}两格。",
    )
    NO_TERM = Saying(
        "{field:Balance.plus} 和 {field:Balance.minus} 至少写一个",
        book="有加有减的规则,加的和减的至少写一项",
        mend="在{sheet:terms}里加一行,项选“加”或“减”,写明看哪个指标、每件几分。",
    )
    ONE_BOUND = Saying(
        "{field:Band.at_least} 和 {field:Band.at_most} 里写一个",
        mend="“不低于几”填前一格,“不超过几”填后一格,另一格清空。",
    )
    ONE_NUMBER = Saying(
        "写 {field:Bands.input},或者写 {field:Bands.done} 和 {field:Bands.due}",
        book="看一个数的写{field:Bands.input},看率的写{field:Bands.done}和{field:Bands.due},不能都写,也不能都空着",
        mend="填其中一种的键名,另一种清空。",
    )

    # Forms of codes and names -------------------------------------------------------------------------------------
    CODE_FORM = Saying(
        "应为“项目序号.得分点序号”,例如 15.4",
        mend="填两个数,中间一个半角的点,例如 15.4;单元格先设成文本,免得 15.10 变成 15.1。",
    )
    WORD_FORM = Saying("只能用文字、字母、数字和下划线,不能有标点空格", mend="删去标点和空格,例如“出庭率”。")
    PREFIX_FORM = Saying("应为2至10位大写字母或数字", mend="用地区和年度的缩写,例如 SL2031。")
    REGISTER_FORM = Saying(
        "应为20个字以内,不能有空格和 \\ / : * ? [ ] ' .",
        book="应为20个字以内,不能有空格和标点",
        mend="写短些,只用文字,例如“季度小结”。",
    )
    SECTION_FORM = Saying(
        '应为30个字以内,不能有空格和 \\ / : * ? " < > | . ~ $',
        book="应为30个字以内,不能有空格和标点",
        mend="只用文字,例如“综合科”。",
    )
    MAIL_FORM = Saying("应为邮箱地址,例如 zhang@example.com", mend="一行写一个邮箱,例如 zhang@example.com。")
    COLOUR_FORM = Saying(
        "应为 #RRGGBB 形式的颜色,字母大写,例如 #FFF9DB",
        book="应为“#”和六位大写字母、数字表示的颜色",
        mend="照例子写,例如 #FFF9DB;不换颜色的,删去这一行。",
    )


class DrawnFault(Message):
    """What no form can be drawn with."""

    ON_FORM = Saying("{unit}的“{sheet}”表{row}:{message}", mend="改短些、改少些,例如填报指标的名称不超过24个字。")
    UNDRAWABLE = Saying(
        "{unit}的表画不出来,多半是某处文字太长,或者有不常见的字符。请改短、重打;还是不行的,把目录和这一行交维护人员({error})",
        book="{unit}的表画不出来",
        mend="多半是某一格的文字太长,或者有不常见的字符,先把它们改短、重打;还是不行的,把目录交维护人员。",
    )
    TWO_SHEETS = Saying("有两张叫“{name}”的表", mend="登记簿、指数、联络员的表名不能相同,换一个,例如“{name}2”。")
    SHEET_NAME = Saying(
        "表名“{name}”用不了:最多{most}个字,不能有 [ ] / \\ ? * :",
        book="表名“{name}”用不了:最多{most}个字,不能有标点",
        mend="写短些,只用文字,例如“季度小结”。",
    )
    CELL_TOO_LONG = Saying("一格的文字有{length}个,最多{most}个", mend="写短些,或者分成几条。")
    FORM_LIST_TOO_LONG = Saying("下拉选项合计{length}个字符,最多{most}个", mend="把选项写短些,或者减少几个。")
    FORM_OPTION_COMMA = Saying("选项“{name}”里不能有半角逗号", mend="半角逗号改成全角的“,”或顿号。")
    FORMULA_TOO_DEEP = Saying(
        "公式嵌套过深,最多{most}层;请减少规则的条数,或拆成几个得分点", mend="例如把10条规则的得分点拆成两个,各5条。"
    )
    FORMULA_TOO_LONG = Saying(
        "公式有{length}个字符,最多{most}个;请减少规则的条数,或拆成几个得分点",
        mend="例如把10条规则的得分点拆成两个,各5条。",
    )
    FORMULA_TOO_WIDE = Saying(
        "公式嵌套{depth}层、一层{width}个,最多{most_deep}层、{most_wide}个;请减少规则的条数,或拆成几个得分点",
        mend="例如把10条规则的得分点拆成两个,各5条。",
    )
    FORMULA_TEXT = Saying(
        "公式里的一段文字有{length}个字,最多{most}个;请把名称写短些", mend="填报指标的名称、选项写短些,例如24个字以内。"
    )
