"""Forms of decisions, their lists, and substitutions."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from assignments import rules
from assignments.actions import imports
from assignments.actions.import_jobs import LONG_FILE
from assignments.models import Assignment, Decision, Substitution
from assignments.states import AttendeeRole
from config.lib.errors import Refused
from config.lib.fields import DayInput, TextField, no_secrets
from config.lib.spreadsheets.limits import EMPTY, MOST_BYTES, MOST_ROWS, TOO_BIG
from roster.forms.columns import MatchForm
from roster.models import Official, RosterImport, Unit, User
from roster.sheets.known import ISSUING_KINDS
from roster.sheets.preview import ListOptions, Preview
from roster.sheets.vocabulary import FIELDS
from roster.states import AbsenceReason, RosterKind, UnitKind

ISSUERS = (UnitKind.PROVINCIAL, UnitKind.DISTRICT, UnitKind.COMMUNE)


class CommitteeField(forms.ModelChoiceField[Unit]):
    """A committee under its own name: "Đảng ủy xã Quang Thiện"."""

    def label_from_instance(self, obj: Unit) -> str:
        return obj.committee_name


class HistoricCommitteeField(CommitteeField):
    """Also those that have ended, with the day: old lists are theirs."""

    def label_from_instance(self, obj: Unit) -> str:
        ended = f" (đến {obj.ends_on:%d/%m/%Y})" if obj.ends_on else ""
        return f"{obj.committee_name}{ended}"


def offer(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """What may be chosen in the field."""
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows


class DecisionForm(forms.ModelForm[Decision]):
    issuer = CommitteeField(Unit.objects.none(), label="Cấp ban hành")
    number = TextField(
        label="Số, ký hiệu",
        max_length=40,
        required=False,
        help_text="Số do văn thư cấp, ví dụ 87-QĐ/TU. Để trống: chương trình lấy số kế tiếp trong sổ khi ban hành.",
    )
    authority = TextField(
        label="Thẩm quyền ký",
        max_length=60,
        required=False,
        help_text="Để trống: T/M BAN THƯỜNG VỤ.",
    )
    office = TextField(label="Chức vụ người ký", max_length=80, required=False)
    signer = TextField(label="Người ký", max_length=120, required=False)
    subject = TextField(label="Trích yếu", max_length=300, required=False)

    class Meta:
        model = Decision
        fields = ["kind", "issuer", "number", "signed_on", "authority", "office", "signer", "starts_on", "ends_on", "subject", "basis"]  # fmt: skip
        labels = {"starts_on": "Thời hạn từ ngày"}
        widgets = {
            "signed_on": DayInput(),
            "starts_on": DayInput(),
            "ends_on": DayInput(),
            "basis": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, by: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issuers = Unit.objects.visible_to(by).on(today).filter(kind__in=ISSUERS)
        offer(self, "issuer", issuers.for_list())
        self.fields["basis"].validators.append(no_secrets)
        self.by = by

    def clean_issuer(self) -> Unit:
        issuer: Unit = self.cleaned_data["issuer"]
        if reason := rules.why_not_decide(issuer, self.by):
            raise ValidationError(reason)
        return issuer


class AmendForm(forms.Form):
    starts_on = forms.DateField(
        label="Thay đổi từ ngày",
        widget=DayInput(),
        help_text="Người thôi dự còn dự đến hết ngày hôm trước.",
    )


class LinesForm(forms.Form):
    """One official to one or several branches; each pair is held against the rules here, so that the reason stands beside it."""

    official = forms.ModelChoiceField(
        Official.objects.none(),
        label="Cán bộ",
        error_messages={"required": "Chọn một đồng chí."},
    )
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label="Chi bộ, đảng ủy",
        error_messages={"required": "Chọn ít nhất một chi bộ."},
    )
    role = forms.ChoiceField(
        label="Vai trò", choices=AttendeeRole, initial=AttendeeRole.MAIN, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, decision: Decision, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decision = decision
        offer(self, "official", Official.objects.visible_to(by).select_related("agency"))
        offer(self, "units", Unit.objects.visible_to(by))

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if not self.errors:
            load = Assignment.objects.load_of(values["official"], self.decision).count()
            for extra, unit in enumerate(values["units"]):
                reason = rules.why_not_add(self.decision, values["official"], unit, load + extra)
                if reason:
                    self.add_error("units", reason)
        return values


class EndForm(forms.Form):
    ended_on = forms.DateField(label="Ngày cuối còn hiệu lực", widget=DayInput())
    reason = TextField(label="Lý do", max_length=200)


class SignedFileForm(forms.Form):
    file = forms.FileField(
        label="Bản ký (PDF)", widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"})
    )


class AskForm(forms.Form):
    starts_on = forms.DateField(label="Không dự được từ ngày", widget=DayInput())
    ends_on = forms.DateField(label="đến hết ngày", widget=DayInput())
    reason = forms.ChoiceField(label="Lý do", choices=AbsenceReason)
    note = TextField(
        label="Ghi thêm",
        max_length=200,
        required=False,
        help_text="Không ghi nội dung bí mật nhà nước.",
    )

    def __init__(self, *args: Any, assignment: Assignment, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assignment, self.by = assignment, by

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if not self.errors and (reason := self.why_not(values["starts_on"], values["ends_on"])):
            self.add_error("starts_on", reason)
        return values

    def why_not(self, first: date, last: date) -> str | None:
        return rules.why_not_ask(self.assignment, self.by, first, last)


class PassOnForm(AskForm):
    """A substitute who cannot go on some of the days taken on."""

    def __init__(self, *args: Any, substitution: Substitution, by: User, **kwargs: Any) -> None:
        super().__init__(*args, assignment=substitution.assignment, by=by, **kwargs)
        self.substitution = substitution

    def why_not(self, first: date, last: date) -> str | None:
        today = timezone.localdate()
        return rules.why_not_pass_on(self.substitution, self.by, first, last, today)


class RefuseForm(forms.Form):
    reason = forms.ChoiceField(label="Lý do không dự thay được", choices=AbsenceReason)
    note = TextField(label="Ghi thêm", max_length=200, required=False)


class AcceptForm(forms.Form):
    substitute = forms.ModelChoiceField(
        Official.objects.none(),
        label="Người thay",
        error_messages={"required": "Chọn người đi thay."},
    )

    def __init__(
        self,
        *args: Any,
        substitution: Substitution,
        officials: QuerySet[Official],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.substitution = substitution
        offer(self, "substitute", officials)

    def clean_substitute(self) -> Official:
        official: Official = self.cleaned_data["substitute"]
        if reason := rules.why_not_stand_in(self.substitution, official):
            raise ValidationError(reason)
        return official


class DeclineForm(forms.Form):
    answer = TextField(label="Trả lời đồng chí ấy", max_length=200)


class ImportForm(forms.Form):
    """A list and what its title may not say. Reading it is part of checking the form: `preview` is the
    result, unless the file `is_long`.
    """

    file = forms.FileField(
        label="Tệp danh sách",
        help_text="Excel (.xlsx, .xlsm, .xls), .ods hoặc .csv, nhiều nhất 50 MB. Để nguyên như cơ quan đang dùng.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv"}),
        error_messages={"required": "Chọn tệp danh sách.", "empty": EMPTY},
    )
    kind = forms.ChoiceField(
        label="Loại danh sách",
        choices=[("", "Tự nhận ra"), *RosterKind.choices],
        required=False,
        widget=forms.RadioSelect(),
    )
    on = forms.DateField(
        label="Tính đến ngày",
        required=False,
        widget=DayInput(),
        help_text="Để trống: theo ngày ghi trong tiêu đề danh sách.",
    )
    unit = HistoricCommitteeField(
        Unit.objects.none(),
        label="Danh sách của",
        required=False,
        empty_label="Theo tiêu đề danh sách",
    )
    decision = TextField(
        label="Số quyết định phân công",
        max_length=40,
        required=False,
        help_text="Chỉ cần cho danh sách phân công mà tiêu đề không ghi số.",
    )

    def __init__(self, *args: Any, by: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["header"] = header_field(
            help_text="Chỉ khi chương trình không tự tìm ra dòng ghi tên các cột."
        )
        owners = Unit.objects.visible_to(by).filter(kind__in=ISSUING_KINDS)
        offer(self, "unit", owners.order_by("kind", "-starts_on", "name_key", "pk"))
        self.by, self.today = by, today
        self.content = b""
        self.preview: Preview | None = None
        self.is_long = False
        self.options = ListOptions()

    def clean_file(self) -> Any:
        """Too big a file is not even read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(TOO_BIG)
        return file

    def clean(self) -> dict[str, Any] | None:
        """Every refusal stands beside the file, so that what was chosen stays on the page."""
        told = super().clean() or self.cleaned_data
        if self.errors:
            return told
        self.options = ListOptions(
            unit=told["unit"], on=told["on"], decision=told["decision"], header=told["header"] or 0
        )
        self.is_long = told["file"].size > LONG_FILE
        if self.is_long:  # read in the background
            return told
        self.content = told["file"].read()
        try:
            kind = imports.kind_of(self.content, told["kind"])
            self.preview = imports.preview_list(
                self.content, kind, self.options, by=self.by, today=self.today
            )
        except Refused as refusal:
            self.add_error("file", str(refusal))
        return told


