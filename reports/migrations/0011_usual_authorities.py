"""Who usually settles matters of a field, for the suggestion at a recommendation before anything was answered. Ours, from no source."""

from django.db import migrations, models

UBND = "UBND"
USUAL = {
    "thuy-loi": UBND,
    "dat-dai": UBND,
    "giao-thong": UBND,
    "xay-dung": "Sở Xây dựng",
    "moi-truong": UBND,
    "nong-nghiep": "Sở Nông nghiệp và Môi trường",
    "dien-nuoc": "Sở Công Thương",
    "an-ninh-trat-tu": "Công an tỉnh",
    "y-te": "Sở Y tế",
    "giao-duc": "Sở Giáo dục và Đào tạo",
    "van-hoa-the-thao": UBND,
    "chinh-sach-xa-hoi": UBND,
    "viec-lam": "Sở Nội vụ",
    "xay-dung-dang": "Ban Tổ chức Tỉnh ủy",
    "chinh-quyen-so": UBND,
}


def fill(apps, schema_editor):
    field = apps.get_model("reports", "Field")
    for code, name in USUAL.items():
        field.objects.filter(code=code).update(usual_authority=name)


class Migration(migrations.Migration):
    dependencies = [("reports", "0010_sub_criteria")]
    operations = [
        migrations.AddField(
            "field",
            "usual_authority",
            models.CharField(
                "cơ quan thường giải quyết", max_length=100, blank=True, default="", db_default=""
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
