"""Scoring frames in use, with their criteria and bands: the database refuses to change one, so each process reads it once."""

from functools import lru_cache

from reports.models import ScoringFrame


@lru_cache(maxsize=64)
def frame_in_use(pk: int) -> ScoringFrame:
    """The frame of a report; when it ends may have been decided since it was read."""
    return ScoringFrame.objects.prefetch_related("criteria", "bands").get(pk=pk)
