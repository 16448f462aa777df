"""Kinds, roles and statuses of the roster."""

from collections.abc import Collection, Mapping
from typing import Self

from django.db.models import TextChoices

from config.lib.status import Status


class Role(TextChoices):
    """What a user may do; `User.unit` says where (DOMAIN.md §7)."""

    SYSTEM_ADMIN = "system_admin", "Quản trị hệ thống"
    COMMISSION_OFFICER = "commission_officer", "Chuyên viên Ban Tổ chức"
    COMMISSION_LEADER = "commission_leader", "Lãnh đạo Ban Tổ chức"
    COMMUNE_OFFICER = "commune_officer", "Cán bộ xã, phường"
    ATTENDEE = "attendee", "Cán bộ dự sinh hoạt"
    BRANCH_SECRETARY = "branch_secretary", "Bí thư chi bộ"
    AUTHORITY_OFFICER = "authority_officer", "Cán bộ cơ quan trả lời"
    VIEWER = "viewer", "Thường trực Tỉnh ủy"

    @classmethod
    def commission(cls) -> "Collection[Role]":
        return {cls.COMMISSION_OFFICER, cls.COMMISSION_LEADER}

    @classmethod
    def desk(cls) -> "frozenset[Role]":
        """Who receives reports and sends recommendations on."""
        return frozenset({Role.COMMISSION_OFFICER, Role.COMMISSION_LEADER, Role.COMMUNE_OFFICER})

    @classmethod
    def whole_subtree(cls) -> "frozenset[Role]":
        """Who sees everything below the own unit."""
        return cls.desk() | {Role.SYSTEM_ADMIN, Role.VIEWER}


class UnitKind(TextChoices):
    PROVINCIAL = "provincial", "Tỉnh ủy"
    DISTRICT = "district", "Huyện ủy"
    COMMUNE = "commune", "Đảng ủy xã, phường"
    GRASSROOTS = "grassroots", "Đảng ủy cơ sở"
    BRANCH = "branch", "Chi bộ"
    AGENCY = "agency", "Cơ quan"

    @classmethod
    def offices(cls) -> Collection[Self]:
        """Whose own branches are closed to their own people (conflict of interest)."""
        return {cls.AGENCY, cls.GRASSROOTS}

    @classmethod
    def committees(cls) -> "frozenset[UnitKind]":
        """Whose enlarged meetings are attended."""
        return frozenset({UnitKind.COMMUNE, UnitKind.GRASSROOTS})

    @classmethod
    def places(cls) -> "frozenset[UnitKind]":
        """Where meetings are counted: communes, and what stands above them."""
        return frozenset({UnitKind.COMMUNE, UnitKind.DISTRICT, UnitKind.PROVINCIAL})


class Units(TextChoices):
    """Under which units the past is shown; `?units=now` in addresses (R1)."""

    THEN = "then", "Theo tên lúc họp"
    NOW = "now", "Theo đơn vị hiện nay"

    @property
    def way(self) -> str:
        """From a meeting to the commune in which it counts."""
        return "commune" if self == Units.THEN else "unit__home__place"


class BranchType(TextChoices):
    RESIDENTIAL = "residential", "Thôn, xóm, tổ dân phố"
    AGENCY = "agency", "Cơ quan"
    PUBLIC_SERVICE = "public_service", "Đơn vị sự nghiệp"
    ENTERPRISE = "enterprise", "Doanh nghiệp"
    ARMED_FORCES = "armed_forces", "Lực lượng vũ trang"


class ContactRole(TextChoices):
    SECRETARY = "secretary", "Bí thư"
    DEPUTY = "deputy", "Phó bí thư"
    OFFICE = "office", "Đầu mối"


class MeetingKind(TextChoices):
    REGULAR = "regular", "Sinh hoạt thường kỳ"
    THEMATIC = "thematic", "Sinh hoạt chuyên đề"
    ENLARGED = "enlarged", "Hội nghị đảng ủy mở rộng"


class SuccessionKind(TextChoices):
    """How a unit became another one (R2)."""

    MERGED = "merged", "Nhập"
    SPLIT = "split", "Chia tách"
    SPLIT_MAIN = "split_main", "Chia tách, phần chính"
    RENAMED = "renamed", "Đổi tên hoặc giữ nguyên"


class OperationKind(TextChoices):
    """The named operations of a reorganisation (R2)."""

    ESTABLISH = "establish", "Thành lập"
    DISSOLVE = "dissolve", "Giải thể"
    MERGE = "merge", "Nhập"
    SPLIT = "split", "Chia tách"
    SPLIT_MAIN = "split_main", "Chia tách, phần chính"
    RENAME = "rename", "Đổi tên hoặc giữ nguyên"
    MOVE = "move", "Chuyển cấp trên"

    @classmethod
    def splits(cls) -> "frozenset[OperationKind]":
        return frozenset({cls.SPLIT, cls.SPLIT_MAIN})


