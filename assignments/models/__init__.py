from assignments.models.assignments import Assignment, BranchNeed, Substitution
from assignments.models.decisions import Decision

__all__ = ["Assignment", "BranchNeed", "Decision", "Substitution"]
