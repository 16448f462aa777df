"""Django's admin with our site in the place of its own."""

from django.contrib.admin.apps import AdminConfig


class OfficeAdminConfig(AdminConfig):
    default_site = "roster.admin_site.OfficeAdminSite"
