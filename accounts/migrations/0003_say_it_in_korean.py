"""The words of the operator's pages; no table changes."""

import django.contrib.auth.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_append_only'),
    ]

    operations = [
        migrations.AlterField(
            model_name='historicaluser',
            name='is_active',
            field=models.BooleanField(default=True, help_text='떠난 사람의 계정은 지우지 않고 사용을 끕니다.', verbose_name='계정 사용'),
        ),
        migrations.AlterField(
            model_name='historicaluser',
            name='is_staff',
            field=models.BooleanField(default=False, help_text='이 관리 화면에 들어올 수 있습니다.', verbose_name='관리 화면 사용'),
        ),
        migrations.AlterField(
            model_name='historicaluser',
            name='is_superuser',
            field=models.BooleanField(default=False, help_text='사용자와 부서를 관리하고 기록을 봅니다.', verbose_name='전산 권한'),
        ),
        migrations.AlterField(
            model_name='historicaluser',
            name='username',
            field=models.CharField(db_index=True, error_messages={'unique': '이미 있는 아이디입니다.'}, help_text='150자 이내의 문자, 숫자, @ . + - _', max_length=150, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='아이디'),
        ),
        migrations.AlterField(
            model_name='user',
            name='is_active',
            field=models.BooleanField(default=True, help_text='떠난 사람의 계정은 지우지 않고 사용을 끕니다.', verbose_name='계정 사용'),
        ),
        migrations.AlterField(
            model_name='user',
            name='is_staff',
            field=models.BooleanField(default=False, help_text='이 관리 화면에 들어올 수 있습니다.', verbose_name='관리 화면 사용'),
        ),
        migrations.AlterField(
            model_name='user',
            name='is_superuser',
            field=models.BooleanField(default=False, help_text='사용자와 부서를 관리하고 기록을 봅니다.', verbose_name='전산 권한'),
        ),
        migrations.AlterField(
            model_name='user',
            name='username',
            field=models.CharField(error_messages={'unique': '이미 있는 아이디입니다.'}, help_text='150자 이내의 문자, 숫자, @ . + - _', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='아이디'),
        ),
    ]
