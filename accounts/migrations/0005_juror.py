"""A role for the citizens of the jury."""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_cache_table'),
    ]

    operations = [
        migrations.AlterField(
            model_name='historicaluser',
            name='role',
            field=models.CharField(blank=True, choices=[('writer', '부서 담당자'), ('head', '부서장'), ('strategy', '전략기획실'), ('executive', '관리자(시장·부시장·국장)'), ('juror', '주민배심원')], max_length=10, verbose_name='역할'),
        ),
        migrations.AlterField(
            model_name='user',
            name='role',
            field=models.CharField(blank=True, choices=[('writer', '부서 담당자'), ('head', '부서장'), ('strategy', '전략기획실'), ('executive', '관리자(시장·부시장·국장)'), ('juror', '주민배심원')], max_length=10, verbose_name='역할'),
        ),
    ]
