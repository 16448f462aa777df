"""The office's own books: audit, background jobs, document numbers, stored files, dated rules, imports."""

import secrets
from datetime import date
from pathlib import PurePath

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from roster.file_types import JPEG, PNG
from roster.models.dated import Period, ends_after_it_starts, never_twice
from roster.models.histories import with_history
from roster.models.units import Unit
from roster.querysets import DatedQuerySet, EventQuerySet, JobQuerySet, RosterImportQuerySet
from roster.states import ImportStatus, JobStatus, PolicyKey


class Event(models.Model):
    """One act in the audit. It names its target without a foreign key, so that it outlives it.

    Triggers refuse UPDATE, DELETE and TRUNCATE.
    """

    at = models.DateTimeField("lúc", auto_now_add=True, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người làm",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    verb = models.CharField("việc", max_length=60)
    target_type = models.CharField(max_length=60)
    target_id = models.BigIntegerField(null=True)
    target_label = models.CharField("đối tượng", max_length=250)
    detail = models.JSONField("chi tiết", default=dict, encoder=DjangoJSONEncoder)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "nhật ký"
        verbose_name_plural = "nhật ký"
        indexes = [models.Index(fields=["target_type", "target_id"], name="event_target")]

    def __str__(self) -> str:
        return f"{self.verb}: {self.target_label}"


def random_name(instance: "StoredFile", filename: str) -> str:
    """Files lie under random names; the name a person gave is only a column."""
    token = secrets.token_hex(16)
    return f"{token[:2]}/{token}{PurePath(filename).suffix.lower()[:8]}"


class StoredFile(models.Model):
    """An uploaded or generated file, outside the web root, with its SHA-256."""

    content = models.FileField("tệp", upload_to=random_name)
    name = models.CharField("tên tệp", max_length=200)
    content_type = models.CharField("loại", max_length=100)
    size = models.PositiveBigIntegerField("cỡ (byte)")
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "tệp"
        verbose_name_plural = "tệp"

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """A picture that a browser may show by itself: the program has drawn each JPEG and PNG anew."""
        return self.content_type in {JPEG, PNG}


class Job(models.Model):
    """Background work that a page follows: done of total, and a sentence."""

    kind = models.CharField("việc", max_length=40)
    status = models.CharField(
        "trạng thái", max_length=10, choices=JobStatus, default=JobStatus.WAITING
    )
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    sentence = models.CharField("tình hình", max_length=300, blank=True)
    result_url = models.CharField(max_length=300, blank=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "việc chạy nền"
        verbose_name_plural = "việc chạy nền"
        constraints = [
            models.CheckConstraint(
                condition=Q(total=0) | Q(done__lte=models.F("total")), name="job_does_at_most_all"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.get_status_display()})"


class DocumentNumber(models.Model):
    """The register of numbers: they run per type, issuing body and congress term (DOMAIN.md §4)."""

    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    document_type = models.CharField("loại văn bản", max_length=10)
    congress_term = models.CharField("nhiệm kỳ", max_length=9)
    number = models.PositiveIntegerField("số")
    taken_on = models.DateField("ngày lấy số")
    label = models.CharField("văn bản", max_length=250)

    class Meta:
        verbose_name = "số văn bản"
        verbose_name_plural = "sổ số văn bản"
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "document_type", "congress_term", "number"],
                name="document_number_is_taken_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number:02d}-{self.document_type}"


def policy_keys() -> list[tuple[str, str]]:
    """Named by a function, so that a new rule is data and no change of the table."""
    return PolicyKey.choices


@with_history("a rule")
class Policy(Period):
    """A number that no source fixes (deadlines, loads), with the time in which it holds."""

    key = models.CharField("quy định", max_length=30, choices=policy_keys)
    value = models.IntegerField("giá trị")
    basis = models.CharField("căn cứ", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "quy định có thời hạn"
        verbose_name_plural = "quy định có thời hạn"
        constraints = [
            ends_after_it_starts("policy_ends_after_it_starts"),
            never_twice(
                "key",
                name="policy_has_one_value_a_day",
                message="Đã có giá trị khác trong thời gian này.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_key_display()}: {self.value}"

    @classmethod
    def value_on(cls, key: PolicyKey, day: date) -> int:
        """The value in force on `day`; a missing row is an error of the installation, so it raises DoesNotExist."""
        return cls.objects.on(day).get(key=key).value


class RosterImport(models.Model):
    """One uploaded roster: previewed, then committed or discarded; a committed one may be undone.

    `facts` is the preview of DESIGN.md §3, `choices` what a person chose or corrected, `footprint` which
    rows writing it made and changed.
    """

    kind = models.CharField("loại danh sách", max_length=12)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sheet = models.CharField("trang tính", max_length=60, blank=True)
    unit = models.ForeignKey(
        Unit, verbose_name="đơn vị có danh sách", on_delete=models.PROTECT, related_name="+"
    )
    valid_on = models.DateField("danh sách tính đến")
    decision = models.CharField("quyết định", max_length=60, blank=True)
    status = models.CharField(
        "trạng thái", max_length=10, choices=ImportStatus, default=ImportStatus.PREVIEWED
    )
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    choices = models.JSONField(default=dict)
    footprint = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField("lúc", auto_now_add=True)
    committed_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập danh sách"
        verbose_name_plural = "các lần nhập danh sách"

    def __str__(self) -> str:
        return self.file.name


class ColumnMemory(models.Model):
    """What a sender's column captions mean, as a clerk once said: folded caption → field, "" for none."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("loại danh sách", max_length=12)
    meanings = models.JSONField(default=dict)

    class Meta:
        verbose_name = "cột đã khớp"
        verbose_name_plural = "các cột đã khớp"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind"], name="columns_are_remembered_once_per_sender"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.kind}"
