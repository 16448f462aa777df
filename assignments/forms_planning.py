"""What is typed for a plan."""

from collections.abc import Mapping
from typing import Any

from django import forms

from assignments.models import Proposal
from roster.states import PolicyKey, UnitKind


class PlanForm(forms.Form):
    """Which meetings, and the weights: at first those in force."""

    reach = forms.ChoiceField(
        label="Cuộc họp",
        choices=[
            (UnitKind.BRANCH, "Sinh hoạt chi bộ"),
            (UnitKind.COMMUNE, "Hội nghị đảng ủy mở rộng"),
        ],
    )

    def __init__(self, *args: Any, weights: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = list(weights)
        for name, value in weights.items():
            label = PolicyKey(f"weight_{name}").label.removeprefix("Phương án: ")
            self.fields[name] = forms.IntegerField(
                label=label[:1].upper() + label[1:], initial=value, min_value=0, max_value=10_000
            )

    @property
    def weights(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in self.names}


class PairForm(forms.Form):
    """One pair to pin or to forbid."""

    act = forms.ChoiceField(choices=[("pin", ""), ("forbid", "")])
    official = forms.IntegerField()
    unit = forms.IntegerField()

    def added_to(self, proposal: Proposal) -> dict[str, Any]:
        """The pins and forbids of the plan with this pair; a pin takes the unit's former pin away."""
        told = self.cleaned_data
        pair = [told["official"], told["unit"]]
        pins = [kept for kept in proposal.pins if kept != pair]
        forbids = [kept for kept in proposal.forbids if kept != pair]
        if told["act"] == "forbid":
            return {"pins": pins, "forbids": [*forbids, pair]}
        pins = [kept for kept in pins if kept[1] != told["unit"]]
        return {"pins": [*pins, pair], "forbids": forbids}
