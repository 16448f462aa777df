"""Opening, keeping, filing, accepting and returning a report."""

from datetime import date, datetime
from decimal import Decimal

import pytest
import time_machine

from config.lib.errors import Conflict, Refused
from config.lib.status import change_status
from meetings.models import Attendance
from meetings.states import AttendanceStatus, MeetingStatus
from notices.models import Notice
from reports.actions import reports as actions
from reports.models import DirtyMark, MeetingReport, Recommendation, ReportVersion, Score
from reports.states import RecommendationStatus, ReportStatus
from roster.models import Event, User
from roster.states import Role
from tests import factories
from tests.reports.scenes import HELD_ON, IN_TIME, TEXT, Scene, cleaned

pytestmark = pytest.mark.django_db
AFTER_LOCK = datetime(2026, 12, 4, 8, 0, tzinfo=factories.ZONE)


@pytest.fixture(autouse=True)
def _the_day_after() -> object:
    with time_machine.travel(IN_TIME, tick=False):
        yield


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_first_opening_prefills_what_is_known(scene: Scene) -> None:
    report = scene.opened()

    assert report.draft == {"began_at": "19:30", "member_count": "40"}
    assert (report.author, report.in_place_of) == (scene.official, None)
    assert (report.frame.code, report.form.version) == ("HD 42", 1)


def test_second_attendee_opens_the_same_report(scene: Scene) -> None:
    second = factories.OfficialFactory(agency=scene.agency)
    scene.send(second, role="second")
    first = scene.opened()

    again = actions.open_report(scene.meeting, by=factories.attendee(second))

    assert (again.pk, again.author) == (first.pk, scene.official)


@pytest.mark.parametrize(
    ("on", "code"), [(date(2025, 10, 27), "HD 12"), (date(2025, 10, 28), "HD 42")]
)
def test_frame_is_the_one_of_the_meetings_day(on: date, code: str) -> None:
    scene = Scene(on=on)

    assert scene.opened().frame.code == code


def test_substitute_writes_and_the_assignee_does_not(scene: Scene) -> None:
    stand_in = factories.OfficialFactory(agency=scene.agency)
    scene.stands_in(stand_in)

    report = actions.open_report(scene.meeting, by=factories.attendee(stand_in))

    assert (report.author, report.in_place_of) == (stand_in, scene.official)
    with pytest.raises(Refused, match=f"Đồng chí {stand_in} dự thay buổi này"):
        actions.open_report(scene.meeting, by=scene.attendee)


def test_stranger_and_desk_do_not_write(scene: Scene) -> None:
    stranger = factories.attendee(factories.OfficialFactory(agency=scene.agency))

    for user in (stranger, scene.desk):
        with pytest.raises(Refused, match="Chỉ đồng chí được phân công"):
            actions.open_report(scene.meeting, by=user)


@time_machine.travel(datetime(2026, 11, 2, 23, 59, tzinfo=factories.ZONE))
def test_report_opens_on_the_meetings_day(scene: Scene) -> None:
    with pytest.raises(Refused, match="Cuộc họp diễn ra ngày 03/11/2026"):
        scene.opened()


def test_no_report_of_a_cancelled_meeting(scene: Scene) -> None:
    change_status(scene.meeting, MeetingStatus.CANCELLED, reason="Bão số 5")

    with pytest.raises(Refused, match="Bão số 5"):
        scene.opened()


def test_draft_is_kept_under_its_version(scene: Scene) -> None:
    report = scene.opened()

    actions.save_draft(report, {"chaired_by": "Bí thư"}, 0, by=scene.attendee)

    kept = MeetingReport.objects.get()
    assert (kept.draft, kept.version) == ({"chaired_by": "Bí thư"}, 1)


def test_stale_page_overwrites_nothing(scene: Scene) -> None:
    report = scene.opened()
    actions.save_draft(report, {"chaired_by": "bản mới"}, 0, by=scene.attendee)

    with pytest.raises(Conflict):
        actions.save_draft(report, {"chaired_by": "bản cũ"}, 0, by=scene.attendee)

    assert MeetingReport.objects.get().draft == {"chaired_by": "bản mới"}


