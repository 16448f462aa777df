from meetings.models.briefings import Briefing
from meetings.models.feeds import CalendarFeed
from meetings.models.meetings import Attendance, Meeting

__all__ = ["Attendance", "Briefing", "CalendarFeed", "Meeting"]
