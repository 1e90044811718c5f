"""A small browser for the trial: cookies, forms and TLS, over one address or straight to a machine."""

import http.client
import os
import ssl
import uuid
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

SCRATCH = Path(os.environ["SCRATCH"])
TLS = int(os.environ["TLS_PORT"])
ORIGIN = f"https://localhost:{TLS}"
MACHINES = {"A": int(os.environ["A_PORT"]), "B": int(os.environ["B_PORT"])}


class Answer:
    """What came back: status, headers in lower case, content."""

    def __init__(self, response):
        self.status = response.status
        self.headers = {k.lower(): v for k, v in response.getheaders()}
        self.cookies = response.msg.get_all("Set-Cookie") or []
        self.content = response.read()

    @property
    def text(self):
        """Return the content as text."""
        return self.content.decode("utf-8", "replace")

    @property
    def cache(self):
        """Return what nginx's cache had to do with it."""
        return self.headers.get("x-cache", "")


class Visitor:
    """Somebody with cookies, who comes through nginx or, with a machine's name, straight to it."""

    def __init__(self, machine=None):
        self.machine, self.cookies = machine, {}

    def connect(self):
        """Return a connection to where this visitor goes."""
        if self.machine:
            return http.client.HTTPConnection("127.0.0.1", MACHINES[self.machine], timeout=30)
        context = ssl.create_default_context(cafile=SCRATCH / "fullchain.pem")
        return http.client.HTTPSConnection("localhost", TLS, timeout=30, context=context)

    def ask(self, method, path, body=None, headers=(), connection=None):
        """Send one request and return its Answer, keeping the cookies."""
        own = connection or self.connect()
        sent = {"Host": f"localhost:{TLS}", "Origin": ORIGIN, **dict(headers)}
        if self.machine:
            sent |= {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        try:
            own.request(method, path, body=body, headers=sent)
            answer = Answer(own.getresponse())
        finally:
            if connection is None:
                own.close()
        for line in answer.cookies:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer

    def get(self, path, **headers):
        """GET; header names with underscores."""
        return self.ask("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def send(self, page, fields=(), files=(), path=None):
        """Fill in the form of a page that has a field of ours, and send it as a browser does."""
        values = _fields(self.get(page).text) | dict(fields)
        if files:
            boundary = uuid.uuid4().hex
            body = _multipart(values, files, boundary)
            kind = f"multipart/form-data; boundary={boundary}"
        else:
            body, kind = urlencode(values), "application/x-www-form-urlencoded"
        return self.ask("POST", path or page, body, {"Content-Type": kind})

    def login(self, name, password="nonsan-2019-demo"):
        """Log in and return the answer; 302 when the door opened."""
        return self.send("/login/", {"login": name, "password": password})


class _Form(HTMLParser):
    """Collects the values of every form; the last of a name stays, which is the page's own form."""

    def __init__(self):
        super().__init__()
        self.values, self.area = {}, None

    def handle_starttag(self, tag, attrs):
        own = dict(attrs)
        name = own.get("name")
        if tag == "textarea":
            self.area = name
            self.values[name] = ""
        elif tag == "input" and name and _is_sent(own):
            self.values[name] = own.get("value", "")

    def handle_data(self, data):
        if self.area:
            self.values[self.area] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None


def _is_sent(own):
    kind = own.get("type")
    ticked = kind not in ("radio", "checkbox") or "checked" in own
    return ticked and kind not in ("submit", "file", "search")


def _fields(text):
    parser = _Form()
    parser.feed(text)
    return parser.values


def _multipart(values, files, boundary):
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in values.items()
    ]
    for name, (filename, content) in dict(files).items():
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{filename}"\r\n'
        parts.append(
            f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content + b"\r\n"
        )
    return b"".join(parts) + f"--{boundary}--\r\n".encode()
