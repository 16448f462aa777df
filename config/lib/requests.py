"""What a request asks for."""

from django.http import HttpRequest


def wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"
