"""Every state of the rosters' rows from now on; what is there today is each row's first state."""

import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import roster.models.books
from django.conf import settings
from django.db import migrations, models


KEPT = (
    "Official",
    "OfficeTerm",
    "Absence",
    "Unit",
    "UnitParent",
    "Contact",
    "MeetingRule",
    "User",
    "Policy",
)


def begin(apps, schema_editor):
    for name in KEPT:
        model, event = (apps.get_model("roster", one) for one in (name, f"{name}Event"))
        own = {field.column for field in model._meta.fields}
        kept = [f'"{field.column}"' for field in event._meta.fields if field.column in own]
        schema_editor.execute(
            f'INSERT INTO "{event._meta.db_table}" ({", ".join(kept)}, pgh_created_at, pgh_label, pgh_obj_id)'
            f' SELECT {", ".join(kept)}, now(), \'begin\', id FROM "{model._meta.db_table}"'
        )


class Migration(migrations.Migration):

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
        ('roster', '0012_directions_and_publishers'),
    ]

    operations = [
        migrations.CreateModel(
            name='AbsenceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('starts_on', models.DateField(verbose_name='từ ngày')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='đến ngày')),
                ('reason', models.CharField(choices=[('duty', 'Công tác'), ('illness', 'Ốm'), ('clash', 'Trùng lịch'), ('conflict_of_interest', 'Xung đột lợi ích'), ('other', 'Khác')], max_length=20, verbose_name='lý do')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='ghi chú')),
            ],
            options={
                'verbose_name': 'lịch sử thời gian vắng',
                'verbose_name_plural': 'lịch sử thời gian vắng',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ContactEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('starts_on', models.DateField(verbose_name='từ ngày')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='đến ngày')),
                ('role', models.CharField(choices=[('secretary', 'Bí thư'), ('deputy', 'Phó bí thư'), ('office', 'Đầu mối')], default='secretary', max_length=10, verbose_name='vai trò')),
                ('name', models.CharField(max_length=120, verbose_name='họ và tên')),
                ('phone', models.CharField(blank=True, max_length=16, verbose_name='điện thoại')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='thư điện tử')),
            ],
            options={
                'verbose_name': 'lịch sử đầu mối liên hệ',
                'verbose_name_plural': 'lịch sử đầu mối liên hệ',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MeetingRuleEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('starts_on', models.DateField(verbose_name='từ ngày')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='đến ngày')),
                ('kind', models.CharField(choices=[('regular', 'Sinh hoạt thường kỳ'), ('thematic', 'Sinh hoạt chuyên đề'), ('enlarged', 'Hội nghị đảng ủy mở rộng')], default='regular', max_length=10, verbose_name='loại cuộc họp')),
                ('day', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(31)], verbose_name='ngày trong tháng')),
                ('weekday', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(6)], verbose_name='thứ (0: thứ Hai)')),
                ('week', models.SmallIntegerField(blank=True, null=True, verbose_name='tuần thứ mấy (−1: cuối)')),
                ('quarter_month', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'tháng đầu quý'), (2, 'tháng giữa quý'), (3, 'tháng cuối quý')], help_text='Sinh hoạt chuyên đề họp mỗi quý một lần.', null=True, verbose_name='tháng thứ mấy của quý')),
                ('time', models.TimeField(blank=True, null=True, verbose_name='giờ')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='địa điểm')),
            ],
            options={
                'verbose_name': 'lịch sử lịch cố định',
                'verbose_name_plural': 'lịch sử lịch cố định',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OfficeTermEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('starts_on', models.DateField(verbose_name='từ ngày')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='đến ngày')),
                ('office', models.CharField(max_length=200, verbose_name='chức vụ')),
                ('decision', models.CharField(blank=True, max_length=200, verbose_name='quyết định')),
            ],
            options={
                'verbose_name': 'lịch sử thời gian giữ chức vụ',
                'verbose_name_plural': 'lịch sử thời gian giữ chức vụ',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OfficialEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('full_name', models.CharField(max_length=120, verbose_name='họ và tên')),
                ('birth_date', models.DateField(blank=True, null=True, verbose_name='ngày sinh')),
                ('birth_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='năm sinh')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='chức vụ')),
                ('group', models.CharField(blank=True, max_length=120, verbose_name='nhóm trong danh sách')),
                ('rank', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='thứ tự')),
                ('phone', models.CharField(blank=True, max_length=16, verbose_name='điện thoại')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='thư công vụ')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='ghi chú')),
                ('capacity', models.PositiveSmallIntegerField(default=2, verbose_name='số chi bộ nhận được')),
                ('is_active', models.BooleanField(default=True, verbose_name='đang công tác')),
            ],
            options={
                'verbose_name': 'lịch sử cán bộ',
                'verbose_name_plural': 'lịch sử cán bộ',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PolicyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('starts_on', models.DateField(verbose_name='từ ngày')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='đến ngày')),
                ('key', models.CharField(choices=roster.models.books.policy_keys, max_length=30, verbose_name='quy định')),
                ('value', models.IntegerField(verbose_name='giá trị')),
                ('basis', models.CharField(blank=True, max_length=200, verbose_name='căn cứ')),
            ],
            options={
                'verbose_name': 'lịch sử quy định có thời hạn',
                'verbose_name_plural': 'lịch sử quy định có thời hạn',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UnitEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('starts_on', models.DateField(verbose_name='từ ngày')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='đến ngày')),
                ('kind', models.CharField(choices=[('provincial', 'Tỉnh ủy'), ('district', 'Huyện ủy'), ('commune', 'Đảng ủy xã, phường'), ('grassroots', 'Đảng ủy cơ sở'), ('branch', 'Chi bộ'), ('agency', 'Cơ quan')], max_length=12, verbose_name='loại')),
                ('code', models.CharField(blank=True, max_length=20, verbose_name='mã')),
                ('name', models.CharField(max_length=200, verbose_name='tên')),
                ('branch_type', models.CharField(blank=True, choices=[('residential', 'Thôn, xóm, tổ dân phố'), ('agency', 'Cơ quan'), ('public_service', 'Đơn vị sự nghiệp'), ('enterprise', 'Doanh nghiệp'), ('armed_forces', 'Lực lượng vũ trang')], max_length=14, verbose_name='loại hình chi bộ')),
                ('member_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='số đảng viên')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='ghi chú')),
                ('directions', models.CharField(blank=True, db_default='', max_length=300, verbose_name='đường đi')),
                ('publishes_material', models.BooleanField(db_default=False, default=False, verbose_name='phát hành tài liệu tháng')),
                ('lat', models.FloatField(blank=True, null=True, verbose_name='vĩ độ')),
                ('lon', models.FloatField(blank=True, null=True, verbose_name='kinh độ')),
            ],
            options={
                'verbose_name': 'lịch sử tổ chức đảng, đơn vị',
                'verbose_name_plural': 'lịch sử tổ chức đảng, đơn vị',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UnitParentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('starts_on', models.DateField(verbose_name='từ ngày')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='đến ngày')),
            ],
            options={
                'verbose_name': 'lịch sử cấp trên',
                'verbose_name_plural': 'lịch sử cấp trên',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UserEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('full_name', models.CharField(max_length=120, verbose_name='họ và tên')),
                ('role', models.CharField(choices=[('system_admin', 'Quản trị hệ thống'), ('commission_officer', 'Chuyên viên Ban Tổ chức'), ('commission_leader', 'Lãnh đạo Ban Tổ chức'), ('commune_officer', 'Cán bộ xã, phường'), ('attendee', 'Cán bộ dự sinh hoạt'), ('branch_secretary', 'Bí thư chi bộ'), ('authority_officer', 'Cán bộ cơ quan trả lời'), ('viewer', 'Thường trực Tỉnh ủy')], max_length=20, verbose_name='vai trò')),
                ('phone', models.CharField(blank=True, max_length=16, verbose_name='điện thoại')),
                ('suspended_on', models.DateField(blank=True, null=True, verbose_name='tạm đóng từ ngày')),
            ],
            options={
                'verbose_name': 'lịch sử tài khoản',
                'verbose_name_plural': 'lịch sử tài khoản',
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='absence',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_absenceevent" ("ends_on", "id", "note", "official_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on") SELECT new_values."ends_on", new_values."id", new_values."note", new_values."official_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."id", new_values."reason", new_values."starts_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='27e9b05dfe6db5888f80913d074c867732ef9f27', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9fc1f', referencing='REFERENCING NEW TABLE AS new_values ', table='roster_absence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='absence',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_absenceevent" ("ends_on", "id", "note", "official_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on") SELECT new_values."ends_on", new_values."id", new_values."note", new_values."official_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', new_values."id", new_values."reason", new_values."starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b5341fb4cbfe5eb0380922a51835c94e99989413', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_204e4', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='roster_absence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='absence',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_absenceevent" ("ends_on", "id", "note", "official_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on") SELECT old_values."ends_on", old_values."id", old_values."note", old_values."official_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."id", old_values."reason", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0bf95d6fa29410d0e5d4d33b115a8d22063e0973', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e2104', referencing='REFERENCING OLD TABLE AS old_values ', table='roster_absence', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_contactevent" ("email", "ends_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "role", "starts_on", "unit_id") SELECT new_values."email", new_values."ends_on", new_values."id", new_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."id", new_values."phone", new_values."role", new_values."starts_on", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9a6fec640f60b088fc15f5d4916a86213816e460', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_dec95', referencing='REFERENCING NEW TABLE AS new_values ', table='roster_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_contactevent" ("email", "ends_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "role", "starts_on", "unit_id") SELECT new_values."email", new_values."ends_on", new_values."id", new_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', new_values."id", new_values."phone", new_values."role", new_values."starts_on", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c6bc23fd0054ae231f7bb63b25bc2a4ef65a2e2e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_8f475', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='roster_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_contactevent" ("email", "ends_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "role", "starts_on", "unit_id") SELECT old_values."email", old_values."ends_on", old_values."id", old_values."name", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."id", old_values."phone", old_values."role", old_values."starts_on", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='61872aa7af341ec280de136ab9f0791ba39fdd9e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6283e', referencing='REFERENCING OLD TABLE AS old_values ', table='roster_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meetingrule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_meetingruleevent" ("day", "ends_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "quarter_month", "starts_on", "time", "unit_id", "week", "weekday") SELECT new_values."day", new_values."ends_on", new_values."id", new_values."kind", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."id", new_values."place", new_values."quarter_month", new_values."starts_on", new_values."time", new_values."unit_id", new_values."week", new_values."weekday" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e30516d06a1452ed5b14a17366fd4597120f840d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_96f50', referencing='REFERENCING NEW TABLE AS new_values ', table='roster_meetingrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meetingrule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_meetingruleevent" ("day", "ends_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "quarter_month", "starts_on", "time", "unit_id", "week", "weekday") SELECT new_values."day", new_values."ends_on", new_values."id", new_values."kind", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', new_values."id", new_values."place", new_values."quarter_month", new_values."starts_on", new_values."time", new_values."unit_id", new_values."week", new_values."weekday" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c2b0619e0aa0b54f6c661ffe6173c836a7a071ec', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_76dee', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='roster_meetingrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meetingrule',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_meetingruleevent" ("day", "ends_on", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "quarter_month", "starts_on", "time", "unit_id", "week", "weekday") SELECT old_values."day", old_values."ends_on", old_values."id", old_values."kind", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."id", old_values."place", old_values."quarter_month", old_values."starts_on", old_values."time", old_values."unit_id", old_values."week", old_values."weekday" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ce0cfea3ecb2c6dee610bc06249fffad1ff623ef', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_902db', referencing='REFERENCING OLD TABLE AS old_values ', table='roster_meetingrule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='officeterm',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_officetermevent" ("decision", "ends_on", "id", "office", "official_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "unit_id") SELECT new_values."decision", new_values."ends_on", new_values."id", new_values."office", new_values."official_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."id", new_values."starts_on", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a8a57e6bd4082ffe3a76a7da844092b68e213f00', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_94bfe', referencing='REFERENCING NEW TABLE AS new_values ', table='roster_officeterm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='officeterm',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_officetermevent" ("decision", "ends_on", "id", "office", "official_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "unit_id") SELECT new_values."decision", new_values."ends_on", new_values."id", new_values."office", new_values."official_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', new_values."id", new_values."starts_on", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='77762acca738f17c39d1fdacaa082b36df079848', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2f528', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='roster_officeterm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='officeterm',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_officetermevent" ("decision", "ends_on", "id", "office", "official_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "unit_id") SELECT old_values."decision", old_values."ends_on", old_values."id", old_values."office", old_values."official_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."id", old_values."starts_on", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9563d5b26095751fa095d2ecf42e817ed664dcde', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f5195', referencing='REFERENCING OLD TABLE AS old_values ', table='roster_officeterm', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='official',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_officialevent" ("agency_id", "birth_date", "birth_year", "capacity", "email", "full_name", "group", "id", "is_active", "merged_into_id", "note", "own_branch_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "rank", "title") SELECT new_values."agency_id", new_values."birth_date", new_values."birth_year", new_values."capacity", new_values."email", new_values."full_name", new_values."group", new_values."id", new_values."is_active", new_values."merged_into_id", new_values."note", new_values."own_branch_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."id", new_values."phone", new_values."rank", new_values."title" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1338d7276302c88bbf74c1a460839f8a4e69ed9e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6b0de', referencing='REFERENCING NEW TABLE AS new_values ', table='roster_official', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='official',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_officialevent" ("agency_id", "birth_date", "birth_year", "capacity", "email", "full_name", "group", "id", "is_active", "merged_into_id", "note", "own_branch_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "rank", "title") SELECT new_values."agency_id", new_values."birth_date", new_values."birth_year", new_values."capacity", new_values."email", new_values."full_name", new_values."group", new_values."id", new_values."is_active", new_values."merged_into_id", new_values."note", new_values."own_branch_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', new_values."id", new_values."phone", new_values."rank", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."agency_id" IS DISTINCT FROM (new_values."agency_id") OR old_values."birth_date" IS DISTINCT FROM (new_values."birth_date") OR old_values."birth_year" IS DISTINCT FROM (new_values."birth_year") OR old_values."capacity" IS DISTINCT FROM (new_values."capacity") OR old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."full_name" IS DISTINCT FROM (new_values."full_name") OR old_values."group" IS DISTINCT FROM (new_values."group") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."merged_into_id" IS DISTINCT FROM (new_values."merged_into_id") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."own_branch_id" IS DISTINCT FROM (new_values."own_branch_id") OR old_values."phone" IS DISTINCT FROM (new_values."phone") OR old_values."rank" IS DISTINCT FROM (new_values."rank") OR old_values."title" IS DISTINCT FROM (new_values."title")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='843d273b925bd9ef93ba22329a79ef9cb4adf6ae', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_98f2a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='roster_official', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='official',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_officialevent" ("agency_id", "birth_date", "birth_year", "capacity", "email", "full_name", "group", "id", "is_active", "merged_into_id", "note", "own_branch_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "rank", "title") SELECT old_values."agency_id", old_values."birth_date", old_values."birth_year", old_values."capacity", old_values."email", old_values."full_name", old_values."group", old_values."id", old_values."is_active", old_values."merged_into_id", old_values."note", old_values."own_branch_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."id", old_values."phone", old_values."rank", old_values."title" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b3ac497cee6ff79367258ed27693052c2c7cad9c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_4d619', referencing='REFERENCING OLD TABLE AS old_values ', table='roster_official', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='policy',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_policyevent" ("basis", "ends_on", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "value") SELECT new_values."basis", new_values."ends_on", new_values."id", new_values."key", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."id", new_values."starts_on", new_values."value" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7c82478736e5b0ef4aa7e3405fcd0031863e5b82', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_326e2', referencing='REFERENCING NEW TABLE AS new_values ', table='roster_policy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='policy',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_policyevent" ("basis", "ends_on", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "value") SELECT new_values."basis", new_values."ends_on", new_values."id", new_values."key", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', new_values."id", new_values."starts_on", new_values."value" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='51b5af45744c000741cad3df94343d278d7d8036', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_16cd3', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='roster_policy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='policy',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_policyevent" ("basis", "ends_on", "id", "key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "value") SELECT old_values."basis", old_values."ends_on", old_values."id", old_values."key", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."id", old_values."starts_on", old_values."value" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='bdbd35cfe4a0a3ab4e29be3626e589629838833a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_7d339', referencing='REFERENCING OLD TABLE AS old_values ', table='roster_policy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_unitevent" ("branch_type", "code", "directions", "ends_on", "id", "kind", "lat", "lon", "member_count", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publishes_material", "starts_on") SELECT new_values."branch_type", new_values."code", new_values."directions", new_values."ends_on", new_values."id", new_values."kind", new_values."lat", new_values."lon", new_values."member_count", new_values."name", new_values."note", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."id", new_values."publishes_material", new_values."starts_on" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5a98fe32a209992dbd5c906b8083762f3467601c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_16df9', referencing='REFERENCING NEW TABLE AS new_values ', table='roster_unit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_unitevent" ("branch_type", "code", "directions", "ends_on", "id", "kind", "lat", "lon", "member_count", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publishes_material", "starts_on") SELECT new_values."branch_type", new_values."code", new_values."directions", new_values."ends_on", new_values."id", new_values."kind", new_values."lat", new_values."lon", new_values."member_count", new_values."name", new_values."note", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', new_values."id", new_values."publishes_material", new_values."starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."branch_type" IS DISTINCT FROM (new_values."branch_type") OR old_values."code" IS DISTINCT FROM (new_values."code") OR old_values."directions" IS DISTINCT FROM (new_values."directions") OR old_values."ends_on" IS DISTINCT FROM (new_values."ends_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."lat" IS DISTINCT FROM (new_values."lat") OR old_values."lon" IS DISTINCT FROM (new_values."lon") OR old_values."member_count" IS DISTINCT FROM (new_values."member_count") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."publishes_material" IS DISTINCT FROM (new_values."publishes_material") OR old_values."starts_on" IS DISTINCT FROM (new_values."starts_on")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4226ee86c4a5fe20cc95c5d9e06c24da07f41019', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_57388', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='roster_unit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unit',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_unitevent" ("branch_type", "code", "directions", "ends_on", "id", "kind", "lat", "lon", "member_count", "name", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "publishes_material", "starts_on") SELECT old_values."branch_type", old_values."code", old_values."directions", old_values."ends_on", old_values."id", old_values."kind", old_values."lat", old_values."lon", old_values."member_count", old_values."name", old_values."note", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."id", old_values."publishes_material", old_values."starts_on" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='63b57554f78b06f42b8853e1724b443f36177e3f', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_fe722', referencing='REFERENCING OLD TABLE AS old_values ', table='roster_unit', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitparent',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_unitparentevent" ("ends_on", "id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "unit_id") SELECT new_values."ends_on", new_values."id", new_values."parent_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."id", new_values."starts_on", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c612046f42dfd6f3190e69663e13f3e07beade73', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a5966', referencing='REFERENCING NEW TABLE AS new_values ', table='roster_unitparent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitparent',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_unitparentevent" ("ends_on", "id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "unit_id") SELECT new_values."ends_on", new_values."id", new_values."parent_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', new_values."id", new_values."starts_on", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bd2ae8b167b5fe09191c2054808ad233d64d3f11', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_db467', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='roster_unitparent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitparent',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_unitparentevent" ("ends_on", "id", "parent_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "unit_id") SELECT old_values."ends_on", old_values."id", old_values."parent_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."id", old_values."starts_on", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f584b4ead49f5e776cc1c1921d72be37c5868549', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_a5ddb', referencing='REFERENCING OLD TABLE AS old_values ', table='roster_unitparent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_userevent" ("date_joined", "email", "full_name", "id", "is_active", "is_staff", "is_superuser", "official_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "role", "suspended_on", "unit_id", "username") SELECT new_values."date_joined", new_values."email", new_values."full_name", new_values."id", new_values."is_active", new_values."is_staff", new_values."is_superuser", new_values."official_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'insert\', new_values."id", new_values."phone", new_values."role", new_values."suspended_on", new_values."unit_id", new_values."username" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cac52ad35eb70bfb25c5422d4dfec4b47aa94e49', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_88371', referencing='REFERENCING NEW TABLE AS new_values ', table='roster_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_userevent" ("date_joined", "email", "full_name", "id", "is_active", "is_staff", "is_superuser", "official_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "role", "suspended_on", "unit_id", "username") SELECT new_values."date_joined", new_values."email", new_values."full_name", new_values."id", new_values."is_active", new_values."is_staff", new_values."is_superuser", new_values."official_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'update\', new_values."id", new_values."phone", new_values."role", new_values."suspended_on", new_values."unit_id", new_values."username" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."date_joined" IS DISTINCT FROM (new_values."date_joined") OR old_values."email" IS DISTINCT FROM (new_values."email") OR old_values."full_name" IS DISTINCT FROM (new_values."full_name") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."is_staff" IS DISTINCT FROM (new_values."is_staff") OR old_values."is_superuser" IS DISTINCT FROM (new_values."is_superuser") OR old_values."official_id" IS DISTINCT FROM (new_values."official_id") OR old_values."phone" IS DISTINCT FROM (new_values."phone") OR old_values."role" IS DISTINCT FROM (new_values."role") OR old_values."suspended_on" IS DISTINCT FROM (new_values."suspended_on") OR old_values."unit_id" IS DISTINCT FROM (new_values."unit_id") OR old_values."username" IS DISTINCT FROM (new_values."username")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1af688a9fcde13dfd2cb0b00a06fae66efcd1c16', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f1617', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='roster_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_userevent" ("date_joined", "email", "full_name", "id", "is_active", "is_staff", "is_superuser", "official_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "role", "suspended_on", "unit_id", "username") SELECT old_values."date_joined", old_values."email", old_values."full_name", old_values."id", old_values."is_active", old_values."is_staff", old_values."is_superuser", old_values."official_id", _pgh_attached_context.value, CLOCK_TIMESTAMP(), \'delete\', old_values."id", old_values."phone", old_values."role", old_values."suspended_on", old_values."unit_id", old_values."username" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a466613930efb92814c2522f85aaf2bf3bfc33da', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_01d8b', referencing='REFERENCING OLD TABLE AS old_values ', table='roster_user', when='AFTER')),
        ),
        migrations.AddField(
            model_name='absenceevent',
            name='official',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='roster.official'),
        ),
        migrations.AddField(
            model_name='absenceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='absenceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='roster.absence'),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='roster.contact'),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='roster.unit', verbose_name='đơn vị'),
        ),
        migrations.AddField(
            model_name='meetingruleevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='meetingruleevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='roster.meetingrule'),
        ),
        migrations.AddField(
            model_name='meetingruleevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='roster.unit', verbose_name='đơn vị'),
        ),
        migrations.AddField(
            model_name='officetermevent',
            name='official',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='roster.official'),
        ),
        migrations.AddField(
            model_name='officetermevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='officetermevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='roster.officeterm'),
        ),
        migrations.AddField(
            model_name='officetermevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='roster.unit', verbose_name='tại'),
        ),
        migrations.AddField(
            model_name='officialevent',
            name='agency',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='roster.unit', verbose_name='đơn vị công tác'),
        ),
        migrations.AddField(
            model_name='officialevent',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='roster.official', verbose_name='đã gộp vào'),
        ),
        migrations.AddField(
            model_name='officialevent',
            name='own_branch',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='roster.unit', verbose_name='chi bộ của mình'),
        ),
        migrations.AddField(
            model_name='officialevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='officialevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='roster.official'),
        ),
        migrations.AddField(
            model_name='policyevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='policyevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='roster.policy'),
        ),
        migrations.AddField(
            model_name='unitevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='unitevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='roster.unit'),
        ),
        migrations.AddField(
            model_name='unitparentevent',
            name='parent',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='roster.unit', verbose_name='cấp trên'),
        ),
        migrations.AddField(
            model_name='unitparentevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='unitparentevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='roster.unitparent'),
        ),
        migrations.AddField(
            model_name='unitparentevent',
            name='unit',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='roster.unit', verbose_name='đơn vị'),
        ),
        migrations.AddField(
            model_name='userevent',
            name='official',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='roster.official', verbose_name='hồ sơ cán bộ'),
        ),
        migrations.AddField(
            model_name='userevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='userevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='userevent',
            name='unit',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='roster.unit', verbose_name='đơn vị'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='absenceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6b69b907b912e847c823433ab7729b6e733c84ae', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3719a', table='roster_absenceevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contactevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='633295cc472d3858633d5efe3daa23bfed8b9c69', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5fd64', table='roster_contactevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='meetingruleevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a864ae14e89f44123f19097055f152b730fe43fb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fb265', table='roster_meetingruleevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='officetermevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1115fcf4556c19e1f50e4b0d7a631c13bda47a54', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9c8c6', table='roster_officetermevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='officialevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d29f23dab8e2288c883ab0c283d160b7ffc32920', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6f801', table='roster_officialevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='policyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='04e482bc9446b0fc498da4fad3b0d8f30f323bcf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_32039', table='roster_policyevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dab0c01a2b59a97a489a03b0fd0781fdcfeeb8fb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_54a12', table='roster_unitevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='unitparentevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5fff8f37fc288834d9de003eb386bb737fbcffec', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_224e7', table='roster_unitparentevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='userevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e350e92a2c9667b47e1854b59309845a3d870717', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_72787', table='roster_userevent', when='BEFORE')),
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
