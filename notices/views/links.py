"""The personal link of a message."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notices import links


@login_not_required
@never_cache
@require_safe
def link(request: HttpRequest, token: str) -> HttpResponse:
    """To the page, for the person it was sent to; for whoever is not signed in, over the sign-in page.

    The link is no key: who holds it learns the account's name and nothing else. Somebody else
    who is signed in finds nothing.
    """
    notice = links.read(token)
    if notice is None or not notice.user.is_active:
        raise Http404
    if request.user.is_authenticated and request.user.pk != notice.user_id:
        raise Http404
    if links.is_dead(notice, timezone.now()):
        return render(request, "notices/link.html", status=410)
    page = notice.facts.get("url") or reverse("notices:inbox")
    if request.user.is_authenticated:
        return redirect(page)
    return redirect(
        f"{reverse('account_login')}?{urlencode({'next': page, 'login': notice.user.username})}"
    )
