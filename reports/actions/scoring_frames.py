"""The next scoring frame: begun as a copy of the last, changed (report_forms.change_draft), published from a day."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from config.lib.errors import refuse_if
from reports import frame_design
from reports.actions.report_forms import end_before
from reports.models import Band, Criterion, FrameDraft, ScoringFrame
from reports.rules import scoring_frames as rules
from roster import audit
from roster.models import User


@transaction.atomic
def begin_draft(*, by: User) -> FrameDraft:
    frames = ScoringFrame.objects.select_for_update(no_key=True)  # of two at once one begins
    last = frames.latest("starts_on")
    refuse_if(rules.why_not_begin_draft(last, by))
    draft = FrameDraft.objects.create(based_on=last, definition=frame_design.definition_of(last))
    audit.record("frame_draft_begun", draft, by=by)
    return draft


@transaction.atomic
def publish_draft(draft: FrameDraft, *, starts_on: date, by: User) -> ScoringFrame:
    """The draft becomes the frame in force from `starts_on`; the one before ends the day before."""
    last = draft.based_on
    refuse_if(rules.why_not_publish(draft, by))
    refuse_if(rules.why_not_start(last, starts_on, timezone.localdate()))
    end_before(draft, starts_on)
    frame = write_frame(draft.definition, starts_on)
    audit.record("published", frame, by=by, starts_on=starts_on.isoformat())
    return frame


def write_frame(definition: frame_design.Definition, starts_on: date) -> ScoringFrame:
    about = {name: definition[name] for name in ("code", "name", "source")}
    frame = ScoringFrame.objects.create(starts_on=starts_on, **about)
    criteria, bands = frame_design.criteria_of(definition), frame_design.bands_of(definition)
    for criterion in criteria:
        criterion.frame = frame
    for band in bands:
        band.frame = frame
    Criterion.objects.bulk_create(criteria)
    Band.objects.bulk_create(bands)
    return frame
