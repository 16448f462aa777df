"""What is asked from the first day on: fields of work, two scoring frames, version 1 of the report form.

Religion is no field: it is sensitive personal data (Luật 91/2025/QH15). Keys of the form are stable: summaries
read by them (R19).
"""

from datetime import date

from django.db import migrations

RECORDS_BEGIN = date(2020, 1, 1)

FIELDS = {
    "thuy-loi": "Thủy lợi",
    "dat-dai": "Đất đai",
    "giao-thong": "Giao thông",
    "xay-dung": "Xây dựng",
    "moi-truong": "Môi trường",
    "nong-nghiep": "Nông nghiệp",
    "dien-nuoc": "Điện, nước sạch",
    "an-ninh-trat-tu": "An ninh, trật tự",
    "y-te": "Y tế",
    "giao-duc": "Giáo dục",
    "van-hoa-the-thao": "Văn hóa, thể thao",
    "chinh-sach-xa-hoi": "Chính sách xã hội",
    "viec-lam": "Lao động, việc làm",
    "xay-dung-dang": "Xây dựng Đảng",
    "chinh-quyen-so": "Thủ tục hành chính, chuyển đổi số",
    "khac": "Khác",
}

HD_12 = [
    ("Chuẩn bị sinh hoạt", "Chi ủy họp trước, phân công chuẩn bị nội dung", 15),
    ("Tỷ lệ đảng viên dự", "Yêu cầu trên 85 % đảng viên phải sinh hoạt", 20),
    ("Tiến hành sinh hoạt", "Từ 90 phút; đúng trình tự, thảo luận dân chủ", 45),
    ("Kết thúc sinh hoạt", "Kết luận rõ, biểu quyết, hoàn thiện biên bản", 20),
]
HD_42 = [
    ("Thời gian, thời lượng", "Đúng ngày cố định; từ 90 phút, kết hợp chuyên đề từ 120 phút", 5),
    ("Tỷ lệ đảng viên dự", "So với số đảng viên phải sinh hoạt", 5),
    ("Chuẩn bị", "Tài liệu gửi trước một ngày", 10),
    ("Tổ chức, điều hành", "Tổ chức sinh hoạt 30, bí thư điều hành 10", 40),
    ("Nguyên tắc tổ chức, sinh hoạt", "Tập trung dân chủ, tự phê bình và phê bình", 5),
    ("Kết quả thực hiện kết luận, nghị quyết", "Việc kỳ trước đã giao, đã làm đến đâu", 30),
    ("Kết thúc sinh hoạt", "Kết luận rõ, ghi biên bản, kết quả gửi trong 2 ngày", 5),
]
BANDS = [("Tốt", 90), ("Khá", 70), ("Trung bình", 50), ("Kém", 0)]


def asked(key, label, kind, **more):
    return {"key": key, "label": label, "kind": kind, **more}


