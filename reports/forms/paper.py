"""The whole paper that an attendee fills in: questions, score sheets, moods, recommendations."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q
from django.forms import BoundField
from django.http import QueryDict
from django.utils.functional import SimpleLazyObject

from config.lib.text import fold
from meetings.models import Meeting
from reports import conditions
from reports.actions.drafts import rows_of
from reports.forms.questions import Questions
from reports.forms.rows import MoodFormSet, RecommendationFormSet, Row
from reports.forms.scores import ScoreSheets
from reports.frames import frame_in_use
from reports.models import Field, MeetingReport
from reports.querysets import RecommendationQuerySet
from reports.states import RecommendationStatus
from roster.models import Contact, Unit
from roster.states import ContactRole, UnitKind

NOT_TYPED: Final = frozenset(
    {
        "csrfmiddlewaretoken",
        "version",
        "idempotency_key",
        "files",
        "save",
        "drop",
        "submit",
        "keep",
        "spent",
    }
)
BLANK_ROWS: Final = 2
Rows = Any  # a formset of Row; formsets are generic only in the stubs


@dataclass(frozen=True)
class Asked:
    """One question on the page, with what the desk said of it."""

    field: BoundField
    kind: str
    remark: str
    shown_when: str = ""
    condition: str = ""


@dataclass(frozen=True)
class Section:
    """One screen of the form; `part` names the sheet it holds instead of questions."""

    key: str
    title: str
    lead: str
    part: str
    asked: list[Asked]
    remark: str
    has_errors: bool
    shown_when: str = ""
    condition: str = ""


class Paper:
    """All forms of one report over one draft or one POST; nothing is saved here."""

    def __init__(
        self,
        report: MeetingReport,
        data: QueryDict | None = None,
        *,
        remarks: Mapping[str, str] | None = None,
    ) -> None:
        fields = list(Field.objects.filter(is_active=True))
        draft = report.draft
        self.report, self.remarks = report, remarks or {}
        self.definition = conditions.in_month(report.form.definition, report.meeting)
        self.questions = Questions(data, initial=draft, definition=self.definition, fields=fields)
        self.frame = frame_in_use(report.frame_id)
        criteria = list(self.frame.criteria.all())
        self.scores = ScoreSheets(data, initial=draft, criteria=criteria)
        self.moods = MoodFormSet(
            data, prefix="moods", initial=rows_of(draft, "moods"), form_kwargs={"fields": fields}
        )
        self.recommendations = RecommendationFormSet(
            data,
            prefix="recommendations",
            initial=rows_of(draft, "recommendations"),
            form_kwargs={
                "fields": fields,
                "authorities": SimpleLazyObject(lambda: authorities_of(report)),
            },
        )

    def sent_on(self) -> RecommendationQuerySet:
        return self.report.recommendations.exclude(status=RecommendationStatus.RECEIVED)

    def lay_beside(self, last: MeetingReport | None, readable: MeetingReport | None) -> None:
        """The counts of the report before this one, and the long answers of one that the writer may read, to compare with."""
        self.questions.hint(last)
        self.questions.offer(chairs_of(self.report.meeting, last))
        self.questions.lay_beside(readable)

    def is_valid(self) -> bool:
        parts = (self.questions, self.scores, self.moods, self.recommendations)
        said = [part.is_valid() for part in parts]  # every part says what it has to say
        return all(said)

    def cleaned(self) -> dict[str, Any]:
        """What submit_report takes."""
        return {
            **self.questions.cleaned_data,
            "scores": self.scores.sheets(),
            **({"choices": choices} if (choices := self.scores.choices()) else {}),
            "moods": [row.cleaned_data for row in filled(self.moods)],
            "recommendations": [row.cleaned_data for row in filled(self.recommendations)],
        }

    def sections(self) -> Iterator[Section]:
        for section in self.definition:
            key = section["key"]
            yield Section(
                key,
                section["title"],
                section["lead"],
                section.get("part", ""),
                [self.asked(question) for question in section["fields"]],
                self.remarks.get(key, ""),
                self.has_errors(section),
                conditions.shown_when(section),
                conditions.in_words(section, self.definition),
            )

    def asked(self, question: Mapping[str, Any]) -> Asked:
        key = question["key"]
        return Asked(
            self.questions[key],
            question["kind"],
            self.remarks.get(key, ""),
            conditions.shown_when(question),
            conditions.in_words(question, self.definition),
        )

    def has_errors(self, section: Mapping[str, Any]) -> bool:
        if not self.questions.is_bound:
            return False
        keys = {question["key"] for question in section["fields"]}
        part = getattr(self, section.get("part", ""), None)
        wrong_rows = bool(part is not None and not part.is_valid())
        return wrong_rows or bool(keys & set(self.questions.errors))

    def mood_rows(self) -> list[Row]:
        return shown(self.moods)

    def recommendation_rows(self) -> list[Row]:
        return shown(self.recommendations)

    def blank_moods(self) -> list[Row]:
        return blank(self.moods)

    def blank_recommendations(self) -> list[Row]:
        return blank(self.recommendations)

    def mood_total(self) -> int:
        return len(self.moods.forms) + BLANK_ROWS

    def recommendation_total(self) -> int:
        return len(self.recommendations.forms) + BLANK_ROWS

    def has_branch_sheet(self) -> bool:
        return any(line.is_told or line.field.errors for line in self.scores.branch_lines())


class Preview(Paper):
    """The sections and questions of a definition as officials will see them; no report lies below."""

    def __init__(self, definition: conditions.Definition) -> None:
        fields = list(Field.objects.filter(is_active=True))
        self.definition = [dict(section) for section in definition]
        self.questions = Questions(definition=definition, fields=fields)
        self.remarks = {}


def chairs_of(meeting: Meeting, last: MeetingReport | None) -> list[str]:
    """The branch's secretary of that day, and who chaired last time."""
    contacts = Contact.objects.on(meeting.held_on).filter(
        unit=meeting.unit_id, role=ContactRole.SECRETARY
    )
    secretary = contacts.order_by("-starts_on", "pk").values_list("name", flat=True).first()
    before = last.chaired_by if last else ""
    if secretary and fold(secretary) in fold(before):
        return [before]
    return [one for one in (f"Bí thư {secretary}" if secretary else "", before) if one]


