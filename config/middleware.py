"""Domain errors become pages: `Refused` 422 with its reason, `Conflict` 409. Views never catch them."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from pghistory.middleware import HistoryMiddleware

from config.lib.errors import Conflict, Refused
from config.lib.requests import wants_json

UNAUTHORIZED: Final = 401
REFUSED: Final = 422
CONFLICT: Final = 409
SIGNED_OUT: Final = "Phiên đăng nhập đã hết. Đăng nhập lại; nội dung đã viết vẫn giữ trên máy này."


class CompressText(GZipMiddleware):
    """Pages on a slow network, whatever stands in front of the program; files that are compressed already go as they are."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith(("text/", "application/json")):
            return response
        return super().process_response(request, response)


class SignInRequired(LoginRequiredMiddleware):
    """A page leads to the sign-in page; a script that asked for JSON hears 401, so that it keeps what it holds."""

    def handle_no_permission(  # type: ignore[override] # the stubs know only the redirect
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if wants_json(request):
            return JsonResponse({"error": SIGNED_OUT}, status=UNAUTHORIZED)
        return super().handle_no_permission(request, view_func)


class RecordsHistory(HistoryMiddleware):
    """Who is behind the changes of a request, for the history of the rosters; reports write no row that has one."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "POST" or request.path.startswith("/reports/"):
            return self.get_response(request)  # type: ignore[no-any-return]
        return super().__call__(request)  # type: ignore[no-untyped-call, no-any-return]

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        return {"user": request.user.pk}


class DomainErrors:
    """A page for a person, a banner for htmx, a sentence in JSON for a script that asked for JSON."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return to_sign_in(response) if is_signed_out_fragment(request, response) else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return answer(request, "refused.html", str(exception), REFUSED)
        if isinstance(exception, Conflict):
            return answer(request, "409.html", str(exception), CONFLICT)
        return None


def answer(request: HttpRequest, template: str, sentence: str, status: int) -> HttpResponse:
    facts: dict[str, Any] = {"sentence": sentence, "back": page_before(request)}
    if getattr(request, "htmx", False):
        response = render(request, "_partials/error_banner.html", facts, status=status)
        response["HX-Retarget"] = "#thong-bao"
        response["HX-Reswap"] = "innerHTML show:top"
        return response
    if wants_json(request):
        return JsonResponse({"error": sentence}, status=status)
    return render(request, template, facts, status=status)


def page_before(request: HttpRequest) -> str:
    """Where the person came from, if that is a page of ours; else the first page."""
    before = request.META.get("HTTP_REFERER", "")
    safe = url_has_allowed_host_and_scheme(
        before, {request.get_host()}, require_https=request.is_secure()
    )
    return before if safe else "/"


def is_signed_out_fragment(request: HttpRequest, response: HttpResponse) -> bool:
    sign_in = resolve_url(settings.LOGIN_URL)
    return bool(getattr(request, "htmx", False)) and response.get("Location", "").startswith(
        sign_in
    )


def to_sign_in(response: HttpResponse) -> HttpResponse:
    """Without this htmx would follow the redirect and put the sign-in page into a table."""
    return HttpResponse(headers={"HX-Redirect": response["Location"]})
