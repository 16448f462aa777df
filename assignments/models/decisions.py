"""Decisions that assign officials."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from assignments.querysets import DecisionQuerySet
from assignments.states import DecisionKind, DecisionStatus
from roster.models import StoredFile, Unit
from roster.models.dated import Period, ends_after_it_starts


class Decision(Period):
    """A decision or official letter that sends officials to branches or commune committees for a term.

    `number` is the whole symbol ("87-QĐ/TU"); without one it is taken from the register at issue.
    What its document says is frozen at issue (`IssuedPaper`). `signed_file` is the scan that came back
    signed, `signed_sha256` its hash. `amends` is the decision whose list this one changes.
    """

    kind = models.CharField(
        "loại", max_length=2, choices=DecisionKind, default=DecisionKind.DECISION
    )
    number = models.CharField("số, ký hiệu", max_length=40, blank=True)
    issuer = models.ForeignKey(
        Unit, verbose_name="cấp ban hành", on_delete=models.PROTECT, related_name="decisions"
    )
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    authority = models.CharField("thẩm quyền ký", max_length=60, blank=True)
    office = models.CharField("chức vụ người ký", max_length=80, blank=True)
    amends = models.ForeignKey(
        "self",
        verbose_name="bổ sung, thay đổi cho",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="amendments",
    )
    subject = models.CharField("trích yếu", max_length=300, blank=True)
    basis = models.TextField("căn cứ", blank=True)
    status = models.CharField(
        "trạng thái", max_length=10, choices=DecisionStatus, default=DecisionStatus.DRAFT
    )
    signed_file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_sha256 = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định phân công"
        verbose_name_plural = "quyết định phân công"
        constraints = [
            ends_after_it_starts("decision_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["issuer", "number", "signed_on"],
                condition=~Q(number=""),
                name="decision_is_recorded_once",
                violation_error_message="Quyết định số này, ngày ký này đã có.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[DecisionStatus.DRAFT, DecisionStatus.PROPOSED])
                | (~Q(number="") & Q(signed_on__isnull=False)),
                name="issued_decision_has_number_and_day",
                violation_error_message="Quyết định đã ban hành phải có số và ngày ký.",
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.get_kind_display()} số {self.number}"
            if self.number
            else f"{self.get_kind_display()} (dự thảo)"
        )

    def get_absolute_url(self) -> str:
        return reverse("assignments:decision_detail", args=[self.pk])