class ReorganisationStatus(Status):
    DRAFT = "draft", "Dự thảo"
    SCHEDULED = "scheduled", "Chờ đến ngày hiệu lực"
    RUNNING = "running", "Đang thực hiện"
    DONE = "done", "Đã thực hiện"
    UNDOING = "undoing", "Đang hoàn tác"
    UNDONE = "undone", "Đã hoàn tác"

    @classmethod
    def steps(cls) -> Mapping[Self, Collection[Self]]:
        return {
            cls.DRAFT: {cls.SCHEDULED},
            cls.SCHEDULED: {cls.RUNNING, cls.DRAFT},
            cls.RUNNING: {cls.DONE},
            cls.DONE: {cls.UNDOING},
            cls.UNDOING: {cls.UNDONE},
        }


class AbsenceReason(TextChoices):
    """Typed reasons (R6)."""

    DUTY = "duty", "Công tác"
    ILLNESS = "illness", "Ốm"
    CLASH = "clash", "Trùng lịch"
    CONFLICT_OF_INTEREST = "conflict_of_interest", "Xung đột lợi ích"
    OTHER = "other", "Khác"


class PolicyKey(TextChoices):
    """Rules that no source fixes: numbers with a period (DOMAIN.md §2, our defaults)."""

    REPORT_DUE_DAYS = "report_due_days", "Hạn nộp báo cáo (ngày sau cuộc họp)"
    REPORT_LATE_DAYS = "report_late_days", "Tính là muộn (ngày sau hạn nộp)"
    REPORT_LOCK_DAYS = "report_lock_days", "Khóa sổ báo cáo (ngày sau cuộc họp)"
    REPORT_IN_WORKING_DAYS = (
        "report_in_working_days",
        "Hạn nộp, muộn và khóa sổ tính theo ngày làm việc (1: có)",
    )
    ANSWER_DUE_DAYS = "answer_due_days", "Hạn trả lời kiến nghị (ngày)"
    ANSWER_IN_WORKING_DAYS = "answer_in_working_days", "Hạn trả lời tính theo ngày làm việc (1: có)"
    SUMMARY_DAY = "summary_day", "Ngày trình báo cáo tổng hợp tháng"
    USUAL_BRANCHES = "usual_branches", "Số chi bộ thường giao một đồng chí"
    MOST_BRANCHES = "most_branches", "Số chi bộ nhiều nhất giao một đồng chí"
    PLAN_MONTHS_AHEAD = "plan_months_ahead", "Lập lịch trước (tháng)"
    CONFIRM_DAY = "confirm_day", "Chi bộ xác nhận lịch tháng sau chậm nhất ngày"
    ON_TET = "on_tet", "Lịch rơi vào Tết (0 giữ, 1 trước, 2 sau, 3 hỏi chi bộ)"
    ON_HOLIDAY = "on_holiday", "Lịch rơi vào ngày lễ (0 giữ, 1 trước, 2 sau, 3 hỏi chi bộ)"
    ON_WEEKEND = "on_weekend", "Lịch rơi vào thứ Bảy, Chủ nhật (0 giữ, 1 trước, 2 sau, 3 hỏi)"
    LONGEST_STAY_MONTHS = "longest_stay_months", "Dự một chi bộ lâu nhất (tháng)"
    WEIGHT_DISTANCE = "weight_distance", "Phương án: điểm mỗi km"
    WEIGHT_LOAD = "weight_load", "Phương án: điểm mỗi nơi nhận thêm"
    WEIGHT_SENIORITY = "weight_seniority", "Phương án: điểm mỗi bậc thấp hơn mức ưu tiên"
    WEIGHT_KEEP = "weight_keep", "Phương án: điểm khi thay người đang dự"
    WEIGHT_ROTATION = "weight_rotation", "Phương án: điểm mỗi lần đã dự trước đây"
    WEIGHT_FIELDS = "weight_fields", "Phương án: điểm khi không đúng lĩnh vực chi bộ cần"


class RosterKind(TextChoices):
    """What a roster lists."""

    BRANCHES = "branches", "Chi bộ"
    OFFICIALS = "officials", "Cán bộ"
    ASSIGNMENTS = "assignments", "Phân công"


class ImportStatus(Status):
    PREVIEWED = "previewed", "Đang xem trước"
    COMMITTED = "committed", "Đã nhập"
    DISCARDED = "discarded", "Đã bỏ"
    UNDONE = "undone", "Đã hoàn tác"

    @classmethod
    def steps(cls) -> Mapping[Self, Collection[Self]]:
        return {
            cls.PREVIEWED: {cls.COMMITTED, cls.DISCARDED},
            cls.COMMITTED: {cls.UNDONE},
        }


class JobStatus(Status):
    WAITING = "waiting", "Đang chờ"
    RUNNING = "running", "Đang chạy"
    DONE = "done", "Xong"
    FAILED = "failed", "Không xong"

    @classmethod
    def steps(cls) -> Mapping[Self, Collection[Self]]:
        return {
            cls.WAITING: {cls.RUNNING, cls.FAILED},
            cls.RUNNING: {cls.DONE, cls.FAILED},
            cls.FAILED: {cls.WAITING},
        }
