from django.urls import URLPattern, URLResolver, path

from assignments.views import (
    amendments,
    decisions,
    imports,
    lines,
    overview,
    papers,
    substitutions,
)

app_name = "assignments"
urlpatterns: list[URLPattern | URLResolver] = [
    path("assignments/", overview.assignment_list, name="assignment_list"),
    path("assignments/mine/", overview.assignment_mine, name="assignment_mine"),
    path("assignments/<int:pk>/end/", overview.assignment_end, name="assignment_end"),
    path("assignments/units/<int:pk>/", overview.unit_attendees, name="unit_attendees"),
    path(
        "assignments/officials/<int:pk>/",
        overview.official_assignments,
        name="official_assignments",
    ),
    path("assignments/units/<int:pk>/supplement/", lines.unit_supplement, name="unit_supplement"),
    path("assignments/decisions/", decisions.decision_list, name="decision_list"),
    path("assignments/decisions/new/", decisions.decision_new, name="decision_new"),
    path("assignments/decisions/<int:pk>/", decisions.decision_detail, name="decision_detail"),
    path("assignments/decisions/<int:pk>/edit/", decisions.decision_edit, name="decision_edit"),
    path("assignments/decisions/<int:pk>/issue/", decisions.decision_issue, name="decision_issue"),
    path("assignments/decisions/<int:pk>/end/", decisions.decision_end, name="decision_end"),
    path("assignments/decisions/<int:pk>/file/", decisions.decision_file, name="decision_file"),
    path(
        "assignments/decisions/<int:pk>/file/add/",
        decisions.decision_file_add,
        name="decision_file_add",
    ),
    path("assignments/decisions/<int:pk>/lines/add/", lines.line_add, name="line_add"),
    path(
        "assignments/decisions/<int:pk>/propose/",
        decisions.decision_propose,
        name="decision_propose",
    ),
    path(
        "assignments/decisions/<int:pk>/take-back/",
        decisions.decision_take_back,
        name="decision_take_back",
    ),
    path(
        "assignments/decisions/<int:pk>/paper.<str:extension>",
        papers.decision_paper,
        name="decision_paper",
    ),
    path("assignments/decisions/<int:pk>/amend/", amendments.decision_amend, name="decision_amend"),
    path("assignments/decisions/<int:pk>/removals/", amendments.removal_add, name="removal_add"),
    path("assignments/removals/<int:pk>/keep/", amendments.removal_keep, name="removal_keep"),
    path("assignments/lines/<int:pk>/remove/", lines.line_remove, name="line_remove"),
    path("assignments/substitutions/", substitutions.substitution_list, name="substitution_list"),
    path(
        "assignments/<int:pk>/substitute/",
        substitutions.substitution_new,
        name="substitution_new",
    ),
    path(
        "assignments/substitutions/<int:pk>/",
        substitutions.substitution_detail,
        name="substitution_detail",
    ),
    path(
        "assignments/substitutions/<int:pk>/accept/",
        substitutions.substitution_accept,
        name="substitution_accept",
    ),
    path(
        "assignments/substitutions/<int:pk>/decline/",
        substitutions.substitution_decline,
        name="substitution_decline",
    ),
    path(
        "assignments/substitutions/<int:pk>/withdraw/",
        substitutions.substitution_withdraw,
        name="substitution_withdraw",
    ),
    path("roster/import/", imports.import_new, name="import_new"),
    path("roster/import/<int:pk>/", imports.import_preview, name="import_preview"),
    path("roster/import/<int:pk>/columns/", imports.import_columns, name="import_columns"),
    path("roster/import/<int:pk>/correct/", imports.import_correct, name="import_correct"),
    path("roster/import/<int:pk>/undo/", imports.import_undo, name="import_undo"),
    path("roster/import/<int:pk>/commit/", imports.import_commit, name="import_commit"),
    path("roster/import/<int:pk>/refresh/", imports.import_refresh, name="import_refresh"),
    path("roster/import/<int:pk>/discard/", imports.import_discard, name="import_discard"),
    path("roster/import/<int:pk>/receipt/", imports.import_receipt, name="import_receipt"),
    path("roster/import/<int:pk>/marked/", imports.import_marked, name="import_marked"),
    path("roster/import/<int:pk>/file/", imports.import_file, name="import_file"),
]
