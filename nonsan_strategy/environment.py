"""Where the settings come from: the environment and .env; a missing one is explained in a sentence."""

import sys
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
TESTING = "pytest" in sys.modules
if not TESTING:  # a developer's own .env must not change what the tests prove
    environ.Env.read_env(env.str("ENV_FILE", str(BASE_DIR / ".env")))


def needed(name, why):
    """Return the variable, or say in one sentence what it is for and where to write it."""
    value = env.str(name, "")
    if not value:
        raise ImproperlyConfigured(
            f"환경변수 {name}이(가) 없습니다: {why} "
            ".env 파일이나 서비스 설정에 적어 주세요(.env.example 참고)."
        )
    return value
