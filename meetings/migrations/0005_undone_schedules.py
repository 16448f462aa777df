"""What a clerk took the columns of a schedule for, and how an import is undone."""

import django.core.serializers.json
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0004_confirmations_audiences_and_schedules'),
    ]

    operations = [
        migrations.AddField(
            model_name='scheduleimport',
            name='columns',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='scheduleimport',
            name='done',
            field=models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder),
        ),
        migrations.AddField(
            model_name='scheduleimport',
            name='undone_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='hoàn tác lúc'),
        ),
        migrations.AlterField(
            model_name='scheduleimport',
            name='status',
            field=models.CharField(choices=[('previewed', 'Đang xem trước'), ('committed', 'Đã nhập'), ('discarded', 'Đã bỏ'), ('undone', 'Đã hoàn tác')], default='previewed', max_length=10, verbose_name='trạng thái'),
        ),
    ]
