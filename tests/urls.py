"""Every address the program answers to."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def every_url() -> list[tuple[str, URLPattern]]:
    """(`namespace:name`, pattern) of every URL; a pattern without a name is named by its route."""
    return list(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            space = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from _walk(entry, space)
        else:
            yield f"{prefix}{entry.name or entry.pattern}", entry
