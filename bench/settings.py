"""The site's own settings, with the addresses of the floors beside it."""

from nonsan_strategy.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