def test_secrets_are_not_even_kept_as_a_draft(scene: Scene) -> None:
    with pytest.raises(Refused, match="TỐI MẬT"):
        actions.save_draft(scene.opened(), {"news": "theo công văn TỐI MẬT"}, 0, by=scene.attendee)


def test_submitting_files_everything(scene: Scene) -> None:
    report = scene.submitted()

    report.refresh_from_db()
    assert (report.status, report.number) == (ReportStatus.SUBMITTED, "BN-2026-000001")
    assert (report.is_on_time, report.draft, len(report.receipt)) == (True, {}, 64)
    assert (report.attendee_points, report.branch_points, report.band) == (91, 94, "Tốt")
    assert (report.present_count, report.pressing_problem) == (38, TEXT)
    assert report.answers["agenda"] == ["news", "results"]
    assert Score.objects.filter(report=report).count() == 14
    assert [mood.text for mood in report.moods.all()] == ["Lo úng vụ đông."]


def test_submitting_numbers_the_recommendations(scene: Scene) -> None:
    report = scene.submitted()

    recommendation = Recommendation.objects.get()
    assert recommendation.number == "KN-2026-000001"
    assert (recommendation.unit, recommendation.raised_on) == (scene.branch, HELD_ON)
    assert recommendation.report == report


def test_submitting_says_that_the_meeting_was_held_and_attended(scene: Scene) -> None:
    scene.submitted()

    scene.meeting.refresh_from_db()
    attendance = Attendance.objects.get()
    assert scene.meeting.status == MeetingStatus.HELD
    assert (attendance.official, attendance.status) == (scene.official, AttendanceStatus.ATTENDED)
    assert DirtyMark.objects.filter(unit=scene.commune, month=date(2026, 11, 1)).exists()
    assert Event.objects.filter(verb="submitted", by=scene.attendee).count() == 1


def test_receipt_is_the_hash_of_the_content(scene: Scene) -> None:
    one = scene.submitted()
    other = Scene(2, scene.province).submitted()
    changed = Scene(3, scene.province).submitted(opinion_count=8)

    assert ReportVersion.objects.get(report=one).content["opinion_count"] == 7
    assert len({one.receipt, other.receipt, changed.receipt}) == 3  # the meeting is part of it


@pytest.mark.parametrize("key", ["key-1", "another tab"])
def test_submitting_twice_files_once(scene: Scene, key: str) -> None:
    first = scene.submitted()
    report = MeetingReport.objects.get()

    again = actions.submit_report(
        report, cleaned(opinion_count=99), key, by=scene.attendee, now=IN_TIME
    )

    assert (again.pk, again.number, again.receipt) == (first.pk, first.number, first.receipt)
    assert (ReportVersion.objects.count(), Recommendation.objects.count()) == (1, 1)
    assert MeetingReport.objects.get().opinion_count == 7


def test_page_loaded_before_the_other_filed_gets_the_same_receipt(scene: Scene) -> None:
    scene.opened()
    stale = MeetingReport.objects.select_related("meeting__unit").get()
    first = scene.submitted()

    again = actions.submit_report(stale, cleaned(), "key-2", by=scene.attendee, now=IN_TIME)

    assert again.number == first.number
    assert ReportVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("now", "is_on_time"),
    [
        (datetime(2026, 11, 8, 23, 59, tzinfo=factories.ZONE), True),
        (datetime(2026, 11, 9, 0, 0, tzinfo=factories.ZONE), False),
    ],
)
def test_on_time_until_the_end_of_the_day(scene: Scene, now: datetime, is_on_time: bool) -> None:
    report = actions.submit_report(scene.opened(), cleaned(), "k", by=scene.attendee, now=now)

    assert report.is_on_time is is_on_time


def test_nobody_submits_before_the_meeting_begins(scene: Scene) -> None:
    with (
        time_machine.travel(datetime(2026, 11, 3, 18, 0, tzinfo=factories.ZONE)),
        pytest.raises(Refused, match="Cuộc họp bắt đầu lúc 19:30 ngày 03/11/2026"),
    ):
        actions.submit_report(
            scene.opened(), cleaned(), "k", by=scene.attendee, now=IN_TIME.replace(day=3)
        )


