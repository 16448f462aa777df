from assignments.models.assignments import (
    Assignment,
    BranchNeed,
    LineChange,
    Refusal,
    Removal,
    Substitution,
)
from assignments.models.decisions import Decision
from assignments.models.papers import IssuedPaper, PaperFile
from assignments.models.proposals import Proposal

__all__ = [
    "Assignment",
    "BranchNeed",
    "Decision",
    "IssuedPaper",
    "LineChange",
    "PaperFile",
    "Proposal",
    "Refusal",
    "Removal",
    "Substitution",
]
