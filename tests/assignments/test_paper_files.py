"""A decision's files are made once for what it says; those of a long list in the background, with a page to follow."""

import pytest
from django.test import Client
from django.urls import reverse

from assignments.actions import decisions as actions
from assignments.actions import paper_files
from assignments.models import Decision, PaperFile
from assignments.tasks import run_paper
from roster.models import Job, StoredFile
from roster.states import JobStatus
from tests.assignments.setting import Setting
from tests.assignments.test_lifecycle import listed

pytestmark = pytest.mark.django_db


def address(decision: Decision, extension: str) -> str:
    return reverse("assignments:decision_paper", args=[decision.pk, extension])


def download(client: Client, decision: Decision, extension: str) -> bytes:
    answer = client.get(address(decision, extension))
    content: bytes = answer.getvalue()
    return content


@pytest.mark.parametrize(("extension", "beginning"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_what_was_issued_is_made_once_and_kept(client: Client, extension: str, beginning: bytes):
    setting = Setting()
    draft = listed(setting)
    actions.issue_decision(draft, by=setting.desk)
    client.force_login(setting.desk)

    first, second = (download(client, draft, extension) for _ in range(2))

    assert first.startswith(beginning)
    assert first == second
    assert StoredFile.objects.count() == 1


def test_a_draft_that_changed_is_made_anew_and_the_earlier_file_goes(
    client: Client, django_capture_on_commit_callbacks
):
    setting = Setting()
    draft = listed(setting)
    client.force_login(setting.desk)
    download(client, draft, "docx")
    earlier = StoredFile.objects.get()
    actions.add_assignment(
        draft,
        official=setting.official("Trần Thị Bình"),
        unit=setting.another_branch("Chi bộ xóm 4"),
        by=setting.desk,
    )

    with django_capture_on_commit_callbacks(execute=True):
        download(client, draft, "docx")

    assert PaperFile.objects.get().file == StoredFile.objects.get() != earlier
    assert not earlier.content.storage.exists(earlier.content.name)


def test_a_long_list_is_made_in_the_background_and_asked_for_twice_is_made_once(
    client: Client, monkeypatch
):
    monkeypatch.setattr(paper_files, "LONG", 0)
    setting = Setting()
    draft = listed(setting)
    client.force_login(setting.desk)

    answers = [client.get(address(draft, "pdf")) for _ in range(2)]
    job = Job.objects.get()
    assert {answer.url for answer in answers} == {reverse("roster:job_detail", args=[job.pk])}
    run_paper(job.pk)

    job.refresh_from_db()
    followed = client.get(answers[0].url, headers={"HX-Request": "true"})
    assert (job.status, job.done, job.total) == (JobStatus.DONE, 2, 2)
    assert "HX-Redirect" not in followed.headers
    assert address(draft, "pdf") in followed.content.decode()
    assert download(client, draft, "pdf").startswith(b"%PDF")
