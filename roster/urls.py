from django.urls import URLPattern, URLResolver, path

from roster.views import (
    account,
    accounts,
    histories,
    jobs,
    merging,
    officials,
    reorganisation_drafts,
    reorganisations,
    units,
)

app_name = "roster"
urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", account.account, name="account"),
    path("account/edit/", account.account_edit, name="account_edit"),
    path("jobs/<int:pk>/", jobs.job_detail, name="job_detail"),
    path("roster/", units.unit_list, name="unit_list"),
    path("roster/branches/pick/", units.branch_pick, name="branch_pick"),
    path("roster/units/<int:pk>/", units.unit_detail, name="unit_detail"),
    path("roster/units/<int:pk>/edit/", units.unit_edit, name="unit_edit"),
    path("roster/units/<int:pk>/branches/add/", units.branch_add, name="branch_add"),
    path("roster/units/<int:pk>/meeting-rule/", units.unit_meeting_rule, name="unit_meeting_rule"),
    path("roster/units/<int:pk>/contact/", units.unit_contact, name="unit_contact"),
    path(
        "roster/reorganisations/", reorganisations.reorganisation_list, name="reorganisation_list"
    ),
    path(
        "roster/reorganisations/add/", reorganisations.reorganisation_add, name="reorganisation_add"
    ),
    path(
        "roster/reorganisations/<int:pk>/",
        reorganisations.reorganisation_detail,
        name="reorganisation_detail",
    ),
    path(
        "roster/reorganisations/<int:pk>/run/",
        reorganisations.reorganisation_run,
        name="reorganisation_run",
    ),
    path(
        "roster/reorganisations/<int:pk>/homes/",
        reorganisation_drafts.reorganisation_homes,
        name="reorganisation_homes",
    ),
    path(
        "roster/reorganisations/<int:pk>/operations/add/",
        reorganisation_drafts.reorganisation_operation_add,
        name="reorganisation_operation_add",
    ),
    path(
        "roster/reorganisations/<int:pk>/operations/<int:operation>/remove/",
        reorganisation_drafts.reorganisation_operation_remove,
        name="reorganisation_operation_remove",
    ),
    path(
        "roster/reorganisations/<int:pk>/reopen/",
        reorganisations.reorganisation_reopen,
        name="reorganisation_reopen",
    ),
    path(
        "roster/reorganisations/<int:pk>/drop/",
        reorganisations.reorganisation_drop,
        name="reorganisation_drop",
    ),
    path(
        "roster/reorganisations/<int:pk>/undo/",
        reorganisations.reorganisation_undo,
        name="reorganisation_undo",
    ),
    *histories.patterns,
    path("roster/contacts/<int:pk>/phone/", officials.contact_phone, name="contact_phone"),
    path("roster/officials/", officials.official_list, name="official_list"),
    path("roster/officials/add/", officials.official_add, name="official_add"),
    path("roster/officials/<int:pk>/", officials.official_detail, name="official_detail"),
    path("roster/officials/<int:pk>/edit/", officials.official_edit, name="official_edit"),
    path("roster/officials/<int:pk>/phone/", officials.official_phone, name="official_phone"),
    path(
        "roster/officials/<int:pk>/terms/add/",
        officials.official_term_add,
        name="official_term_add",
    ),
    path("roster/terms/<int:pk>/edit/", officials.official_term_edit, name="official_term_edit"),
    path(
        "roster/officials/<int:pk>/absences/add/",
        officials.official_absence_add,
        name="official_absence_add",
    ),
    path("roster/officials/<int:pk>/merge/", merging.official_merge, name="official_merge"),
    path("roster/accounts/", accounts.attendee_accounts, name="attendee_accounts"),
    path("roster/accounts/make/", accounts.attendee_accounts_make, name="attendee_accounts_make"),
    path("roster/accounts/slips/", accounts.attendee_account_slips, name="attendee_account_slips"),
    path(
        "roster/accounts/letters/",
        accounts.attendee_account_letters,
        name="attendee_account_letters",
    ),
    path("activate/<str:token>/", accounts.activate, name="activate"),
    path("roster/absences/<int:pk>/drop/", officials.absence_drop, name="absence_drop"),
]
