"""Forms of the roster: units, their fixed days and contacts, officials, their offices and absences."""

from typing import Any, Final

from django import forms
from django.db.models import Q, QuerySet

from config.lib.fields import DayInput, HourInput, PhoneField, TextField
from config.lib.text import whole_number
from roster.models import Absence, Contact, MeetingRule, OfficeTerm, Official, Unit, User
from roster.states import MeetingKind, UnitKind

DIRECTIONS: Final = "Ví dụ: từ đường 10 rẽ vào cổng làng, đi 300 m, nhà văn hóa bên trái."


class UnitForm(forms.ModelForm[Unit]):
    name = TextField(label="Tên", max_length=200)

    class Meta:
        model = Unit
        fields = ["name", "branch_type", "member_count", "directions", "note"]
        help_texts = {"directions": DIRECTIONS}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind != UnitKind.BRANCH:
            del self.fields["branch_type"]


class BranchForm(forms.ModelForm[Unit]):
    """A new branch; its committee is the page one comes from."""

    name = TextField(
        label="Tên chi bộ", max_length=200, help_text="Ví dụ: Chi bộ xóm 13 (xã Đồng Hướng cũ)"
    )

    class Meta:
        model = Unit
        fields = ["name", "branch_type", "member_count", "starts_on", "directions", "note"]
        labels = {"starts_on": "Thành lập ngày"}
        help_texts = {"directions": DIRECTIONS}
        widgets = {"starts_on": DayInput()}


class MeetingRuleForm(forms.ModelForm[MeetingRule]):
    """A day of the month or a weekday of a week: the constraint says that it is one of the two."""

    hides_optional = True

    class Meta:
        model = MeetingRule
        fields = ["quarter_month", "day", "week", "weekday", "time", "place", "starts_on"]
        labels = {
            "quarter_month": "Họp vào",
            "day": "Ngày trong tháng",
            "week": "hoặc tuần thứ",
            "weekday": "vào thứ",
            "starts_on": "Áp dụng từ ngày",
        }
        help_texts = {"day": "1 đến 31; 31 là ngày cuối tháng."}
        widgets = {
            "time": HourInput(),
            "starts_on": DayInput(),
            "week": forms.Select(
                choices=[("", "–"), (1, "nhất"), (2, "hai"), (3, "ba"), (4, "tư"), (-1, "cuối cùng")]
            ),
            "weekday": forms.Select(
                choices=[
                    ("", "–"), (0, "Hai"), (1, "Ba"), (2, "Tư"), (3, "Năm"), (4, "Sáu"), (5, "Bảy"), (6, "Chủ nhật"),
                ]
            ),
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind != MeetingKind.THEMATIC:
            del self.fields["quarter_month"]
        else:
            self.fields["quarter_month"].required = True


class ContactForm(forms.ModelForm[Contact]):
    name = TextField(label="Họ và tên", max_length=120)
    phone = PhoneField(label="Điện thoại", required=False)

    class Meta:
        model = Contact
        fields = ["name", "phone", "email", "starts_on"]
        labels = {"starts_on": "Từ ngày"}
        widgets = {"starts_on": DayInput()}


class BranchPicker(forms.TextInput):
    """A search box whose hits can be chosen: a province has more branches than a list can hold."""

    template_name = "roster/_branch_picker.html"
    choices: Any  # its field's, which are the user's own branches

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        chosen = self.choices.queryset.filter(pk=whole_number(str(value))).first()
        return super().get_context(name, value, attrs) | {"chosen": chosen}


class OfficialForm(forms.ModelForm[Official]):
    full_name = TextField(label="Họ và tên", max_length=120)
    title = TextField(label="Chức vụ", max_length=200, required=False)
    phone = PhoneField(label="Điện thoại công vụ", required=False)

    class Meta:
        model = Official
        fields = [
            "full_name", "title", "agency", "group", "birth_date", "birth_year", "phone", "email",
            "capacity", "own_branch", "rank", "is_active", "note",
        ]  # fmt: skip
        widgets = {"birth_date": DayInput()}
        help_texts = {
            "birth_year": "Chỉ ghi khi không biết ngày sinh.",
            "capacity": "Từ 0 đến 4.",
            "rank": "Số nhỏ đứng trước trong danh sách.",
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"] = agency_field(by)
        self.fields["own_branch"] = forms.ModelChoiceField(
            Unit.objects.visible_to(by).branches(),
            label="Chi bộ của mình",
            help_text="Chỉ để không phân công đồng chí về chính chi bộ ấy.",
            required=False,
            widget=BranchPicker(),
        )


class TermForm(forms.ModelForm[OfficeTerm]):
    office = TextField(label="Chức vụ", max_length=200)

    class Meta:
        model = OfficeTerm
        fields = ["office", "unit", "decision", "starts_on", "ends_on"]
        widgets = {"starts_on": DayInput(), "ends_on": DayInput()}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = agency_field(by, held=self.instance.unit_id)


class NewTermForm(TermForm):
    in_place_of_others = forms.BooleanField(
        label="Thay cho chức vụ đang giữ",
        help_text="Các chức vụ đang giữ kết thúc vào ngày trước “Từ ngày”. Bỏ dấu nếu đồng chí kiêm nhiệm.",
        required=False,
        initial=True,
    )


class AbsenceForm(forms.ModelForm[Absence]):
    class Meta:
        model = Absence
        fields = ["reason", "starts_on", "ends_on", "note"]
        widgets = {"reason": forms.RadioSelect(), "starts_on": DayInput(), "ends_on": DayInput()}
        help_texts = {"ends_on": "Để trống khi chưa biết ngày về."}


class AccountForm(forms.ModelForm[User]):
    """What one changes of one's own account; name, role and unit are the administrator's business."""

    phone = PhoneField(label="Điện thoại", required=False)
    email = forms.EmailField(
        label="Thư điện tử công vụ",
        help_text="Tin nhắc việc và đường dẫn đặt lại mật khẩu được gửi tới đây.",
    )

    class Meta:
        model = User
        fields = ["email", "phone"]


def agency_field(by: User, held: int | None = None) -> "forms.ModelChoiceField[Unit]":
    """Where an official may work: agencies and committees of the keeper's subtree, not branches.

    `held` is the unit of a term that is corrected: it may have ended since.
    """
    units: QuerySet[Unit] = Unit.objects.visible_to(by).exclude(kind=UnitKind.BRANCH).for_list()
    return forms.ModelChoiceField(
        units.filter(Q(ends_on=None) | Q(pk=held)), label="Đơn vị công tác"
    )
