from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reports.models import Summary
from tests import factories
from tests.reports.summarising import NOW, Month

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


def build(folder, unit="37", period="2026-11"):
    out = StringIO()
    call_command("build_summary", unit=unit, period=period, out=folder, stdout=out)
    return out.getvalue().split()


@pytest.mark.parametrize("period", ["2026-11", "2026-Q4", "2026-H2", "2026"])
def test_three_files_are_written_and_named(tmp_path, period):
    Month()

    paths = build(tmp_path / "out", period=period)

    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        f"bao-cao-tong-hop-tinh-uy-ninh-binh-{period}.{kind}" for kind in ("docx", "pdf", "xlsx")
    ]
    assert len(paths) == 3


def test_a_sent_summary_is_written_as_it_was_sent(tmp_path):
    summary = Month().sent()

    build(tmp_path)

    with summary.pdf.content.open("rb") as content:
        assert (tmp_path / summary.pdf.name).read_bytes() == content.read()
    assert Summary.objects.get().sha256 == summary.sha256


def test_a_code_means_a_unit_only_together_with_a_day(tmp_path):
    month = Month()
    factories.commune(
        month.province, name="Xã Cũ", code="14647", starts_on="2021-01-01", ends_on="2025-06-30"
    )

    (first, *_) = build(tmp_path, unit="14647")

    assert "xa-quang-thien" in first


@pytest.mark.parametrize(
    ("unit", "period", "why"),
    [
        ("99999", "2026-11", "có 0 tỉnh, xã, phường mang mã “99999”"),
        ("37", "2026-13", "không phải là tháng"),
        ("37", "tháng 11", "không phải là kỳ báo cáo"),
        ("37", "2026-12", "chưa bắt đầu"),
    ],
)
def test_what_cannot_be_built_is_said_in_a_sentence(tmp_path, unit, period, why):
    Month()

    with pytest.raises(CommandError, match=why):
        build(tmp_path, unit, period)
