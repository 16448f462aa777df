"""The commission's forms for the next scoring frame: what it is, a criterion, a part with its choices."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import count
from typing import Any, Final

from django import forms

from config.lib.fields import TextField
from config.lib.text import whole_number
from reports.form_design import Part, new_key
from reports.forms.design import PublishForm
from reports.suggestions import COUNTED, FACTS

LEAST_CHOICES: Final = 2
MOST_ROWS: Final = 12
SPARE_ROWS: Final = 2
FEWEST_ROWS: Final = 4


class FrameAboutForm(forms.Form):
    use_required_attribute = False

    name = TextField(
        label="Tên khung", max_length=200, error_messages={"required": "Ghi tên khung."}
    )
    code = TextField(
        label="Ký hiệu",
        max_length=40,
        error_messages={"required": "Ghi ký hiệu."},
        help_text="Ngắn, chưa khung nào dùng, ví dụ HD 42 (2027).",
    )
    source = TextField(
        label="Nguồn",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Văn bản nào, điểm từng ý chia theo đâu.",
    )
    bands = forms.CharField(
        label="Xếp loại",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Ghi ít nhất một mức."},
        help_text="Mỗi dòng một mức, từ cao xuống thấp: từ mấy điểm, rồi tên. Ví dụ: 90 Tốt. Mức cuối từ 0.",
    )

    def __init__(self, *args: Any, present: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = "\n".join(f"{least} {name}" for least, name in present["bands"])
        self.initial = {**present, "bands": lines}

    def clean_bands(self) -> list[list[Any]]:
        lines = [line.split(maxsplit=1) for line in self.cleaned_data["bands"].splitlines()]
        lines = [line for line in lines if line]
        for line in lines:
            if len(line) < 2 or whole_number(line[0]) is None or len(line[1]) > 40:  # noqa: PLR2004 - a number, a name
                raise forms.ValidationError(
                    f"Dòng “{' '.join(line)[:60]}”: ghi số điểm, rồi tên, ví dụ 90 Tốt."
                )
        found = [[int(least), name] for least, name in lines]
        least = [points for points, _ in found]
        if least != sorted(set(least), reverse=True) or least[-1] != 0 or least[0] > 100:  # noqa: PLR2004 - of a hundred
            raise forms.ValidationError("Các mức giảm dần, không quá 100, mức cuối từ 0 điểm.")
        return found


class CriterionForm(forms.Form):
    use_required_attribute = False

    title = TextField(
        label="Tiêu chí", max_length=200, error_messages={"required": "Ghi tiêu chí."}
    )
    hint = TextField(label="Hướng dẫn", max_length=200, required=False)
    max_points = forms.IntegerField(
        label="Điểm tối đa",
        min_value=1,
        max_value=100,
        error_messages={"required": "Ghi điểm tối đa."},
        help_text="Tiêu chí có các ý thì điểm là tổng của các ý, không ghi ở đây.",
    )

    def __init__(self, *args: Any, present: Part | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.present = present
        self.initial = dict(present or {})
        if present and present["fields"]:
            del self.fields["max_points"]

    def criterion(self, taken: set[str]) -> dict[str, Any]:
        new = {"key": new_key(self.cleaned_data["title"], taken), "max_points": 0, "fields": []}
        return {**(self.present or new), **self.cleaned_data}


class SubCriterionForm(forms.Form):
    use_required_attribute = False

    label = TextField(label="Ý", max_length=200, error_messages={"required": "Ghi nội dung của ý."})
    group = TextField(
        label="Nhóm",
        max_length=80,
        required=False,
        help_text="Chỉ khi tiêu chí chia nhóm, ví dụ Điều hành của bí thư. Các ý cùng nhóm đứng liền nhau.",
    )
    fact = forms.ChoiceField(
        label="Gợi ý từ báo cáo",
        required=False,
        choices=[("", "Không gợi ý"), *FACTS.items()],
        help_text="Chương trình chỉ nêu gợi ý cạnh ý này, không chọn thay.",
    )
    need = forms.IntegerField(
        label="Quy định bao nhiêu phút",
        required=False,
        min_value=1,
        max_value=600,
        widget=forms.NumberInput(attrs={"data-shown-when": "fact=minutes"}),
    )
    need_more = forms.IntegerField(
        label="Bao nhiêu phút khi đông đảng viên hoặc kết hợp chuyên đề",
        required=False,
        min_value=1,
        max_value=600,
        widget=forms.NumberInput(attrs={"data-shown-when": "fact=minutes"}),
    )
    members = forms.IntegerField(
        label="Từ bao nhiêu đảng viên là đông",
        required=False,
        min_value=1,
        max_value=9999,
        widget=forms.NumberInput(attrs={"data-shown-when": "fact=minutes"}),
    )
    last_if_unexcused = forms.BooleanField(
        label="Có người vắng không lý do thì gợi ý lựa chọn cuối",
        required=False,
        widget=forms.CheckboxInput(attrs={"data-shown-when": "fact=rate"}),
    )

    def __init__(self, *args: Any, present: Part | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.present = present
        self.initial = {**(present or {}), **(present or {}).get("suggest", {})}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("fact") == "minutes" and not values.get("need") and "need" not in self.errors:
            self.add_error("need", "Ghi số phút quy định.")
        if bool(values.get("need_more")) != bool(values.get("members")):
            self.add_error("members", "Ghi cả số phút và số đảng viên, hoặc để trống cả hai.")
        return values

    def suggest(self) -> dict[str, Any]:
        given = self.cleaned_data
        asked = {
            "minutes": ("need", "need_more", "members"),
            "rate": ("last_if_unexcused",),
        }.get(given["fact"], ())
        return {"fact": given["fact"], **{name: given[name] for name in asked if given[name]}}

    def part(self, taken: set[str], choices: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """As the definition keeps it."""
        given = self.cleaned_data
        key = self.present["key"] if self.present else new_key(given["label"], taken)
        found: dict[str, Any] = {"key": key, "label": given["label"]}
        if given["group"]:
            found["group"] = given["group"]
        if given["fact"]:
            found["suggest"] = self.suggest()
        is_counted = given["fact"] in COUNTED
        kept = ("key", "label", "points", *(("from",) if is_counted else ()))
        found["choices"] = [{name: one[name] for name in kept if name in one} for one in choices]
        return found


class FramePublishForm(PublishForm):
    name = None  # type: ignore[assignment]  # Django's way to leave a field out; the draft has its name

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "starts_on"
        ].help_text = "Khung trước hết hiệu lực ngày liền trước. Báo cáo giữ khung của ngày họp."


def cell(label: str, **attrs: Any) -> dict[str, Any]:
    return {"aria-label": label, "class": "form-control", **attrs}


class ChoiceRow(forms.Form):
    """One choice of a part; an empty row is no choice."""

    use_required_attribute = False

    # a slug, because the page's script looks the choice up by it
    key = forms.SlugField(required=False, max_length=20, widget=forms.HiddenInput())
    points = forms.DecimalField(
        label="Điểm",
        required=False,
        min_value=0,
        max_value=100,
        max_digits=4,
        decimal_places=1,
        localize=False,
        widget=forms.NumberInput(attrs=cell("Điểm", inputmode="decimal", step="0.5")),
    )
    label = TextField(
        label="Lựa chọn",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs=cell("Lựa chọn")),
    )
    least = forms.DecimalField(
        label="Gợi ý từ mức",
        required=False,
        min_value=-9999,
        max_value=9999,
        decimal_places=2,
        widget=forms.NumberInput(attrs=cell("Gợi ý từ mức", inputmode="decimal", step="any")),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("points") is not None and not values.get("label"):
            self.add_error("label", "Ghi lời của lựa chọn.")
        if values.get("label") and values.get("points") is None and "points" not in self.errors:
            self.add_error("points", "Ghi điểm.")
        return values

    def choice(self, key: str) -> dict[str, Any]:
        given = self.cleaned_data
        found = {"key": key, "label": given["label"], "points": plain(given["points"])}
        return found if given["least"] is None else {**found, "from": plain(given["least"])}


class ChoiceRows(forms.BaseFormSet):  # type: ignore[type-arg]  # generic only in the stubs
    """From the highest points down; at least two."""

    def clean(self) -> None:
        if any(self.errors):
            return
        points = [row.cleaned_data["points"] for row in self.told()]
        if len(points) < LEAST_CHOICES:
            raise forms.ValidationError("Ghi ít nhất hai lựa chọn, ví dụ Đạt và Chưa đạt.")
        if points != sorted(points, reverse=True) or not points[0]:
            raise forms.ValidationError(
                "Xếp các lựa chọn từ điểm cao xuống thấp, lựa chọn đầu trên 0."
            )

    def told(self) -> list[Any]:
        return [row for row in self.forms if row.cleaned_data.get("label")]

    def choices(self) -> Iterator[dict[str, Any]]:
        """A choice keeps its key when it is reworded; a new one gets the next number."""
        rows = self.told()
        used = {row.cleaned_data["key"] for row in rows}
        free = (str(number) for number in count(1) if str(number) not in used)
        given: set[str] = set()
        for row in rows:
            key = row.cleaned_data["key"]
            key = next(free) if not key or key in given else key
            given.add(key)
            yield row.choice(key)


def choice_rows(data: Any, present: Part | None) -> Any:
    """A `ChoiceRows` of what there is, and a few empty rows."""
    choices = (present or {}).get("choices", ())
    initial = [{**one, "least": one.get("from")} for one in choices]
    extra = max(SPARE_ROWS, FEWEST_ROWS - len(initial))
    factory = forms.formset_factory(
        ChoiceRow, formset=ChoiceRows, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )
    return factory(data, prefix="choices", initial=initial)


def plain(number: Decimal) -> int | float:
    return int(number) if number % 1 == 0 else float(number)
