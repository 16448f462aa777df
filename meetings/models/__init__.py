from meetings.models.briefings import Briefing, BriefingOpening
from meetings.models.feeds import CalendarFeed
from meetings.models.meetings import Attendance, Meeting
from meetings.models.schedules import ScheduleImport

__all__ = ["Attendance", "Briefing", "BriefingOpening", "CalendarFeed", "Meeting", "ScheduleImport"]
