"""The admin panel, registered when Django looks for `roster.admin`."""

from roster.admin import books, officials, units, users

__all__ = ["books", "officials", "units", "users"]
