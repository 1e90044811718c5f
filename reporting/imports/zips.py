"""Looking at a zip before anything in it is unpacked: members, sizes, names, macros, passwords (safety.md 4)."""

import zipfile
from dataclasses import dataclass

MB = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")  # the stream of an office file under a password
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
SMALL = MB  # a member this small may be pressed as hard as it likes
MACROS = ("vbaproject.bin", "vbadata.xml")
LOCKED_BIT = 0x1


class Unsafe(Exception):
    """A file that is not opened; the message is a sentence for the person who brought it."""


@dataclass(frozen=True)
class Limits:
    """What a zip may hold: bytes as it comes, bytes unpacked, members, bytes unpacked for each byte packed."""

    size: int = 5 * MB
    unpacked: int = 60 * MB
    members: int = 1000
    ratio: int = 150


SHEET = Limits()


def inspect(file, *, limits=SHEET, macros=False, needs=()):
    """Return the names in a zip, or raise `Unsafe`; nothing is unpacked and the file is rewound.

    `needs` are names that must be there; `macros` lets a file with macros pass.
    """
    _look_at_the_outside(file, limits)
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as broken:
        raise Unsafe("파일이 깨졌습니다. 다시 저장하거나 다시 받아 주세요.") from broken
    finally:
        file.seek(0)
    _look_at_the_members(members, limits)
    names = [member.filename for member in members]
    lower = {name.lower() for name in names}
    if not macros and any(name.endswith(MACROS) for name in lower):
        raise Unsafe("매크로가 든 파일은 받지 않습니다. 매크로 없는 파일로 저장해 주세요.")
    if set(needs) - set(names):
        raise Unsafe("파일 이름과 내용이 다릅니다. 형식에 맞게 저장한 파일을 올려 주세요.")
    return names


def _look_at_the_outside(file, limits):
    """Judge the size and the first bytes."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    if not size:
        raise Unsafe("빈 파일입니다.")
    if size > limits.size:
        raise Unsafe(f"{limits.size // MB}MB를 넘는 파일은 받지 않습니다.")
    head = file.read(8)
    if head == OLE:
        locked = LOCKED in head + file.read()
        file.seek(0)
        raise Unsafe(
            "암호가 걸린 파일은 받지 않습니다. 암호를 풀고 저장해 주세요."
            if locked
            else "옛 형식(.xls 등)의 파일입니다. .xlsx 형식으로 저장해 주세요."
        )
    file.seek(0)
    if not head.startswith(b"PK\x03\x04"):
        raise Unsafe("파일 이름과 내용이 다릅니다. 형식에 맞게 저장한 파일을 올려 주세요.")


def _look_at_the_members(members, limits):
    """Judge what the zip's directory says, before a byte of it is unpacked."""
    if len(members) > limits.members:
        raise Unsafe(f"압축된 파일이 {len(members):,}개나 들어 있어 열지 않습니다.")
    if len({member.filename for member in members}) < len(members):
        raise Unsafe("같은 이름이 두 번 든 압축 파일이라 열지 않습니다.")
    if sum(member.file_size for member in members) > limits.unpacked:
        raise Unsafe(f"풀면 {limits.unpacked // MB}MB를 넘는 파일이라 열지 않습니다.")
    for member in members:
        _look_at_one(member, limits)


def _look_at_one(member, limits):
    if member.flag_bits & LOCKED_BIT:
        raise Unsafe("암호가 걸린 파일은 받지 않습니다. 암호를 풀고 저장해 주세요.")
    if member.compress_type not in METHODS:
        raise Unsafe("알 수 없는 방법으로 압축한 파일이라 열지 않습니다.")
    if member.file_size > SMALL and member.file_size > limits.ratio * max(member.compress_size, 1):
        raise Unsafe("지나치게 압축된 파일이라 열지 않습니다.")
    name = member.orig_filename
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or "\x00" in name:
        raise Unsafe("밖을 가리키는 이름이 든 압축 파일이라 열지 않습니다.")
