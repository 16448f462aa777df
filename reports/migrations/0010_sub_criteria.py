"""Sub-criteria of the scoring frames as choices; which of them a score took; frames in use are sealed from now on.

The frames that are in use already get their parts here, before the seal: parts are added, no name, no highest number
and no score changes. How the points are split is no source's own word where `source` says so.
"""

import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models

JSON = django.core.serializers.json.DjangoJSONEncoder

FORWARD = """
CREATE FUNCTION reports_frame_in_use(frame bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM reports_meetingreport WHERE frame_id = frame)
        OR EXISTS (SELECT FROM reports_branchsheet WHERE frame_id = frame)
$$;
CREATE FUNCTION reports_frame_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF reports_frame_in_use(OLD.id) THEN
        RAISE EXCEPTION 'a scoring frame in use never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION reports_frame_line_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (TG_OP <> 'INSERT' AND reports_frame_in_use(OLD.frame_id))
        OR (TG_OP <> 'DELETE' AND reports_frame_in_use(NEW.frame_id)) THEN
        RAISE EXCEPTION 'a scoring frame in use never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER used_scoring_frame_is_sealed BEFORE UPDATE ON reports_scoringframe
    FOR EACH ROW WHEN (OLD.code IS DISTINCT FROM NEW.code OR OLD.name IS DISTINCT FROM NEW.name
        OR OLD.source IS DISTINCT FROM NEW.source OR OLD.starts_on IS DISTINCT FROM NEW.starts_on)
    EXECUTE FUNCTION reports_frame_refuse();
CREATE TRIGGER criteria_of_a_used_frame_are_sealed BEFORE INSERT OR UPDATE OR DELETE ON reports_criterion
    FOR EACH ROW EXECUTE FUNCTION reports_frame_line_refuse();
CREATE TRIGGER bands_of_a_used_frame_are_sealed BEFORE INSERT OR UPDATE OR DELETE ON reports_band
    FOR EACH ROW EXECUTE FUNCTION reports_frame_line_refuse();
"""
BACK = """
DROP FUNCTION reports_frame_line_refuse() CASCADE;
DROP FUNCTION reports_frame_refuse() CASCADE;
DROP FUNCTION reports_frame_in_use(bigint);
"""


def part(key, label, *choices, group="", suggest=None):
    """`choices`: (points, words) or (points, words, least value of the fact that suggests it)."""
    made = {"key": key, "label": label, "choices": []}
    if group:
        made["group"] = group
    if suggest:
        made["suggest"] = suggest
    for number, (points, words, *least) in enumerate(choices, 1):
        choice = {"key": str(number), "label": words, "points": points}
        made["choices"].append({**choice, "from": least[0]} if least else choice)
    return made


def done(key, label, points, **more):
    return part(key, label, (points, "Đạt"), (0, "Chưa đạt"), **more)


CONDUCT, CHAIRING = "Tổ chức sinh hoạt", "Điều hành của bí thư"
LONG_ENOUGH = {"fact": "minutes", "need": 90, "need_more": 120, "members": 30}

