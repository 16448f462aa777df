"""Static files in production: named by their content, compressed, the style sheets and scripts of a page in one file each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from config.lib.scripts import bundled


class BundledStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # whitenoise has no types
    """On a slow network a page waits for one style sheet and one script instead of twenty of each.

    Other scripts import each other by their plain names: a vendor's module that imports another package's cannot be renamed.
    """

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        if settings.BUNDLED and not options.get("dry_run"):
            for name, text in self.bundles():
                self.delete(name)
                self.save(name, ContentFile(text.encode()))
                paths[name] = (self, name)
        yield from super().post_process(paths, *args, **options)

    def bundles(self) -> Iterator[tuple[str, str]]:
        yield settings.STYLE_BUNDLE, "\n".join(map(self.text, settings.STYLE_SHEETS))
        for name, scripts in settings.SCRIPTS.items():
            yield settings.SCRIPT_BUNDLE.format(name), bundled(scripts, self.script)

    def script(self, name: str) -> str:
        return self.text(f"js/{name}.js")

    def text(self, name: str) -> str:
        return Path(self.path(name)).read_text()
