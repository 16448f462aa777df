"""Files made from what a decision says."""

from django.db import models

from assignments.models.decisions import Decision
from roster.models import StoredFile


class PaperFile(models.Model):
    """A decision's document as it was made last, so that it is not made again: `of` is the hash of its facts."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="paper_files")
    extension = models.CharField("loại tệp", max_length=4)
    of = models.CharField("mã của nội dung", max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "tệp văn bản"
        verbose_name_plural = "tệp văn bản"
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "extension"], name="paper_file_is_kept_once_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision}.{self.extension}"
