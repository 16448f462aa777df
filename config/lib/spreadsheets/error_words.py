"""How a spreadsheet says that a formula has no result."""

import re
from typing import Final

Place = tuple[int, int]
"""Row and column of a cell, from 0."""

OF_CODE: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
# "Err:508" is what LibreOffice says of a formula that it cannot read.
ERROR: Final = re.compile(r"#(?:REF|N/A|NAME|VALUE|DIV/0|NUM|NULL)[!?]?|Err:\d{3}", re.IGNORECASE)
