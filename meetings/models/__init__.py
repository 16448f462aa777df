from meetings.models.briefings import Briefing
from meetings.models.meetings import Attendance, Meeting

__all__ = ["Attendance", "Briefing", "Meeting"]
