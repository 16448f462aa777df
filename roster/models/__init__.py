from roster.models.books import (
    ColumnMemory,
    DocumentNumber,
    Event,
    Job,
    Policy,
    RosterImport,
    StoredFile,
)
from roster.models.officials import Absence, OfficeTerm, Official
from roster.models.units import Contact, MeetingRule, Reorganisation, Succession, Unit, UnitParent
from roster.models.users import User

__all__ = [
    "Absence",
    "ColumnMemory",
    "Contact",
    "DocumentNumber",
    "Event",
    "Job",
    "MeetingRule",
    "OfficeTerm",
    "Official",
    "Policy",
    "Reorganisation",
    "RosterImport",
    "StoredFile",
    "Succession",
    "Unit",
    "UnitParent",
    "User",
]
