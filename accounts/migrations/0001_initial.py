"""Departments, people, their histories and the two logs."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Department",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="부서명")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="순서")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="대표전화")),
                ("is_active", models.BooleanField(default=True, verbose_name="사용")),
            ],
            options={
                "verbose_name": "부서",
                "verbose_name_plural": "부서",
                "ordering": ["order", "name"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=40, verbose_name="성명")),
                ("position", models.CharField(blank=True, max_length=40, verbose_name="직급·직위")),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("writer", "부서 담당자"),
                            ("head", "부서장"),
                            ("strategy", "전략기획실"),
                            ("executive", "관리자(시장·부시장·국장)"),
                        ],
                        max_length=10,
                        verbose_name="역할",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="users",
                        to="accounts.department",
                        verbose_name="부서",
                    ),
                ),
            ],
            options={
                "verbose_name": "사용자",
                "verbose_name_plural": "사용자",
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="AccessChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="시각")),
                ("field", models.CharField(max_length=40, verbose_name="항목")),
                ("before", models.CharField(blank=True, max_length=200, verbose_name="바꾸기 전")),
                ("after", models.CharField(blank=True, max_length=200, verbose_name="바꾼 뒤")),
                ("reason", models.CharField(max_length=200, verbose_name="사유")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="access_changes_made",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="바꾼 사람",
                    ),
                ),
                (
                    "whom",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="access_changes",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="대상자",
                    ),
                ),
            ],
            options={
                "verbose_name": "권한 변경 기록",
                "verbose_name_plural": "권한 변경 기록",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="AccessLog",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="시각")),
                ("who", models.CharField(blank=True, max_length=150, verbose_name="누가")),
                ("ip", models.GenericIPAddressField(null=True, verbose_name="어디서")),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("login", "로그인"),
                            ("login_failed", "로그인 실패"),
                            ("logout", "로그아웃"),
                            ("view", "조회"),
                            ("change", "변경"),
                            ("export", "내려받기"),
                        ],
                        max_length=15,
                        verbose_name="행위",
                    ),
                ),
                ("whom", models.CharField(blank=True, max_length=150, verbose_name="누구의")),
                ("what", models.CharField(blank=True, max_length=200, verbose_name="무엇을")),
            ],
            options={
                "verbose_name": "접속기록",
                "verbose_name_plural": "접속기록",
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["who", "-at"], name="access_log_by_person")],
            },
        ),
        migrations.CreateModel(
            name="HistoricalDepartment",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(db_index=True, max_length=100, verbose_name="부서명")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="순서")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="대표전화")),
                ("is_active", models.BooleanField(default=True, verbose_name="사용")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 부서",
                "verbose_name_plural": "historical 부서",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalUser",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        db_index=True,
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=40, verbose_name="성명")),
                ("position", models.CharField(blank=True, max_length=40, verbose_name="직급·직위")),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("writer", "부서 담당자"),
                            ("head", "부서장"),
                            ("strategy", "전략기획실"),
                            ("executive", "관리자(시장·부시장·국장)"),
                        ],
                        max_length=10,
                        verbose_name="역할",
                    ),
                ),
                ("history_change_reason", models.CharField(max_length=200, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.department",
                        verbose_name="부서",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 사용자",
                "verbose_name_plural": "historical 사용자",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("username"),
                name="username_is_unique_in_any_case",
                violation_error_message="대소문자만 다른 아이디가 이미 있습니다.",
            ),
        ),
    ]
