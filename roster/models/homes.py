"""Where each unit's meetings count today."""

from django.db import models

from roster.models.units import Unit


class Home(models.Model):
    """The commune of today (where there is none: the district or province) in which a unit's meetings count.

    A living unit's is the nearest above it; one that has ended counts where its main successor does, or else where
    the body above it does. Every unit has one home at most, so no meeting counts twice. The database keeps the
    rows itself (migration 0011), for whatever changes the tree.
    """

    unit = models.OneToOneField(
        Unit, on_delete=models.CASCADE, primary_key=True, related_name="home"
    )
    place = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="housed")

    class Meta:
        verbose_name = "nơi tính số liệu hiện nay"
        verbose_name_plural = "nơi tính số liệu hiện nay"

    def __str__(self) -> str:
        return f"{self.unit} → {self.place}"
