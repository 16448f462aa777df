"""What goes up: roll-ups and frozen summaries."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from config.lib.months import Period
from reports.querysets import SummaryQuerySet
from reports.states import SummaryStatus
from roster.models import StoredFile, Unit, User
from roster.models.dated import ends_after_it_starts
from roster.states import Units


class DirtyMark(models.Model):
    """(unit, month) whose roll-up no longer agrees with the facts; written in the act's transaction.

    A plain log: rows are appended and the refresh deletes those it has dealt with, so that two acts never wait
    for each other. `unit` is the commune (of the meeting's day).
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    month = models.DateField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "dấu cần tính lại"
        verbose_name_plural = "dấu cần tính lại"

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month:%Y-%m}"


class RollUp(models.Model):
    """The counts of one commune's month (meetings of that day's commune), computed as of `as_of`.

    A row for each commune of today in which they count (`home`): summed by `unit` they are the figures as then,
    summed by `home` as now, so that both have one total (R1).

    All but `unassigned` count meetings to which somebody is assigned (or that have a report): without an
    attendee no report can be owed. What is under the province or a district without a commune counts there.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="rollups")
    home = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="rollups_now")
    month = models.DateField("tháng")
    as_of = models.DateTimeField("tính đến")
    planned = models.PositiveIntegerField("theo lịch", default=0)
    unassigned = models.PositiveIntegerField("chưa có người được phân công", default=0)
    cancelled = models.PositiveIntegerField("không họp", default=0)
    not_yet = models.PositiveIntegerField("chưa đến ngày", default=0)
    expected = models.PositiveIntegerField("đã đến ngày", default=0)
    held = models.PositiveIntegerField("đã họp", default=0)
    attended = models.PositiveIntegerField("có người dự", default=0)
    report_due = models.PositiveIntegerField("đến hạn báo cáo", default=0)
    reported = models.PositiveIntegerField("đã báo cáo", default=0)
    on_time = models.PositiveIntegerField("đúng hạn", default=0)
    late = models.PositiveIntegerField("nộp muộn", default=0)
    missing = models.PositiveIntegerField("chưa nộp", default=0)
    recommendations = models.PositiveIntegerField("kiến nghị", default=0)
    bands = models.JSONField("xếp loại", default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = "số liệu tháng"
        verbose_name_plural = "số liệu tháng"
        constraints = [
            models.UniqueConstraint(fields=["unit", "home", "month"], name="rollup_once_a_month"),
            models.CheckConstraint(
                condition=Q(held__lte=F("expected"))
                & Q(attended__lte=F("held"))
                & Q(reported=F("on_time") + F("late"))
                & Q(report_due=F("reported") + F("missing"))
                & Q(report_due__lte=F("expected"))
                & Q(expected=F("planned") - F("cancelled") - F("not_yet")),
                name="rollup_ratios_never_exceed_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.month:%m/%Y}"


class Summary(models.Model):
    """The summary of a unit for a period: frozen facts, their hash chained to the one before, three files.

    Once sent it never changes: a trigger refuses UPDATE and DELETE.
    """

    unit = models.ForeignKey(
        Unit, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="summaries"
    )
    units = models.CharField("cách xếp đơn vị", max_length=4, choices=Units, default=Units.THEN)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    status = models.CharField(
        "trạng thái", max_length=10, choices=SummaryStatus, default=SummaryStatus.DRAFT
    )
    built_at = models.DateTimeField("dựng lúc")
    as_of = models.DateField("tính đến ngày")
    facts = models.JSONField("số liệu", encoder=DjangoJSONEncoder)
    sha256 = models.CharField(max_length=64)
    previous_sha256 = models.CharField(max_length=64, blank=True)
    number = models.CharField("số, ký hiệu", max_length=40, blank=True)
    docx = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    pdf = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    xlsx = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField("duyệt lúc", null=True, blank=True)
    sent_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)

    objects = SummaryQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo tổng hợp"
        verbose_name_plural = "báo cáo tổng hợp"
        constraints = [
            ends_after_it_starts("summary_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["unit", "starts_on", "ends_on", "units"], name="summary_once_a_period"
            ),
            models.CheckConstraint(
                condition=~Q(status=SummaryStatus.SENT)
                | (~Q(number="") & Q(approved_at__isnull=False) & Q(sent_at__isnull=False)),
                name="sent_summary_was_approved_and_numbered",
            ),
        ]

    def __str__(self) -> str:
        return f"Báo cáo tổng hợp {self.unit}, {self.period.label}"

    def get_absolute_url(self) -> str:
        return reverse("reports:summary_detail", args=[self.pk])

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on)

    @property
    def period_label(self) -> str:
        """Tháng 11 năm 2026"""
        return f"{self.period.label[:1].upper()}{self.period.label[1:]}"