HD_42 = {
    1: [
        part(
            "duration",
            "Thời lượng so với quy định: từ 90 phút; từ 120 phút nếu có 30 đảng viên trở lên hoặc kết hợp chuyên đề",
            (5, "Đủ", 0),
            (4, "Thiếu đến 15 phút", -15),
            (3, "Thiếu trên 15 đến 30 phút", -30),
            (2, "Được một nửa"),
            (1, "Dưới một nửa"),
            suggest=LONG_ENOUGH,
        ),
    ],
    2: [
        part(
            "rate",
            "Tỷ lệ dự, không tính đảng viên được miễn",
            (4, "Từ 90 %", 90),
            (3, "Từ 75 đến dưới 90 %", 75),
            (2, "Từ 65 đến dưới 75 %", 65),
            (1, "Dưới 65 %, hoặc có người vắng không lý do", 0),
            suggest={"fact": "rate", "last_if_unexcused": True},
        ),
        done("absent_in_a_row", "Trong năm không ai vắng có lý do quá ba kỳ liền", 1),
    ],
    3: [
        done("content", "Nội dung đúng, đủ, có trọng tâm, sát địa phương", 3),
        done("steering", "Có gợi ý thảo luận và dự thảo kết luận, nghị quyết", 2),
        done(
            "committee",
            "Chi ủy họp trước (hoặc bí thư, phó bí thư hội ý), có biên bản; chi bộ chỉ có bí thư được đủ điểm",
            2,
            suggest={"fact": "committee_met"},
        ),
        done("told", "Báo trước ngày, nơi, nội dung cho đảng viên và cấp ủy viên phụ trách", 1),
        done(
            "documents",
            "Tài liệu lên Sổ tay đảng viên điện tử trước ít nhất một ngày",
            2,
            suggest={"fact": "documents_sent"},
        ),
    ],
    4: [
        done("steps", "Đủ các bước của trình tự sinh hoạt (mục II.2.2)", 5, group=CONDUCT),
        part(
            "regular",
            "Nội dung sinh hoạt thường kỳ (mục II.3.1)",
            (10, "Đạt"),
            (5, "Đạt một phần"),
            (0, "Chưa đạt"),
            group=CONDUCT,
        ),
        part(
            "thematic",
            "Sinh hoạt chuyên đề (mục II.3.2); tháng không có chuyên đề được đủ điểm (cách hiểu của Ban Tổ chức, sửa được)",
            (5, "Đạt, hoặc tháng không có chuyên đề"),
            (0, "Chưa đạt"),
            group=CONDUCT,
        ),
        done("praise", "Biểu dương, nhắc nhở đảng viên", 2, group=CONDUCT),
        part(
            "speakers",
            "Đảng viên phát biểu",
            (5, "Trên 50 %"),
            (4, "Từ 40 đến 50 %"),
            (3, "Từ 30 đến dưới 40 %"),
            (2, "Dưới 30 %"),
            group=CONDUCT,
        ),
        done("minutes_kept", "Biên bản ghi đầy đủ", 1, group=CONDUCT),
        done("ideology", "Dành 15–30 phút cho tư tưởng, tự phê bình", 1, group=CONDUCT),
        done("app_used", "Có tài liệu trên Sổ tay đảng viên điện tử", 1, group=CONDUCT),
        done("flexible", "Linh hoạt, hiệu quả", 2, group=CHAIRING),
        done("steers", "Định hướng thảo luận, cả việc mới phát sinh", 4, group=CHAIRING),
        done("draws_out", "Khơi gợi ý kiến, phát huy dân chủ", 3, group=CHAIRING),
        done("sums_up", "Tổng hợp thành kết luận, nghị quyết", 1, group=CHAIRING),
    ],
    5: [
        done("centralism", "Tập trung dân chủ", 1),
        done("criticism", "Tự phê bình và phê bình nghiêm túc", 2),
        done("leading", "Tính lãnh đạo, giáo dục, chiến đấu", 1),
        done("thoughts", "Bí thư thông tin, nắm tâm tư đảng viên", 1),
    ],
    6: [
        part(
            "share_done",
            "Phần đã làm của kết luận, nghị quyết kỳ trước",
            (30, "Từ 90 %"),
            (27, "Từ 80 đến dưới 90 %"),
            (24, "Từ 70 đến dưới 80 %"),
            (20, "Từ 60 đến dưới 70 %"),
            (15, "Từ 50 đến dưới 60 %"),
            (10, "Dưới 50 %"),
        ),
    ],
    7: [
        done("concluded", "Chủ trì kết luận, thông qua kết luận hoặc nghị quyết", 2),
        done("tasks", "Thông qua biên bản, phân công việc", 2),
        done("result_sent", "Kết quả lên Sổ tay đảng viên điện tử trong 2 ngày", 1),
    ],
}
HD_12 = {
    1: [
        done("own_content", "Bí thư hoặc phó bí thư trực tiếp chuẩn bị nội dung", 3),
        done("committee", "Chi ủy họp trước", 3, suggest={"fact": "committee_met"}),
        done("content", "Nội dung đúng, đủ", 3),
        done("focused", "Nội dung có trọng tâm, sát địa phương", 3),
        done("draft", "Có dự thảo kết luận, nghị quyết", 3),
    ],
    2: [
        part(
            "rate",
            "Tỷ lệ dự",
            (10, "Trên 85 %", 85.01),
            (5, "Từ 70 đến 85 %", 70),
            (0, "Dưới 70 %", 0),
            suggest={"fact": "rate"},
        ),
        part(
            "unexcused",
            "Vắng không lý do",
            (10, "Không ai"),
            (0, "Có người"),
            suggest={"fact": "unexcused"},
        ),
    ],
    3: [
        done("on_time", "Đúng ngày, giờ", 5),
        done("order", "Đúng trình tự", 5),
        done("full", "Đủ nội dung", 5),
        done("praise", "Biểu dương, nhắc nhở đảng viên", 5),
        part(
            "speakers",
            "Đảng viên phát biểu",
            (5, "Nhiều"),
            (3, "Một số"),
            (0, "Rất ít"),
        ),
        part(
            "duration",
            "Thời lượng từ 90 phút",
            (5, "Đủ", 0),
            (3, "Thiếu đến 30 phút", -30),
            (0, "Thiếu hơn 30 phút", -9999),
            suggest={"fact": "minutes", "need": 90},
        ),
        done("minutes_kept", "Biên bản ghi đầy đủ", 5),
        part(
            "principles",
            "Nguyên tắc tổ chức, sinh hoạt đảng",
            (10, "Giữ đúng"),
            (5, "Còn chỗ chưa đúng"),
            (0, "Chưa giữ"),
        ),
    ],
    4: [
        part(
            "carried_out",
            "Thực hiện kết luận, nghị quyết kỳ trước",
            (10, "Tốt"),
            (5, "Được một phần"),
            (0, "Chưa thực hiện"),
        ),
        done("concluded", "Kết luận, nghị quyết kỳ này rõ và được thông qua", 10),
    ],
}
FRAMES = {
    "HD 12": (
        HD_12,
        "Nội dung theo HD 12-HD/BTCTW (6/7/2018); điểm từng tiêu chí theo cách chấm của một tỉnh; "
        "chia điểm từng ý là gợi ý chia đều, Ban Tổ chức sửa được ở khung kế tiếp.",
    ),
    "HD 42": (
        HD_42,
        "HD 42-HD/BTCTW (28/10/2025); chia điểm theo phiếu của một phường (nguồn thứ cấp), kiểm lại với bản gốc. "
        "Mức “đạt một phần” và điểm ở tháng không có chuyên đề là cách hiểu của chương trình.",
    ),
}


