"""Uploaded schedules."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse

from meetings.querysets import ScheduleImportQuerySet
from meetings.states import ScheduleStatus
from roster.models import StoredFile, Unit


class ScheduleImport(models.Model):
    """One uploaded schedule: previewed, then taken into the calendar or discarded; a taken one can be undone.

    `columns`: what a clerk took its columns for, {} for our guess. `done`: each meeting it touched,
    as it was before (null: not there) and as the import left it.
    """

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        Unit, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(
        "trạng thái", max_length=10, choices=ScheduleStatus, default=ScheduleStatus.PREVIEWED
    )
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    columns = models.JSONField(default=dict)
    done = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)
    committed_at = models.DateTimeField("nhập lúc", null=True, blank=True)
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, blank=True)

    objects = ScheduleImportQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập lịch"
        verbose_name_plural = "các lần nhập lịch"

    def __str__(self) -> str:
        return self.file.name

    def get_absolute_url(self) -> str:
        return reverse("meetings:schedule_preview", args=[self.pk])
