"""Kinds and statuses of decisions, assignments and substitutions."""

from collections.abc import Collection, Mapping
from typing import Self

from django.db.models import TextChoices

from config.lib.status import Status


class DecisionKind(TextChoices):
    DECISION = "qd", "Quyết định"
    LETTER = "cv", "Công văn"


class DecisionStatus(Status):
    """In this order a decision is drafted, proposed, issued, perhaps amended by a later one, and ended."""

    DRAFT = "draft", "Dự thảo"
    PROPOSED = "proposed", "Đã trình"
    ISSUED = "issued", "Đã ban hành"
    AMENDED = "amended", "Đã bổ sung, thay đổi"
    ENDED = "ended", "Hết hiệu lực"

    @classmethod
    def steps(cls) -> Mapping[Self, Collection[Self]]:
        return {
            cls.DRAFT: {cls.PROPOSED, cls.ISSUED},
            cls.PROPOSED: {cls.DRAFT, cls.ISSUED},
            cls.ISSUED: {cls.AMENDED, cls.ENDED},
            cls.AMENDED: {cls.ENDED},
        }

    @classmethod
    def before_issue(cls) -> Collection[Self]:
        """Nobody is bound by it yet, and only its issuer's desk sees it."""
        return {cls.DRAFT, cls.PROPOSED}

    @classmethod
    def standing(cls) -> Collection[Self]:
        """Issued, and not ended."""
        return {cls.ISSUED, cls.AMENDED}


class AttendeeRole(TextChoices):
    MAIN = "main", "Dự chính"
    SECOND = "second", "Dự cùng"


class SubstitutionStatus(Status):
    """Asked for; offered to somebody, who accepts or declines; a declined offer is a request again."""

    ASKED = "asked", "Xin cử người thay"
    OFFERED = "offered", "Chờ người thay nhận lời"
    ACCEPTED = "accepted", "Đã có người thay"
    DECLINED = "declined", "Không cử người thay"
    WITHDRAWN = "withdrawn", "Đã rút"
    PASSED_ON = "passed_on", "Đã chuyển người khác"

    @classmethod
    def steps(cls) -> Mapping[Self, Collection[Self]]:
        return {
            cls.ASKED: {cls.OFFERED, cls.ACCEPTED, cls.DECLINED, cls.WITHDRAWN},
            cls.OFFERED: {cls.ASKED, cls.ACCEPTED, cls.DECLINED, cls.WITHDRAWN},
            cls.ACCEPTED: {cls.WITHDRAWN, cls.PASSED_ON},
        }

    @classmethod
    def unanswered(cls) -> Collection[Self]:
        """Nobody has said yes yet."""
        return {cls.ASKED, cls.OFFERED}


class Barred(TextChoices):
    """Why somebody may never be sent to a unit; kept with a plan's rows."""

    OWN_BRANCH = "own_branch", "Chi bộ của mình"
    OWN_UNIT = "own_unit", "Chi bộ của cơ quan mình"
    LONGEST_STAY = "longest_stay", "Dự đủ lâu"
    BUSY_DAY = "busy_day", "Cùng ngày đã dự nơi khác"
    REMOVED = "removed", "Thôi dự theo dự thảo này"


class ProposalStatus(Status):
    """A run of the planner: it writes the draft's list at its end, or not at all."""

    WAITING = "waiting", "Đang lập"
    DONE = "done", "Đã lập xong"
    CANCELLED = "cancelled", "Đã hủy"
    FAILED = "failed", "Không lập được"

    @classmethod
    def steps(cls) -> Mapping[Self, Collection[Self]]:
        return {cls.WAITING: {cls.DONE, cls.CANCELLED, cls.FAILED}}
