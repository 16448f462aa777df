from meetings.models.briefings import Briefing, BriefingOpening
from meetings.models.feeds import CalendarFeed
from meetings.models.meetings import Attendance, Meeting

__all__ = ["Attendance", "Briefing", "BriefingOpening", "CalendarFeed", "Meeting"]