def give_parts(apps, schema_editor):
    """To the seeded frames as they were seeded; what somebody has made since stays as it is."""
    frames = apps.get_model("reports", "ScoringFrame").objects
    for code, (parts, source) in FRAMES.items():
        frame = frames.filter(code=code).first()
        criteria = {one.number: one for one in frame.criteria.all()} if frame else {}
        if {number: one.max_points for number, one in criteria.items()} != most(parts):
            continue
        frames.filter(pk=frame.pk).update(source=source)
        for number, one in criteria.items():
            one.parts = parts[number]
            one.save(update_fields=["parts"])


def most(parts):
    return {
        number: sum(max(choice["points"] for choice in one["choices"]) for one in rows)
        for number, rows in parts.items()
    }


def chosen():
    return models.JSONField(blank=True, db_default={}, default=dict, verbose_name="các ý đã chọn")


class Migration(migrations.Migration):
    dependencies = [("reports", "0009_as_now")]
    operations = [
        migrations.AddField(
            model_name="scoringframe",
            name="source",
            field=models.CharField(blank=True, db_default="", default="", max_length=300, verbose_name="nguồn"),
        ),
        migrations.AddField(
            model_name="criterion",
            name="parts",
            field=models.JSONField(blank=True, db_default=[], default=list, encoder=JSON, verbose_name="các ý"),
        ),
        migrations.AddField(model_name="score", name="chosen", field=chosen()),
        migrations.AddField(model_name="branchpoints", name="chosen", field=chosen()),
        migrations.CreateModel(
            name="FrameDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("definition", models.JSONField(encoder=JSON, verbose_name="nội dung")),
                ("version", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="sửa lúc")),
                (
                    "based_on",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next_draft",
                        to="reports.scoringframe",
                    ),
                ),
            ],
            options={"verbose_name": "bản soạn khung tiêu chí", "verbose_name_plural": "bản soạn khung tiêu chí"},
        ),
        migrations.RunPython(give_parts, migrations.RunPython.noop),
        migrations.RunSQL(FORWARD, BACK),
    ]
