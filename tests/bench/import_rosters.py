"""10,000 officials from XLSX, previewed and written, beside django-import-export's bulk import of the same file."""

import statistics
from collections.abc import Iterator
from datetime import date, timedelta
from tempfile import TemporaryDirectory
from typing import Any

import tablib
from django.db import connection
from django.test import override_settings
from import_export import fields, instance_loaders, resources, widgets

from assignments.actions import imports
from roster.models import Official, Unit, UnitParent
from roster.sheets.preview import ListOptions
from roster.states import RosterKind, UnitKind
from tests.bench.measure import Figure, apart
from tests.workbooks import OFFICIAL_HEAD, workbook

ROWS = 10_000
ROUNDS = 5
AGENCIES = 60
BEGIN = date(2020, 1, 1)
TODAY = date(2026, 11, 23)
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô")
MIDDLE = ("Văn", "Thị", "Đức", "Minh", "Quang", "Hữu", "Ngọc", "Xuân", "Thu", "Thanh")
GIVEN = (
    "An",
    "Bình",
    "Cường",
    "Dũng",
    "Hà",
    "Hải",
    "Hạnh",
    "Hùng",
    "Lan",
    "Mai",
    "Nam",
    "Tâm",
    "Yến",
)


class OfficialResource(resources.ModelResource):
    """As its documentation advises for many rows: in bulk, without differences; people are found by
    what no two of them share, all in one query, and agencies by their names.
    """

    full_name = fields.Field("full_name", "Họ và tên")
    birth_date = fields.Field("birth_date", "Ngày sinh", widgets.DateWidget("%d/%m/%Y"))
    title = fields.Field("title", "Chức vụ")
    agency = fields.Field("agency", "Đơn vị công tác", widgets.ForeignKeyWidget(Unit, field="name"))
    phone = fields.Field("phone", "Điện thoại")
    email = fields.Field("email", "Email")

    class Meta:
        model = Official
        fields = ("full_name", "birth_date", "title", "agency", "phone", "email")
        import_id_fields = ("email",)
        instance_loader_class = instance_loaders.CachedInstanceLoader
        use_bulk = True
        batch_size = 1000
        skip_diff = True
        skip_html_diff = True
        use_transactions = True

    def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        instance.fill_keys()


def figures() -> Iterator[Figure]:
    """`import` in rows a second, `import_memory` in megabytes: each run in a process of its own."""
    plant()
    ours, theirs = the_same_file()
    with TemporaryDirectory() as media, override_settings(MEDIA_ROOT=media):
        yield from in_turns(ours, theirs)


def in_turns(ours: bytes, theirs: bytes) -> Iterator[Figure]:
    taken: dict[str, list[tuple[float, float]]] = {"floor": [], "subject": []}
    for _ in range(ROUNDS):
        for which, act in (
            ("floor", lambda: import_export(theirs)),
            ("subject", lambda: import_list(ours)),
        ):
            clear()
            run = apart(act)
            taken[which].append((run.seconds, run.peak - run.before))
    floor, subject = (list(zip(*taken[which], strict=True)) for which in ("floor", "subject"))
    yield Figure(
        "import",
        ROWS / statistics.median(subject[0]),
        ROWS / statistics.median(floor[0]),
        "rows/s",
    )
    yield Figure("import_memory", statistics.median(subject[1]), statistics.median(floor[1]), "MB")


def plant() -> None:
    top = Unit.objects.create(kind=UnitKind.PROVINCIAL, name="Tỉnh ủy Ninh Bình", starts_on=BEGIN)
    Unit.objects.filter(pk=top.pk).update(path=f"/{top.pk}/")
    for number in range(AGENCIES):
        unit = Unit.objects.create(kind=UnitKind.AGENCY, name=f"Sở số {number}", starts_on=BEGIN)
        Unit.objects.filter(pk=unit.pk).update(path=f"/{top.pk}/{unit.pk}/")
        UnitParent.objects.create(unit=unit, parent=top, starts_on=BEGIN)


def the_same_file() -> tuple[bytes, bytes]:
    """The list with its title for us, and without it for who wants the header in the first row."""
    rows = [official(number) for number in range(ROWS)]
    title = [["TỈNH ỦY NINH BÌNH"], ["DANH SÁCH"], ["(Tính đến ngày 01/11/2026)"]]
    return workbook([*title, OFFICIAL_HEAD, *rows]), workbook([OFFICIAL_HEAD, *rows])


def official(number: int) -> list[Any]:
    words = (FAMILY[number % 10], MIDDLE[number // 10 % 10], GIVEN[number // 100 % 13])
    born = date(1965, 1, 1) + timedelta(days=number)
    return [
        number + 1, " ".join(words), f"{born:%d/%m/%Y}", "Chuyên viên", f"Sở số {number % AGENCIES}",
        f"09{number:08}", f"can-bo-{number}@tinh.example", None,
    ]  # fmt: skip


def import_list(content: bytes) -> None:
    """Preview and commit as `import_roster --commit` does: read once, compared, written if nothing is wrong."""
    told = ListOptions(on=TODAY)
    preview = imports.import_list(content, "a.xlsx", RosterKind.OFFICIALS, told, today=TODAY)
    assert not preview.problems
    check()


def import_export(content: bytes) -> None:
    """A dry run, which is its preview, then the import, as its own admin does."""
    rows = tablib.Dataset().load(content, format="xlsx")
    for dry_run in (True, False):
        OfficialResource().import_data(rows, dry_run=dry_run, raise_errors=True)
    check()


def check() -> None:
    assert Official.objects.count() == ROWS


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE roster_official, roster_rosterimport, roster_storedfile CASCADE")
        cursor.execute("SET session_replication_role = DEFAULT")
