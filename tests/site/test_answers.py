"""What every answer has in common below the pages: headers without a body, and a quiet log."""

import logging

import pytest

from nonsan_strategy.logs import OneLine


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["/", "/healthz", "/login/", "/nowhere/"])
def test_a_head_answer_has_the_headers_and_no_body(client, where):
    page, head = client.get(where), client.head(where)
    assert head.content == b""
    assert head.headers["Content-Length"] == str(len(page.content))
    assert set(head.headers) == set(page.headers)


def test_a_foreign_host_is_one_line_in_the_log(client, caplog):
    log = logging.getLogger("django.security.DisallowedHost")
    assert any(isinstance(known, OneLine) for known in log.filters)
    client.get("/?name=hong", headers={"host": "evil.example"})
    told = [record for record in caplog.records if record.name == log.name]
    assert [(r.getMessage(), r.exc_info) for r in told] == [
        ("A request for a host not in ALLOWED_HOSTS.", None)
    ]
