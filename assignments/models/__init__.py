from assignments.models.assignments import (
    Assignment,
    BranchNeed,
    LineChange,
    Refusal,
    Removal,
    Substitution,
)
from assignments.models.decisions import Decision
from assignments.models.papers import PaperFile
from assignments.models.proposals import Proposal

__all__ = [
    "Assignment",
    "BranchNeed",
    "Decision",
    "LineChange",
    "PaperFile",
    "Proposal",
    "Refusal",
    "Removal",
    "Substitution",
]
