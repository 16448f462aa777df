"""What the desk is told to look at again, and what is left in peace just beside it."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from reports.hints import hints
from reports.models import MeetingReport, ReportForm, Score
from reports.states import ReportStatus, ScoredBy
from roster import audit
from roster.models import Unit
from tests import factories
from tests.reports.recommending import filed_report, recommendation
from tests.reports.scenes import HELD_ON, Scene

pytestmark = pytest.mark.django_db

OCTOBER, SEPTEMBER = date(2026, 10, 3), date(2026, 9, 3)
POINTS = (5, 5, 9, 36, 5, 26, 5)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def words(count: int, start: int = 0) -> str:
    return " ".join(f"việc{number}" for number in range(start, start + count))


def report_of(scene: Scene, on: date = HELD_ON, unit: Unit | None = None, **kwargs: Any) -> Any:
    """A filed report; `results` its long text unless other answers are given."""
    meeting = scene.meeting
    if on != HELD_ON or unit:
        meeting = factories.meeting(unit or scene.branch, on=on)
    text = kwargs.pop("results", "")
    author = kwargs.pop("author", scene.official)
    return filed_report(meeting, author, **{"answers": {"results": text}, **kwargs})


def facts(report: MeetingReport, scene: Scene) -> list[str]:
    found = hints(MeetingReport.objects.get(pk=report.pk), scene.desk)
    return [f"{hint.fact} {hint.other}".strip() for hint in found]


def score(report: MeetingReport, points: tuple[int, ...] = POINTS, **kwargs: Any) -> None:
    criteria = report.frame.criteria.order_by("number")
    Score.objects.bulk_create(
        Score(
            report=report,
            criterion=criterion,
            points=Decimal(given),
            max_points=criterion.max_points,
            **{"scored_by": ScoredBy.ATTENDEE, **kwargs},
        )
        for criterion, given in zip(criteria, points, strict=True)
    )


def opened(report: MeetingReport, seconds: int) -> None:
    """The form was opened so many seconds before the report was filed; the audit writes its own time."""
    event = audit.record("opened", report, by=None)
    report.submitted_at = report.first_submitted_at = event.at + timedelta(seconds=seconds)
    report.save(update_fields=["submitted_at", "first_submitted_at"])


@pytest.mark.parametrize(("copied", "told"), [(80, True), (79, False)])
def test_near_copy_of_the_branch_s_earlier_report(scene: Scene, copied: int, told: bool) -> None:
    report_of(scene, SEPTEMBER, results=words(copied + 2))
    report = report_of(scene, results=words(102))

    said = [f"Giống {copied} % báo cáo tháng 9/2026 của Chi bộ xóm 1"]
    assert facts(report, scene) == (said if told else [])


def test_copy_of_another_branch_in_the_commune_the_same_month(scene: Scene) -> None:
    neighbour = factories.branch(scene.commune, name="Chi bộ xóm 12")
    other = factories.OfficialFactory(agency=scene.agency)
    report_of(scene, unit=neighbour, author=other, results=words(40))
    report_of(scene, OCTOBER, unit=neighbour, author=other, results=words(40))
    report = report_of(scene, results=words(40).upper())

    assert facts(report, scene) == ["Giống 100 % báo cáo tháng 11/2026 của Chi bộ xóm 12"]


@pytest.mark.parametrize(("on", "told"), [(date(2026, 5, 3), True), (date(2026, 4, 3), False)])
def test_copy_of_the_author_s_report_elsewhere_within_six_months(
    scene: Scene, on: date, told: bool
) -> None:
    far = factories.branch(factories.commune(scene.province, name="Xã Xa"), name="Chi bộ xóm 9")
    report_of(scene, on, unit=far, results=words(40))
    report = report_of(scene, results=words(40))

    said = ["Giống 100 % báo cáo tháng 5/2026 của Chi bộ xóm 9, Xã Xa"]
    assert facts(report, scene) == (said if told else [])
    assert all(not hint.url for hint in hints(report, scene.desk))  # another commune's


def test_what_all_branches_hear_in_a_month_is_no_copy(scene: Scene) -> None:
    heard = {"conveyed": words(60), "news": words(60, 100), "policies": words(60, 200)}
    neighbour = factories.branch(scene.commune, name="Chi bộ xóm 12")
    report_of(scene, unit=neighbour, answers={**heard, "results": words(30, 300)})
    report = report_of(scene, answers={**heard, "results": words(30, 400)})

    assert facts(report, scene) == []


def test_choices_short_texts_and_drafts_never_count(scene: Scene) -> None:
    neighbour = factories.branch(scene.commune, name="Chi bộ xóm 12")
    same = {"results": words(19), "agenda": ["news", "results"], "openness": "open"}
    report_of(scene, OCTOBER, answers=same, chaired_by="Bí thư Trần Văn Thử")
    report_of(
        scene,
        unit=neighbour,
        answers={"results": words(30, 50)},
        status=ReportStatus.DRAFT,
    )
    report = report_of(scene, answers={**same, "discussion": words(30, 50)})

    assert facts(report, scene) == []


def test_problem_and_recommendations_count_too(scene: Scene) -> None:
    earlier = report_of(scene, OCTOBER, pressing_problem=words(30))
    report = report_of(scene, pressing_problem=words(30))
    recommendation(earlier, text=words(30, 100))
    own = recommendation(report, text=words(30, 200))
    assert facts(report, scene) == []

    own.text = words(30, 100)
    own.save()

    assert facts(report, scene) == ["Giống 100 % báo cáo tháng 10/2026 của Chi bộ xóm 1"]


def test_three_are_named_and_the_rest_counted(scene: Scene) -> None:
    for number in range(2, 7):
        neighbour = factories.branch(scene.commune, name=f"Chi bộ xóm {number}")
        report_of(scene, unit=neighbour, results=words(80 + number))
    report = report_of(scene, results=words(100))

    assert facts(report, scene) == [
        "Giống 85 % báo cáo tháng 11/2026 của Chi bộ xóm 6",
        "Giống 84 % báo cáo tháng 11/2026 của Chi bộ xóm 5",
        "Giống 83 % báo cáo tháng 11/2026 của Chi bộ xóm 4",
        "Còn 2 báo cáo khác giống từ 80 %",
    ]
    looks = [hint.look for hint in hints(report, scene.desk)]
    assert looks == ["", "", "", "Số liệu, việc đã bàn, kiến nghị có đúng của cuộc họp này không."]


@pytest.mark.parametrize(
    ("earlier", "last", "told"),
    [
        ([POINTS, POINTS], POINTS, 3),
        ([POINTS, POINTS, POINTS], POINTS, 4),
        ([POINTS], POINTS, 0),
        ([POINTS, POINTS], (5, 5, 9, 36, 5, 25, 5), 0),
        ([POINTS, (5, 5, 9, 36, 4, 27, 5), POINTS], POINTS, 0),
        ([(), ()], (), 0),
    ],
)
def test_identical_sheets(scene: Scene, earlier: Any, last: Any, told: int) -> None:
    for month, points in enumerate(earlier, 11 - len(earlier)):
        before = report_of(scene, date(2026, month, 3))
        if points:
            score(before, points)
    report = report_of(scene)
    if last:
        score(report, last)

    sentence = (
        f"Điểm người dự chấm giống hệt ở từng tiêu chí trong {told} báo cáo liên tiếp của chi bộ"
    )
    assert facts(report, scene) == ([sentence] if told else [])


def test_the_branch_s_own_sheets_are_not_the_attendee_s(scene: Scene) -> None:
    for on in (SEPTEMBER, OCTOBER, HELD_ON):
        report = report_of(scene, on)
        score(report, scored_by=ScoredBy.BRANCH)

    assert facts(report, scene) == []


AT = datetime(2026, 11, 3, 21, 0, tzinfo=factories.ZONE)


@pytest.mark.parametrize(
    ("began", "ended", "filed_at", "said"),
    [
        (time(19, 30), time(21, 1), AT, "kết thúc ghi trong báo cáo (21:01 ngày 03/11/2026)"),
        (time(19, 30), time(21, 0), AT, ""),
        (time(22, 0), time(0, 30), AT, "kết thúc ghi trong báo cáo (00:30 ngày 04/11/2026)"),
        (time(22, 0), time(0, 30), AT + timedelta(hours=4), ""),
        (None, time(21, 1), AT, "kết thúc ghi trong báo cáo (21:01 ngày 03/11/2026)"),
        (None, None, AT, ""),
        (None, None, AT - timedelta(hours=2), "bắt đầu trong lịch (19:30 ngày 03/11/2026)"),
    ],
)
def test_filed_before_the_meeting_s_end(
    scene: Scene, began: time | None, ended: time | None, filed_at: datetime, said: str
) -> None:
    report = report_of(scene, began_at=began, ended_at=ended, submitted_at=filed_at)

    sentence = f"Nộp lúc {filed_at:%H:%M} ngày 03/11/2026, trước giờ {said}"
    assert facts(report, scene) == ([sentence] if said else [])


@pytest.mark.parametrize(("seconds", "told"), [(59, True), (60, False)])
def test_filed_in_under_a_minute(scene: Scene, seconds: int, told: bool) -> None:
    report = report_of(scene)
    opened(report, seconds)

    said = ["Nộp chưa đầy 60 giây sau khi mở mẫu báo cáo"]
    assert facts(report, scene) == (said if told else [])


def test_a_report_mended_after_a_return_is_not_called_quick_again(scene: Scene) -> None:
    report = report_of(scene)
    opened(report, 5)
    MeetingReport.objects.filter(pk=report.pk).update(
        submitted_at=report.submitted_at + timedelta(seconds=30)
    )

    assert facts(report, scene) == []


def test_missing_answers_and_old_forms_make_no_mistake(scene: Scene) -> None:
    old = ReportForm.objects.get()
    old.definition = [
        {"key": "a", "title": "Mục"},
        {"key": "b", "title": "Mục", "fields": [{"key": "gone", "kind": "long_text"}, {}]},
    ]
    for name, value in {"pk": None, "version": 99, "ends_on": date(2001, 1, 2)}.items():
        setattr(old, name, value)
    old.starts_on = date(2001, 1, 1)
    old.save()
    report_of(scene, OCTOBER, form=old, answers={"gone": words(30)})
    report_of(scene, SEPTEMBER, answers={"results": None, "news": 3, "discussion": ["x"]})
    report = report_of(scene, answers={"results": words(30)})
    empty = report_of(scene, unit=factories.branch(scene.commune), answers={})

    assert facts(report, scene) == ["Giống 100 % báo cáo tháng 10/2026 của Chi bộ xóm 1"]
    assert facts(empty, scene) == []


@pytest.mark.parametrize("others", [1, 200])
def test_a_commune_of_many_reports_asks_no_more(
    scene: Scene, others: int, django_assert_num_queries: Any
) -> None:
    for number in range(others):
        neighbour = factories.branch(scene.commune, name=f"Chi bộ xóm {number + 2}")
        answers = {"results": words(300, number * 1000), "discussion": words(300, number * 1000 + 500)}  # fmt: skip
        report_of(scene, unit=neighbour, answers=answers)
    pk = report_of(scene, results=words(300)).pk
    report = MeetingReport.objects.select_related("meeting__unit", "form").get(pk=pk)

    with django_assert_num_queries(7):
        found = hints(report, scene.desk)

    assert len(found) == 1


def page(user: Any, report: MeetingReport) -> str:
    client = Client()
    client.force_login(user)
    return " ".join(client.get(report.get_absolute_url()).content.decode().split())


def test_only_the_desk_sees_them_and_only_while_it_reviews(scene: Scene) -> None:
    earlier = report_of(scene, OCTOBER, results=words(40))
    report = report_of(scene, results=words(40))
    link = f'Giống 100 % <a href="{earlier.get_absolute_url()}">báo cáo tháng 10/2026 của Chi bộ xóm 1</a>.'

    assert link in page(scene.desk, report)
    assert link in page(scene.commission, report)
    assert "Giống 100 %" not in page(scene.attendee, report)
    MeetingReport.objects.filter(pk=report.pk).update(status=ReportStatus.ACCEPTED)
    assert "Giống 100 %" not in page(scene.desk, report)


def test_nothing_is_shown_when_there_is_nothing(scene: Scene) -> None:
    report = report_of(scene, results=words(40))

    assert "Nên xem lại" not in page(scene.desk, report)


def test_a_meeting_outside_every_commune_is_compared_with_none_of_the_others(scene: Scene) -> None:
    stray = factories.branch(scene.province, name="Chi bộ cơ quan")
    other = factories.OfficialFactory(agency=scene.agency)
    report_of(scene, unit=stray, author=other, results=words(40))
    report = report_of(scene, results=words(40))
    report.meeting.commune = None
    report.meeting.save()

    assert facts(report, scene) == []
