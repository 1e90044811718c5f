"""The proof of a restore: the site as it stands now, held against the manifest."""

from . import Refused, media, rows, schema
from .manifest import files_below, hashed


def prove(manifest, found, connection, media_root):
    """Return the proof in lines; `Refused` names every difference."""
    tables = {model._meta.db_table: rows.tally(model, connection.alias) for model in found}
    there = {name: hashed(path) for name, path in files_below(media_root).items()}
    named = media.named(found, connection.alias)
    wrong = [
        *_migrations(manifest, connection),
        *_tables(manifest.tables, tables),
        *_files(manifest.media, there),
        *_named(named, there, manifest.lost),
    ]
    if wrong:
        raise Refused("\n  ".join(["되살린 것이 백업과 다릅니다.", *wrong[:30]]))
    connection.check_constraints()
    return [
        f"표 {len(tables)}개, 행 {manifest.rows:,}개: 행 수와 내용 해시가 모두 백업과 같습니다.",
        f"파일 {len(there):,}개: 모두 있고 해시가 같습니다.",
        f"데이터베이스가 가리키는 파일 {len(named):,}개"
        + (
            f" 가운데 {len(manifest.lost)}개는 백업 때 이미 없었습니다."
            if manifest.lost
            else ": 모두 있습니다."
        ),
        "외래 키와 제약 조건: 어긋난 행이 없습니다.",
    ]


def _migrations(manifest, connection):
    return [] if schema.applied(connection) == manifest.migrations else ["마이그레이션이 다릅니다."]


def _tables(wanted, found):
    for table in sorted(set(wanted) | set(found)):
        before, now = wanted.get(table), found.get(table)
        if before is None or now is None:
            yield f"표 {table}: {'백업에' if before is None else '여기에'} 없습니다."
        elif before["rows"] != now["rows"]:
            yield f"표 {table}: 행 {before['rows']} → {now['rows']}"
        elif before != now:
            yield f"표 {table}: 행 수는 같지만 내용이 다릅니다."


def _files(wanted, there):
    yield from (f"없는 파일: {name}" for name in sorted(set(wanted) - set(there)))
    yield from (f"남는 파일: {name}" for name in sorted(set(there) - set(wanted)))
    yield from (
        f"다른 파일: {n}" for n in sorted(set(wanted) & set(there)) if wanted[n] != there[n]
    )


def _named(named, there, lost):
    for name, digest in sorted(named.items()):
        if name not in there:
            if name not in lost:
                yield f"데이터베이스가 가리키는 파일이 없습니다: {name}"
        elif digest and there[name]["sha256"] != digest:
            yield f"파일이 데이터베이스에 적힌 해시와 다릅니다: {name}"
