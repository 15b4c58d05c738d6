"""What codes and names of a catalogue must look like, and how that is said to whoever writes one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CODE = r"^\d+\.\d+$"
KEY = r"^\w+$"
PREFIX = r"^\w*$"
FORM_PREFIX = r"^[A-Z0-9]{2,10}$"
REGISTER_NAME = r"^[^\s\\/:*?\[\]'.]{1,20}$"  # of a sheet, within formulas
SECTION_NAME = r'^[^\s\\/:*?"<>|.~$]{1,30}$'  # within a file's name
MAIL = r"^[^@\s]+@[^@\s]+$"
COLOUR = r"^#[0-9A-F]{6}$"

_WORD = "只能用文字、字母、数字和下划线,不能有标点空格"
FORMS: Mapping[str, str] = MappingProxyType(
    {
        CODE: "应为“项目序号.得分点序号”,例如 15.4",
        KEY: _WORD,
        PREFIX: _WORD,
        FORM_PREFIX: "应为2至10位大写字母或数字",
        REGISTER_NAME: "应为20个字以内,不能有空格和 \\ / : * ? [ ] ' .",
        SECTION_NAME: '应为30个字以内,不能有空格和 \\ / : * ? " < > | . ~ $',
        MAIL: "应为邮箱地址,例如 zhang@example.com",
        COLOUR: "应为 #RRGGBB 形式的颜色,字母大写,例如 #FFF9DB",
    }
)
