from django.urls import path

from notices.views import inbox, links, log, preferences

app_name = "notices"
urlpatterns = [
    path("n/<str:token>/", links.link, name="link"),
    path("notices/", inbox.inbox, name="inbox"),
    path("notices/unread/", inbox.unread_count, name="unread_count"),
    path("notices/read/", inbox.inbox_read, name="inbox_read"),
    path("notices/<int:pk>/open/", inbox.notice_open, name="notice_open"),
    path("notices/preferences/", preferences.preferences, name="preferences"),
    path("notices/log/", log.log, name="log"),
    path("notices/log/send-again/", log.log_send_again, name="log_send_again"),
    path("notices/wrong-numbers/", log.wrong_numbers, name="wrong_numbers"),
    path("notices/rehearsal/", log.rehearsal, name="rehearsal"),
    path("notices/call-list/", log.call_list, name="call_list"),
]
