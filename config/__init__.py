import django_stubs_ext

from config.celery import app as celery_app

django_stubs_ext.monkeypatch()  # `forms.ModelForm[Unit]` at run time as in the annotations

__all__ = ["celery_app"]
