"""Public pages cached and uncached, nginx before them, and a save: CPU per request against the floors."""

import gzip
import itertools

from . import people
from .client import Connection, get, post, turns
from .report import Figure
from .servers import between, cpu, nginx

PUBLIC = {"public list": "/pledges/", "public detail": "/pledges/1-1/"}
ROUNDS = 6  # of each figure; the least counts, the others met somebody else's work
OWN = ("Server", "Date", "Connection", "Content-Type", "Content-Length", "Content-Encoding", "ETag")


def spent(pids, port, *kinds, **options):
    """Return the milliseconds of CPU per request of each kind of requests, measured turn by turn.

    Figure and floor meet the same weather that way; the least of the rounds counts, the others met
    somebody else's work.
    """
    kinds = [list(requests) for requests in kinds]
    best = [float("inf")] * len(kinds)
    for turn in range(ROUNDS):
        for place, requests in enumerate(kinds):
            share = len(requests) // ROUNDS
            before = cpu(*pids)
            turns(port, requests[turn * share : (turn + 1) * share], **options)
            best[place] = min(best[place], between(before, cpu(*pids)) / share * 1000)
    return best


class Site:
    """A running site of one database and size, with the processes whose CPU counts."""

    def __init__(self, database, times, pids, port, folder, many):
        self.database, self.times, self.pids, self.port = database, times, pids, port
        self.folder, self.many = folder, many
        self._turn = itertools.count()
        turns(port, [get("/pledges/")] * 24, connections=8)  # both workers have seen a page

    def against_empty(self, name, requests, **more):
        """Return the figure of some requests against the empty view."""
        empty = [get("/bench/empty/")] * (self.many * 4)
        floor, value = spent(self.pids, self.port, empty, requests)
        return self.figure(name, value, floor="empty view", floor_value=floor, **more)

    def figure(self, name, value, *, floor, floor_value, unit="cpu ms", **more):
        """Return a `Figure` of this site."""
        return Figure(name, self.times, self.database, value, unit, floor, floor_value, **more)

    def unlike(self, path):
        """Return an address that was never asked for before and shows the same."""
        return f"{path}{'&' if '?' in path else '?'}x={next(self._turn)}"


def cached(site):
    """Yield the public pages as they come from the answers each process keeps."""
    for name, path in PUBLIC.items():
        for gzipped, kind in ((False, "plain"), (True, "gzip")):
            turns(site.port, [get(path, gzip=gzipped)] * 16, connections=8)
            asked = [get(path, gzip=gzipped)] * (site.many * 4)
            yield site.against_empty(f"{name}, cached, {kind}", asked, aim=1.5)


def uncached(site):
    """Yield the public pages at addresses that nobody asked for before."""
    for name, path in PUBLIC.items():
        asked = [get(site.unlike(path)) for _ in range(site.many)]
        aim = 20 if name == "public list" else None
        yield site.against_empty(f"{name}, uncached", asked, aim=aim)


def behind_nginx(site):
    """Yield the speed of public pages behind nginx against nginx's own, for the same bytes.

    Only nginx's CPU counts: where nginx is busy, the one request a second that goes on to the site is nothing.
    """
    _headers_like_the_site(site, "/")
    for name, path in PUBLIC.items():
        _, _, body = _asked(site.port, get(path))
        with nginx(site.port, site.folder) as (pid, port):
            (site.folder / "www" / "page.html").write_bytes(body)
            (site.folder / "www" / "page.html.gz").write_bytes(gzip.compress(body, 6))
            for gzipped, kind in ((False, "plain"), (True, "gzip")):
                many = site.many * 24
                asked = [get(where, gzip=gzipped) for where in ("/file/page.html", path)]
                own, value = spent([pid], port, *([request] * many for request in asked))
                yield site.figure(
                    f"{name}, behind nginx, {kind}",
                    value,
                    floor="nginx, same bytes from a file",
                    floor_value=own,
                    aim=0.9,
                    better="speed",
                )


def _asked(port, request):
    line = Connection(port)
    try:
        return line.ask(request)
    finally:
        line.close()


def _headers_like_the_site(site, path):
    """Let nginx's own file carry the headers of the site, which are a good part of a small answer."""
    _, head, _ = _asked(site.port, get(path))
    pairs = [line.split(": ", 1) for line in head.decode("latin-1").split("\r\n")[1:]]
    own = {name.lower() for name in OWN}
    lines = [f'add_header {n} "{v}" always;' for n, v in pairs if n.lower() not in own]
    (site.folder / "headers.conf").write_text("\n".join(lines))


def save(site):
    """Yield a save with workflow, history and version against a bare one-row view."""
    (saver,) = people.savers(1)
    many = site.many // ROUNDS * ROUNDS  # a save that is prepared is sent: the versions must follow
    bare = [
        post("/bench/row/", f"what=row+{n}", saver.cookie, people.TOKEN) for n in range(many * 2)
    ]
    saves = [saver.saving() for _ in range(many)]
    floor, value = spent(site.pids, site.port, bare, saves, status=302)
    yield site.figure("save", value, floor="bare one-row view", floor_value=floor, aim=4)
    if lost := saver.lost():
        raise RuntimeError(f"{lost} acknowledged saves are not in the database")
