"""Merging two records of one person."""

from django.db import IntegrityError, transaction

from config.lib.errors import Refused, refuse_if
from roster import audit, rules
from roster.merging import filled_from, relations, rows_of
from roster.models import Official, User


def merge_officials(kept: Official, double: Official, *, by: User) -> None:
    """Everything that names `double` names `kept` from now on; the double stays on record as merged, its account closed.

    Refused as a whole where both stand in one place at one time (one branch, one meeting).
    """
    refuse_if(rules.why_not_merge(kept, double, by))
    try:
        move_all(kept, double, by=by)
    except IntegrityError:
        raise Refused(
            "Hai hồ sơ cùng đứng ở một chỗ trong cùng thời gian (cùng chi bộ hoặc cùng cuộc họp) nên chưa gộp được. "
            "Kết thúc hoặc bỏ một trong hai dòng ấy trước; chưa có gì thay đổi."
        ) from None


@transaction.atomic
def move_all(kept: Official, double: Official, *, by: User) -> None:
    moved = {}
    for relation in relations():
        count = rows_of(relation, double).update(**{relation.field.name: kept})
        if count:
            moved[str(relation.related_model._meta.label_lower)] = count
    filled = filled_from(kept, double)
    for name, value in filled.items():
        setattr(kept, name, value)
    kept.save()
    take_account(kept, double, by=by)
    Official.objects.filter(pk=double.pk).update(merged_into=kept, is_active=False)
    audit.record("merged", kept, by=by, double=double.pk, moved=moved, filled=sorted(filled))
    audit.record("merged_into", double, by=by, kept=kept.pk)


def take_account(kept: Official, double: Official, *, by: User) -> None:
    """The kept record keeps its account; if it has none it takes over the double's."""
    account = User.objects.filter(official=double).first()
    if account is None:
        return
    if User.objects.filter(official=kept).exists():
        User.objects.filter(pk=account.pk).update(is_active=False)
        audit.record("account_closed", account, by=by, because="merged")
    else:
        User.objects.filter(pk=account.pk).update(official=kept)
        audit.record("account_tied", account, by=by, official=kept.pk)
