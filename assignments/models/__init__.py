from assignments.models.assignments import (
    Assignment,
    BranchNeed,
    LineChange,
    Refusal,
    Removal,
    Substitution,
)
from assignments.models.decisions import Decision

__all__ = [
    "Assignment",
    "BranchNeed",
    "Decision",
    "LineChange",
    "Refusal",
    "Removal",
    "Substitution",
]
