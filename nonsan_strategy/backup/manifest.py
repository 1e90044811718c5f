"""The manifest: what a backup holds, down to the hash of every file, and whether it still does."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import PurePosixPath

from . import Refused

FORMAT = 1  # raise it when an older restore could no longer read what is written
NAME = "manifest.json"
SEAL = "manifest.sha256"
MEDIA = "media/"


@dataclass
class Manifest:
    """What was backed up: when, from which kind of database, rows and digest of every table, files."""

    made_at: str
    vendor: str
    migrations: list  # [app, name] of every applied one
    tables: dict = field(default_factory=dict)  # name -> {"rows": n, "digest": hex}
    files: dict = field(default_factory=dict)  # path -> {"sha256": hex, "bytes": n}
    lost: list = field(
        default_factory=list
    )  # files the database names that the site had lost before
    format: int = FORMAT

    @property
    def rows(self):
        """Return the number of rows over all tables."""
        return sum(table["rows"] for table in self.tables.values())

    @property
    def media(self):
        """Return {name in MEDIA_ROOT: its hash and size}."""
        return {
            path.removeprefix(MEDIA): what
            for path, what in self.files.items()
            if path.startswith(MEDIA)
        }


def hashed(path):
    """Return {"sha256", "bytes"} of a file, read in pieces."""
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256")
    return {"sha256": digest.hexdigest(), "bytes": path.stat().st_size}


def write(folder, manifest):
    """Write the manifest and its seal, and push both to the disk."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True).encode()
    for name, content in ((NAME, text), (SEAL, hashlib.sha256(text).hexdigest().encode())):
        with (folder / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def read(folder):
    """Return the manifest of a whole backup; `Refused` when it is none, damaged, or of a newer format."""
    try:
        text = (folder / NAME).read_bytes()
        seal = (folder / SEAL).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(
            f"{folder}은(는) 끝까지 만들어진 백업이 아닙니다(목록이 없습니다)."
        ) from error
    if hashlib.sha256(text).hexdigest() != seal:
        raise Refused("백업이 손상되었습니다: 목록(manifest.json)이 적힌 해시와 다릅니다.")
    content = json.loads(text)
    if content.get("format", FORMAT + 1) > FORMAT:
        raise Refused(
            f"더 새로운 형식({content.get('format')})의 백업입니다. 프로그램을 먼저 올려 주세요."
        )
    return Manifest(**content)


def files_below(folder):
    """Return {path with slashes: Path} of every file below a folder, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def verify(folder, manifest):
    """Raise `Refused` unless exactly the listed files are there, each with its hash."""
    there = files_below(folder)
    listed = set(manifest.files) | {NAME, SEAL}
    wrong = [f"없는 파일: {name}" for name in sorted(listed - set(there))]
    wrong += [f"목록에 없는 파일: {name}" for name in sorted(set(there) - listed)]
    wrong += [
        f"바뀐 파일: {name}"
        for name, what in manifest.files.items()
        if name in there and hashed(there[name]) != what
    ]
    wrong += [f"바깥을 가리키는 이름: {name}" for name in manifest.files if not _inside(name)]
    if wrong:
        raise Refused("\n  ".join(["백업이 손상되었습니다.", *wrong[:20]]))


def _inside(name):
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts
