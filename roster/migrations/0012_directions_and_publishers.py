"""How to get to a unit, and which agencies publish the month's material."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("roster", "0011_homes")]
    operations = [
        migrations.AddField(
            model_name="unit",
            name="directions",
            field=models.CharField(
                blank=True, db_default="", max_length=300, verbose_name="đường đi"
            ),
        ),
        migrations.AddField(
            model_name="unit",
            name="publishes_material",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="phát hành tài liệu tháng"
            ),
        ),
    ]
