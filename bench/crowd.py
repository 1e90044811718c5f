"""A thousand readers beside forty savers, through nginx, for some seconds; and the savers alone."""

import asyncio
import random
import time

from . import people
from .client import get
from .report import percentile
from .servers import HOST, nginx

READERS, SAVERS = 1000, 40
PAGES = ("/", "/pledges/", "/pledges/about/", "/pledges/1-1/", "/pledges/?status=fulfilled")
PAUSE = 1.0  # seconds a reader looks at a page, on average; a saver types as long
PATIENCE = 60  # seconds until an answer counts as failed


class Tally:
    """Seconds of every answer, and how many were no answer."""

    def __init__(self):
        self.took, self.failed = [], 0


async def _ask(port, request, good):
    """Return whether a request on a connection of its own got the status hoped for."""
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        writer.write(request.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
        await writer.drain()
        answer = await reader.read(13)
        while await reader.read(262144):
            pass
        return answer[9:12] == good
    finally:
        writer.close()


async def _timed(tally, port, request, good):
    began = time.perf_counter()
    try:
        fine = await asyncio.wait_for(_ask(port, request, good), PATIENCE)
    except (OSError, TimeoutError):
        fine = False
    if fine:
        tally.took.append(time.perf_counter() - began)
    else:
        tally.failed += 1
    return fine


async def _read(tally, port, until, dice):
    await asyncio.sleep(dice.random() * PAUSE)
    while time.perf_counter() < until:
        await _timed(tally, port, get(dice.choice(PAGES), gzip=True), b"200")
        await asyncio.sleep(dice.uniform(0.5, 1.5) * PAUSE)


async def _save(pages, saves, saver, port, until, dice):
    await asyncio.sleep(dice.random() * PAUSE)
    while time.perf_counter() < until:
        await _timed(pages, port, saver.reading(), b"200")
        if not await _timed(saves, port, saver.saving(), b"302"):
            return  # what it wrote is not known, so nothing more is counted for it
        await asyncio.sleep(dice.uniform(0.5, 1.5) * PAUSE)


async def _crowd(port, savers, readers, seconds):
    until, dice = time.perf_counter() + seconds, random.Random(1)
    public, pages, saves = Tally(), Tally(), Tally()
    await asyncio.gather(
        *(_save(pages, saves, saver, port, until, dice) for saver in savers),
        *(_read(public, port, until, dice) for _ in range(readers)),
    )
    return public, saves


def crowd(site, seconds):
    """Yield the figures of the savers beside the readers, against the same savers alone."""
    with nginx(site.port, site.folder) as (_, port):
        savers = people.savers(SAVERS)
        _, alone = asyncio.run(_crowd(port, savers, 0, seconds))
        public, saves = asyncio.run(_crowd(port, savers, READERS, seconds))
    floor = "the same savers without readers"
    for share in (0.5, 0.95):
        yield site.figure(
            f"save p{share * 100:.0f} beside {READERS} readers",
            percentile(saves.took, share) * 1000,
            unit="ms",
            floor=floor,
            floor_value=percentile(alone.took, share) * 1000,
        )
    yield site.figure(
        f"readers' p95 beside {SAVERS} savers",
        percentile(public.took, 0.95) * 1000,
        unit="ms",
        floor=f"{floor}, p95",
        floor_value=percentile(alone.took, 0.95) * 1000,
        note=f"{len(public.took)} pages, {public.failed} failed",
    )
    lost = sum(saver.lost() for saver in savers) if not saves.failed else None
    yield {
        "figure": f"saves failed or lost beside {READERS} readers",
        "times": site.times,
        "database": site.database,
        "saves": len(alone.took) + len(saves.took),
        "failed": alone.failed + saves.failed,
        "lost": lost,
        "aim": 0,
        "reached": not (alone.failed or saves.failed or lost),
    }
