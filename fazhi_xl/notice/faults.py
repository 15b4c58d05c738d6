"""What may be wrong between the values of a catalogue: each fault once, as its files' editor and its workbook's reader are told.

A `mend` is the second sentence of the workbook's check: what to write there, with an example.
"""

from __future__ import annotations

from fazhi_xl.text.said import Message, Saying

_REMOVE = "两处只留一处,或者换一个名称。"


class Fault(Message):
    """What two values of a catalogue contradict each other in, or what one of them does not go with."""

    # Units, groups and departments --------------------------------------------------------------------------------
    NAME_TAKEN = Saying(
        "“{name}”已是第{no}个单位的名称",
        mend="各单位的名称、简称、别名、合署机构都不能相同。复制来的一行改成它自己的名称,多余的删去;简称相同的写全些,例如“区{name}”。",
    )
    MAIL_TAKEN = Saying(
        "“{name}”已是第{no}个单位的邮箱", mend="一个邮箱只能归一个单位,这一行或第{no}个单位的那一行,把它删去。"
    )
    NUMBER = Saying(
        "序号应为 {no}", book="序号应为{no}", mend="序号从1起依次写,不空不重:这一行填{no},下面的接着往下排。"
    )
    NO_RANKING_GROUP = Saying(
        "没有“{name}”这个排名组",
        mend="{nearest}填{sheet:ranking_groups}里的编号;还没有的,先在那张表里加一行。",
    )
    NO_UNIT = Saying(
        "没有“{name}”这个单位", mend="{nearest}填{sheet:units}里的简称,一字不差;名单里删了的单位,这里也删去。"
    )
    NO_GROUP = Saying("没有“{name}”这个组", mend="{nearest}填“@”和{sheet:groups}里的组名;全部单位写“@全部”。")
    NO_DEPARTMENT = Saying(
        "没有“{name}”这个部门,请先写进 {sheet:departments=departments.toml}",
        mend="{nearest}可以填{sheet:departments}里的写法、单位简称、“@组名”或“@全部”,几个的一行写一个。",
    )

    # Items and sub-points -----------------------------------------------------------------------------------------
    ITEM_NUMBER = Saying(
        "应与文件名一致,为 {no}",
        book="序号应为{no}",
        mend="项目从1起依次编号,不空不重:这一行填{no},下面的项目和它们的得分点接着往下排。",
    )
    CODE = Saying(
        "应为 {code}",
        book="编号应为{code}",
        mend="编号是项目序号、一个点、得分点在项目里是第几个:这一行填{code},下面的接着往下排。",
    )
    REPEATED = Saying("“{value}”重复", mend=f"“{{value}}”已经写过。{_REMOVE}")
    ID_TAKEN = Saying(
        "标识“{name}”已用于 {held}",
        mend="多半是复制了一行:把这一行最右边隐藏的标识清空,程序会另给一个;或者删去这一行。",
    )

    # Review, situations, grades -----------------------------------------------------------------------------------
    SECTION_LEFT = Saying(
        "第{items}项没有分给任何科室",
        mend="在{sheet:sections}里给这些项目各加一行,写明科室;不分科室审的,把这张表清空。",
    )
    SECTION_RESERVED = Saying("“{name}”指所有科室,不能用作科室名称", mend="换一个名称,例如“综合科”。")
    NO_ITEM = Saying(
        "没有标识(id,没写的即序号)为“{name}”的项目",
        book="没有“{name}”这个项目",
        mend="{nearest}填{sheet:items}里的序号。",
    )
    SECTION_TWICE = Saying("项目“{name}”已分给第{no}个科室", mend="一个项目只由一个科室审,两行删去一行。")
    LAST_GRADE = Saying(
        "最后一档不写 {field:GradeBand.at_least},其余各档都要写",
        mend="由高到低写,例如优秀90、良好80、一般空着。",
    )
    GRADE_ORDER = Saying("应小于上一档的{upper}", mend="等次由高到低写,这一档填比{upper}小的数。")
    NO_REASON = Saying(
        "没有“{name}”这个扣分原因,请先写进 {field:ReviewPlan.reasons=review.reasons}",
        mend="{nearest}与{sheet:notice}里{field:ReviewPlan.reasons}的写法要一字不差。",
    )
    NO_COLOUR = Saying(
        "没有这个名称,请检查拼写", book="没有“{name}”这种颜色", mend="{nearest}只能换已有的颜色;不换颜色的,删去这一行。"
    )
    NO_OPTION = Saying(
        "没有“{name}”这个选项,应为其中之一:{keys}",
        book="没有“{name}”这个选项",
        mend="{nearest}填{sheet:options}里这一条口径的一个键名。",
    )

    # Years --------------------------------------------------------------------------------------------------------
    EARLY_START = Saying(
        "评价期初{start}比年度{year}早得多,请核对", mend="评价期初应在{year}年或上一年,例如{year}-01-01。"
    )
    PERIOD_ENDS_FIRST = Saying("评价期末{end}早于评价期初{start}", mend="评价期末填{start}以后的一天,例如 12月31日。")
    YEAR = Saying(
        "年度是{year},评价期是{start}至{end},对不上",
        mend="年度填评价期所在的一年,例如{start_year};或者改评价期的日期。",
    )
    PREFIX_YEAR = Saying(
        "表号开头带着{found},年度是{year},收表时分不清是哪一年的表", mend="把表号开头里的{found}改为{year}。"
    )

    # Names, texts and lists ---------------------------------------------------------------------------------------
    FORBIDDEN = Saying(
        "“{name}”里不能有“{found}”:Excel 的表名、文件名和公式用不了 {signs}",
        book="“{name}”里不能有“{found}”,表名、文件名和公式用不了",
        mend="把“{found}”删去,或者换成全角的,例如“一、二社区”。",
    )
    TOO_LONG = Saying("最多{most}个字,现有{length}个", mend="写短些,不超过{most}个字。")
    SPACES_AROUND = Saying("“{name}”的开头或末尾有空格", mend="删去空格,写“{stripped}”。")
    UNPRINTABLE = Saying(
        "文字里有看不见的控制字符(U+{code}),请删去重打",
        book="文字里有看不见的控制字符",
        mend="多半是从别处粘贴来的。把这一格清空,重新打一遍,或者粘贴到记事本里再复制过来。",
    )
    ONLY_SPACES = Saying("不能只有空格", mend="填上文字;可以不填的,把这一格清空。")
    SHEET_TAKEN = Saying(
        "已有一张叫“{name}”的表,请换一个名称", mend="单位的表里每张工作表的名称都不能相同,例如“{name}2”。"
    )
    SHEET_TOO_LONG = Saying("表名最多{most}个字,现有{length}个", mend="写短些,不超过{most}个字。")
    ROW_CODE = Saying(
        "行编号不能以“{name}”开头,已经用在别处,请写 {field:Register.prefix} 换一个",
        book="行编号不能以“{name}”开头,已经用在别处",
        mend="在{field:Register.prefix}一栏写一个没有用过的,例如“{name}登记簿”。",
    )
    LIST_TOO_LONG = Saying(
        "下拉选项合计最多{most}个字符(含分隔的逗号),现有{length}个",
        mend="把选项写短些,或者减少几个,合计不超过{most}个字符。",
    )
    OPTION_COMMA = Saying(
        "选项“{name}”里不能有半角逗号、换行,首尾不能有空格", mend="半角逗号改成全角的“,”或顿号,删去换行和首尾的空格。"
    )
    OPTION_BEGINS = Saying(
        "选项“{name}”不能以 = + - @ 开头,也不能有看不见的字符:填进格子会变样",
        book="选项“{name}”的开头会被当成公式,或者里面有看不见的字符,填进格子会变样",
        mend="让它以文字开头,例如“减一分”;从别处粘贴来的,重新打一遍。",
    )
    OPTION_CASE = Saying("选项只差大小写,Excel 分不清", mend="两个选项写得再不同些,例如加上文字。")

    # Registers ----------------------------------------------------------------------------------------------------
    MAXIMUM_BELOW = Saying(
        "不能小于 {field:Input.minimum}",
        mend="{field:Input.maximum}填不小于{least}的数,或者把{field:Input.minimum}改小。",
    )
    LATEST_BEFORE = Saying(
        "不能早于 {field:Input.earliest}",
        mend="{field:Input.latest}填{earliest}或以后的一天,或者把{field:Input.earliest}改早。",
    )
    ONLY_UNITS_PERIODS = Saying(
        "只有各单位填的登记(kept_by = “unit”)才按月、按季度分行",
        book="只有各单位填的登记才按月、按季度分行",
        mend="办公室填的登记,把{field:Register.periods}一栏清空。",
    )
    PERIOD_ROWS = Saying("至少要有{rows}行,每个{period}一行", mend="{field:Register.rows}填{rows}或更大的数。")
    UNITS_SCOPE = Saying(
        "各单位填的登记一行是一件事,不写 {field:Register.scope}", mend="把{field:Register.scope}一栏清空。"
    )
    OWN_COLUMN = Saying(
        "每张登记表自带“{name}”一栏,请不要写,或换一个名称", mend="删去这一行;确实另要一栏的,换个名称,例如“{name}2”。"
    )
    ON_TIME_COLUMN = Saying(
        "“{name}”应为这张表里的日期(date)栏目",
        book="“{name}”应为这张登记里的日期栏目",
        mend="{nearest}填{sheet:register_columns}里这张登记的一个键名,它的类别要是{choice:Kind.DATE}。",
    )
    COUNTED_COLUMN = Saying("“{name}”已是一个栏目,请换一个", mend="换一个没有用过的名称,例如“{name}2”。")
    NO_COLUMN = Saying("没有“{name}”这个栏目", mend="{nearest}填{sheet:register_columns}里这张登记的键名,一字不差。")
    CONDITION = Saying(
        "“{key}”应为选择(choice),选项里要有“{value}”",
        book="“{key}”应为选择,选项里要有“{value}”",
        mend="在{sheet:register_columns}里,“{key}”的类别选{choice:Kind.CHOICE},选项里加上“{value}”;或者这里改写它的一个选项。",
    )
    NO_SUB_POINT = Saying(
        "没有标识(id,没写的即编号)为“{name}”的得分点",
        book="没有“{name}”这个得分点",
        mend="{nearest}填{sheet:sub_points}里的编号。",
    )
    FED_TWICE = Saying("“{name}”已由另一处登记供数", mend="{sheet:feeds}里给“{name}”供数的两行删去一行。")
    NO_INPUT_OF = Saying(
        "得分点{code}没有“{name}”这个填报指标", mend="{nearest}填{sheet:inputs}里得分点{code}的键名,一字不差。"
    )
    GIVEN_BY_REGISTER = Saying(
        "得分点{code}的“{name}”由登记得出,那里要写 given_by = “register”",
        book="得分点{code}的“{name}”由单位的登记得出,那里却写着由别处给",
        mend="在{sheet:inputs}里,“{name}”的{field:Input.given_by}选{choice:GivenBy.REGISTER}。",
    )
    GIVEN_BY_OFFICE = Saying(
        "得分点{code}的“{name}”由办公室给出,那里要写 given_by = “office”",
        book="得分点{code}的“{name}”由办公室给出,那里却写着由别处给",
        mend="在{sheet:inputs}里,“{name}”的{field:Input.given_by}选{choice:GivenBy.OFFICE}。",
    )
    NOT_COUNTABLE = Saying(
        "“{name}”应为整数(whole),才能由登记计数",
        book="“{name}”应为整数,才能由登记计数",
        mend="在{sheet:inputs}里,“{name}”的类别选{choice:Kind.WHOLE}。",
    )
    KINDS_DIFFER = Saying("“{column}”是{kind},“{name}”是{other},对不上", mend="两边的类别改成一样,例如都选“{other}”。")
    BOUNDS_DIFFER = Saying(
        "“{column}”能填{least}至{most},“{name}”只能是{low}至{high}",
        mend="在{sheet:register_columns}里,把“{column}”的下限、上限改在{low}至{high}之间;或者放宽{sheet:inputs}里“{name}”的。",
    )
    COLUMN_PLACES = Saying(
        "“{name}”最多{places}位小数({field:RegisterColumn.places}),计分的数都是这样",
        book="“{name}”最多{places}位小数,计分的数都是这样",
        mend="在{sheet:register_columns}里,“{name}”的{field:RegisterColumn.places}填{places}。",
    )
    OFFICE_SUMMARY = Saying("办公室的登记没有合计一行,不用写", mend="把{field:Register.summary}一栏清空。")
    BRACES = Saying("花括号没有成对,例如:共{{次数}}次", mend="花括号成对写,里面是填报指标的键名,都用半角。")
    SUMMARY_NAME = Saying(
        "花括号里的“{name}”不是这张登记供数的填报指标",
        mend="{nearest}花括号里写{sheet:feeds}里这张登记的一个填报指标。",
    )
    NO_ON_TIME = Saying(
        "这张登记没有写按时的标准 {field:Register.on_time}",
        book="这张登记没有写怎样算按时",
        mend="在{sheet:registers}里填{field:OnTime.column}和{field:OnTime.day};不分按时、迟报的,这里选“否”或清空。",
    )
    SUM_NEGATIVE = Saying(
        "“{name}”要合计,不能填负数,请把 {field:RegisterColumn.minimum} 改为0以上",
        book="“{name}”要合计,不能填负数",
        mend="在{sheet:register_columns}里,“{name}”的{field:RegisterColumn.minimum}填0或更大的数。",
    )
    SUM_COLUMN = Saying(
        "“{name}”应为这张表里的整数(whole)栏目",
        book="“{name}”应为这张登记里的整数栏目",
        mend="{nearest}填{sheet:register_columns}里这张登记的一个键名,它的类别要是{choice:Kind.WHOLE}。",
    )
    VALUE_OF_ENTRIES = Saying(
        "一行一件事的登记不能取值;请写 scope = “unit”或“round”",
        book="一行一件事的登记不能取值",
        mend="在{sheet:registers}里,{field:Register.scope}选{choice:Scope.UNIT}或{choice:Scope.ROUND};要数行数的,把这里清空。",
    )
    VALUE_MISSING = Saying(
        "一个单位一行或全评价一行的登记要写取哪一栏的值 {field:Feed.value}",
        book="一个单位一行或整个评价一行的登记要写取哪一栏的值",
        mend="在{field:Feed.value}一栏填{sheet:register_columns}里的一个键名。",
    )
    NOT_FED = Saying(
        "由登记供数,registers.toml 里没有一张{who}的登记(feeds)给“{name}”",
        book="由登记供数,却没有一张{who}的登记给“{name}”",
        mend="在{sheet:feeds}里加一行,登记簿选{who}填的一张,得分点填{code},填报指标填“{name}”;由单位直接填的,这里选{choice:GivenBy.UNIT}。",
    )
    TWO_CAPS = Saying(
        "“{name}”写了两次,一个得分点只能在一个限额里", mend="{sheet:loss_caps}里有“{name}”的两行删去一行。"
    )
    NO_SITUATION = Saying(
        "没有“{name}”这个情形", mend="{nearest}填{sheet:bonus}或{sheet:deductions}里的名称,一字不差。"
    )
    TWO_LIMITS = Saying("“{name}”写了两次,一个情形只能在一个限额里", mend="{sheet:limits}里有“{name}”的两行删去一行。")
    MIXED_LIMIT = Saying(
        "加分情形和减分情形不能合用一个限额", mend="分成两个限额,名称各写一个,例如“加分合计”“减分合计”。"
    )

    # Inputs of a sub-point ----------------------------------------------------------------------------------------
    OPTION_TWICE = Saying("选项重复", mend="相同的选项删去一个,一行一个。")
    ONLY_CHOICES = Saying(
        "只有选择(choice)才有选项", book="只有选择才有选项", mend="类别选{choice:Kind.CHOICE};不是选择的,把选项清空。"
    )
    TWO_OPTIONS = Saying(
        "选择项至少要有两个选项 {field:Input.options}",
        book="选择项至少要有两个选项",
        mend="选项一行一个,例如第一行“是”,第二行“否”。",
    )
    WITH_ITSELF = Saying(
        "不能和自己比较", mend="{field:Input.not_more_than}、{field:Input.not_before}写同一得分点另一个指标的键名。"
    )
    COMPARED_KIND = Saying("“{name}”应为{kinds}才能比较", mend="把它的类别改为{kinds};不用比较的,把这一格清空。")
    NO_INPUT = Saying("没有“{name}”这个填报指标", mend="{nearest}填{sheet:inputs}里这个得分点的键名,一字不差。")
    INPUT_KIND = Saying(
        "“{name}”应为{kinds},现为{kind}",
        mend="换一个类别合适的指标;或者在{sheet:inputs}里把“{name}”的类别改为{kinds}。",
    )

    # Rules --------------------------------------------------------------------------------------------------------
    NO_YES = Saying(
        "选项里没有“{yes}”", mend="在{sheet:inputs}里给它的选项加上“{yes}”一行;或者换一种规则,例如{part:grade}。"
    )
    SHARE_OF_NOTHING = Saying(
        "选项里没有“{name}”", mend="{nearest}只写这个指标有的选项,一行一个:选项=百分之几,例如 全部=100。"
    )
    SHARE_MISSING = Saying("没有写“{name}”得百分之几", mend="加一行,例如 {name}=50;不得分的写 {name}=0。")
    COUNT_BEYOND = Saying(
        "“{name}”最多只能填{most},达不到{least}",
        mend="这里填不大于{most}的数;或者在{sheet:inputs}里把“{name}”的上限改大。",
    )
    FALL_BASES = Saying(
        "{field:Fall.this_year_of} 和 {field:Fall.last_year_of} 要么都写,要么都不写",
        mend="比的是率的,两格都填总数的键名;比的是件数的,两格都清空。",
    )
    ZERO_BASE = Saying(
        "“{name}”要写大于0的 {field:Input.minimum},不能除以0",
        mend="在{sheet:inputs}里,“{name}”的{field:Input.minimum}填大于0的数,例如 0.01。",
    )
    BLANK_BASE = Saying(
        "“{name}”是除数,要由单位或办公室填报,不能空着",
        mend="在{sheet:inputs}里,“{name}”的{field:Input.required}选“是”,{field:Input.given_by}不选登记算出的。",
    )
    NOTHING_TO_EARN = Saying(
        "应大于0;加分、扣分的得分点另写 most、least",
        book="应大于0",
        mend="填分值,例如 2;只加分、只扣分的得分点分值填0,另填{field:SubPoint.most}或{field:SubPoint.least}。",
    )
    NOTHING_FOR_GROUP = Saying(
        "应大于0;这一组不用填的,不写进 {field:SubPoint.answered_by}",
        book="应大于0",
        mend="填分值,例如 2;这一组不用填的,不写进{field:SubPoint.answered_by}。",
    )
    MOST_BELOW = Saying("不能小于分值{points}", mend="填不小于{points}的数;最高就是分值的,清空。")
    ONE_PART_IN_POINTS = Saying(
        "分值为0,或者另写了 {field:SubPoint.least}、{field:SubPoint.most} 的,"
        "只能写一条规则,种类为 {part:tally}、{part:deduct}、{part:balance} 或 {part:bands}",
        mend="只留一条规则,种类从这四种里选,例如{part:deduct};或者把最低、最高清空。",
    )
    POINTS_RANGE = Saying("应在{least}至{most}之间", mend="填{least}至{most}之间的数;或者改得分点的分值、最低、最高。")
    SINGLE_WEIGHT = Saying("只有一条规则,不用写权重", mend="把{field:Yes.weight}清空。")
    WEIGHT_OF_ALL = Saying(
        "combine = “all”的规则要全部做到,不用写权重",
        book="全部做到才得分的规则,不用写权重",
        mend="把{field:Yes.weight}清空;要各得各的,在{sheet:sub_points}里改{field:Rule.combine}。",
    )
    AGAIN_OF_TARGET = Saying(
        "缺少的件数({field:EventTerm.target})没有先后,不能加倍",
        book="缺少的件数没有先后,不能加倍",
        mend="{field:EventTerm.again}清空;按发生的件数计的,把{field:EventTerm.target}清空。",
    )
    REFERENCE_PLACES = Saying("最多两位小数,例如 97.5", mend="改成最多两位小数的数,例如 97.5。")
    BLANK_REFERENCE = Saying(
        "“{name}”是比较的基准,不能写 required = false",
        book="“{name}”是比较的基准,不能空着",
        mend="在{sheet:inputs}里,“{name}”的{field:Input.required}选“是”。",
    )
    BAND_PLACES = Saying("界限最多两位小数,不超过10亿,例如 97.5", mend="改成这样的数,例如 97.5。")
    BAND_BEYOND = Saying(
        "填报的数在{low}至{high}之间,达不到这一档",
        mend="这一档的界限改在{low}至{high}之间;或者在{sheet:inputs}里放宽下限、上限。",
    )
    BAND_BELOW_ZERO = Saying("率不会小于0,达不到这一档", mend="这一档的界限填0以上的数,例如 60;用不到的删去这一行。")
    BAND_TAKEN = Saying(
        "前面的档已经包括这一档,永远轮不到;请按从严到宽的次序写", mend="各档换一换次序,例如至少95、至少90、至少80。"
    )
    NEGATIVE_COUNT = Saying("规则按件数计算,不能小于0", mend="下限填0,或者清空。")

    # Readings and switches ----------------------------------------------------------------------------------------
    SAME_CHANGE = Saying(
        "和 {other} 改的是同一处,只能用一个",
        book="和另一条采用的口径改的是同一处,只能用一个",
        mend="两条口径里,有一条改选别的选项,或者删去这一行改动。",
    )
    NO_TARGET = Saying("没有“{target}”这个对象", mend="写清是哪张表的哪一个,例如“得分点 1.2”;不再需要的,删去这一行。")
    NO_KEY = Saying(
        "“{target}”里没有 {key} 这一处",
        book="“{target}”里没有“{key}”这一处",
        mend="写那张表的栏目,例如“分值”“由谁填”;不再需要的,删去这一行。",
    )
    NO_FINDING = Saying(
        "没有“{name}”这个代码,{hint}代码见 docs/findings.md,“可调整”写“可”的都能写",
        book="没有“{name}”这条规则",
        mend="{nearest}从下拉里选一条。",
    )
    FINDING_HELD = Saying(
        "“{name}”不能调整:{why}",
        mend="从下拉里选一条能调整的;这一行不要的,整行删去。",
    )
    NO_ERROR = Saying(
        "这条规则由办公室处理,单位改不了,应为其中之一:{choices}",
        mend="从下拉里选{choices}中的一个。",
    )
    SAYS_NOTHING = Saying(
        "“{text}”等于没有写,请写{what}",
        mend="写{what};一道横线不算。",
    )
    SWITCH_TWICE = Saying(
        "第{no}条已经定了同一规则在同一天({day})怎样办",
        mend="两行只留一行;后来又改的,“{field:Switch.since}”写后来的那一天。",
    )
    AFTER_CHANGE = Saying("改后 {problem}", book="采用以后,{place}:{message}", mend="改这一处改动,或者改选别的选项。")
