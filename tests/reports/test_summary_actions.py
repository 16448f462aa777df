import json
from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction

from config.lib.errors import Conflict, Refused
from config.lib.months import Period
from notices.models import Notice
from reports import documents
from reports.actions import summaries as actions
from reports.facts import seal
from reports.models import Summary
from reports.states import SummaryStatus
from reports.tasks import build_month_summary, build_summary
from roster.actions.jobs import open_job
from roster.models import DocumentNumber, Event, Policy, StoredFile
from roster.states import JobStatus, PolicyKey
from tests import factories
from tests.reports.summarising import NOVEMBER, NOW, SIGNER, TODAY, Month

pytestmark = pytest.mark.django_db
OCTOBER = Period.parse("2026-10")


def contents(summary):
    found = {}
    for name in actions.FILES:
        with getattr(summary, name).content.open("rb") as content:
            found[name] = content.read()
    return found


def test_a_draft_has_its_facts_their_seal_and_three_files():
    summary = Month().built()

    assert summary.status == SummaryStatus.DRAFT
    assert summary.sha256 == seal(summary.facts, "")
    assert summary.facts["totals"]["missing"] == 1
    assert {name: content[:4] for name, content in contents(summary).items()} == {
        "docx": b"PK\x03\x04",
        "pdf": b"%PDF",
        "xlsx": b"PK\x03\x04",
    }
    assert summary.pdf.name == "bao-cao-tong-hop-tinh-uy-ninh-binh-2026-11.pdf"


def test_building_again_replaces_the_draft_and_its_files(django_capture_on_commit_callbacks):
    month = Month()
    old = month.built()
    kept = old.pdf.content.name
    type(month.late).objects.filter(pk=month.late.pk).update(status="cancelled", reason="Mưa bão")

    with django_capture_on_commit_callbacks(execute=True):
        new = month.built()

    assert new.pk == old.pk
    assert (new.facts["totals"]["missing"], new.facts["totals"]["cancelled"]) == (0, 2)
    assert StoredFile.objects.count() == 3
    assert not default_storage.exists(kept)


def test_the_files_are_made_from_the_frozen_facts_and_nothing_else():
    summary = Month().sent()

    frozen = json.loads(json.dumps(Summary.objects.get().facts))

    assert contents(summary) == {
        "docx": documents.summary_docx(frozen),
        "pdf": documents.summary_pdf(frozen),
        "xlsx": documents.summary_xlsx(frozen),
    }


def test_approving_sets_the_signer_and_keeps_the_figures():
    month = Month()
    summary = month.built()
    figures = summary.facts["totals"]

    actions.approve_summary(summary, SIGNER, seen=summary.sha256, by=month.leader)

    assert (summary.status, summary.approved_by) == (SummaryStatus.APPROVED, month.leader)
    assert summary.facts["totals"] == figures
    assert summary.facts["issue"]["name"] == "Nguyễn Văn Mẫu"
    assert summary.number == ""


def test_a_draft_built_anew_meanwhile_is_not_approved_unseen():
    month = Month()
    seen = month.built().sha256
    type(month.late).objects.filter(pk=month.late.pk).update(status="cancelled", reason="Mưa bão")
    summary = month.built()

    with pytest.raises(Conflict):
        actions.approve_summary(summary, SIGNER, seen=seen, by=month.leader)

    assert Summary.objects.get().status == SummaryStatus.DRAFT


def test_an_approved_summary_is_not_built_anew_until_the_approval_is_withdrawn():
    month = Month()
    summary = month.approved()

    with pytest.raises(Refused, match="đã duyệt"):
        month.built()
    actions.withdraw_approval(summary, by=month.leader)

    assert month.built().status == SummaryStatus.DRAFT
    assert Summary.objects.get().facts["issue"] is None


def test_sending_takes_the_number_dates_and_seals():
    month = Month()

    summary = month.sent()

    assert (summary.status, summary.number) == (SummaryStatus.SENT, "01-BC/BTCTU")
    assert summary.facts["issue"]["dated"] == "2026-11-23"
    assert summary.sha256 == seal(summary.facts, "")
    entry = DocumentNumber.objects.get()
    assert (entry.issuer, entry.document_type, entry.congress_term, entry.number) == (
        month.province,
        "BC/BTCTU",
        "2025-2030",
        1,
    )
    assert list(Event.objects.about(summary).values_list("verb", flat=True)) == [
        "built",
        "approved",
        "sent",
    ]
    assert set(Notice.objects.values_list("user", "kind")) == {
        (month.viewer.pk, "reports.summary_sent")
    }


def test_each_sent_summary_carries_on_the_chain_of_its_unit():
    month = Month()
    first = month.sent(OCTOBER)
    second = month.sent()

    assert (first.number, second.number) == ("01-BC/BTCTU", "02-BC/BTCTU")
    assert second.previous_sha256 == first.sha256
    assert second.sha256 == seal(second.facts, first.sha256) != seal(second.facts, "")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE reports_summary SET facts = '{}'",
        "UPDATE reports_summary SET status = 'draft'",
        "UPDATE reports_summary SET pdf_id = NULL",
        "DELETE FROM reports_summary",
    ],
)
def test_the_database_refuses_any_change_of_a_sent_summary(change):
    Month().sent()

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        connection.cursor().execute(change)


