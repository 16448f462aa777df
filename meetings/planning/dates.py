"""The day an enlarged committee meeting is put on while the commune has no fixed day."""

from datetime import date, time, timedelta
from typing import Final

from config.lib.months import last_day
from config.lib.working_days import is_working_day

DEFAULT_HOUR: Final = time(19, 30)  # a branch without an hour
DEFAULT_OFFICE_HOUR: Final = time(8, 0)  # a committee without a rule


def default_enlarged_day(month: date) -> date:
    """The last working day of the month, when committees usually look back on it."""
    day = last_day(month)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
