"""Accounts: who may do what, and where."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from config.lib.text import fold, name_key
from roster.models.histories import with_history
from roster.models.officials import Official
from roster.models.units import Unit
from roster.querysets import PeopleManager
from roster.states import Role


@with_history("an account")
class User(AbstractUser):
    """A person with an account: `role` says what, `unit` says where.

    A branch secretary's unit is the branch, a commune officer's the commune, an officer
    of an agency's the agency; officers of the commission have the province (or, in the
    past, the district). An attendee is the account of an `official`; `suspended_on` is set when it was
    closed because the last term ended.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField("họ và tên", max_length=120)
    name_key = models.CharField(max_length=400, editable=False, db_collation="C")
    search = models.CharField(max_length=300, editable=False)
    role = models.CharField("vai trò", max_length=20, choices=Role)
    unit = models.ForeignKey(
        Unit,
        verbose_name="đơn vị",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="users",
    )
    official = models.OneToOneField(
        Official,
        verbose_name="hồ sơ cán bộ",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="user",
    )
    phone = models.CharField("điện thoại", max_length=16, blank=True)
    suspended_on = models.DateField("tạm đóng từ ngày", null=True, blank=True)

    objects: ClassVar[PeopleManager] = PeopleManager()
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email", "full_name"]

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        constraints = [
            models.CheckConstraint(
                condition=~Q(role=Role.ATTENDEE) | Q(official__isnull=False),
                name="attendee_is_an_official",
                violation_error_message="Tài khoản người dự phải gắn với một cán bộ trong danh bạ.",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | Q(is_superuser=True) | Q(role=Role.ATTENDEE),
                name="user_has_a_unit",
                violation_error_message="Chọn đơn vị cho tài khoản này.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args: object, **kwargs: object) -> None:
        self.fill_keys()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def fill_keys(self) -> None:
        """Derived columns; bulk writers call this themselves."""
        self.name_key = name_key(self.full_name)
        self.search = fold(f"{self.full_name} {self.username}")

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        """The given name, as one says "đồng chí Lụa"."""
        return self.full_name.split()[-1] if self.full_name else self.username

    @property
    def is_desk(self) -> bool:
        return self.role in Role.desk()

    def oversees(self, unit: Unit) -> bool:
        """Whether `unit` lies in the subtree of the user's own unit (today's tree)."""
        return self.is_superuser or (self.unit is not None and unit.path.startswith(self.unit.path))

    @property
    def publishes_material(self) -> bool:
        """Whether the user is an officer of an agency that brings out the month's material."""
        is_officer = self.role == Role.AUTHORITY_OFFICER
        return is_officer and self.unit is not None and self.unit.publishes_material

    def answers_for(self, authority: Unit | None) -> bool:
        """Whether the user answers recommendations for `authority`."""
        return (
            self.role == Role.AUTHORITY_OFFICER
            and authority is not None
            and self.unit_id == authority.pk
        )
