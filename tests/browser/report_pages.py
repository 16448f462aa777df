"""What a person does on the report's form, for the tests that need a whole one."""

import time

from django.test import Client
from playwright.sync_api import BrowserContext, Page

from roster.models import User
from tests.reports.posts import POINTS
from tests.reports.scenes import TEXT

PHONE = {"width": 390, "height": 844}
FIELDS = {
    "began_at": "19:30",
    "ended_at": "21:15",
    "chaired_by": "Bí thư Trần Văn Thử",
    "member_count": "41",
    "obliged_count": "40",
    "present_count": "38",
    "excused_count": "1",
    "unexcused_count": "1",
    "pressing_problem": TEXT,
    "conveyed": "Thông báo kết quả kỳ họp của Hội đồng nhân dân tỉnh.",
    "opinion_count": "7",
    **{f"score-attendee-{number}": str(most) for number, most in enumerate(POINTS, 1)},
}
CHOICES = {"committee_met": ["yes"], "documents_sent": ["day_before"], "agenda": ["news", "results"], "openness": ["open"]}  # fmt: skip
# Fields on other screens are written where they stand, with the events of a person's typing.
WRITE = """([fields, choices]) => {
  const form = document.querySelector("[data-paper]");
  const tell = (input) => input.dispatchEvent(new Event("input", { bubbles: true }));
  for (const [name, value] of Object.entries(fields)) {
    const input = form.elements.namedItem(name);
    input.value = value;
    tell(input);
  }
  for (const [name, values] of Object.entries(choices)) {
    for (const box of form.querySelectorAll(`[name="${name}"]`)) {
      box.checked = values.includes(box.value);
      tell(box);
    }
  }
}"""


def fill_everything(page: Page, *, results: str) -> None:
    """A complete report with one recommendation; `results` is the text to look for afterwards."""
    page.evaluate(WRITE, [{**FIELDS, "results": results}, CHOICES])
    page.evaluate("document.querySelector('[data-rows=recommendations] [data-rows-add]').click()")
    asked = {
        "recommendations-0-text": "Nạo vét 420 m mương tiêu đầu xóm 13.",
        "recommendations-0-proposal": "Bố trí kinh phí năm 2027.",
    }
    page.evaluate(WRITE, [asked, {}])
    page.evaluate(
        """() => {
          const field = document.querySelector("[name='recommendations-0-field']");
          field.value = [...field.options].find((one) => one.textContent === "Thủy lợi").value;
          field.dispatchEvent(new Event("change", { bubbles: true }));
        }"""
    )


def sign_in_to(context: BrowserContext, url: str, user: User) -> None:
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    expires = time.time() + 3600  # as a real one, it outlives the browser
    context.add_cookies([{"name": "sessionid", "value": session, "url": url, "expires": expires}])