def test_a_sent_summary_is_not_built_approved_or_sent_again():
    month = Month()
    summary = month.sent()

    with pytest.raises(Refused, match="đã gửi cấp trên"):
        month.built()
    with pytest.raises(Refused, match="không duyệt nữa"):
        actions.approve_summary(summary, SIGNER, seen=summary.sha256, by=month.leader)
    with pytest.raises(Refused, match="đã gửi cấp trên"):
        actions.send_summary(summary, by=month.officer, today=TODAY)


def test_a_document_with_problems_of_form_is_not_sent_and_takes_no_number():
    month = Month()
    summary = month.built()
    signer = actions.Signer("TM. BAN THƯỜNG VỤ", "BÍ THƯ", "TS. Nguyễn Văn Mẫu")
    actions.approve_summary(summary, signer, seen=summary.sha256, by=month.leader)

    with pytest.raises(Refused, match=r"gạch chéo.*học hàm"), transaction.atomic():
        actions.send_summary(summary, by=month.officer, today=TODAY)

    assert not DocumentNumber.objects.exists()


@pytest.mark.parametrize(
    ("role", "why"),
    [
        ("officer", "Chỉ lãnh đạo duyệt"),
        ("viewer", "Chỉ lãnh đạo duyệt"),
        ("clerk", "Chỉ lãnh đạo duyệt"),
        ("leader", None),
    ],
)
def test_only_the_leader_approves_the_provinces(role, why):
    month = Month()
    summary = month.built()

    if why is None:
        actions.approve_summary(summary, SIGNER, seen=summary.sha256, by=getattr(month, role))
        return
    with pytest.raises(Refused, match=why):
        actions.approve_summary(summary, SIGNER, seen=summary.sha256, by=getattr(month, role))


def test_a_communes_summary_goes_from_its_officer_to_the_commission():
    month = Month()
    summary = actions.build_summary(month.commune, NOVEMBER, by=month.clerk, now=NOW)
    signer = actions.Signer("T/M BAN THƯỜNG VỤ", "BÍ THƯ", "Trần Thị Mẫu")
    actions.approve_summary(summary, signer, seen=summary.sha256, by=month.clerk)

    actions.send_summary(summary, by=month.clerk, today=TODAY)

    assert summary.number == "01-BC/ĐU"
    assert set(Notice.objects.values_list("user", flat=True)) == {month.officer.pk}


@pytest.mark.parametrize(
    ("unit", "period", "why"),
    [
        ("province", "2026-12", "chưa bắt đầu"),
        ("agency", "2026-11", "không lập báo cáo tổng hợp"),
        ("other", "2026-11", "không thuộc phạm vi"),
    ],
)
def test_what_is_not_built(unit, period, why):
    month = Month()
    by = month.clerk if unit == "other" else month.officer

    with pytest.raises(Refused, match=why):
        actions.build_summary(getattr(month, unit), Period.parse(period), by=by, now=NOW)


def test_the_job_tells_its_page_how_far_it_is_and_where_the_result_lies(time_machine):
    time_machine.move_to(NOW, tick=False)
    month = Month()
    job = open_job("build_summary", by=month.officer, unit=month.province.pk, period="2026-11")

    build_summary(job.pk)

    job.refresh_from_db()
    assert (job.status, job.done, job.total) == (JobStatus.DONE, 3, 4)
    assert job.result_url == Summary.objects.get().get_absolute_url()


def test_a_job_that_is_refused_says_why(time_machine):
    time_machine.move_to(NOW, tick=False)
    month = Month()
    job = open_job("build_summary", by=month.officer, unit=month.province.pk, period="2026-12")

    with pytest.raises(Refused):
        build_summary(job.pk)

    job.refresh_from_db()
    assert (job.status, job.sentence) == (
        JobStatus.FAILED,
        "Kỳ tháng 12 năm 2026 chưa bắt đầu nên chưa có số liệu.",
    )


def test_on_the_day_of_the_rules_every_open_summary_of_the_month_is_due():
    month = Month()
    month.sent()

    due = actions.due_units(date(2026, 11, 25))

    assert set(due) == {month.commune.pk, month.other.pk}
    assert actions.due_units(date(2026, 11, 24)) == []


def test_the_months_draft_is_built_twice_with_one_effect(time_machine):
    month = Month()
    time_machine.move_to("2026-11-25T05:00+07:00", tick=False)

    for _ in range(2):
        build_month_summary(month.commune.pk, "2026-11-25")

    summary = Summary.objects.get()
    assert (summary.unit, summary.status, summary.facts["as_of"]) == (
        month.commune,
        SummaryStatus.DRAFT,
        "2026-11-25",
    )


def test_the_day_of_the_summary_is_a_dated_rule():
    month = Month()
    Policy.objects.filter(key=PolicyKey.SUMMARY_DAY).update(ends_on=date(2026, 10, 31))
    Policy.objects.create(key=PolicyKey.SUMMARY_DAY, value=20, starts_on=date(2026, 11, 1))

    due = actions.due_units(date(2026, 11, 20))

    assert set(due) == {month.province.pk, month.commune.pk, month.other.pk}


def test_facts_read_before_a_change_and_sealed_after_it_stay_as_read():
    month = Month()
    summary = month.approved()
    month.late.held_on -= timedelta(days=1)
    month.late.save()
    factories.meeting(month.other, on=date(2026, 11, 2))

    actions.send_summary(summary, by=month.officer, today=TODAY)

    assert summary.facts["totals"]["missing"] == 1
    assert summary.facts["totals"]["unassigned"] == 1
