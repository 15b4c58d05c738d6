"""What codes and names of a catalogue must look like, and how that is said to whoever writes one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from fazhi_xl.notice.shape_faults import ShapeFault

CODE = r"^\d+\.\d+$"
KEY = r"^\w+$"
PREFIX = r"^\w*$"
FORM_PREFIX = r"^[A-Z0-9]{2,10}$"
REGISTER_NAME = r"^[^\s\\/:*?\[\]'.]{1,20}$"  # of a sheet, within formulas
SECTION_NAME = r'^[^\s\\/:*?"<>|.~$]{1,30}$'  # within a file's name
MAIL = r"^[^@\s]+@[^@\s]+$"
COLOUR = r"^#[0-9A-F]{6}$"

FORMS: Mapping[str, ShapeFault] = MappingProxyType(
    {
        CODE: ShapeFault.CODE_FORM,
        KEY: ShapeFault.WORD_FORM,
        PREFIX: ShapeFault.WORD_FORM,
        FORM_PREFIX: ShapeFault.PREFIX_FORM,
        REGISTER_NAME: ShapeFault.REGISTER_FORM,
        SECTION_NAME: ShapeFault.SECTION_FORM,
        MAIL: ShapeFault.MAIL_FORM,
        COLOUR: ShapeFault.COLOUR_FORM,
    }
)
