"""Plans that were made for a draft, kept so that they can be compared and explained later."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from assignments.models.decisions import Decision
from assignments.querysets import ProposalQuerySet
from assignments.states import ProposalStatus
from roster.models import Job
from roster.states import UnitKind


class Proposal(models.Model):
    """One run of the planner for a draft's list.

    `reach` is which meetings are planned: of branches, or the enlarged meetings of communes. `pins` and
    `forbids` are pairs (official, unit). `rows` is what the planner read: the plan is explained from it, whatever
    has changed since. `pairs` is who goes where, `facts` the figures and what blocks each unit left out.
    """

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="proposals")
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    former = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    reach = models.CharField("cuộc họp", max_length=12, default=UnitKind.BRANCH)
    weights = models.JSONField("trọng số", default=dict)
    pins = models.JSONField("cặp ghim", default=list)
    forbids = models.JSONField("cặp cấm", default=list)
    status = models.CharField(
        "trạng thái", max_length=10, choices=ProposalStatus, default=ProposalStatus.WAITING
    )
    rows = models.JSONField(default=dict)
    pairs = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("lúc", auto_now_add=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "phương án"
        verbose_name_plural = "phương án"
        constraints = [
            models.UniqueConstraint(
                fields=["decision"],
                condition=models.Q(status=ProposalStatus.WAITING),
                name="draft_is_planned_once_at_a_time",
                violation_error_message="Đang lập một phương án cho dự thảo này.",
            )
        ]

    def __str__(self) -> str:
        return f"Phương án {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("assignments:plan_detail", args=[self.pk])
