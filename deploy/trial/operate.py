"""What the operator needs: quiet logs, a backup that comes back, and a site that outlives its parts."""

import json
import os
import shlex
import signal
import subprocess
import time

from browser import SCRATCH, Visitor
from staff import ENTRY, through
from telling import TYPED, check, manage, missing_in, quietly, say, until


def logs():
    """Lines of JSON with a number that nginx gave, and nobody in them."""
    number = Visitor().get("/nowhere/?q=hong").headers.get("x-request-id", "")
    texts = {name: (SCRATCH / f"{name}.log").read_text() for name in ("a", "b", "worker", "nginx")}
    wrong = [
        f"{n}: {line[:80]}"
        for n in ("a", "b")
        for line in texts[n].splitlines()
        if not _is_json(line)
    ]
    check("응용 기록은 모두 한 줄 JSON", not wrong, " / ".join(wrong[:2]))
    check("요청 번호가 응답과 기록에 같음", bool(number) and (number in texts["a"] + texts["b"]))
    where = "".join(texts.values())
    for port in ("A_PORT", "B_PORT"):  # where gunicorn says that it listens
        where = where.replace(f"127.0.0.1:{os.environ[port]}", "")
    people = [word for word in PEOPLE if word in where]
    check("기록에 사람에 관한 것이 없음", not people, " ".join(people))


PEOPLE = (
    "citizen@example.org",
    "192.0.2.7",
    "127.0.0.1",
    "not-the-password",
    TYPED,
    "현장 사진",
    "q=hong",
    "?next",
)


def _is_json(line):
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def backup_and_restore():
    """What is backed up from the running site is restored into another database, with its proof."""
    said, ok = manage("backup")
    check("쓰는 중에 백업", ok, said.splitlines()[-1].strip() if said else "")
    path = said.split("백업했습니다: ")[1].splitlines()[0]
    said, ok = manage("restore", path, environment={"ENV_FILE": str(SCRATCH / "env2")})
    check("다른 데이터베이스에 되살리고 증명", ok and said.count("✓") == 5, f"✓ {said.count('✓')}")
    _, ok = manage("restore", path, code=1)
    check("쓰고 있는 누리집에는 되살리지 않음", ok)
    said, ok = manage("health")
    check("manage.py health가 모두 정상", ok)
    if not ok:
        say(said)


# --- what breaks -----------------------------------------------------------------------------
def one_machine_dies(person, item):
    """Machine A is killed; nobody notices."""
    os.killpg(int((SCRATCH / "a.pid").read_text()), signal.SIGKILL)
    check("A가 죽음", until(lambda: quietly(lambda: Visitor("A").get("/healthz")) is None))
    found = {Visitor().get(f"/pledges/?page=1&n={n}").status for n in range(8)}
    check("시민은 계속 봄", found == {200}, " ".join(map(str, found)))
    me = through(person)
    saved = me.send(item, {**ENTRY, "done": f"{TYPED} 2", "then": "save"})
    check(
        "직원은 계속 저장함",
        saved.status == 302 and f"{TYPED} 2" in me.get(item).text,
        saved.status,
    )


def the_database_stops():
    """Without a database the health check says 503, and all is well again once it is back."""
    control = shlex.split(os.environ["PG_CTL"])
    options = (SCRATCH / "pg" / "data" / "postmaster.opts").read_text().split(" ", 1)[1].strip()
    subprocess.run(
        [*control, "-m", "immediate", "stop"], check=True, capture_output=True, cwd=SCRATCH / "pg"
    )
    answer = Visitor().get("/healthz")
    check(
        "데이터베이스가 멈추면 /healthz 503",
        answer.status == 503 and answer.text == '{"status": "unavailable"}',
        answer.status,
    )
    time.sleep(2.1)
    page = Visitor().get("/pledges/")
    check(
        "화면은 문장으로 (500)",
        page.status == 500 and "처리하지 못했습니다" in page.text,
        f"{page.status} {page.cache}",
    )
    opts = " ".join(
        part
        for part in shlex.split(options)
        if not part.startswith("-D") and part != str(SCRATCH / "pg/data")
    )
    subprocess.run(
        [*control, "-l", "server.log", "-o", opts, "start"],
        check=True,
        capture_output=True,
        cwd=SCRATCH / "pg",
    )
    back = until(lambda: Visitor().get("/healthz").status == 200)
    check("돌아오면 다시 시작하지 않아도 200", back)
    check("화면도", Visitor().get("/pledges/").status == 200)


def everything_is_down():
    """Without any machine nginx says so in Korean, with the headers."""
    os.killpg(int((SCRATCH / "b.pid").read_text()), signal.SIGKILL)
    until(lambda: quietly(lambda: Visitor("B").get("/healthz")) is None)
    time.sleep(2.1)
    page = Visitor().get("/pledges/")
    check(
        "모두 멈추면 nginx의 안내 (502)",
        page.status == 502 and "잠시 쉬어 갑니다" in page.text,
        f"{page.status} {page.cache}",
    )
    missing = missing_in(page)
    check(
        "보안 머리글: 502",
        not missing and page.headers.get("cache-control") == "no-store",
        " ".join(missing),
    )
