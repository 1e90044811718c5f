#!/usr/bin/env python3
"""Django's command line for this project."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

SETTINGS = ("SECRET_KEY", "DEBUG", "DEMO", "ENV_FILE")


def try_out():
    """Without any settings these commands run the demo on SQLite; a server (wsgi.py) never does."""
    if any(name in os.environ for name in SETTINGS) or Path(__file__).with_name(".env").exists():
        return
    os.environ.update(DEMO="1", OFFICE_TODAY="2019-07-03")
    sys.stderr.write("설정(.env)이 없어 시연으로 움직입니다. 운영 설정은 .env.example을 보세요.\n")


if __name__ == "__main__":
    try_out()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nonsan_strategy.settings")
    execute_from_command_line(sys.argv)
