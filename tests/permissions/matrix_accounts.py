"""Addresses of django-allauth: sign-in is open to strangers, the rest is everybody's own."""

from tests.permissions.table import Row

ROWS: list[Row] = []
