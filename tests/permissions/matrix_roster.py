"""Who may open and change what in the roster, and the addresses for operators. Order of the roles: see table.py."""

from datetime import date
from typing import Any

from roster.models import Absence, OfficeTerm, Operation, Reorganisation
from tests import factories
from tests.permissions.table import Row, the
from tests.permissions.world import World

# The commission keeps its subtree, a commune its branches; leader, secretary and viewer only read.
KEEP_BRANCH = "200 200 403 200 404 403 404 403"
KEPT_BRANCH = "302 302 403 302 404 403 404 403"
# The official works at an agency of the province, outside every commune.
KEEP_OFFICIAL = "200 200 403 404 403 404 404 403"
KEPT_OFFICIAL = "302 302 403 404 403 404 404 403"
ADD_OFFICIAL = "200 200 403 200 403 403 403 403"
OPEN = {"inside": "200", "outside": "200", "stranger": "200"}
NOT_READY = {"inside": "503", "outside": "503", "stranger": "503"}  # no worker, no beat


def a_contact(world: World) -> list[Any]:
    return [factories.ContactFactory(unit=world.branch).pk]


def an_absence(world: World) -> list[Any]:
    return [
        Absence.objects.create(
            official=world.official, reason="duty", starts_on=date(2026, 12, 1)
        ).pk
    ]


def a_term(world: World) -> list[Any]:
    return [
        OfficeTerm.objects.create(
            official=world.official, office="x", unit=world.agency, starts_on=date(2026, 1, 1)
        ).pk
    ]


# Only the commission's officers reorganise; order as in table.py.
REORGANISE = "200 200 403 403 403 403 403 403"


def a_reorganisation(world: World) -> list[Any]:
    row = Reorganisation.objects.create(decision="QĐ thử", effective_on=date(2025, 7, 1))
    Operation.objects.create(reorganisation=row, kind="dissolve", old=world.commune)
    return [row.pk]


