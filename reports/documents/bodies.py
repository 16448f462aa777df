"""How the body that issues a summary is written: head, symbol, place, recipients, who signs."""

from dataclasses import dataclass

from config.lib.documents.naming import party_organisation, without_prefix
from roster.states import UnitKind


@dataclass(frozen=True, slots=True)
class Body:
    """One issuing body. `whole` is how one speaks of all of it ("toàn tỉnh"), `parts` of what it has below."""

    superior: str
    issuer: str
    issuer_name: str
    symbol: str
    place: str
    whole: str
    parts: str
    reports_to: str
    recipients: tuple[str, ...]
    authority: str
    office: str


def body_of(unit: dict[str, str]) -> Body:
    """The body for a summary's unit (name, kind and the name of the body above, as frozen in the facts)."""
    if unit["kind"] == UnitKind.PROVINCIAL:
        return commission(unit["name"])
    return committee(unit)


def commission(province: str) -> Body:
    """The organizing commission issues for the province: Ban Tổ chức Tỉnh ủy Ninh Bình."""
    place = without_prefix(province)
    return Body(
        superior=province.upper(),
        issuer="BAN TỔ CHỨC",
        issuer_name=f"Ban Tổ chức {province}",
        symbol="BC/BTCTU",
        place=place,
        whole="toàn tỉnh",
        parts="xã, phường",
        reports_to="Thường trực Tỉnh ủy",
        recipients=(
            "Thường trực Tỉnh ủy (để báo cáo)",
            "Các đồng chí lãnh đạo Ban",
            "Ban Thường vụ đảng ủy các xã, phường",
            "Lưu Ban Tổ chức Tỉnh ủy",
        ),
        authority="",
        office="TRƯỞNG BAN",
    )


def committee(unit: dict[str, str]) -> Body:
    """A commune's (formerly also a district's) committee issues for itself, under the Party organisation above."""
    is_district = unit["kind"] == UnitKind.DISTRICT
    name = unit["name"]
    called = name if is_district else f"Đảng ủy {name[:1].lower()}{name[1:]}"
    word = "huyện" if is_district else name.split(" ")[0].lower()
    return Body(
        superior=party_organisation(unit["above"]).upper(),
        issuer=called.upper(),
        issuer_name=called,
        symbol="BC/HU" if is_district else "BC/ĐU",
        place=without_prefix(name),
        whole=f"toàn {word}",
        parts="xã, thị trấn" if is_district else "chi bộ",
        reports_to=unit["above"] or "cấp ủy cấp trên",
        recipients=(
            f"{unit['above'] or 'Cấp ủy cấp trên'} (để báo cáo)",
            f"Ban Thường vụ {called}",
            "Các chi bộ trực thuộc" if not is_district else "Đảng ủy các xã, thị trấn",
            f"Lưu Văn phòng {called}",
        ),
        authority="T/M BAN THƯỜNG VỤ",
        office="BÍ THƯ",
    )
