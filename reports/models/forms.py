"""What is asked, as data with an effective date: report forms, scoring frames, fields of work."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from reports.querysets import ReportFormQuerySet, ScoringFrameQuerySet
from roster.models.dated import Period, ends_after_it_starts, never_twice


class Field(models.Model):
    """A field of work (lĩnh vực): thủy lợi, đất đai …; classifies problems, moods and recommendations.

    `usual_authority` names who settles most of its matters, for a suggestion while no matter has been answered yet:
    an agency of the province, or "UBND" for that of the commune.
    """

    code = models.SlugField("mã", max_length=40, unique=True)
    name = models.CharField("lĩnh vực", max_length=100, unique=True)
    usual_authority = models.CharField(
        "cơ quan thường giải quyết", max_length=100, blank=True, default="", db_default=""
    )
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    is_active = models.BooleanField("đang dùng", default=True)

    class Meta:
        verbose_name = "lĩnh vực"
        verbose_name_plural = "lĩnh vực"
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class ReportForm(Period):
    """One version of the report form. `definition` is a list of sections:

    `[{"key", "title", "lead", "fields": [{"key", "label", "kind", "required", "help", "max_length", "choices"}]}]`
    with stable keys; `kind` is one of count, time, text, long_text, choice, choices, flag, field (of work). A section
    with a `part` (moods, scores, recommendations, files) holds that sheet instead. Either may have a `condition`
    (conditions.py). Summaries read by key (R19). Once a report uses a version, the database refuses to change it.
    """

    version = models.PositiveSmallIntegerField("phiên bản", unique=True)
    name = models.CharField("tên mẫu", max_length=120)
    definition = models.JSONField("các mục", encoder=DjangoJSONEncoder)

    objects = ReportFormQuerySet.as_manager()

    class Meta:
        verbose_name = "mẫu báo cáo"
        verbose_name_plural = "mẫu báo cáo"
        constraints = [
            ends_after_it_starts("report_form_ends_after_it_starts"),
            never_twice(
                name="one_report_form_a_day", message="Mỗi ngày chỉ có một mẫu báo cáo có hiệu lực."
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FormDraft(models.Model):
    """The next version of the report form while the commission works on it; one follows one version, and `version` guards
    it against two people at once. Published, it becomes a `ReportForm` and goes."""

    based_on = models.OneToOneField(ReportForm, on_delete=models.PROTECT, related_name="next_draft")
    name = models.CharField("tên mẫu", max_length=120)
    definition = models.JSONField("các mục", encoder=DjangoJSONEncoder)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField("sửa lúc", auto_now=True)

    class Meta:
        verbose_name = "bản soạn mẫu báo cáo"
        verbose_name_plural = "bản soạn mẫu báo cáo"

    def __str__(self) -> str:
        return self.name


class ScoringFrame(Period):
    """A frame of criteria in force from a day; a report shows in the frame of its meeting's day (HD 42-HD/BTCTW).

    Once a report or a branch's sheet uses it, the database refuses to change it, its criteria and its bands.
    """

    code = models.CharField("ký hiệu", max_length=40, unique=True)
    name = models.CharField("tên", max_length=200)
    source = models.CharField("nguồn", max_length=300, blank=True, default="", db_default="")

    objects = ScoringFrameQuerySet.as_manager()

    class Meta:
        verbose_name = "khung tiêu chí"
        verbose_name_plural = "khung tiêu chí"
        constraints = [
            ends_after_it_starts("scoring_frame_ends_after_it_starts"),
            never_twice(
                name="one_scoring_frame_a_day",
                message="Mỗi ngày chỉ có một khung tiêu chí có hiệu lực.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FrameDraft(models.Model):
    """The next scoring frame while the commission works on it (frame_design.py says what `definition` holds).

    Published, it becomes a `ScoringFrame` with criteria and bands, and goes.
    """

    based_on = models.OneToOneField(
        ScoringFrame, on_delete=models.PROTECT, related_name="next_draft"
    )
    definition = models.JSONField("nội dung", encoder=DjangoJSONEncoder)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField("sửa lúc", auto_now=True)

    class Meta:
        verbose_name = "bản soạn khung tiêu chí"
        verbose_name_plural = "bản soạn khung tiêu chí"

    def __str__(self) -> str:
        return str(self.definition["name"])


class Criterion(models.Model):
    """One line of a scoring frame, with its highest number of points.

    `parts` are its sub-criteria in order: `{"key", "label", "group", "choices": [{"key", "label", "points", "from"}],
    "suggest": {"fact", …}}` with stable keys (suggestions.py knows the facts; `from` is the least value of the fact that
    suggests the choice). Where there are parts, `max_points` is the sum of their highest choices.
    """

    frame = models.ForeignKey(ScoringFrame, on_delete=models.CASCADE, related_name="criteria")
    number = models.PositiveSmallIntegerField("số")
    name = models.CharField("tiêu chí", max_length=200)
    hint = models.CharField("hướng dẫn", max_length=200, blank=True)
    max_points = models.PositiveSmallIntegerField("điểm tối đa")
    parts = models.JSONField(
        "các ý", default=list, db_default=[], blank=True, encoder=DjangoJSONEncoder
    )

    class Meta:
        verbose_name = "tiêu chí"
        verbose_name_plural = "tiêu chí"
        ordering = ["frame", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["frame", "number"], name="criterion_number_once_in_a_frame"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Band(models.Model):
    """The name of a total: Tốt from 90, Khá from 70 …"""

    frame = models.ForeignKey(ScoringFrame, on_delete=models.CASCADE, related_name="bands")
    name = models.CharField("xếp loại", max_length=40)
    min_points = models.PositiveSmallIntegerField("từ điểm")

    class Meta:
        verbose_name = "xếp loại"
        verbose_name_plural = "xếp loại"
        ordering = ["frame", "-min_points"]
        constraints = [
            models.UniqueConstraint(
                fields=["frame", "min_points"], name="band_begins_once_in_a_frame"
            )
        ]

    def __str__(self) -> str:
        return self.name
