from django.urls import path

from meetings.views import attendance, briefings, calendar, feeds, meetings, overview, schedules

app_name = "meetings"
urlpatterns = [
    path("meetings/", calendar.meeting_list, name="meeting_list"),
    path("meetings/mine/", calendar.my_meetings, name="my_meetings"),
    path("meetings/mine/month/", calendar.my_month, name="my_month"),
    path("meetings/days/", overview.month_days, name="month_days"),
    path("meetings/unconfirmed/", overview.unconfirmed_list, name="unconfirmed_list"),
    path("meetings/clashes/", overview.clash_list, name="clash_list"),
    path("meetings/differences/", overview.difference_list, name="difference_list"),
    path("meetings/schedules/", schedules.schedule_new, name="schedule_new"),
    path("meetings/schedules/<int:pk>/", schedules.schedule_preview, name="schedule_preview"),
    path("meetings/schedules/<int:pk>/commit/", schedules.schedule_commit, name="schedule_commit"),
    path(
        "meetings/schedules/<int:pk>/columns/", schedules.schedule_columns, name="schedule_columns"
    ),
    path("meetings/schedules/<int:pk>/undo/", schedules.schedule_undo, name="schedule_undo"),
    path(
        "meetings/schedules/<int:pk>/discard/", schedules.schedule_discard, name="schedule_discard"
    ),
    path("meetings/schedules/<int:pk>/file/", schedules.schedule_file, name="schedule_file"),
    path("meetings/mine/phone/", feeds.feed, name="feed"),
    path("meetings/mine/phone/open/", feeds.feed_open, name="feed_open"),
    path("meetings/mine/phone/renew/", feeds.feed_renew, name="feed_renew"),
    path("meetings/mine/phone/close/", feeds.feed_close, name="feed_close"),
    path("calendar/<str:token>.ics", feeds.calendar_feed, name="calendar_feed"),
    path("meetings/unplanned/", calendar.unplanned_list, name="unplanned_list"),
    path("meetings/plan/", calendar.month_plan, name="month_plan"),
    path("meetings/communes/<int:pk>/", calendar.commune_month, name="commune_month"),
    path("meetings/briefings/", briefings.briefing_list, name="briefing_list"),
    path("meetings/briefings/publish/", briefings.briefing_publish, name="briefing_publish"),
    path("meetings/briefings/<int:pk>/", briefings.briefing_detail, name="briefing_detail"),
    path(
        "meetings/briefings/<int:pk>/files/<int:file_pk>/",
        briefings.briefing_file,
        name="briefing_file",
    ),
    path("meetings/<int:pk>/move/", meetings.meeting_move, name="meeting_move"),
    path("meetings/<int:pk>/confirm/", meetings.meeting_confirm, name="meeting_confirm"),
    path("meetings/<int:pk>/cancel/", meetings.meeting_cancel, name="meeting_cancel"),
    path("meetings/<int:pk>/reinstate/", meetings.meeting_reinstate, name="meeting_reinstate"),
    path("meetings/<int:pk>/hold/", meetings.meeting_hold, name="meeting_hold"),
    path(
        "meetings/<int:pk>/attendance/<int:official_pk>/confirm/",
        attendance.attendance_confirm,
        name="attendance_confirm",
    ),
    path(
        "meetings/<int:pk>/attendance/<int:official_pk>/branch/",
        attendance.attendance_branch,
        name="attendance_branch",
    ),
    path(
        "meetings/<int:pk>/attendance/<int:official_pk>/excuse/",
        attendance.attendance_excuse,
        name="attendance_excuse",
    ),
]