class ColumnsForm(MatchForm):
    """Of which sheet, and what its columns hold."""

    def __init__(self, *args: Any, roster_import: RosterImport, **kwargs: Any) -> None:
        facts = roster_import.facts
        choices = field_choices(RosterKind(roster_import.kind))
        super().__init__(*args, columns=facts["columns"], choices=choices, **kwargs)
        names = facts["sheets"]
        self.fields["header"] = header_field(initial=facts.get("header"))
        self.fields["sheet"] = forms.ChoiceField(
            label="Trang tính",
            choices=[(name, name) for name in names],
            initial=facts["sheet"],
            widget=forms.Select() if len(names) > 1 else forms.HiddenInput(),
        )


def header_field(**options: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label="Dòng tiêu đề bảng", required=False, min_value=1, max_value=MOST_ROWS, **options
    )


def field_choices(kind: RosterKind) -> list[tuple[str, str]]:
    return [(one.name, one.label) for one in FIELDS[kind]]


class ExportForm(forms.Form):
    """Which list to take away."""

    kind = forms.ChoiceField(
        label="Danh sách",
        choices=[(kind.value, kind.label) for kind in (RosterKind.BRANCHES, RosterKind.OFFICIALS)],
        widget=forms.RadioSelect(),
    )
    unit = HistoricCommitteeField(Unit.objects.none(), label="Của")
    on = forms.DateField(label="Tính đến ngày", widget=DayInput())

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = Unit.objects.visible_to(by).filter(kind__in=ISSUING_KINDS)
        offer(self, "unit", owners.order_by("kind", "-starts_on", "name_key", "pk"))
