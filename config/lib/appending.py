"""Tables that acts only append to: rows of several acts go in one statement."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


class Appender(Generic[M]):
    """Writes rows at once, or inside `with …together():` all of them at its end; until then they have no key."""

    def __init__(self, model: type[M]) -> None:
        self.model = model
        self.waiting: ContextVar[list[M] | None] = ContextVar(model.__name__, default=None)

    def add(self, *rows: M) -> None:
        waiting = self.waiting.get()
        if waiting is None:
            self.model._default_manager.bulk_create(rows)
        else:
            waiting.extend(rows)

    @contextmanager
    def together(self) -> Iterator[None]:
        """When the block fails its rows are lost, like all else in the transaction around it."""
        rows: list[M] = []
        before = self.waiting.set(rows)
        try:
            yield
        finally:
            self.waiting.reset(before)
        self.add(*rows)
