"""Who may do what in the roster: `why_not_…` gives the sentence, or None."""

from typing import Final

from roster.models import Official, Unit, User
from roster.states import Role, UnitKind

KEEPERS: Final = frozenset({Role.SYSTEM_ADMIN, Role.COMMISSION_OFFICER})
CALLERS: Final = Role.desk() | {Role.SYSTEM_ADMIN}


def why_not_edit_unit(unit: Unit, user: User) -> str | None:
    """The commission keeps its whole subtree; a commune keeps its own branches."""
    if not user.oversees(unit):
        return "Đơn vị này ngoài phạm vi của đồng chí."
    if user.is_superuser or user.role in KEEPERS:
        return None
    if user.role == Role.COMMUNE_OFFICER and unit.kind == UnitKind.BRANCH:
        return None
    return "Chỉ chuyên viên Ban Tổ chức hoặc cán bộ của xã, phường được sửa danh bạ."


def why_not_add_branch(parent: Unit, user: User) -> str | None:
    if parent.kind not in {UnitKind.COMMUNE, UnitKind.GRASSROOTS}:
        return "Chi bộ được thêm từ trang của đảng ủy cấp trên trực tiếp."
    if not user.oversees(parent):
        return "Đơn vị này ngoài phạm vi của đồng chí."
    if user.is_superuser or user.role in KEEPERS | {Role.COMMUNE_OFFICER}:
        return None
    return "Chỉ chuyên viên Ban Tổ chức hoặc cán bộ của xã, phường được thêm chi bộ."


def why_not_add_official(user: User) -> str | None:
    if user.is_superuser or user.role in KEEPERS | {Role.COMMUNE_OFFICER}:
        return None
    return "Chỉ chuyên viên Ban Tổ chức hoặc cán bộ của xã, phường được thêm cán bộ."


def why_not_edit_official(official: Official, user: User) -> str | None:
    if not user.oversees(official.agency):
        return "Cán bộ này do đơn vị khác quản lý hồ sơ."
    return why_not_add_official(user)


def why_not_note_absence(official: Official, user: User) -> str | None:
    """One notes one's own absences; who keeps the record may do it too."""
    if user.official_id == official.pk:
        return None
    return why_not_edit_official(official, user)


def why_not_see_phone(unit: Unit, user: User) -> str | None:
    """Phones are masked; who organises meetings may uncover one, and the audit says so."""
    if user.is_superuser or (user.role in CALLERS and user.oversees(unit)):
        return None
    return "Số điện thoại chỉ mở cho người tổ chức việc dự sinh hoạt."


def why_not_make_accounts(user: User) -> str | None:
    """Accounts of attendees, in bulk and with slips; other roles are given in the panel."""
    if user.is_superuser or (user.role in KEEPERS and user.unit is not None):
        return None
    return "Tài khoản hàng loạt do quản trị hệ thống hoặc chuyên viên Ban Tổ chức lập."


def why_not_merge(kept: Official, double: Official, user: User) -> str | None:
    """Two records of one person become one."""
    if kept.pk == double.pk:
        return "Chọn hai hồ sơ khác nhau."
    if kept.merged_into_id or double.merged_into_id:
        return "Một trong hai hồ sơ đã được gộp rồi."
    return why_not_edit_official(kept, user) or why_not_edit_official(double, user)


def why_not_reorganise(user: User) -> str | None:
    if user.is_superuser or user.role in KEEPERS:
        return None
    return "Chỉ chuyên viên Ban Tổ chức được sắp xếp tổ chức."
