import re

import pytest
from django.urls import reverse

from config.lib.months import Period
from reports.models import Summary
from reports.states import SummaryStatus
from reports.tasks import build_summary
from roster.actions.jobs import open_job
from roster.models import Job
from tests.reports.summarising import NOW, SIGNER, Month

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(NOW, tick=False)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_building_opens_a_job_and_goes_to_its_page(client):
    month = Month()
    client.force_login(month.officer)

    response = client.post(
        reverse("reports:summary_build"), {"unit": month.province.pk, "period": "2026-11"}
    )

    job = Job.objects.get()
    assert response["Location"] == reverse("roster:job_detail", args=[job.pk])
    assert (job.facts["unit"], job.facts["period"]) == (month.province.pk, "2026-11")


def test_the_jobs_page_follows_it_and_then_goes_to_the_summary(client):
    month = Month()
    client.force_login(month.officer)
    job = open_job(
        "build_summary",
        by=month.officer,
        unit=month.province.pk,
        period="2026-11",
        title="Dựng báo cáo",
    )
    page = reverse("roster:job_detail", args=[job.pk])

    waiting = client.get(page)
    build_summary(job.pk)
    done = client.get(page)
    asked = client.get(page, headers={"HX-Request": "true"})

    assert 'hx-trigger="every 1s"' in waiting.content.decode()
    assert "hx-trigger" not in done.content.decode().split('id="viec"')[1].split(">")[0]
    assert asked["HX-Redirect"] == Summary.objects.get().get_absolute_url()


def test_the_page_shows_each_figure_with_its_reckoning(client):
    month = Month()
    summary = month.built()
    client.force_login(month.viewer)

    text = text_of(client.get(summary.get_absolute_url()))

    assert "Báo cáo đúng hạn 33,3 % 1 trên 3 báo cáo đến hạn Vì sao 33,3 %?" in text
    assert (
        "Cuộc họp có phân công 5 trừ chưa đến ngày họp −1 trừ không họp, có lý do −1 "
        "trừ chưa đến hạn nộp 0 Báo cáo đến hạn 3 nộp đúng hạn 1 nộp muộn 1 quá hạn chưa nộp 1"
    ) in text
    assert "Xếp loại Tốt 50 % 1 trên 2 buổi đã chấm điểm" in text
    assert "Duyệt báo cáo Chỉ lãnh đạo duyệt báo cáo tổng hợp." in text


def test_the_leader_approves_and_the_officer_sends(client):
    month = Month()
    summary = month.built()
    client.force_login(month.leader)
    form = client.get(reverse("reports:summary_approve", args=[summary.pk])).context["form"]

    client.post(
        reverse("reports:summary_approve", args=[summary.pk]),
        {**form.initial, "authority": "", "office": "trưởng ban", "name": "Nguyễn Văn Mẫu"},
    )
    client.force_login(month.officer)
    client.post(reverse("reports:summary_send", args=[summary.pk]))

    summary.refresh_from_db()
    assert (summary.status, summary.number) == (SummaryStatus.SENT, "01-BC/BTCTU")
    assert summary.facts["issue"]["office"] == "TRƯỞNG BAN"
    assert "Đã gửi cấp trên" in text_of(client.get(summary.get_absolute_url()))


def test_the_one_who_signed_last_is_offered_again(client):
    month = Month()
    month.approved()
    client.force_login(month.leader)
    other = month.built(period=Period.parse("2026-10"))
    form = client.get(reverse("reports:summary_approve", args=[other.pk])).context["form"]

    assert (form.initial["authority"], form.initial["office"], form.initial["name"]) == (
        SIGNER.authority,
        SIGNER.office,
        SIGNER.name,
    )


def test_a_stale_draft_is_answered_with_conflict(client):
    month = Month()
    summary = month.built()
    client.force_login(month.leader)

    response = client.post(
        reverse("reports:summary_approve", args=[summary.pk]),
        {"authority": "", "office": "TRƯỞNG BAN", "name": "Nguyễn Văn Mẫu", "seen": "0" * 64},
    )

    assert response.status_code == 409
    assert "vừa được dựng lại" in text_of(response)


def test_problems_of_form_stand_on_the_page_before_sending(client):
    month = Month()
    summary = month.built()
    client.force_login(month.leader)
    client.post(
        reverse("reports:summary_approve", args=[summary.pk]),
        {"authority": "", "office": "TRƯỞNG BAN", "name": "ThS. Mẫu", "seen": summary.sha256},
    )

    text = text_of(client.get(summary.get_absolute_url()))

    assert "Họ tên người ký “ThS. Mẫu” không ghi học hàm, học vị." in text
    assert "Thiếu số văn bản." not in text


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [
        ("pdf", "application/pdf"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_files_come_as_attachments_under_a_readable_name(client, kind, content_type):
    month = Month()
    summary = month.built()
    client.force_login(month.viewer)

    response = client.get(reverse("reports:summary_file", args=[summary.pk, kind]))
    response.close()

    assert response["Content-Type"] == content_type
    assert (
        f'filename="bao-cao-tong-hop-tinh-uy-ninh-binh-2026-11.{kind}"'
        in response["Content-Disposition"]
    )


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_questions_for_one_row_and_three(
    client, django_assert_num_queries, number
):
    month = Month()
    for unit in (month.province, month.commune, month.other)[:number]:
        month.built(unit)
    client.force_login(month.viewer)
    client.get(reverse("reports:summary_list"))

    with django_assert_num_queries(3):
        response = client.get(reverse("reports:summary_list"))

    assert len(response.context["page"].rows) == number


def test_the_list_is_narrowed_by_unit_and_status(client):
    month = Month()
    month.sent()
    month.built(month.commune)
    client.force_login(month.officer)

    by_name = client.get(reverse("reports:summary_list"), {"q": "quang thien"})
    by_status = client.get(reverse("reports:summary_list"), {"status": "sent"})

    assert [row.unit for row in by_name.context["page"].rows] == [month.commune]
    assert [row.unit for row in by_status.context["page"].rows] == [month.province]
