"""What a decision says, and the files made from it."""

from django.db import models

from assignments.models.decisions import Decision
from roster.models import StoredFile


class IssuedPaper(models.Model):
    """What a decision's document says, frozen at issue.

    Beside the decision, not in it: with 3,000 lines it is a megabyte, which would come along with every row
    that names its decision.
    """

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="issued_paper")
    facts = models.JSONField("nội dung")

    class Meta:
        verbose_name = "văn bản đã ban hành"
        verbose_name_plural = "văn bản đã ban hành"

    def __str__(self) -> str:
        return str(self.decision)


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
