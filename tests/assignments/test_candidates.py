"""Whom one is offered to ask: who is free and near, why, and what is said when there is nobody."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assignments.actions import substitutions
from assignments.candidates import candidates, is_anybody_free
from assignments.models import Assignment, Substitution
from assignments.states import SubstitutionStatus
from config.lib.errors import Refused
from reports.work.sending import substitutes_wanted
from reports.work.task import Desk
from roster.models import Official, Policy, Unit, User
from roster.states import AbsenceReason, PolicyKey, Role
from tests import factories
from tests.assignments.setting import Setting
from tests.assignments.test_substitutions import DAY, account, ask, sent

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(substitution: Substitution) -> str:
    return reverse("assignments:substitution_detail", args=[substitution.pk])


def past_request(setting: Setting) -> Substitution:
    """A request whose day went by unanswered."""
    asked = ask(sent(setting, "Vũ Văn An"), setting.desk)
    over = timezone.localdate() - timedelta(days=1)
    Substitution.objects.filter(pk=asked.pk).update(starts_on=over, ends_on=over)
    asked.refresh_from_db()
    return asked


def inside(setting: Setting, agency: Unit) -> None:
    """The branch is one of the agency's own."""
    Unit.objects.filter(pk=setting.branch.pk).update(path=f"{agency.path}{setting.branch.pk}/")
    setting.branch.refresh_from_db()


def test_nobody_is_offered_the_own_branch_or_one_of_the_own_office():
    setting = Setting()
    own_office = factories.agency(setting.province, name="Sở Tài chính")
    inside(setting, own_office)
    assignment = sent(setting, "Vũ Văn An")
    insider = factories.OfficialFactory(full_name="Trần Thị Bình", agency=own_office)
    setting.official("Lê Văn Cường", own_branch=setting.branch)
    free = setting.official("Phạm Đức Đạt")
    asked = ask(assignment, setting.desk)

    found = candidates(asked, setting.desk)

    assert [one.official for one in found] == [free]
    with pytest.raises(Refused, match="thuộc cơ quan của chính đồng chí Trần Thị Bình"):
        substitutions.accept_substitution(asked, substitute=insider, by=setting.desk)


def test_full_and_long_stayed_stand_behind_the_free_with_the_reason():
    setting = Setting()
    Policy.objects.filter(key=PolicyKey.LONGEST_STAY_MONTHS).update(value=1)
    old = setting.official("Trần Thị Bình")
    factories.AssignmentFactory(
        decision=setting.draft("7-QĐ/TU"),
        official=old,
        unit=setting.branch,
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
    )
    full = sent(setting, "Lê Văn Cường", setting.another_branch("Chi bộ xóm 4")).official
    Official.objects.filter(pk=full.pk).update(capacity=1)
    free = setting.official("Phạm Đức Đạt")
    assignment = sent(setting, "Vũ Văn An")
    asked = ask(assignment, setting.desk, date(2026, 1, 5), date(2026, 1, 5))

    found = candidates(asked, setting.desk)

    assert {one.official: one.drawbacks for one in found} == {
        free: [],
        full: ["đã đủ số nơi nhận"],
        old: ["đã dự nơi này đủ thời gian lâu nhất"],
    }
    assert found[0].official == free


def test_the_nearest_of_many_is_found_though_others_have_less_to_do(monkeypatch):
    monkeypatch.setattr("assignments.candidates.LOOKED_AT", 2)
    setting = Setting()
    Unit.objects.filter(pk=setting.commune.pk).update(lat=20.0, lon=106.0)
    asked = ask(sent(setting, "Vũ Văn An"), setting.desk)
    for number in range(5):
        setting.official(f"Lê Văn Xa {number}")
    near = factories.commune(setting.province, name="Xã Gần", lat=20.1, lon=106.0)
    here = sent(setting, "Nguyễn Văn Gần", setting.another_branch("Chi bộ xóm 4")).official
    Official.objects.filter(pk=here.pk).update(agency=near)

    assert candidates(asked, setting.desk)[0].official == here


def test_who_asks_may_invite_a_colleague_whom_the_same_body_sends_and_nobody_else():
    setting = Setting()
    assignment = sent(setting, "Vũ Văn An")
    colleague = sent(setting, "Trần Thị Bình", setting.another_branch("Chi bộ xóm 4")).official
    stranger = setting.official("Lê Văn Cường")
    asked = ask(assignment, account(assignment))
    client = signed_in(account(assignment))

    text = client.get(page(asked)).content.decode()
    url = reverse("assignments:substitution_offer", args=[asked.pk])
    client.post(url, {"substitute": stranger.pk})
    asked.refresh_from_db()
    assert asked.substitute is None
    client.post(url, {"substitute": colleague.pk})

    asked.refresh_from_db()
    assert "Trần Thị Bình" in text
    assert "Lê Văn Cường" not in text
    assert "ghi luôn" not in text
    assert (asked.status, asked.substitute) == (SubstitutionStatus.OFFERED, colleague)


def test_a_request_of_past_days_is_neither_offered_nor_declined_but_who_went_is_noted():
    setting = Setting()
    asked = past_request(setting)
    binh = setting.official("Trần Thị Bình")
    text = signed_in(setting.desk).get(page(asked)).content.decode()

    with pytest.raises(Refused, match="Những ngày xin thay đã qua"):
        substitutions.offer_substitution(asked, substitute=binh, by=setting.desk)
    with pytest.raises(Refused, match="Những ngày xin thay đã qua"):
        substitutions.decline_substitution(asked, answer="Không", by=setting.desk)
    substitutions.accept_substitution(asked, substitute=binh, by=setting.desk)

    assert "Không cử được người" not in text
    assert "Đồng chí nào đã dự thay?" in text
    assert "Đã qua, không ai dự thay" in text
    assert asked.status == SubstitutionStatus.ACCEPTED