ROWS = [
    Row("roster:reorganisation_list", inside=REORGANISE, outside=REORGANISE),
    Row("roster:reorganisation_add", inside=REORGANISE, outside=REORGANISE),
    Row(
        "roster:reorganisation_detail",
        a_reorganisation,
        inside=REORGANISE,
        outside=REORGANISE.replace("200", "404"),
    ),
    *(
        Row(
            f"roster:reorganisation_{act}",
            a_reorganisation,
            method="post",
            inside="403",
            outside=REORGANISE.replace("200", "404"),
        )
        for act in ("run", "undo", "reopen", "drop")
    ),
    *(
        Row(
            f"roster:{page}",
            a_reorganisation,
            inside=REORGANISE,
            outside=REORGANISE.replace("200", "404"),
        )
        for page in ("reorganisation_homes", "reorganisation_operation_add")
    ),
    Row(
        "roster:reorganisation_operation_remove",
        lambda world: [*a_reorganisation(world), Operation.objects.latest("pk").pk],
        method="post",
        inside="403",
        outside=REORGANISE.replace("200", "404"),
    ),
    Row("healthz", **OPEN),
    Row("readyz", **NOT_READY),
    Row("roster:account", inside="200", outside="200"),
    Row("roster:account_edit", inside="302", outside="302"),  # asks for the password again
    Row("roster:unit_list", inside="200", outside="200"),
    Row("roster:branch_pick", query="?q=xom", inside="200", outside="200"),
    Row(
        "roster:unit_detail",
        the("branch"),
        inside="200 200 200 200 404 200 404 200",
        outside="404",
    ),
    Row(
        "roster:unit_detail",
        the("commune"),
        inside="200 200 200 200 404 404 404 200",
        outside="404",
    ),
    Row("roster:unit_edit", the("branch"), inside=KEEP_BRANCH, outside="404"),
    Row("roster:unit_history", the("branch"), inside=KEEP_BRANCH, outside="404"),
    Row(
        "roster:unit_edit",
        the("branch"),
        method="post",
        data={"name": "Chi bộ xóm 2"},
        inside=KEPT_BRANCH,
        outside="404",
    ),
    Row(
        "roster:branch_add",
        the("commune"),
        inside="200 200 403 200 404 404 404 403",
        outside="404",
    ),
    Row(
        "roster:branch_add",
        the("commune"),
        method="post",
        data={"name": "Chi bộ xóm 9", "starts_on": "01/12/2026"},
        inside="302 302 403 302 404 404 404 403",
        outside="404",
    ),
    Row("roster:unit_meeting_rule", the("branch"), inside=KEEP_BRANCH, outside="404"),
    Row(
        "roster:unit_meeting_rule",
        the("branch"),
        method="post",
        data={"day": "5", "time": "19:30", "starts_on": "01/12/2026"},
        inside=KEPT_BRANCH,
        outside="404",
    ),
    Row("roster:unit_contact", the("branch"), inside=KEEP_BRANCH, outside="404"),
    Row(
        "roster:unit_contact",
        the("branch"),
        method="post",
        data={"name": "Lê Văn Thử", "starts_on": "01/12/2026"},
        inside=KEPT_BRANCH,
        outside="404",
    ),
    Row(
        "roster:contact_phone",
        a_contact,
        method="post",
        inside="302 302 302 302 404 403 404 403",
        outside="404",
    ),
    Row("roster:contact_phone", a_contact, inside="405", outside="405"),
    Row("roster:official_list", inside="200", outside="200"),
    Row("roster:official_add", inside=ADD_OFFICIAL, outside=ADD_OFFICIAL),
    Row(
        "roster:official_add",
        method="post",
        data=lambda world: {
            "full_name": "Lê Văn Thử",
            "agency": world.agency.pk,
            "capacity": "2",
        },
        inside="302 302 403 200 403 403 403 403",  # the commune may not put a person into an agency
        outside="200 200 403 200 403 403 403 403",
    ),
    Row(
        "roster:official_detail",
        the("official"),
        inside="200 200 200 404 200 404 404 200",
        outside="404",
    ),
    Row("roster:official_edit", the("official"), inside=KEEP_OFFICIAL, outside="404"),
    Row("roster:official_history", the("official"), inside=KEEP_OFFICIAL, outside="404"),
    Row(
        "roster:official_edit",
        the("official"),
        method="post",
        data=lambda world: {
            "full_name": "Đinh Văn Trong",
            "agency": world.agency.pk,
            "capacity": "1",
        },
        inside=KEPT_OFFICIAL,
        outside="404",
    ),
    Row("roster:official_term_add", the("official"), inside=KEEP_OFFICIAL, outside="404"),
    Row(
        "roster:official_term_add",
        the("official"),
        method="post",
        data=lambda world: {
            "office": "Giám đốc",
            "unit": world.agency.pk,
            "starts_on": "01/12/2026",
        },
        inside=KEPT_OFFICIAL,
        outside="404",
    ),
    Row("roster:official_term_edit", a_term, inside=KEEP_OFFICIAL, outside="404"),
    Row(
        "roster:official_term_edit",
        a_term,
        method="post",
        data=lambda world: {
            "office": "Giám đốc",
            "unit": world.agency.pk,
            "starts_on": "01/12/2026",
        },
        inside=KEPT_OFFICIAL,
        outside="404",
    ),
    Row(
        "roster:official_absence_add",
        the("official"),
        inside="200 200 403 404 200 404 404 403",
        outside="404",
    ),
    Row(
        "roster:official_absence_add",
        the("official"),
        method="post",
        data={"reason": "duty", "starts_on": "01/12/2026"},
        inside="302 302 403 404 302 404 404 403",
        outside="404",
    ),
    Row(
        "roster:absence_drop",
        an_absence,
        method="post",
        inside="302 302 403 404 302 404 404 403",
        outside="404",
    ),
    Row(
        "roster:official_phone",
        the("official"),
        method="post",
        inside="302 302 302 404 403 404 404 403",
        outside="404",
    ),
    Row(
        "roster:official_merge",
        the("official"),
        inside="200 200 403 404 403 404 404 403",
        outside="404",
    ),
    Row(
        "roster:official_merge",
        the("official"),
        method="post",
        data={"double": "0"},
        inside="404 404 403 404 403 404 404 403",
        outside="404",
    ),
    Row(
        "roster:attendee_accounts",
        inside="200 200 403 403 403 403 403 403",
        outside="200 200 403 403 403 403 403 403",
    ),
    Row(
        "roster:attendee_accounts_make",
        method="post",
        inside="302 302 403 403 403 403 403 403",
        outside="302 302 403 403 403 403 403 403",
    ),
    Row(
        "roster:attendee_account_slips",
        method="post",
        inside="200 200 403 403 403 403 403 403",
        outside="200 200 403 403 403 403 403 403",
    ),
    Row(
        "roster:attendee_account_letters",
        method="post",
        inside="302 302 403 403 403 403 403 403",
        outside="302 302 403 403 403 403 403 403",
    ),
    Row("roster:activate", lambda world: ["made-up"], inside="410", outside="410", stranger="410"),
]