def test_nobody_submits_after_the_lock(scene: Scene) -> None:
    report = scene.opened()

    with pytest.raises(Refused, match="đã khóa từ ngày 04/12/2026"):
        actions.submit_report(report, cleaned(), "k", by=scene.attendee, now=AFTER_LOCK)


def test_accepting_closes_the_report_and_tells_its_author(scene: Scene) -> None:
    report = scene.accepted()

    assert (report.status, report.accepted_by) == (ReportStatus.ACCEPTED, scene.desk)
    assert set(Notice.objects.values_list("user", "kind")) == {
        (scene.attendee.pk, "reports.accepted")
    }


def test_returning_keeps_the_words_and_sets_a_new_date(scene: Scene) -> None:
    report = scene.returned(results="Ghi rõ số liệu.", scores="Chấm lại mục 3.")

    report.refresh_from_db()
    assert (report.status, report.due_on) == (ReportStatus.RETURNED, date(2030, 1, 5))
    assert report.draft["began_at"] == "19:30"
    assert report.draft["score-attendee-4"] == "36"
    assert report.draft["recommendations-0-number"] == "KN-2026-000001"
    assert {remark.field for remark in report.remarks.all()} == {"results", "scores"}


def test_returned_report_tells_its_author_what_to_mend(scene: Scene) -> None:
    scene.returned(results="Ghi rõ số liệu.")

    facts = Notice.objects.filter(user=scene.attendee).first().facts
    assert facts["remarks"] == [
        {"field": "Kết quả thực hiện nhiệm vụ kỳ trước", "text": "Ghi rõ số liệu."}
    ]
    assert facts["due_on"] == "05/01/2030"


