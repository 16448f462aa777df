"""What each column of a sheet holds, for a person to mend."""

from collections.abc import Sequence
from typing import Any

from django import forms


class MatchForm(forms.Form):
    """One choice a column; filled with our guess, or with what the clerk said before.

    `columns` are facts of a preview: column, letter, caption, field, top (its first cells).
    """

    def __init__(
        self,
        *args: Any,
        columns: Sequence[dict[str, Any]],
        choices: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        for one in columns:
            self.fields[f"column-{one['column']}"] = forms.ChoiceField(
                label=f"Cột {one['letter']}, “{one['caption']}”",
                choices=[("", "Bỏ qua"), *choices],
                initial=one["field"],
                required=False,
            )

    def matched(self) -> list[dict[str, Any]]:
        """Each column with its field, for the page."""
        return [{**one, "select": self[f"column-{one['column']}"]} for one in self.columns]

    def chosen(self) -> dict[int, str]:
        return {one["column"]: self.cleaned_data[f"column-{one['column']}"] for one in self.columns}
