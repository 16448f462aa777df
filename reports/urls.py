from django.urls import URLPattern, URLResolver

from reports.views import (
    branch_sheets,
    brief,
    dashboard,
    deadlines,
    desk,
    home,
    offline,
    own_data,
    paper,
    prompting,
    punctuality,
    recommendations,
    report_forms,
    scoring_frames,
    summaries,
    writing,
)

app_name = "reports"
urlpatterns: list[URLPattern | URLResolver] = [
    *writing.patterns,
    *desk.patterns,
    *deadlines.patterns,
    *paper.patterns,
    *branch_sheets.patterns,
    *prompting.patterns,
    *offline.patterns,
    *own_data.patterns,
    *punctuality.patterns,
    *summaries.patterns,
    *home.patterns,
    *dashboard.patterns,
    *recommendations.patterns,
    *brief.patterns,
    *report_forms.patterns,
    *scoring_frames.patterns,
]