def test_mended_report_is_the_same_record(scene: Scene) -> None:
    report = scene.returned()
    rows = [{**cleaned()["recommendations"][0], "number": "KN-2026-000001", "text": "Sửa lại"}]

    again = actions.submit_report(
        report, cleaned(recommendations=rows), "key-2", by=scene.attendee, now=IN_TIME
    )

    assert (again.number, again.is_on_time, again.status) == ("BN-2026-000001", True, "submitted")
    assert [row.text for row in Recommendation.objects.all()] == ["Sửa lại"]
    assert list(again.versions.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert again.scores.count() == 14


def test_recommendation_taken_out_is_set_aside_and_a_new_one_numbered(scene: Scene) -> None:
    report = scene.returned()

    actions.submit_report(report, cleaned(), "key-2", by=scene.attendee, now=IN_TIME)

    assert list(Recommendation.objects.order_by("number").values_list("number", "status")) == [
        ("KN-2026-000001", RecommendationStatus.SET_ASIDE),
        ("KN-2026-000002", RecommendationStatus.RECEIVED),
    ]


def test_recommendation_already_sent_on_stays_as_it_was_sent(scene: Scene) -> None:
    report = scene.submitted()
    sent = Recommendation.objects.get()
    change_status(sent, RecommendationStatus.OPEN, authority=scene.agency, due_on=date(2026, 12, 5))
    actions.return_report(report, {"": "Xem lại"}, due_on=date(2030, 1, 5), by=scene.desk)

    actions.submit_report(
        report, cleaned(recommendations=[]), "key-2", by=scene.attendee, now=IN_TIME
    )

    assert "recommendations-0-number" not in MeetingReport.objects.get().draft
    assert Recommendation.objects.get().status == RecommendationStatus.OPEN


def test_returned_report_may_come_back_after_the_lock(scene: Scene) -> None:
    report = scene.returned()

    with time_machine.travel(AFTER_LOCK):
        again = actions.submit_report(report, cleaned(), "key-2", by=scene.attendee, now=AFTER_LOCK)

    assert again.status == ReportStatus.SUBMITTED


def test_return_wants_a_remark_and_a_day_to_come(scene: Scene) -> None:
    report = scene.submitted()

    for remarks, due_on in (({}, date(2030, 1, 5)), ({"": "Xem lại"}, date(2026, 11, 3))):
        with pytest.raises(Refused, match="Ghi ít nhất một ý kiến"):
            actions.return_report(report, remarks, due_on=due_on, by=scene.desk)


def test_several_are_accepted_together_or_not_at_all(scene: Scene) -> None:
    good, thin = scene.submitted(), Scene(2, scene.province).submitted(conveyed="Có")

    with pytest.raises(Refused, match=f"Báo cáo {thin.number} cần đọc kỹ"):
        actions.accept_reports([good, thin], by=scene.commission)

    assert set(MeetingReport.objects.values_list("status", flat=True)) == {"submitted"}


ACTS = {
    "accept": lambda report, user: actions.accept_report(report, by=user),
    "return": lambda report, user: actions.return_report(
        report, {"": "Xem lại"}, due_on=date(2030, 1, 5), by=user
    ),
    "submit": lambda report, user: actions.submit_report(
        report, cleaned(), "new", by=user, now=IN_TIME
    ),
}


@pytest.mark.parametrize(
    ("state", "act", "who", "result"),
    [
        ("opened", "submit", "attendee", ReportStatus.SUBMITTED),
        ("opened", "submit", "desk", None),
        ("opened", "accept", "desk", None),
        ("opened", "return", "desk", None),
        ("submitted", "accept", "desk", ReportStatus.ACCEPTED),
        ("submitted", "accept", "commission", ReportStatus.ACCEPTED),
        ("submitted", "accept", "attendee", None),
        ("submitted", "accept", "neighbour", None),
        ("submitted", "accept", "viewer", None),
        ("submitted", "return", "desk", ReportStatus.RETURNED),
        ("submitted", "return", "attendee", None),
        ("submitted", "submit", "attendee", ReportStatus.SUBMITTED),
        ("submitted", "submit", "desk", None),
        ("returned", "submit", "attendee", ReportStatus.SUBMITTED),
        ("returned", "accept", "desk", None),
        ("returned", "return", "desk", None),
        ("accepted", "return", "desk", None),
        ("accepted", "accept", "desk", None),
        ("accepted", "submit", "attendee", ReportStatus.ACCEPTED),
    ],
)
def test_who_moves_a_report_from_where_to_where(
    scene: Scene, state: str, act: str, who: str, result: str | None
) -> None:
    report = getattr(scene, state)()
    before = report.status
    users = {
        "neighbour": factories.UserFactory(
            role=Role.COMMUNE_OFFICER, unit=factories.commune(scene.province)
        ),
        "viewer": factories.UserFactory(role=Role.VIEWER, unit=scene.province),
    }
    user: User = users.get(who) or getattr(scene, who)

    if result is None:
        with pytest.raises(Refused):
            ACTS[act](report, user)

    report = ACTS[act](report, user) or report if result else report
    assert MeetingReport.objects.get().status == (result or before)


@pytest.mark.parametrize(
    ("points", "band"),
    [("90", "Tốt"), ("89.5", "Khá"), ("70", "Khá"), ("69.5", "Trung bình"), ("49.5", "Kém")],
)
def test_band_begins_at_its_points(scene: Scene, points: str, band: str) -> None:
    left = Decimal(points)
    sheet = {}
    for number, most in enumerate((5, 5, 10, 40, 5, 30, 5), 1):
        sheet[number] = min(left, Decimal(most))
        left -= sheet[number]

    report = scene.submitted(scores={"attendee": sheet})

    assert (report.attendee_points, report.band, report.branch_points) == (
        Decimal(points),
        band,
        None,
    )


def test_page_does_not_disturb_itself_when_an_answer_was_lost(scene: Scene) -> None:
    report = scene.opened()
    for text in ("a", "ab", "abc"):  # each with the version of before: no answer came through
        actions.save_draft(report, {"page": "p1", "news": text}, 0, by=scene.attendee)

    with pytest.raises(Conflict):
        actions.save_draft(report, {"page": "p2", "news": "khác"}, 0, by=scene.attendee)

    assert MeetingReport.objects.get().draft["news"] == "abc"