def filled(rows: Rows) -> list[Row]:
    return [row for row in rows.forms if row.has_changed()]


def shown(rows: Rows) -> list[Row]:
    """The rows of a draft; of a POST those that hold something."""
    return filled(rows) if rows.is_bound else list(rows.forms)


def blank(rows: Rows) -> list[Row]:
    """Empty rows for a browser without scripts."""
    start = len(rows.forms)
    return [
        rows.form(prefix=rows.add_prefix(index), **rows.form_kwargs)
        for index in range(start, start + BLANK_ROWS)
    ]


def authorities_of(report: MeetingReport) -> list[Unit]:
    """Whom a branch may address: the commune, and the agencies of the province of that day."""
    meeting = report.meeting
    root = meeting.unit.path.split("/")[1]
    agencies = Q(kind=UnitKind.AGENCY, path__startswith=f"/{root}/")
    units = Unit.objects.on(meeting.held_on).filter(agencies | Q(pk=meeting.commune_id))
    units = units.only("name", "kind", "name_key")
    return sorted(units, key=lambda unit: (unit.kind != UnitKind.COMMUNE, unit.name_key))


def typed_in(data: QueryDict) -> dict[str, Any]:
    """What was typed, as a draft keeps it: a text for each name, a list where several were chosen.

    PostgreSQL keeps no NUL, and nobody can type one.
    """
    kept = {
        name: texts if len(texts) > 1 else texts[0]
        for name, values in data.lists()
        if (texts := [value.replace("\0", "") for value in values])
        and "\0" not in name
        and name not in NOT_TYPED
        and not name.endswith("_FORMS")
    }
    return {name: value for name, value in kept.items() if value != ""}
