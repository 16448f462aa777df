from assignments.models.assignments import (
    Assignment,
    BranchNeed,
    LineChange,
    Refusal,
    Removal,
    Substitution,
)
from assignments.models.decisions import Decision
from assignments.models.proposals import Proposal

__all__ = [
    "Assignment",
    "BranchNeed",
    "Decision",
    "LineChange",
    "Proposal",
    "Refusal",
    "Removal",
    "Substitution",
]
