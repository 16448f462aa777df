"""The kinds of rosters and the columns that each may have, recognised by meaning.

A pattern is tried on a column's folded caption: first on its own line of the header, then on
the whole path ("bi thu chi bo / so dien thoai"). The first field that fits gets the column.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from roster.states import RosterKind


@dataclass(frozen=True)
class Field:
    """A column of a roster: the name under which the preview shows it, and how lists call it.

    `fill` says when an empty cell takes the value above it: "merged" (only inside a merged
    range), "blank" (always) or "" (never: what tells the rows apart).
    """

    name: str
    label: str
    pattern: re.Pattern[str]
    fill: str = "merged"


def field(name: str, label: str, pattern: str, fill: str = "merged") -> Field:
    return Field(name, label, re.compile(pattern), fill)


PHONE: Final = r"dien thoai|\bdt\b|\bsdt\b|di dong|\bso may\b|lien lac|lien he|zalo"
PERSON: Final = (
    r"ho (va )?ten|ho ten|ho va ten|ten can bo|dong chi|ho dem va ten|^can bo( cong chuc)?$"
)
# One column for a person and the office, in this order, whatever stands between the words.
TOGETHER: Final = r"^(ho (va )?ten|dong chi|can bo)\b.*\bchuc (vu|danh)\b"
AGENCY_TOO: Final = r".*\b(don vi|co quan|noi (cong tac|lam))"
NAME_TITLE_AGENCY: Final = field(
    "name_title_agency", "Họ tên, chức vụ, đơn vị (tách ra)", TOGETHER + AGENCY_TOO, fill=""
)
NAME_TITLE: Final = field("name_title", "Họ tên, chức vụ (tách ra)", TOGETHER, fill="")
PARTS: Final[Mapping[str, Sequence[str]]] = {
    "name_title_agency": ("full_name", "title", "agency"),
    "name_title": ("full_name", "title"),
    "title_and_agency": ("title", "agency"),
}
PEOPLE: Final = frozenset({"full_name", "family_name", "name_title_agency", "name_title"})
NUMBER: Final = field("number", "Số thứ tự", r"^(stt|tt|so tt|so thu tu|thu tu|no)$", fill="")
NOTE: Final = field("note", "Ghi chú", r"ghi chu")
BRANCH_CODE: Final = field(
    "branch_code", "Mã chi bộ", r"^ma (so )?(chi bo|to chuc|tcd)\b|^ma( so)?$", fill=""
)
COMMUNE_CODE: Final = field(
    "commune_code", "Mã xã, phường", r"^ma (so )?(xa|phuong|dvhc|don vi|dia ban)\b", fill="blank"
)
COMMUNE: Final = (
    r"\bdang (bo|uy)\b|^((ten|thuoc) )?(xa|phuong|thi tran)\b|don vi hanh chinh|^dia ban$"
)

FIELDS: Final[Mapping[RosterKind, Sequence[Field]]] = {
    RosterKind.BRANCHES: (
        NUMBER,
        NOTE,
        BRANCH_CODE,
        COMMUNE_CODE,
        field("secretary_phone", "Điện thoại bí thư", PHONE),
        field("secretary_name", "Bí thư", rf"\bbi thu\b|{PERSON}"),
        field(
            "member_count",
            "Số đảng viên",
            r"(so|sl|so luong|tong so|tong) (dang vien|dv)\b|^dang vien$|^tong so$|^(ts )?dv$",
        ),
        field("place", "Địa điểm", r"dia diem|noi (hop|sinh hoat)|hoi truong|nha van hoa|^dia chi"),
        field("meeting_time", "Giờ họp", r"^gio\b|\bgio (hop|sinh hoat)|^thoi (gian|diem)"),
        field("meeting_day", "Ngày họp", r"\bngay\b|\blich\b|dinh ky|\bhop\b"),
        field("branch_type", "Loại hình", r"loai (hinh|chi bo)"),
        field(
            "name",
            "Chi bộ",
            r"chi bo|to chuc dang|^ten (thon|xom|to|khu)|^(thon|xom|to dan pho|khu dan cu|khu pho)\b",
            fill="",
        ),
        field("commune", "Xã, phường", COMMUNE, fill="blank"),
    ),
    RosterKind.OFFICIALS: (
        NUMBER,
        NOTE,
        NAME_TITLE_AGENCY,
        NAME_TITLE,
        field("birth_date", "Ngày sinh", r"(ngay|nam|thang) sinh|sinh (ngay|nam)|^sinh$"),
        field("email", "Thư điện tử", r"e ?mail|thu dien tu|hop thu|gmail"),
        field("phone", "Điện thoại", PHONE),
        field(
            "title_and_agency",
            "Chức vụ, đơn vị",
            r"chuc (vu|danh).*(don vi|co quan|noi (cong tac|lam))",
        ),
        field("title", "Chức vụ", r"chuc (vu|danh)"),
        field("agency", "Đơn vị công tác", r"don vi|co quan|noi (cong tac|lam viec)"),
        field("family_name", "Họ đệm", r"^ho( va)?( ten)? (dem|lot)$|^ho$", fill=""),
        field("full_name", "Họ và tên", PERSON, fill=""),
        field("given_name", "Tên", r"^ten$", fill=""),
    ),
    RosterKind.ASSIGNMENTS: (
        NUMBER,
        NOTE,
        COMMUNE_CODE,
        NAME_TITLE_AGENCY,
        NAME_TITLE,
        field("committee", "Đảng ủy dự họp", r"hoi nghi dang uy|dang uy mo rong|(du|hop) dang uy"),
        field("branch", "Chi bộ", r"chi bo|^(thon|xom|to dan pho|khu dan cu)\b"),
        field("commune", "Xã, phường", COMMUNE, fill="blank"),
        field("title", "Chức vụ, đơn vị", r"chuc (vu|danh)|don vi|co quan|noi cong tac"),
        field("family_name", "Họ đệm", r"^ho( va)?( ten)? (dem|lot)$|^ho$"),
        field("full_name", "Họ và tên", PERSON),
        field("given_name", "Tên", r"^ten$"),
    ),
}

# Columns that look like one of ours but mean something else.
FOREIGN: Final[Mapping[RosterKind, re.Pattern[str]]] = {
    RosterKind.BRANCHES: re.compile(
        r"pho bi thu|chi uy|thanh lap|chinh thuc|du bi|mien sinh hoat|\bnu\b|phan cong|\bdu (sinh hoat|hop|hoi nghi)"
    ),
    RosterKind.OFFICIALS: re.compile(
        r"que quan|vao dang|chinh thuc|dan toc|ton giao|can cuoc|cccd|cmnd|chi bo"
    ),
    RosterKind.ASSIGNMENTS: re.compile(r"\bbi thu\b|\bngay\b|dien thoai|cuoc hop"),
}

# A header is one when it has all fields of the first set (each by any of its names) and one of the second.
KEY: Final[Mapping[RosterKind, frozenset[str]]] = {
    RosterKind.BRANCHES: frozenset({"name"}),
    RosterKind.OFFICIALS: PEOPLE,
    RosterKind.ASSIGNMENTS: PEOPLE,
}
BESIDE: Final[Mapping[RosterKind, frozenset[str]]] = {
    RosterKind.BRANCHES: frozenset(
        {"secretary_name", "secretary_phone", "member_count", "meeting_day", "meeting_time"}
    ),
    RosterKind.OFFICIALS: frozenset({"birth_date", "title", "agency", "phone", "email", *PARTS}),
    RosterKind.ASSIGNMENTS: frozenset({"branch", "committee"}),
}

# The values of a row in the preview, in this order (DESIGN.md §3).
SHOWN: Final[Mapping[RosterKind, Sequence[str]]] = {
    RosterKind.BRANCHES: (
        "commune", "name", "branch_type", "member_count", "secretary_name", "secretary_phone",
        "meeting_day", "meeting_time", "place", "note",
    ),
    RosterKind.OFFICIALS: ("full_name", "birth_date", "title", "agency", "phone", "email", "group", "note"),
    RosterKind.ASSIGNMENTS: ("full_name", "title", "branch", "commune"),
}  # fmt: skip
