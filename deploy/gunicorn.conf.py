"""gunicorn behind nginx; BIND and WORKERS come from the unit (`systemctl edit nonsan-web`)."""

import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WORKERS", min(2 * (os.cpu_count() or 1) + 1, 9)))
worker_class = "gthread"
threads = 4
timeout = 120
graceful_timeout = 30
keepalive = 75  # longer than nginx keeps an idle connection (60 s), so that nginx closes it first
max_requests, max_requests_jitter = 2000, 200  # gives back what a long document left in memory
worker_tmp_dir = "/dev/shm"
control_socket_disable = True
accesslog = (
    None  # it would write addresses of visitors and queries; the application writes its own line
)
# On another machine than nginx: its address. https is told by X-Forwarded-Proto to Django alone.
forwarded_allow_ips = os.environ.get("NGINX_ADDRESS", "127.0.0.1")
_lines = {"handlers": ["lines"], "level": "INFO", "propagate": False}
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "nonsan_strategy.logs.JsonLines"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["lines"], "level": "INFO"},
    "loggers": {"gunicorn.error": {**_lines, "qualname": "gunicorn.error"}},
}
