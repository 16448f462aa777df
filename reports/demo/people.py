"""Invented people, and the accounts one signs in with."""

from dataclasses import dataclass
from random import Random
from typing import Final

from roster.models import Official, Unit, User
from roster.states import Role

PASSWORD: Final = "Chi-bo-2026"  # noqa: S105 - the demo's, printed for everybody; never in production
FAMILY: Final = (
    "Nguyễn",
    "Trần",
    "Phạm",
    "Lê",
    "Vũ",
    "Đinh",
    "Hoàng",
    "Bùi",
    "Đỗ",
    "Trịnh",
    "Mai",
    "Tạ",
)
MIDDLE: Final = ("Văn", "Thị", "Đức", "Xuân", "Ngọc", "Quang", "Hữu", "Minh", "Thanh", "Công")
GIVEN: Final = ("An", "Ánh", "Bình", "Cường", "Dũng", "Đạt", "Điệp", "Hà", "Hải", "Hằng", "Hòa", "Huệ", "Lan",
                "Lụa", "Mai", "Nam", "Nga", "Phúc", "Quyết", "Sơn", "Thành", "Thủy", "Toàn", "Trung", "Vinh", "Yến")  # fmt: skip


@dataclass(frozen=True)
class Account:
    """One of the printed accounts."""

    username: str
    full_name: str
    role: Role


PROVINCE: Final = (
    Account("quan.tri", "Tạ Minh Quân", Role.SYSTEM_ADMIN),
    Account("chuyen.vien", "Đinh Thị Lụa", Role.COMMISSION_OFFICER),
    Account("lanh.dao", "Vũ Đức Thắng", Role.COMMISSION_LEADER),
    Account("thuong.truc", "Bùi Quang Minh", Role.VIEWER),
)
COMMUNE_OFFICER: Final = Account("can.bo.xa", "Phạm Thị Hạnh", Role.COMMUNE_OFFICER)
ATTENDEE: Final = "can.bo.du"
SECRETARY: Final = Account("bi.thu", "", Role.BRANCH_SECRETARY)
AUTHORITY: Final = Account("co.quan", "Hoàng Văn Sáng", Role.AUTHORITY_OFFICER)
COMMUNE_AUTHORITY: Final = Account("ubnd.xa", "Lê Công Tuấn", Role.AUTHORITY_OFFICER)
PROPAGANDA: Final = Account("tuyen.giao", "Mai Thị Ngân", Role.AUTHORITY_OFFICER)
USERNAMES: Final = (
    *(account.username for account in PROVINCE),
    COMMUNE_OFFICER.username,
    ATTENDEE,
    SECRETARY.username,
    AUTHORITY.username,
    COMMUNE_AUTHORITY.username,
    PROPAGANDA.username,
)


def name(dice: Random) -> str:
    return " ".join(dice.choice(part) for part in (FAMILY, MIDDLE, GIVEN))


def open_account(account: Account, unit: Unit, full_name: str = "") -> User:
    """An account with the demo's password."""
    user = User(
        username=account.username,
        full_name=full_name or account.full_name,
        role=account.role,
        unit=unit,
        email=f"{account.username}@demo.example",
        is_staff=account.role == Role.SYSTEM_ADMIN,
    )
    user.set_password(PASSWORD)
    user.save()
    return user


def open_to_visitors(official: Official) -> User:
    """Let one of the attendees be the one whose account is printed."""
    user = User.objects.get(official=official)
    user.username = ATTENDEE
    user.set_password(PASSWORD)
    user.save()
    return user


def printed() -> list[str]:
    """The accounts as the demo prints them: name, password, role, unit."""
    users = User.objects.filter(username__in=USERNAMES).select_related("unit", "official__agency")
    by_name = {user.username: user for user in users}
    rows = [by_name[username] for username in USERNAMES if username in by_name]
    return [
        f"  {user.username:<12} {PASSWORD}   {user.get_role_display()}"
        f" ({user.unit or (user.official and user.official.agency)})"
        for user in rows
    ]
