"""Who may decide what about assignments, and when not: each rule gives the sentence, or None."""

from collections.abc import Collection, Mapping
from datetime import date

from assignments.models import Assignment, Decision, Substitution
from assignments.states import DecisionStatus, SubstitutionStatus
from config.lib.errors import Refused
from roster.models import Official, Policy, Unit, User
from roster.states import PolicyKey, Role, RosterKind, UnitKind

NOT_YOURS = "Chỉ cán bộ tổ chức của {} được làm việc này."


NOBODY_LISTED = "Danh sách chưa có ai."
PAST_DAYS = "Những ngày xin thay đã qua."


def why_not_decide(issuer: Unit, user: User) -> str | None:
    """Decisions belong to the desk of the body that issues them."""
    if not (user.is_superuser or user.is_desk) or not user.oversees(issuer):
        return NOT_YOURS.format(issuer.committee_name)
    return None


def why_not_draft(user: User) -> str | None:
    """Who may draft decisions at all."""
    if user.is_superuser or user.is_desk:
        return None
    return "Chỉ cán bộ tổ chức được lập quyết định phân công."


def why_not_see_all(user: User) -> str | None:
    if user.is_superuser or user.role in Role.whole_subtree():
        return None
    return "Trang này dành cho cán bộ tổ chức. Nơi đồng chí dự sinh hoạt ở mục “Việc của tôi”."


def why_not_edit(decision: Decision, user: User) -> str | None:
    if decision.status == DecisionStatus.PROPOSED:
        return "Dự thảo đang trình; lấy về mới sửa được."
    if decision.status != DecisionStatus.DRAFT:
        return "Quyết định đã ban hành, danh sách chỉ đổi được bằng quyết định bổ sung."
    return why_not_decide(decision.issuer, user)


def why_not_propose(decision: Decision, user: User, line_count: int) -> str | None:
    """The list goes before whoever signs, and is not changed meanwhile."""
    if decision.status != DecisionStatus.DRAFT:
        return "Chỉ dự thảo mới trình được."
    return NOBODY_LISTED if not line_count else why_not_decide(decision.issuer, user)


def why_not_take_back(decision: Decision, user: User) -> str | None:
    if decision.status != DecisionStatus.PROPOSED:
        return "Dự thảo này không ở bước trình."
    return why_not_decide(decision.issuer, user)


def why_not_issue(decision: Decision, user: User, line_count: int) -> str | None:
    """`line_count` counts lines and removals. Number and day of signing are given at issue where they are missing."""
    if decision.status not in DecisionStatus.before_issue():
        return "Quyết định này đã ban hành."
    return NOBODY_LISTED if not line_count else why_not_decide(decision.issuer, user)


def why_not_amend(decision: Decision, user: User) -> str | None:
    if decision.status not in DecisionStatus.standing():
        return "Chỉ quyết định đang có hiệu lực mới bổ sung, thay đổi được."
    return why_not_decide(decision.issuer, user)


def why_not_remove(amendment: Decision, line: Assignment) -> str | None:
    """Which lines an amendment may end: those of the decision it amends that still hold on its first day."""
    if line.decision_id != amendment.amends_id:
        return f"Dòng này không thuộc {amendment.amends or 'quyết định được thay đổi'}."
    if not line.in_force or not line.is_on(amendment.starts_on):
        return f"Dòng này không còn hiệu lực vào ngày {amendment.starts_on:%d/%m/%Y}."
    return None


def why_not_end(decision: Decision, user: User) -> str | None:
    if decision.status not in DecisionStatus.standing():
        return "Chỉ quyết định đang có hiệu lực mới kết thúc được."
    return why_not_decide(decision.issuer, user)


def why_not_file(decision: Decision, user: User) -> str | None:
    """The signed PDF comes back after issue, and is not exchanged afterwards."""
    if decision.status in DecisionStatus.before_issue():
        return "Ban hành quyết định trước, rồi gửi bản ký."
    if decision.signed_sha256:
        return "Đã có bản ký của quyết định này."
    return why_not_decide(decision.issuer, user)


def why_not_end_assignment(assignment: Assignment, user: User, today: date) -> str | None:
    if not assignment.in_force or (assignment.ends_on and assignment.ends_on < today):
        return "Phân công này không còn hiệu lực."
    return why_not_decide(assignment.decision.issuer, user)


def why_not_end_on(holds: Decision | Assignment, last: date) -> str | None:
    """Ending makes a period shorter; a longer one needs a decision."""
    if holds.ends_on and last > holds.ends_on:
        return f"Thời hạn đã đến ngày {holds.ends_on:%d/%m/%Y}; chọn ngày ấy hoặc sớm hơn."
    return None


def why_not_add(decision: Decision, official: Official, unit: Unit, loads: int) -> str | None:
    """Whether the pair may stand in the draft; `loads` is how many units the official has then."""
    _, most = usual_and_most(decision.starts_on)
    if loads >= most:
        return f"Đồng chí {official} đã có {loads} nơi; mỗi đồng chí nhận nhiều nhất {most}."
    return why_not_reach(decision, unit) or why_not_send(official, unit)


