"""All addresses. Each room names its own; the highest room that a page needs owns it."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from config import health

urlpatterns = [
    path("", include("reports.urls")),
    path("", include("roster.urls")),
    path("", include("notices.urls")),
    path("", include("assignments.urls")),
    path("", include("meetings.urls")),
    # allauth's own page of addresses would let an open session take another mailbox unasked.
    path(
        "accounts/email/",
        RedirectView.as_view(pattern_name="roster:account_edit"),
        name="account_email",
    ),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
