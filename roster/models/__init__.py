from roster.models.books import (
    ColumnMemory,
    DocumentNumber,
    Event,
    Job,
    Policy,
    RosterImport,
    StoredFile,
)
from roster.models.homes import Home
from roster.models.officials import Absence, OfficeTerm, Official
from roster.models.reorganisation import KeptRow, Operation, Rehoming
from roster.models.units import Contact, MeetingRule, Reorganisation, Succession, Unit, UnitParent
from roster.models.users import User

__all__ = [
    "Absence",
    "ColumnMemory",
    "Contact",
    "DocumentNumber",
    "Event",
    "Home",
    "Job",
    "KeptRow",
    "MeetingRule",
    "OfficeTerm",
    "Official",
    "Operation",
    "Policy",
    "Rehoming",
    "Reorganisation",
    "RosterImport",
    "StoredFile",
    "Succession",
    "Unit",
    "UnitParent",
    "User",
]