def why_not_assign(
    decision: Decision, official: Official, units: Collection[Unit]
) -> Mapping[int, str]:
    """For each unit (by primary key) that the official cannot take as one of all of these: why not."""
    elsewhere = Assignment.objects.load_of(official, decision).exclude(unit__in=units)
    load = elsewhere.values("unit").distinct().count()
    found = {
        unit.pk: why_not_add(decision, official, unit, load + extra)
        for extra, unit in enumerate(units)
    }
    return {pk: reason for pk, reason in found.items() if reason}


def why_not_swap(decision: Decision, one: Unit, other: Unit) -> Mapping[int, str]:
    """For the unit that would get somebody who may not go there: why not. Loads stay as they are."""
    main = decision.assignments.main().filter(unit__in=[one, other]).select_related("official")
    there = {line.unit_id: line.official for line in main}
    if not there:
        return {one.pk: "Hai nơi này chưa có ai trong danh sách, không có gì để đổi."}
    comes = {one: there.get(other.pk), other: there.get(one.pk)}
    found = {
        unit.pk: why_not_reach(decision, unit) or why_not_send(official, unit)
        for unit, official in comes.items()
        if official
    }
    return {pk: reason for pk, reason in found.items() if reason}


def usual_and_most(day: date) -> tuple[int, int]:
    """How many places one official usually has, and how many at most (Policy)."""
    usual, most = PolicyKey.USUAL_BRANCHES, PolicyKey.MOST_BRANCHES
    rows = Policy.objects.on(day).filter(key__in=[usual, most])
    values = dict(rows.values_list("key", "value"))
    if len(values) < len((usual, most)):
        raise Refused(f"Chưa có mức phân công (số nơi mỗi đồng chí) cho ngày {day:%d/%m/%Y}.")
    return values[usual], values[most]


def why_not_reach(decision: Decision, unit: Unit) -> str | None:
    """A decision reaches the branches, commune and grassroots committees below its issuer on its first day."""
    if unit.kind not in {UnitKind.BRANCH, *UnitKind.committees()}:
        return f"{unit} không phải là chi bộ, đảng ủy xã, phường hay đảng ủy cơ sở."
    if not unit.path.startswith(decision.issuer.path):
        return f"{unit.committee_name} không thuộc {decision.issuer.committee_name}."
    if not unit.is_on(decision.starts_on):
        day = f"{decision.starts_on:%d/%m/%Y}"
        return f"{unit.committee_name} không còn (hoặc chưa có) vào ngày {day}."
    return None


def why_not_send(official: Official, unit: Unit) -> str | None:
    if not official.is_active:
        return f"Đồng chí {official} không còn công tác."
    if official.own_branch_id == unit.pk:
        return f"{unit} là chi bộ của chính đồng chí {official}; chọn chi bộ khác."
    if is_own_office(official.agency, unit):
        return f"{unit.committee_name} thuộc cơ quan của chính đồng chí {official}; chọn nơi khác."
    return None


def is_own_office(office: Unit, unit: Unit) -> bool:
    """Whether the unit is the office itself, or a branch inside it."""
    inside = office.kind in UnitKind.offices() and office.pk in unit.ancestor_ids
    return inside or office.pk == unit.pk


def why_not_ask_ever(assignment: Assignment, user: User) -> str | None:
    is_own = user.official_id is not None and user.official_id == assignment.official_id
    if not is_own and why_not_decide(assignment.unit, user):
        return "Chỉ đồng chí được phân công, hoặc cán bộ tổ chức, xin cử người thay."
    return None


def why_not_ask(assignment: Assignment, user: User, first: date, last: date | None) -> str | None:
    """The assignee asks, or the desk for him or her, for days on which the assignment holds."""
    if reason := why_not_ask_ever(assignment, user):
        return reason
    if not assignment.in_force or not assignment.is_on(first):
        return f"Phân công này không có hiệu lực ngày {first:%d/%m/%Y}."
    if last and last < first:
        return "Ngày cuối phải từ ngày đầu trở đi."
    return None


def why_not_note_substitute(substitution: Substitution, user: User) -> str | None:
    """The desk notes who goes; afterwards too, so that whoever went can file the report."""
    if substitution.status not in SubstitutionStatus.unanswered():
        return "Đề nghị này đã được trả lời."
    return why_not_decide(substitution.assignment.unit, user)


def why_not_answer(substitution: Substitution, user: User, today: date) -> str | None:
    """The desk says that nobody is sent."""
    over = PAST_DAYS if substitution.is_over(today) else None
    return why_not_note_substitute(substitution, user) or over


def why_not_offer(substitution: Substitution, user: User, today: date) -> str | None:
    """Who cannot go asks a colleague; the desk asks anybody."""
    if user.official_id is None or user.official_id != substitution.absent.pk:
        return why_not_answer(substitution, user, today)
    if substitution.status not in SubstitutionStatus.unanswered():
        return "Đề nghị này đã được trả lời."
    return PAST_DAYS if substitution.is_over(today) else None


