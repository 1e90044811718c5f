"""A plain HTTP client that keeps its connections: as little work of its own as Python allows."""

import socket
import time

from .servers import HOST

KEPT = 1.0  # seconds after which a server may have closed an idle connection


class Connection:
    """One connection that sends one request after the other."""

    def __init__(self, port):
        self._port = port
        self._open()

    def _open(self):
        self._socket = socket.create_connection((HOST, self._port), timeout=120)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._rest, self._used = b"", time.perf_counter()

    def ask(self, request):
        """Send a request (bytes); return (status, head in bytes, body)."""
        if time.perf_counter() - self._used > KEPT:
            self.close()
            self._open()
        self._socket.sendall(request)
        head = self._until_blank_line()
        length = _length(head)
        while len(self._rest) < length:
            self._rest += self._more()
        body, self._rest = self._rest[:length], self._rest[length:]
        self._used = time.perf_counter()
        return int(head[9:12]), head, body

    def _until_blank_line(self):
        while (end := self._rest.find(b"\r\n\r\n")) < 0:
            self._rest += self._more()
        head, self._rest = self._rest[:end], self._rest[end + 4 :]
        return head

    def _more(self):
        chunk = self._socket.recv(262144)
        if not chunk:
            raise ConnectionError("the server closed the connection")
        return chunk

    def close(self):
        """Close it."""
        self._socket.close()


def _length(head):
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


def get(path, cookie="", gzip=False):
    """Return the bytes of a GET."""
    more = f"Cookie: {cookie}\r\n" if cookie else ""
    more += "Accept-Encoding: gzip\r\n" if gzip else ""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{more}\r\n".encode()


def post(path, fields, cookie, token):
    """Return the bytes of a POST of an already encoded form."""
    body = fields.encode()
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}; csrftoken={token}\r\n"
        f"X-CSRFToken: {token}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def turns(port, requests, *, status=200, connections=4):
    """Send requests in turn over some connections; return the seconds each took. Any other status stops it."""
    lines, took = [Connection(port) for _ in range(connections)], []
    try:
        for place, request in enumerate(requests):
            began = time.perf_counter()
            found, head, _ = lines[place % connections].ask(request)
            took.append(time.perf_counter() - began)
            if found != status:
                raise RuntimeError(f"{request[:120]!r}: {head[:300]!r}")
    finally:
        for line in lines:
            line.close()
    return took