def test_an_offer_of_past_days_is_not_taken_and_a_past_stand_in_not_passed_on():
    setting = Setting()
    asked = past_request(setting)
    binh = sent(setting, "Trần Thị Bình", setting.another_branch("Chi bộ xóm 4"))
    Substitution.objects.filter(pk=asked.pk).update(status="offered", substitute=binh.official)
    asked.refresh_from_db()
    with pytest.raises(Refused, match="Những ngày xin thay đã qua"):
        substitutions.take_offer(asked, by=account(binh))
    substitutions.accept_substitution(asked, substitute=binh.official, by=setting.desk)

    with pytest.raises(Refused, match="Những ngày xin thay đã qua"):
        substitutions.pass_on(
            asked,
            starts_on=asked.starts_on,
            ends_on=asked.ends_on,
            reason=AbsenceReason.DUTY,
            by=account(binh),
        )


def desk_of(setting: Setting) -> Desk:
    return Desk(setting.desk, timezone.now())


def test_an_empty_pool_says_on_the_desks_pages_that_the_branch_is_uncovered():
    setting = Setting()
    assignment = sent(setting, "Vũ Văn An")
    busy = sent(setting, "Trần Thị Bình", setting.another_branch("Chi bộ xóm 4"))
    for unit in (setting.branch, busy.unit):
        factories.MeetingRuleFactory(unit=unit, day=DAY.day)
    asked = ask(assignment, setting.desk)
    client = signed_in(setting.desk)

    listed = client.get(reverse("assignments:substitution_list")).content.decode()
    shown = client.get(page(asked)).content.decode()
    task = substitutes_wanted(desk_of(setting))

    assert not is_anybody_free(asked, setting.desk)
    assert "không còn ai rảnh để mời" in listed
    assert "Chi bộ xóm 3 chưa có người dự" in shown
    assert "cùng ngày dự Chi bộ xóm 4" in shown
    assert task
    assert task.what == "Chi bộ chưa có người dự, không còn ai để mời"
    setting.official("Lê Văn Cường")
    assert is_anybody_free(asked, setting.desk)
    assert (
        "không còn ai rảnh"
        not in client.get(reverse("assignments:substitution_list")).content.decode()
    )


def test_what_waits_is_counted_until_its_days_have_passed():
    setting = Setting()
    past_request(setting)

    assert substitutes_wanted(desk_of(setting)) is None
    listed = signed_in(setting.desk).get(reverse("assignments:substitution_list"))
    assert "Không có đề nghị nào đang chờ" in listed.content.decode()


def order(substitution: Substitution, desk: User) -> list[Official]:
    return [one.official for one in candidates(substitution, desk)]


def test_a_busy_day_neither_puts_one_next_in_line_nor_last():
    """R6: who was passed over or declined because of a meeting stands where he or she stood before."""
    setting = Setting()
    assignment = sent(setting, "Vũ Văn An")
    busy = sent(setting, "Trần Thị Bình", setting.another_branch("Chi bộ xóm 4"))
    for name in ("Lê Văn Cường", "Phạm Đức Đạt"):
        sent(setting, name, setting.another_branch(f"Chi bộ {name}"))
    later = DAY + timedelta(days=20)
    another = ask(
        sent(setting, "Hoàng Thị Ánh", setting.another_branch("Chi bộ xóm 9")),
        setting.desk,
        later,
        later,
    )
    before = order(another, setting.desk)
    asked = ask(assignment, setting.desk)
    substitutions.offer_substitution(asked, substitute=busy.official, by=setting.desk)

    substitutions.refuse_offer(asked, reason=AbsenceReason.CLASH, by=account(busy))
    substitutions.accept_substitution(
        asked,
        substitute=Assignment.objects.get(official__full_name="Lê Văn Cường").official,
        by=setting.desk,
    )

    assert busy.official in before
    assert order(another, setting.desk) == before


def test_who_is_offered_answers_on_the_page():
    setting = Setting()
    factories.MeetingRuleFactory(unit=setting.branch, day=DAY.day)
    asked = ask(sent(setting, "Vũ Văn An"), setting.desk)
    substitutions.offer_substitution(
        asked, substitute=setting.official("Trần Thị Bình"), by=setting.desk
    )
    user = User.objects.get(official__full_name="Trần Thị Bình")
    client = signed_in(user)

    text = client.get(page(asked)).content.decode()
    client.post(reverse("assignments:substitution_take", args=[asked.pk]))

    asked.refresh_from_db()
    assert "báo cáo ghi “dự thay đồng chí Vũ Văn An”" in text
    assert "Lý do không dự thay được" in text
    assert "Nhà văn hóa xóm" in text
    assert "19:30" in text
    assert asked.status == SubstitutionStatus.ACCEPTED


def test_a_communes_desk_may_ask_its_own_people_and_colleagues_of_who_cannot_go():
    setting = Setting()
    commune_desk = factories.UserFactory(role=Role.COMMUNE_OFFICER, unit=setting.commune)
    assignment = sent(setting, "Vũ Văn An")
    colleague = sent(setting, "Trần Thị Bình", setting.another_branch("Chi bộ xóm 4")).official
    own = factories.OfficialFactory(full_name="Lê Văn Cường", agency=setting.commune)
    setting.official("Phạm Đức Đạt")
    asked = ask(assignment, account(assignment))

    assert {one.official for one in candidates(asked, commune_desk)} == {own, colleague}
    assert is_anybody_free(asked, commune_desk)
