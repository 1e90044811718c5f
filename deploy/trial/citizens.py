"""What a citizen gets: from the cache, with the headers, and never what is no longer published."""

import http.client
import json
import os
import re
import threading
import time

from browser import Visitor
from telling import check, missing_in, quietly, shell, until

PLAIN = int(os.environ["PLAIN_PORT"])


def public_pages():
    """A citizen's pages come from the cache, and only theirs."""
    home = Visitor().get("/")
    check("시민 첫 화면이 열림", home.status == 200 and "논산시" in home.text, home.status)
    check("쿠키를 주지 않음", not home.cookies)
    check(
        "브라우저에는 no-cache와 ETag",
        home.headers.get("cache-control") == "no-cache" and "etag" in home.headers,
    )
    check("nginx만의 표시는 밖에 보이지 않음", "x-accel-expires" not in home.headers)
    seen = [Visitor().get("/pledges/").cache for _ in range(12)]
    check("1초 안의 두 번째 시민은 캐시에서 (HIT)", "HIT" in seen, " ".join(seen))
    pressed = [Visitor().get("/pledges/", Accept_Encoding="gzip, br") for _ in range(3)][-1]
    check(
        "압축한 글도 캐시에 따로", pressed.headers.get("content-encoding") == "gzip", pressed.cache
    )
    again = Visitor().get("/pledges/", If_None_Match=pressed.headers.get("etag", ""))
    check("가진 글을 다시 물으면 304", again.status == 304, again.status)
    for what, headers in (("세션 쿠키", {"Cookie": "sessionid=x"}), ("빈 세션 쿠키", {"Cookie": "a=b; sessionid="}),
                          ("Authorization", {"Authorization": "Basic eDp5"})):  # fmt: skip
        found = {Visitor().get("/pledges/", **headers).cache for _ in range(4)}
        check(f"{what}가 있으면 캐시를 쓰지 않음", found == {"BYPASS"}, " ".join(found))


def headers_everywhere():
    """Every answer has the headers, nginx's own too."""
    page = Visitor().get("/").text
    link = re.search(r'/static/[^"]+\.[0-9a-f]{12}\.css', page).group()
    file = Visitor().get(link, Accept_Encoding="gzip")
    check(
        "정적 파일을 nginx가 압축된 채로",
        file.headers.get("content-encoding") == "gzip" and "x-request-id" not in file.headers,
    )
    check("이름에 해시가 있으면 immutable", "immutable" in file.headers.get("cache-control", ""))
    plain = Visitor()
    plain.connect = lambda: http.client.HTTPConnection("localhost", PLAIN, timeout=10)
    away = plain.get("/desk/?q=1")
    check(
        "http는 https로",
        away.status == 301 and away.headers["location"].startswith("https://"),
        away.status,
    )
    answers = {
        "첫 화면": Visitor().get("/"),
        "로그인으로": Visitor().get("/desk/"),
        "없는 주소": Visitor().get("/nowhere/"),
        "정적 파일": file,
        "없는 정적 파일": Visitor().get("/static/nothing.css"),
        "http의 답": away,
        "nginx가 거절한 요청": Visitor().get("/", X_Long="x" * 40000),
        "관리 화면으로": Visitor().get("/admin/"),
    }
    for name, answer in answers.items():
        missing = missing_in(answer)
        check(f"보안 머리글: {name}", not missing, f"{answer.status} {' '.join(missing)}".strip())
        if "nginx/" in answer.headers.get("server", ""):
            check(f"서버 판을 숨김: {name}", False)
    hsts = answers["첫 화면"].headers.get("strict-transport-security", "")
    check("https에서 HSTS", "max-age=31536000" in hsts, hsts)
    foreign = quietly(lambda: Visitor().get("/", Host="evil.example"))
    check(
        "남의 호스트 이름은 거절",
        foreign is None or foreign.status in (400, 421),
        foreign and foreign.status,
    )


PUBLISH = """
import json, time
from django.db import transaction
from accounts.models import User
from reporting import actions, publishing
from reporting.models import Publication
last = Publication.objects.current().exclude(terms=None).first()
by = User.objects.get(username="strategy")
{what}
print(json.dumps(time.time()))
"""
CORRECT = "actions.publish_period(last.period, by=by, revision=last.revision + 1, reason='시험 정정 공표')"
WITHDRAW = "publishing.withdraw_publication(last, by=by, reason='시험으로 내림')"


class Readers:
    """Citizens who read one page all the time, so that the cache is always warm; notes who read what when."""

    def __init__(self, path, count=4):
        self.path, self.seen, self.stop = path, [], threading.Event()
        self.threads = [threading.Thread(target=self._read) for _ in range(count)]

    def _read(self):
        visitor = Visitor()
        connection = visitor.connect()
        while not self.stop.is_set():
            began = time.time()
            try:
                answer = visitor.ask("GET", self.path, connection=connection)
            except OSError:
                connection.close()
                continue
            self.seen.append((began, answer.text, answer.cache))
            time.sleep(0.01)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for thread in self.threads:
            thread.join(30)


def visible_within_two_seconds(name, what):
    """What the strategy office changes is what every citizen reads two seconds later."""
    path = "/pledges/"
    quiet = f"/pledges/?page=1&quiet={time.time_ns()}"
    with Readers(path) as readers:
        until(lambda: len(readers.seen) > 40)
        rested = Visitor().get(quiet).text
        old = readers.seen[-1][1]
        said = shell(PUBLISH.format(what=what))
        done = json.loads(said.splitlines()[-1])
        time.sleep(
            0.5
        )  # each machine reads the number of what is published every quarter of a second
        direct = [Visitor(machine).get(path).text for machine in "AB"]
        time.sleep(max(0, done + 2.1 - time.time()))
        woken = at_once(quiet, 12)
        time.sleep(max(0, done + 4 - time.time()))
    after = [(began - done, text == old) for began, text, _ in readers.seen if began > done]
    late = max((since for since, is_old in after if is_old), default=0.0)
    check(f"{name}: 두 응용 서버에서 반 초 안에", all(text != old for text in direct))
    check(
        f"{name}: 쉬던 화면을 여럿이 한꺼번에 열어도 새 글",
        len(woken) == 12 and rested not in woken,
        f"{woken.count(rested)}명이 옛글",
    )
    hits = sum(cache in ("HIT", "UPDATING") for _, _, cache in readers.seen)
    check(
        f"{name}: 시민 {len(readers.seen)}명 가운데 캐시 {hits}명, 옛글은 2초 안에 사라짐",
        late < 2.0 and hits > 40,
        f"{late:.2f}초",
    )
    check(
        f"{name}: 뒤의 시민은 모두 새 글", bool(after) and not any(o for s, o in after if s > 2.0)
    )


def at_once(path, count):
    """Return the texts that so many citizens get who open one page together."""
    texts = []
    threads = [
        threading.Thread(target=lambda: texts.append(Visitor().get(path).text))
        for _ in range(count)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return texts


def changes():
    """A correction, and a withdrawal."""
    visible_within_two_seconds("정정 공표", CORRECT)
    visible_within_two_seconds("공표 내림", WITHDRAW)
