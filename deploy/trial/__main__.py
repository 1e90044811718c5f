"""What bin/try-deploy asks of the running site: one line for each thing, `통과` or `실패`, exit code 1 on any.

python deploy/trial certificate     make a certificate for localhost
python deploy/trial all             ask everything; ends machine A and stops the database on the way
"""

import subprocess
import sys
import time

import citizens
import operate
import staff
from browser import ORIGIN, SCRATCH, Visitor
from telling import FAILED, check, quietly, say, shell, until


def certificate():
    """Write a certificate for localhost that is good for a day."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost", "-keyout", SCRATCH / "key.pem", "-out", SCRATCH / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip


def is_up():
    """Both machines answer through their own ports and through nginx."""
    for machine in ("A", "B", None):
        answer = until(lambda m=machine: quietly(lambda: Visitor(m).get("/healthz")), 60)
        ok = answer is not None and answer.status == 200
        check(f"상태 확인 /healthz ({machine or 'nginx'})", ok, answer and answer.status)
        if not ok:
            raise SystemExit(1)


OPEN = """
import datetime
from accounts.models import User
from reporting import actions
from reporting.models import Period
period = Period.objects.get(code="2019-q2")
period.due_on = datetime.date(2099, 12, 31)
actions.reschedule(period, version=period.version, by=User.objects.get(username="strategy"))
print("open")
"""


def main(what):
    """Ask all of it; what a sentence cannot say ends the trial."""
    if what == "certificate":
        return certificate()
    began = time.monotonic()
    is_up()
    check("입력 기한을 미룸 (시험 자료)", shell(OPEN) == "open")
    citizens.public_pages()
    citizens.headers_everywhere()
    person, item = staff.two_machines()
    staff.staff_is_never_stored(person)
    staff.uploads(person, item)
    staff.worker()
    citizens.changes()
    operate.logs()
    operate.backup_and_restore()
    operate.one_machine_dies(person, item)
    operate.the_database_stops()
    operate.everything_is_down()
    say(
        f"\n{ORIGIN} {time.monotonic() - began:.0f}초: "
        + (f"실패 {len(FAILED)}건" if FAILED else "모두 통과")
    )
    sys.exit(1 if FAILED else 0)


if __name__ == "__main__":
    main(sys.argv[1])
