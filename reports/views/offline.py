"""What a phone needs to work without a network: the manifest, the service worker, a page to fall back on."""

import hashlib
from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from roster.http import UserRequest

FONTS: Final = tuple(
    f"vendor/be-vietnam-pro-5.3.0/be-vietnam-pro-{script}-{weight}-normal.woff2"
    for script in ("vietnamese", "latin")
    for weight in (400, 600)
)
# By plain name, as the scripts import them (config/storage.py); the worker itself asks for the first three.
IMPORTED: Final = (
    "device-store",
    "outbox",
    "waiting-files",
    "smaller",
    "report-fields",
    "two-copies",
)
PICTURES: Final = ("icons.svg", "mark.svg", "app-192.png")


def assets() -> list[str]:
    """Everything the pages that are kept on the phone are made of."""
    if settings.BUNDLED:
        bundles = (settings.SCRIPT_BUNDLE.format(name) for name in ("page", "report"))
        names = [settings.STYLE_BUNDLE, *bundles]
    else:
        names = [*settings.STYLE_SHEETS, *(f"js/{name}.js" for name in settings.SCRIPTS["report"])]
    imported = [f"{settings.STATIC_URL}js/{name}.js" for name in IMPORTED]
    named = [static(name) for name in (*names, *FONTS, *PICTURES)]
    return [*named, *imported]


@login_not_required
@never_cache
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the root, so that it serves every page; a new set of files is a new worker."""
    files = assets()
    facts = {
        "assets": files,
        "static_root": settings.STATIC_URL,
        "edition": hashlib.sha256("\n".join(files).encode()).hexdigest()[:12],
    }
    return render(request, "reports/service_worker.js", facts, content_type="text/javascript")


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Name and icons of the installed program."""
    icons = [
        {
            "src": static(f"app-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]
    facts = {
        "name": "Dự sinh hoạt chi bộ",
        "short_name": "Sinh hoạt",
        "lang": "vi",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fffdf9",
        "theme_color": "#fffdf9",
        "icons": icons,
    }
    return JsonResponse(facts, content_type="application/manifest+json")


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Shown by the worker for a page that was never opened on this phone."""
    return render(request, "reports/offline.html")


@never_cache
@require_safe
def sending_token(request: UserRequest) -> HttpResponse:
    """Who is signed in, and the token with which a report that waited may be sent; 401 when nobody is."""
    return JsonResponse({"user": request.user.pk, "token": get_token(request)})


patterns = [
    path("sw.js", service_worker, name="service_worker"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("offline/", offline, name="offline"),
    path("reports/token/", sending_token, name="sending_token"),
]
