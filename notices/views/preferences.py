"""Over which channels a person wants to be told."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from notices import actions
from notices.forms import ChannelsForm
from roster.http import UserRequest


@require_http_methods(["GET", "POST"])
def preferences(request: UserRequest) -> HttpResponse:
    form = ChannelsForm(request.POST or None, user=request.user)
    if form.is_valid():
        actions.switch_off(form.switched_off(), by=request.user)
        messages.success(request, "Đã ghi kênh nhận tin.")
        return redirect("notices:preferences")
    return render(request, "notices/preferences.html", {"form": form})
