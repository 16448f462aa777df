"""Whether the program is alive and may be given work; for the load balancer and for the operator's eyes."""

import shutil
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.lib import heartbeat

LATE_AFTER: Final = 180  # seconds: three of the worker's minutes
FREE_DISK_AT_LEAST: Final = 200 * 1024 * 1024
FINE: Final = "ok"


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return HttpResponse(FINE, content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Each part with `ok` or a sentence; 503 if one of them is not well."""
    parts = {name: verdict(check) for name, check in CHECKS.items()}
    well = all(answer == FINE for answer in parts.values())
    return JsonResponse(
        parts, status=200 if well else 503, json_dumps_params={"ensure_ascii": False}
    )


def verdict(check: Callable[[], str | None]) -> str:
    """What a part says of itself; a part that cannot be asked is not well, whatever the reason."""
    try:
        return check() or FINE
    except Exception as error:
        return f"không trả lời ({type(error).__name__})"


def database() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return None


def broker() -> str | None:
    cache.set("readyz", FINE, 10)
    return None if cache.get("readyz") == FINE else "không giữ được giá trị vừa ghi"


def pulse(process: str) -> str | None:
    age = heartbeat.seconds_since(process)
    if age is None:
        return "chưa thấy nhịp nào"
    return None if age <= LATE_AFTER else f"nhịp cuối cách đây {age} giây"


def disk() -> str | None:
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.MEDIA_ROOT).free
    return None if free >= FREE_DISK_AT_LEAST else f"chỉ còn {free // 1024 // 1024} MB"


CHECKS: Final[Mapping[str, Callable[[], str | None]]] = {
    "database": database,
    "broker": broker,
    "worker": partial(pulse, heartbeat.WORKER),
    "beat": partial(pulse, heartbeat.BEAT),
    "disk": disk,
}
