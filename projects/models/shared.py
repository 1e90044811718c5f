"""Words that every kind of work uses: where money comes from, how much of a row is an example."""

from django.db import models


class Demo(models.TextChoices):
    """How much of a row is an example; shown wherever the row is shown."""

    NONE = "none", "실제 자료"
    DETAILS = "details", "이름만 실제, 나머지 (예시)"
    ALL = "all", "모두 (예시)"


class Source(models.TextChoices):
    """Where money comes from, in the order of every Korean budget table."""

    NATIONAL = "national", "국비"
    PROVINCIAL = "provincial", "도비"
    MUNICIPAL = "municipal", "시비"
    OTHER = "other", "기타(민자)"
