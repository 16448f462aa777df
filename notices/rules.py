"""Who keeps watch over the sending."""

from notices.querysets import LOOK_AFTER
from roster.models import User
from roster.states import Role


def why_not_see_log(user: User) -> str | None:
    if user.is_superuser or (user.role in LOOK_AFTER and user.unit is not None):
        return None
    return "Sổ gửi tin dành cho người tổ chức việc dự sinh hoạt."


def why_not_send_again(user: User) -> str | None:
    if user.is_superuser or user.role in LOOK_AFTER - {Role.COMMISSION_LEADER}:
        return why_not_see_log(user)
    return "Chỉ chuyên viên Ban Tổ chức, cán bộ xã, phường hoặc quản trị được gửi lại tin."
