"""A decision that reorganises units, with its list of changes."""

from typing import Any, Final

from django import forms

MOST_BYTES: Final = 5_000_000


class ReorganisationForm(forms.Form):
    decision = forms.CharField(label="Số, ngày quyết định", max_length=200)
    effective_on = forms.DateField(
        label="Hiệu lực từ ngày", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    changes = forms.FileField(
        label="Bảng thay đổi (CSV)",
        help_text="Cột old_code, new_code, change; thêm new_name, parent_code cho đơn vị lập mới.",
    )

    def clean_changes(self) -> Any:
        file = self.cleaned_data["changes"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("Tệp lớn hơn 5 MB.")
        return file
