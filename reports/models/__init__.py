from reports.models.branch_sheets import BranchPoints, BranchSheet
from reports.models.forms import (
    Band,
    Criterion,
    Field,
    FormDraft,
    FrameDraft,
    ReportForm,
    ScoringFrame,
)
from reports.models.recommendations import Answer, Hop, ReadOut, Recommendation
from reports.models.reports import (
    Attachment,
    MeetingReport,
    Mood,
    Remark,
    ReportNumber,
    ReportVersion,
    Score,
)
from reports.models.summaries import DirtyMark, RollUp, Summary

__all__ = [
    "Answer",
    "Attachment",
    "Band",
    "BranchPoints",
    "BranchSheet",
    "Criterion",
    "DirtyMark",
    "Field",
    "FormDraft",
    "FrameDraft",
    "Hop",
    "MeetingReport",
    "Mood",
    "ReadOut",
    "Recommendation",
    "Remark",
    "ReportForm",
    "ReportNumber",
    "ReportVersion",
    "RollUp",
    "Score",
    "ScoringFrame",
    "Summary",
]
