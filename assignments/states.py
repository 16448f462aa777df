"""Kinds and statuses of decisions, assignments and substitutions."""

from collections.abc import Collection, Mapping
from typing import Self

from django.db.models import TextChoices

from config.lib.status import Status


class DecisionKind(TextChoices):
    DECISION = "qd", "Quyết định"
    LETTER = "cv", "Công văn"


class DecisionStatus(Status):
    """In this order a decision is drafted, issued and ended."""

    DRAFT = "draft", "Dự thảo"
    ISSUED = "issued", "Đã ban hành"
    ENDED = "ended", "Hết hiệu lực"

    @classmethod
    def steps(cls) -> Mapping[Self, Collection[Self]]:
        return {cls.DRAFT: {cls.ISSUED}, cls.ISSUED: {cls.ENDED}}


class AttendeeRole(TextChoices):
    MAIN = "main", "Dự chính"
    SECOND = "second", "Dự cùng"


class SubstitutionStatus(Status):
    ASKED = "asked", "Xin cử người thay"
    ACCEPTED = "accepted", "Đã có người thay"
    DECLINED = "declined", "Không cử người thay"
    WITHDRAWN = "withdrawn", "Đã rút"

    @classmethod
    def steps(cls) -> Mapping[Self, Collection[Self]]:
        return {
            cls.ASKED: {cls.ACCEPTED, cls.DECLINED, cls.WITHDRAWN},
            cls.ACCEPTED: {cls.WITHDRAWN},
        }
