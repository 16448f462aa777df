from datetime import date

import pytest

from config.lib.months import Period
from reports.rollups.summary import facts_of
from tests import factories
from tests.reports.recommending import filed_report, recommendation
from tests.reports.summarising import NOVEMBER, NOW, Month

pytestmark = pytest.mark.django_db


def nonzero(counts):
    return {name: number for name, number in counts.items() if number}


def test_the_totals_of_the_province():
    facts = facts_of(Month().province, NOVEMBER, NOW)

    assert nonzero(facts["totals"]) == {
        "planned": 5,
        "unassigned": 1,
        "cancelled": 1,
        "not_yet": 1,
        "expected": 3,
        "held": 2,
        "attended": 2,
        "report_due": 3,
        "reported": 2,
        "on_time": 1,
        "late": 1,
        "missing": 1,
        "recommendations": 1,
    }


def test_the_communes_of_the_province_and_the_branches_of_a_commune():
    month = Month()
    factories.commune(month.province, name="Xã Lai Thành")

    province = facts_of(month.province, NOVEMBER, NOW)
    commune = facts_of(month.commune, NOVEMBER, NOW)

    assert [(place["name"], place["counts"]["planned"]) for place in province["places"]] == [
        ("Xã Kim Sơn", 1),
        ("Xã Lai Thành", 0),
        ("Xã Quang Thiện", 4),
    ]
    assert [(place["name"], place["counts"]["planned"]) for place in commune["places"]] == [
        ("Chi bộ xóm 1", 1),
        ("Chi bộ xóm 2", 1),
        ("Chi bộ xóm 3", 1),
        ("Chi bộ xóm 4", 1),
        ("Chi bộ xóm 5", 0),
    ]
    assert commune["unit"]["above"] == "Tỉnh ủy Ninh Bình"


def test_history_stays_under_the_commune_of_the_meetings_day():
    month = Month()
    gone = factories.commune(month.province, name="Xã Đồng Hướng", ends_on=date(2026, 11, 10))
    type(month.late).objects.filter(pk=month.late.pk).update(commune=gone)

    facts = facts_of(month.province, NOVEMBER, NOW)

    assert ("Xã Đồng Hướng", 1) in [
        (place["name"], place["counts"]["missing"]) for place in facts["places"]
    ]


def test_scores_members_and_topics():
    facts = facts_of(Month().province, NOVEMBER, NOW)

    assert facts["scores"] == {
        "scored": 2,
        "average": "86.2",
        "bands": [("Tốt", 1), ("Khá", 1), ("Trung bình", 0), ("Kém", 0)],
    }
    assert facts["members"] == {
        "reports": 2,
        "obliged": 80,
        "present": 76,
        "excused": 2,
        "unexcused": 2,
    }
    assert facts["topics"] == [
        {
            "name": "Thủy lợi",
            "problems": 2,
            "calm": 0,
            "concerned": 2,
            "pressing": 0,
            "voices": [
                {
                    "text": f"Mương tiêu của Chi bộ xóm {n} bồi lắng.",
                    "place": f"Chi bộ xóm {n}, xã Quang Thiện",
                }
                for n in (2, 1)
            ],
        }
    ]


def test_recommendations_by_field_authority_and_status():
    month = Month()
    recommendation(month.punctual.report)

    facts = facts_of(month.province, NOVEMBER, NOW)

    assert facts["raised"] == 2
    assert [pair for pair in facts["by_status"] if pair[1]] == [
        ("Mới, chưa chuyển", 1),
        ("Chờ trả lời", 1),
    ]
    assert [(row["name"], row["total"], row["overdue"]) for row in facts["by_field"]] == [
        ("Thủy lợi", 2, 1)
    ]
    assert [(row["name"], row["received"], row["open"]) for row in facts["by_authority"]] == [
        ("Chưa chuyển cơ quan nào", 1, 0),
        ("Sở Xây dựng", 0, 1),
    ]


def test_what_is_overdue_names_place_person_and_days():
    month = Month()
    assignee = month.late.unit.assignments.get().official

    facts = facts_of(month.province, NOVEMBER, NOW)

    assert facts["overdue_reports"] == [
        {
            "place": "Xã Quang Thiện",
            "meeting": "Chi bộ xóm 3",
            "held_on": "2026-11-10",
            "late_after": "2026-11-15",
            "days": 8,
            "attendee": assignee.full_name,
        }
    ]
    assert facts["overdue_recommendations_total"] == 1
    assert facts["overdue_recommendations"][0]["days"] == 3
    assert facts["overdue_by_authority"] == [("Sở Xây dựng", 1)]


def test_another_provinces_rows_are_not_ours():
    month, stranger = Month(), factories.province(name="Tỉnh ủy Khác")
    far = factories.branch(factories.commune(stranger))
    meeting = factories.meeting(far, on=date(2026, 11, 3))
    recommendation(filed_report(meeting, month.official))

    facts = facts_of(month.province, NOVEMBER, NOW)

    assert (facts["totals"]["reported"], facts["raised"]) == (2, 1)
    assert facts_of(stranger, NOVEMBER, NOW)["raised"] == 1


@pytest.mark.parametrize(
    ("code", "months", "planned"),
    [("2026-Q4", 3, 6), ("2026-H2", 6, 6), ("2026", 12, 6)],
)
def test_longer_periods_are_sums_with_a_line_a_month(code, months, planned):
    month = Month()
    factories.meeting(month.late.unit, on=date(2026, 10, 10))

    facts = facts_of(month.province, Period.parse(code), NOW)

    assert facts["totals"]["planned"] == planned
    assert len(facts["months"]) == months
    assert sum(part["counts"]["planned"] for part in facts["months"]) == planned


def test_a_month_without_any_meeting_is_all_noughts():
    facts = facts_of(factories.province(), NOVEMBER, NOW)

    assert nonzero(facts["totals"]) == {}
    assert (facts["places"], facts["kinds"], facts["topics"]) == ([], [], [])
