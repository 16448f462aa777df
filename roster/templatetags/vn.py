"""How dates, numbers, phones and icons look to a Vietnamese eye. A builtin of every template."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from config.lib.text import phone_shown as shown
from config.lib.working_days import holidays_of
from roster.models import MeetingRule, Unit
from roster.models.dated import Period
from roster.states import Units

register = template.Library()

NBSP: Final = "\N{NO-BREAK SPACE}"
WEEKDAYS: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
WEEKS: Final = {
    1: "tuần đầu",
    2: "tuần thứ hai",
    3: "tuần thứ ba",
    4: "tuần thứ tư",
    -1: "tuần cuối",
}
LAST_DAY: Final = 31


def local(moment: date) -> date:
    """A moment in our zone; a day, or a moment without a zone, as it is."""
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment


@register.filter
def commune_in(meeting: Any, units: str) -> Unit | None:
    """The commune beside a meeting in a list: of its day, or of today (`units` is `now`)."""
    if units != Units.NOW:
        return meeting.commune  # type: ignore[no-any-return]
    home = getattr(meeting.unit, "home", None)
    return home.place if home else None


@register.filter
def vn_date(day: date | None) -> str:
    """03/11/2026"""
    return f"{local(day):%d/%m/%Y}" if day else ""


@register.filter
def vn_time(moment: datetime | time | None) -> str:
    """19:30"""
    if isinstance(moment, datetime):
        return f"{local(moment):%H:%M}"
    return f"{moment:%H:%M}" if moment else ""


@register.filter
def vn_datetime(moment: datetime | None) -> str:
    """20:14 ngày 04/12/2026"""
    return f"{local(moment):%H:%M} ngày {local(moment):%d/%m/%Y}" if moment else ""


@register.filter
def weekday_date(day: date | None) -> str:
    """thứ Ba, 03/11/2026"""
    return f"{WEEKDAYS[local(day).weekday()]}, {local(day):%d/%m/%Y}" if day else ""


@register.filter
def vn_month(day: date | None) -> str:
    """11/2026"""
    return f"{local(day):%m/%Y}" if day else ""


@register.filter
def number(value: float | Decimal | None, places: int | None = None) -> str:
    """1.234,5 with a true minus sign; `places` decimals, or as many as the value needs up to two."""
    if value is None:
        return "–"
    text = f"{value:,.{2 if places is None else places}f}"
    if places is None:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.-", ".,−"))


@register.filter
def percent(value: float | Decimal | None) -> str:
    """87,4 % of a number that is a percentage already; a whole number without decimals."""
    if value is None:
        return "–"
    rounded = round(Decimal(value), 1)
    return f"{number(rounded, 0 if rounded == int(rounded) else 1)}{NBSP}%"


@register.filter
def share(part: int, whole: int) -> Decimal | None:
    """`part` of `whole` in percent; nothing of nothing is no share."""
    return Decimal(100 * part) / whole if whole else None


@register.filter
def phone_shown(phone: str | None) -> str:
    """0912 345 678"""
    return shown(phone) if phone else ""


@register.filter
def masked_phone(phone: str | None) -> str:
    """0912 ••• 678: enough to recognise a number, not enough to call it."""
    if not phone:
        return ""
    return f"{shown(phone)[:4]} ••• {phone[-3:]}"


@register.filter
def given_name(full_name: str) -> str:
    """The name one is called by: the last word."""
    return full_name.rpartition(" ")[2]


@register.filter
def initials(full_name: str) -> str:
    """ĐL for Đinh Thị Lụa."""
    words = full_name.split()
    return (
        "".join(word[0].upper() for word in (words[0], words[-1])[: len(words)]) if words else "?"
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """An ornament from the sprite, silent for screen readers."""
    return format_html(
        '<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>', static("icons.svg"), name
    )


@register.filter
def bar_width(value: Any) -> str:
    """A percentage as an SVG attribute: point as the decimal sign, never beyond the frame."""
    return f"{min(max(float(value or 0), 0), 100):.1f}"


@register.filter
def words(text: str) -> list[str]:
    """A short list written into a template."""
    return text.split()


@register.simple_tag
def stylesheets() -> list[str]:
    """The addresses of the style sheets, in the order of the cascade; in production one."""
    names = [settings.STYLE_BUNDLE] if settings.BUNDLED else settings.STYLE_SHEETS
    return [static(name) for name in names]


@register.simple_tag
def scripts(page: str) -> SafeString:
    """The scripts of a kind of page (settings.SCRIPTS); in production one."""
    bundle = settings.SCRIPT_BUNDLE.format(page)
    names = [bundle] if settings.BUNDLED else [f"js/{name}.js" for name in settings.SCRIPTS[page]]
    return format_html_join(
        "\n", '<script type="module" src="{}"></script>', ((static(name),) for name in names)
    )


@register.filter
def banner_kind(level: str) -> str:
    """The banner's class for a message's level."""
    return {"success": "good", "info": "info", "debug": "info", "error": "late"}.get(level, "")


@register.filter
def fixed_day(rule: MeetingRule) -> str:
    """ngày 3, 19:30, or: thứ Hai tuần đầu, 19:30"""
    if rule.day is not None:
        day = "ngày cuối tháng" if rule.day == LAST_DAY else f"ngày {rule.day}"
    else:
        day = f"{WEEKDAYS[rule.weekday or 0]} {WEEKS[rule.week or 1]}"
    if rule.quarter_month:
        day = f"{day}, {rule.get_quarter_month_display()}"
    return f"{day}, {vn_time(rule.time)}" if rule.time else day


@register.filter
def iso_date(text: str | None) -> str:
    """Of facts kept as JSON: 03/12/2026"""
    return vn_date(date.fromisoformat(text)) if text else ""


@register.filter
def iso_datetime(text: str | None) -> str:
    """Of facts kept as JSON: 19:30 ngày 03/12/2026"""
    return vn_datetime(datetime.fromisoformat(text)) if text else ""


@register.filter
def day_off_name(day: date) -> str:
    """Mùng hai Tết Nguyên Đán, or: Chủ nhật"""
    return holidays_of(day.year).get(day) or WEEKDAYS[day.weekday()]


@register.filter
def period(row: Period) -> str:
    """01/01/2020 – 30/06/2025, or: từ 01/07/2025"""
    if row.ends_on:
        return f"{vn_date(row.starts_on)} – {vn_date(row.ends_on)}"
    return f"từ {vn_date(row.starts_on)}"


@register.filter
def lower_first(text: object) -> str:
    """xã Quang Thiện, within a sentence"""
    words_ = str(text)
    return words_[:1].lower() + words_[1:]
