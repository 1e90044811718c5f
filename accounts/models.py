"""Departments, people and their roles, and the two logs that are only ever added to."""

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower
from simple_history.models import HistoricalRecords


class AppendOnly(models.Model):
    """A row that is written once; changing or deleting it is refused, by triggers as well."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError(f"{type(self).__name__}은(는) 덧붙이기만 할 수 있습니다.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError(f"{type(self).__name__}은(는) 지울 수 없습니다.")


class PersonRecords(HistoricalRecords):
    """The history of a person, which does not grow with logins and password hashes."""

    def post_save(self, instance, created, using=None, **kwargs):
        """Record a save unless it wrote nothing but what the history leaves out (last_login)."""
        written = kwargs.get("update_fields")
        if written and set(written) <= set(self.excluded_fields):
            return
        super().post_save(instance, created, using=using, **kwargs)


class Department(models.Model):
    """A department of the city (부서)."""

    name = models.CharField("부서명", max_length=100, unique=True)
    order = models.PositiveSmallIntegerField("순서", default=0)
    phone = models.CharField("대표전화", max_length=40, blank=True)
    is_active = models.BooleanField("사용", default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "부서"
        ordering = ["order", "name"]

    def __str__(self):
        return self.name


class Role(models.TextChoices):
    """What a person comes to do (architecture.md §1); blank for the operator (전산)."""

    WRITER = "writer", "부서 담당자"
    HEAD = "head", "부서장"
    STRATEGY = "strategy", "전략기획실"
    EXECUTIVE = "executive", "관리자(시장·부시장·국장)"
    JUROR = "juror", "주민배심원"


class User(AbstractUser):
    """A member of staff with at most one department and one role; both may change."""

    first_name = None
    last_name = None
    username = models.CharField(
        "아이디",
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": "이미 있는 아이디입니다."},
        help_text="150자 이내의 문자, 숫자, @ . + - _",
    )
    is_active = models.BooleanField(
        "계정 사용", default=True, help_text="떠난 사람의 계정은 지우지 않고 사용을 끕니다."
    )
    is_staff = models.BooleanField(
        "관리 화면 사용", default=False, help_text="이 관리 화면에 들어올 수 있습니다."
    )
    is_superuser = models.BooleanField(
        "전산 권한", default=False, help_text="사용자와 부서를 관리하고 기록을 봅니다."
    )
    name = models.CharField("성명", max_length=40, blank=True)
    position = models.CharField("직급·직위", max_length=40, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, verbose_name="부서", related_name="users"
    )
    role = models.CharField("역할", max_length=10, choices=Role, blank=True)
    history = PersonRecords(
        excluded_fields=["password", "last_login"],
        history_change_reason_field=models.CharField(max_length=200, null=True),
    )

    class Meta:
        verbose_name = verbose_name_plural = "사용자"
        constraints = [
            # Login does not look at upper and lower case, so two such names would be one door.
            models.UniqueConstraint(
                Lower("username"),
                name="username_is_unique_in_any_case",
                violation_error_message="대소문자만 다른 아이디가 이미 있습니다.",
            )
        ]

    def __str__(self):
        return self.name or self.username

    def get_full_name(self):
        """Return the name for Django's own pages."""
        return str(self)

    get_short_name = get_full_name


class AccessChange(AppendOnly):
    """One change of a person's role, department or standing: who, whom, before, after, why."""

    at = models.DateTimeField("시각", auto_now_add=True)
    by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        related_name="access_changes_made",
        verbose_name="바꾼 사람",
    )
    whom = models.ForeignKey(
        User, models.PROTECT, related_name="access_changes", verbose_name="대상자"
    )
    field = models.CharField("항목", max_length=40)
    before = models.CharField("바꾸기 전", max_length=200, blank=True)
    after = models.CharField("바꾼 뒤", max_length=200, blank=True)
    reason = models.CharField("사유", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "권한 변경 기록"
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.whom} {self.field}: {self.before or '없음'} → {self.after or '없음'}"


class AccessLog(AppendOnly):
    """접속기록: who, when, from where, whose data, what: logins, and what was seen or changed."""

    class Action(models.TextChoices):
        LOGIN = "login", "로그인"
        LOGIN_FAILED = "login_failed", "로그인 실패"
        LOGOUT = "logout", "로그아웃"
        VIEW = "view", "조회"
        CHANGE = "change", "변경"
        EXPORT = "export", "내려받기"

    at = models.DateTimeField("시각", auto_now_add=True)
    who = models.CharField("누가", max_length=150, blank=True)
    ip = models.GenericIPAddressField("어디서", null=True)
    action = models.CharField("행위", max_length=15, choices=Action)
    whom = models.CharField("누구의", max_length=150, blank=True)
    what = models.CharField("무엇을", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "접속기록"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["who", "-at"], name="access_log_by_person")]

    def __str__(self):
        return f"{self.who} {self.get_action_display()} {self.what}".strip()
