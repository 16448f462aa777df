"""All addresses. Each room names its own; the highest room that a page needs owns it."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("reports.urls")),
    path("", include("roster.urls")),
    path("", include("notices.urls")),
    path("", include("assignments.urls")),
    path("", include("meetings.urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
