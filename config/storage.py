"""Static files in production: named by their content, compressed, the style sheets of every page in one file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage


class BundledStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise has no types
    """On a slow network a page waits for one style sheet instead of twenty.

    Scripts import each other by their plain names: a vendor's module that imports another package's cannot be renamed.
    """

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        bundle = settings.STYLE_BUNDLE
        texts = (Path(self.path(name)).read_text() for name in settings.STYLE_SHEETS)
        if bundle and not options.get("dry_run"):
            self.delete(bundle)
            self.save(bundle, ContentFile("\n".join(texts).encode()))
            paths[bundle] = (self, bundle)
        yield from super().post_process(paths, *args, **options)
