from django.urls import path

from notices.views import inbox

app_name = "notices"
urlpatterns = [
    path("notices/", inbox.inbox, name="inbox"),
    path("notices/unread/", inbox.unread_count, name="unread_count"),
    path("notices/read/", inbox.inbox_read, name="inbox_read"),
    path("notices/<int:pk>/open/", inbox.notice_open, name="notice_open"),
]
