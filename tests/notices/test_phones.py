"""SMS and Zalo over the wire: taken over, refused, busy, arrived or not; against sinks that speak the real protocol."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from config.gateway_sink import Gateway
from notices import actions
from notices.channels.channel import Message
from notices.channels.sms import short_text
from notices.models import ChannelToken, Notice
from notices.states import NoticeStatus
from roster.models import Official
from tests import factories

pytestmark = pytest.mark.django_db
FACTS = {"unit": "Chi bộ xóm 13", "when": "19:30 thứ Năm, 03/12/2026", "url": "/meetings/12/"}


@pytest.fixture(params=["sms", "zalo"])
def gateway(request: Any, settings: Any, tmp_path: Path) -> Iterator[Gateway]:
    server = Gateway(0, tmp_path / "phones")
    address = f"http://127.0.0.1:{server.server_address[1]}"
    settings.NOTICE_CHANNELS = [request.param]
    settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_TOKEN = f"{address}/sms", "khoa"
    settings.ZALO_URL, settings.ZALO_TOKEN_URL = f"{address}/zalo", f"{address}/zalo/access_token"
    settings.ZALO_TEMPLATES = {"*": {"id": "7895", "fields": ["name", "when", "link"]}}
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def tell(phone: str) -> Notice:
    user = factories.UserFactory(unit=factories.province(), phone=phone, full_name="Đinh Thị Lụa")
    actions.owe("meetings.t1", to=user, occasion="a", facts=FACTS)
    actions.pay_all(now=timezone.now())
    return Notice.objects.get(user=user)


def kept(gateway: Gateway) -> list[dict[str, Any]]:
    return [json.loads(path.read_text()) for path in sorted(gateway.folder.glob("*.json"))]


def test_message_is_taken_over_and_its_receipt_noted(gateway: Gateway) -> None:
    notice = tell("+84912345678")

    count = actions.ask_for_receipts(now=timezone.now())

    (message,) = kept(gateway)
    words = json.dumps(message, ensure_ascii=False)
    assert (notice.status, count) == (NoticeStatus.SENT, 1)
    assert Notice.objects.get().received_at is not None
    assert f"/n/{notice.pk}-" in words
    assert notice.key in words


def test_a_number_corrected_in_the_roster_takes_effect_on_what_was_not_sent_yet(
    gateway: Gateway,
) -> None:
    agency = factories.agency(factories.province())
    official = factories.OfficialFactory(agency=agency, phone="+84912345001")
    user = factories.attendee(official)
    actions.owe("meetings.t1", to=user, occasion="a", facts=FACTS)

    Official.objects.filter(pk=official.pk).update(phone="+84987654321")
    actions.pay_all(now=timezone.now())

    (message,) = kept(gateway)
    assert "84987654321" in json.dumps(message)
    assert Notice.objects.get(user=user).status == NoticeStatus.SENT


@pytest.mark.parametrize("ending", ["000"])
def test_number_that_does_not_exist_is_given_up_and_listed(gateway: Gateway, ending: str) -> None:
    notice = tell(f"+84912345{ending}")

    assert (notice.status, notice.is_wrong_address) == (NoticeStatus.FAILED, True)
    assert notice.reason in {"Số điện thoại không có thật.", "Số này không dùng Zalo."}


def test_busy_provider_is_asked_again_later(gateway: Gateway) -> None:
    notice = tell("+84912345001")

    assert (notice.status, notice.attempts) == (NoticeStatus.WAITING, 1)
    assert kept(gateway) == []


def test_message_that_never_arrived_is_a_failure_with_its_reason(gateway: Gateway) -> None:
    tell("+84912345002")

    actions.ask_for_receipts(now=timezone.now())

    notice = Notice.objects.get()
    assert notice.status == NoticeStatus.FAILED
    assert notice.reason.startswith("Không tới máy người nhận. ")


def test_who_has_no_number_is_listed(gateway: Gateway) -> None:
    notice = tell("")

    assert (notice.reason, notice.is_wrong_address) == ("Chưa có số điện thoại.", True)


@pytest.mark.parametrize("gateway", ["zalo"], indirect=True)
def test_zalos_key_is_renewed_when_it_is_no_longer_taken(gateway: Gateway) -> None:
    tell("+84912345678")
    before = ChannelToken.objects.get().access_token
    gateway.token = gateway.token[::-1] + "x"

    notice = tell("+84912345679")

    assert notice.status == NoticeStatus.SENT
    assert ChannelToken.objects.get().access_token != before


def test_sms_is_in_plain_letters_with_its_link_whole() -> None:
    link = "https://sinhhoat.example/n/1-ab/"

    text = short_text(Message("k", "+84", "Đồng chí dự họp " + "ở xóm " * 200, "", link=link))

    assert text.startswith("Dong chi du hop o xom")
    assert text.endswith(f" {link}")
    assert len(text) <= 459
