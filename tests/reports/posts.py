"""What a browser sends for a report."""

from typing import Any

from reports.models import Field, MeetingReport
from tests.reports.scenes import TEXT

POINTS = (5, 5, 9, 36, 5, 26, 5)


def filled(report: MeetingReport, **changes: str) -> dict[str, Any]:
    """A complete form with one mood and one recommendation."""
    field = str(Field.objects.get(code="thuy-loi").pk)
    typed = {
        "version": str(report.version),
        "idempotency_key": "0" * 32,
        "began_at": "19:30",
        "ended_at": "21:15",
        "chaired_by": "Bí thư Trần Văn Thử",
        "member_count": "41",
        "obliged_count": "40",
        "present_count": "38",
        "excused_count": "1",
        "unexcused_count": "1",
        "committee_met": "yes",
        "documents_sent": "day_before",
        "agenda": ["news", "results"],
        "results": "Thu quỹ đạt 96 %,\ncòn 3 hộ chưa nộp.",
        "pressing_problem": TEXT,
        "pressing_field": field,
        "conveyed": "Thông báo kết quả kỳ họp của Hội đồng nhân dân tỉnh.",
        "opinion_count": "7",
        "openness": "open",
        **{f"score-attendee-{number}": str(most) for number, most in enumerate(POINTS, 1)},
        **rows("moods", field=field, tone="concerned", text="Lo úng vụ đông."),
        **rows(
            "recommendations",
            text="Nạo vét 420 m mương tiêu đầu xóm 13.",
            proposal="Bố trí kinh phí năm 2027.",
            field=field,
            urgency="soon",
            suggested_authority="",
        ),
    }
    return {**typed, **changes}


def rows(prefix: str, **first: str) -> dict[str, str]:
    """One row, and the two empty ones that a browser without scripts sends too."""
    management = {f"{prefix}-TOTAL_FORMS": "3", f"{prefix}-INITIAL_FORMS": "0"}
    return management | {f"{prefix}-0-{name}": value for name, value in first.items()}