def why_not_take_offer(substitution: Substitution, user: User, today: date) -> str | None:
    """Who was offered says yes or no, in person, before the days have passed."""
    if substitution.status != SubstitutionStatus.OFFERED:
        return "Lời mời đi thay này không còn."
    if substitution.is_over(today):
        return PAST_DAYS
    if user.official_id is None or user.official_id != substitution.substitute_id:
        return "Chỉ đồng chí được mời đi thay trả lời."
    return None


def why_not_pass_on_ever(substitution: Substitution, user: User, today: date) -> str | None:
    if substitution.status != SubstitutionStatus.ACCEPTED:
        return "Chỉ lần đi thay đã nhận mới xin người khác thay tiếp."
    if substitution.is_over(today):
        return PAST_DAYS
    is_own = user.official_id is not None and user.official_id == substitution.substitute_id
    return None if is_own else why_not_decide(substitution.assignment.unit, user)


def why_not_pass_on(
    substitution: Substitution, user: User, first: date, last: date | None, today: date
) -> str | None:
    """The substitute cannot go on some of the days taken on (R7: chains resolve)."""
    if reason := why_not_pass_on_ever(substitution, user, today):
        return reason
    if last and last < first:
        return "Ngày cuối phải từ ngày đầu trở đi."
    if not substitution.is_on(first) or not substitution.is_on(last or date.max):
        return "Chỉ xin thay tiếp cho những ngày đã nhận đi thay."
    return None


def why_not_withdraw(substitution: Substitution, user: User, today: date) -> str | None:
    standing = {*SubstitutionStatus.unanswered(), SubstitutionStatus.ACCEPTED}
    if substitution.status not in standing:
        return "Đề nghị này không còn hiệu lực."
    if substitution.is_over(today):
        return PAST_DAYS
    is_own = user.official_id == substitution.absent.pk
    return None if is_own else why_not_decide(substitution.assignment.unit, user)


def why_not_stand_in(substitution: Substitution, official: Official) -> str | None:
    """Whether the official may go in the assignee's place on those days (R7: no loops)."""
    assignment = substitution.assignment
    days = (substitution.starts_on, substitution.ends_on)
    if official.pk == assignment.official_id:
        return "Người thay phải là đồng chí khác."
    if official.pk in asked_before(substitution):
        return f"Đồng chí {official} vừa xin thay chính những ngày này; chọn đồng chí khác."
    if official.absences.overlapping(*days).exists():
        return f"Đồng chí {official} vắng trong những ngày này."
    own = official.assignments.filter(unit=assignment.unit, in_force=True)
    if own.overlapping(*days).exists():
        return f"Đồng chí {official} đã được phân công dự {assignment.unit.committee_name}."
    return why_not_send(official, assignment.unit) or why_not_free(official, substitution)


def asked_before(substitution: Substitution) -> set[int]:
    """Those of the chain who could not go: nobody is asked to stand in for whoever stands in for them."""
    chain, link = set(), substitution.instead_of
    while link is not None:
        chain.add(link.substitute_id or 0)
        link = link.instead_of
    return chain


def why_not_free(official: Official, substitution: Substitution) -> str | None:
    """Neither standing in elsewhere nor asking for a substitute: so nobody stands in for whoever stands in for him or her."""
    days = (substitution.starts_on, substitution.ends_on)
    others = Substitution.objects.overlapping(*days).exclude(pk=substitution.pk)
    there = others.open().filter(substitute=official).select_related("assignment__unit").first()
    if there:
        return f"Đồng chí {official} đã đi thay tại {there.assignment.unit} trong những ngày này."
    passed_on = others.open().filter(instead_of__substitute=official)
    if others.of(official).open().exists() or passed_on.exists():
        return f"Đồng chí {official} cũng đang xin người đi thay trong những ngày này."
    return None


def why_not_import_any(user: User) -> str | None:
    """Who opens the wizard at all."""
    importing = {Role.SYSTEM_ADMIN, Role.COMMISSION_OFFICER, Role.COMMUNE_OFFICER}
    if user.is_superuser or user.role in importing:
        return None
    return "Vai trò của đồng chí không nhập danh sách."


def why_not_import(user: User, kind: RosterKind, owner: Unit) -> str | None:
    """The commission imports for its whole subtree, a commune the branches of its own committee."""
    if user.is_superuser:
        return None
    if reason := why_not_import_any(user):
        return reason
    if not user.oversees(owner):
        return f"Danh sách này của {owner.committee_name}, ngoài phạm vi của đồng chí."
    if user.role == Role.COMMUNE_OFFICER and kind != RosterKind.BRANCHES:
        return "Xã, phường chỉ nhập danh sách chi bộ của mình; danh sách này gửi Ban Tổ chức."
    return None
