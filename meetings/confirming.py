"""By when a branch says whether its day stands, and which month is asked about."""

from datetime import date, timedelta

from config.lib.months import add_months, day_in, month_of
from roster.models import Policy
from roster.states import PolicyKey


def next_month(today: date) -> date:
    return add_months(month_of(today), 1)


def confirm_by(month: date) -> date:
    """The day of the month before by which a branch confirms (policy "confirm_day")."""
    before = add_months(month, -1)
    row = Policy.objects.on(before).filter(key=PolicyKey.CONFIRM_DAY).first()
    return day_in(before, row.value) if row else month - timedelta(days=1)