FORM = [
    {
        "key": "time",
        "title": "Thời gian và người dự",
        "lead": "Chỉ ghi số người, không ghi tên đảng viên.",
        "fields": [
            asked("began_at", "Bắt đầu lúc", "time", required=True),
            asked("ended_at", "Kết thúc lúc", "time", required=True),
            asked("chaired_by", "Người chủ trì", "text", required=True, max_length=120, help="Chức vụ, họ và tên"),
            asked("member_count", "Tổng số đảng viên", "count", required=True),
            asked("obliged_count", "Phải sinh hoạt", "count", required=True, help="Tổng số trừ đảng viên được miễn"),
            asked("present_count", "Có mặt", "count", required=True),
            asked("excused_count", "Vắng có lý do", "count", required=True),
            asked("unexcused_count", "Vắng không lý do", "count", required=True),
        ],
    },
    {
        "key": "content",
        "title": "Chuẩn bị và nội dung",
        "lead": "Chi ủy chuẩn bị thế nào, buổi sinh hoạt đã đi qua những gì.",
        "fields": [
            asked("committee_met", "Chi ủy họp trước buổi sinh hoạt", "choice", required=True,
                  choices=[["yes", "Có"], ["no", "Không"], ["none", "Chi bộ không có chi ủy"]]),
            asked("documents_sent", "Tài liệu gửi đảng viên", "choice", required=True,
                  choices=[["day_before", "Trước ít nhất một ngày"], ["same_day", "Trong ngày"], ["not", "Không gửi"]]),
            asked("preparation", "Nhận xét về chuẩn bị", "long_text", max_length=1500),
            asked("agenda", "Đã thực hiện", "choices", required=True,
                  choices=[["news", "Thông tin thời sự"], ["results", "Đánh giá nhiệm vụ kỳ trước"],
                           ["policies", "Quán triệt chủ trương mới"], ["tasks", "Nhiệm vụ kỳ tới"],
                           ["thematic", "Sinh hoạt chuyên đề"]]),
            asked("news", "Thông tin của tỉnh, xã đã phổ biến", "long_text", max_length=2000),
            asked("results", "Kết quả thực hiện nhiệm vụ kỳ trước", "long_text", required=True, max_length=2000),
            asked("policies", "Chủ trương, chính sách đã quán triệt", "long_text", max_length=2000),
        ],
    },
    {
        "key": "pressing",
        "title": "Vấn đề bức thiết",
        "lead": "Việc cấp bách nhất ở địa phương mà chi bộ chọn để bàn kỳ này.",
        "fields": [
            asked("pressing_problem", "Vấn đề chi bộ đã chọn", "long_text", required=True, max_length=1000,
                  help="Nêu rõ việc gì, ở đâu, từ bao giờ. Nếu chi bộ không bàn, ghi “Không”."),
            asked("pressing_field", "Lĩnh vực", "field"),
            asked("pressing_resolution", "Chi bộ đã quyết nghị", "long_text", max_length=2000,
                  help="Ai làm, làm gì, xong khi nào"),
        ],
    },
    {
        "key": "attendee",
        "title": "Phần việc của người dự",
        "lead": "Những gì đồng chí đã làm tại buổi sinh hoạt.",
        "fields": [
            asked("conveyed", "Thông tin đã truyền đạt", "long_text", required=True, max_length=2000),
            asked("explained", "Đã giải thích, làm rõ", "long_text", max_length=2000),
            asked("suggested", "Đã gợi ý, hướng dẫn tại chỗ", "long_text", max_length=2000),
        ],
    },
    {
        "key": "exchange",
        "title": "Thảo luận và điểm tốt",
        "lead": "Ghi việc được bàn, không ghi ai đã nói.",
        "fields": [
            asked("opinion_count", "Số ý kiến phát biểu", "count", required=True),
            asked("openness", "Không khí thảo luận", "choice", required=True,
                  choices=[["open", "Cởi mở, thẳng thắn"], ["usual", "Bình thường"], ["quiet", "Ít ý kiến"]]),
            asked("discussion", "Những việc được bàn nhiều", "long_text", max_length=2000),
            asked("good_example", "Điểm tốt, cách làm hay", "long_text", max_length=1500,
                  help="Việc nơi khác có thể học theo"),
            asked("by_secret_channel", "Nội dung mật", "choices",
                  choices=[["sent", "Có nội dung gửi theo đường mật"]],
                  help="Chỉ đánh dấu là có; nội dung gửi qua văn thư, không nhập ở đây."),
        ],
    },
    {
        "key": "moods",
        "title": "Tâm tư, nguyện vọng",
        "lead": "Theo từng chủ đề: việc gì, mức độ nào. Không ghi tên người.",
        "part": "moods",
        "fields": [],
    },
    {
        "key": "scores",
        "title": "Chấm điểm",
        "lead": "Đồng chí chấm buổi sinh hoạt; phiếu chi bộ tự chấm ghi thêm nếu có.",
        "part": "scores",
        "fields": [],
    },
    {
        "key": "recommendations",
        "title": "Kiến nghị",
        "lead": "Mỗi kiến nghị một việc, nêu rõ ở đâu, bao nhiêu, cần ai làm gì.",
        "part": "recommendations",
        "fields": [],
    },
    {
        "key": "files",
        "title": "Tệp kèm theo",
        "lead": "Ảnh hiện trạng, biên bản nếu cần. Xem lại một lượt rồi nộp.",
        "part": "files",
        "fields": [],
    },
]


def fill(apps, schema_editor):
    field, form = apps.get_model("reports", "Field"), apps.get_model("reports", "ReportForm")
    field.objects.bulk_create(
        field(code=code, name=name, position=position) for position, (code, name) in enumerate(FIELDS.items(), 1)
    )
    form.objects.create(version=1, name="Báo cáo dự sinh hoạt, mẫu 1", starts_on=RECORDS_BEGIN, definition=FORM)
    frames = [
        ("HD 12", "Hướng dẫn 12-HD/BTCTW", date(2018, 7, 6), date(2025, 10, 27), HD_12),
        ("HD 42", "Hướng dẫn 42-HD/BTCTW", date(2025, 10, 28), None, HD_42),
    ]
    for code, name, starts_on, ends_on, criteria in frames:
        add_frame(apps, criteria, code=code, name=name, starts_on=starts_on, ends_on=ends_on)


def add_frame(apps, criteria, **values):
    frame = apps.get_model("reports", "ScoringFrame").objects.create(**values)
    criterion, band = apps.get_model("reports", "Criterion"), apps.get_model("reports", "Band")
    criterion.objects.bulk_create(
        criterion(frame=frame, number=number, name=name, hint=hint, max_points=points)
        for number, (name, hint, points) in enumerate(criteria, 1)
    )
    band.objects.bulk_create(band(frame=frame, name=name, min_points=points) for name, points in BANDS)


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_sent_summary_is_sealed")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
