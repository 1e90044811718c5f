# What bin/run, bin/test, bin/bench and bin/try-deploy share: saying things, finding Python, installing only what is missing.
# Sourced, never run. Expects `set -euo pipefail`.
# shellcheck shell=bash

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
VENV="$(realpath -m "${VENV:-$ROOT/.venv}")"

say() { printf '%s\n' "$@" >&2; }

# Stop with a sentence in both languages: die "한국어" "English"
die() {
    say "" "✗ $1" "  $2"
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Install Debian packages by name; called only with what is really missing.
install_packages() {
    command -v apt-get >/dev/null || die \
        "다음 꾸러미가 필요하지만 apt-get이 없는 시스템입니다: $*" \
        "These packages are needed, but this system has no apt-get: $*"
    [ "$(id -u)" = 0 ] || command -v sudo >/dev/null || die \
        "다음 꾸러미를 설치하려면 관리자 권한이 필요합니다. 관리자에게 부탁하세요: apt-get install $*" \
        "Root or sudo is needed once to install: apt-get install $*"
    say "· 설치 (installing): $*"
    # One broken extra source must not stop us; a package that is really absent will.
    [ "${APT_UPDATED:-}" ] || as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2 || true
    APT_UPDATED=1
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "$@" </dev/null >&2 || die \
        "설치하지 못했습니다: $*" "Could not install: $*"
}

# Shared libraries and the Debian packages they come in; these three WeasyPrint opens.
LIBRARIES=(libpango-1.0:libpango-1.0-0 libpangoft2-1.0:libpangoft2-1.0-0 libharfbuzz-subset:libharfbuzz-subset0)

missing_libraries() {
    local known name
    known="$(PATH="$PATH:/usr/sbin:/sbin" ldconfig -p)"
    for name in "${LIBRARIES[@]}"; do
        grep -qF "${name%%:*}.so" <<<"$known" || printf '%s\n' "${name##*:}"
    done
}

# Print the first Python that is new enough; a pyenv shim of an absent version does not count.
find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# Install a Python that can make a virtual environment, where there is none.
ensure_python() {
    local python old
    if python="$(find_python)"; then
        "$python" -c 'import ensurepip, venv' 2>/dev/null ||
            install_packages "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    elif old="$(python3 --version 2>/dev/null)"; then
        # Ubuntu 22.04's python3 is 3.10, but it has 3.11 beside it.
        (install_packages python3.11 python3.11-venv) || die \
            "Python 3.11 이상이 필요합니다. 지금 있는 것은 $old 입니다." \
            "Python 3.11 or later is needed; this is $old."
    else
        install_packages python3 python3-venv
    fi
}

# Install the system packages that are missing, and only then ask apt: install_missing [package…]
install_missing() {
    local missing=("$@") library
    for library in $(missing_libraries); do missing+=("$library"); done
    [ ${#missing[@]} = 0 ] || install_packages "${missing[@]}"
}

# Make the virtual environment, and install a lock file into it when it changed: install_python lock…
install_python() {
    local python lock stamp
    if ! "$VENV/bin/python" -c '' 2>/dev/null; then
        [ ! -d "$VENV" ] || [ -f "$VENV/pyvenv.cfg" ] || die \
            "$VENV 은(는) 가상환경이 아닌 폴더입니다. VENV를 다른 곳으로 정하세요." \
            "$VENV is a folder but no virtual environment; set VENV to another place."
        ensure_python
        python="$(find_python)" || die \
            "Python 3.11 이상이 필요합니다. 지금 있는 것은 $(python3 --version 2>&1)입니다." \
            "Python 3.11 or later is needed; this is $(python3 --version 2>&1)."
        say "· 가상환경 (virtual environment): $VENV"
        "$python" -m venv --clear "$VENV"
    fi
    lock="$ROOT/$1"
    stamp="$(sha256sum <"$lock")"
    [ "$(cat "$VENV/.$1.stamp" 2>/dev/null)" != "$stamp" ] || return 0
    say "· 파이썬 꾸러미 (Python packages): $1"
    "$VENV/bin/python" -m pip install -q --disable-pip-version-check --no-input \
        --require-hashes -r "$lock" >&2 || die \
        "파이썬 꾸러미를 내려받지 못했습니다. 네트워크 연결을 확인하고 다시 실행하세요." \
        "Could not install the Python packages. Check the network and run this again."
    printf '%s\n' "$stamp" >"$VENV/.$1.stamp"
}

manage() { "$VENV/bin/python" "$ROOT/manage.py" "$@"; }

# --- servers for a trial: the programs only, nothing that runs by itself ------------------------
find_postgres() { find /usr/lib/postgresql/*/bin -name initdb 2>/dev/null | sort -V | tail -1; }

find_nginx() { PATH="$PATH:/usr/sbin:/sbin" command -v nginx; }

# Debian's packages would start a cluster and an nginx of their own; run a command that installs, without that.
without_services() {
    local conf=/etc/postgresql-common/createcluster.d/nonsan-test.conf policy=/usr/sbin/policy-rc.d mine= code=0
    [ $# -gt 1 ] || { "$@"; return; }
    as_root mkdir -p "${conf%/*}"
    echo 'create_main_cluster = false' | as_root tee "$conf" >/dev/null
    [ -e "$policy" ] || { mine=1 && printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null && as_root chmod 755 "$policy"; }
    ("$@") || code=$? # in a shell of its own: when it stops, what is above must go all the same
    as_root rm -f "$conf"
    [ ! "$mine" ] || as_root rm -f "$policy"
    [ $code = 0 ] || exit $code
}

POSTGRES=() # the command prefix under which the server runs: never as root
UNSAFE=(-c fsync=off -c synchronous_commit=off -c full_page_writes=off) # for what is worth no sync to disk
# Start a throw-away server under $SCRATCH; options of the server may follow.
start_postgres() {
    local initdb
    initdb="$(find_postgres)"
    PG_BIN="${initdb%/initdb}"
    [ -n "$PG_BIN" ] || { say "PostgreSQL 서버가 없습니다 (no PostgreSQL server)"; return 1; }
    mkdir "$SCRATCH/pg"
    if [ "$(id -u)" = 0 ]; then
        chown postgres "$SCRATCH/pg"
        POSTGRES=(setpriv --reuid=postgres --regid="$(id -g postgres)" --init-groups env HOME="$SCRATCH/pg")
    else
        POSTGRES=(env)
    fi
    # No TCP, and the socket only for its owner and root.
    (
        cd "$SCRATCH/pg"
        "${POSTGRES[@]}" "$PG_BIN/initdb" -D "$SCRATCH/pg/data" -U app -A trust -E UTF8 --locale=C.UTF-8 --no-sync >log
        "${POSTGRES[@]}" "$PG_BIN/pg_ctl" -D "$SCRATCH/pg/data" -w -l "$SCRATCH/pg/server.log" start -o \
            "-c listen_addresses= -c unix_socket_directories=$SCRATCH/pg -c unix_socket_permissions=0700 $*" >>log
    ) || { cat "$SCRATCH/pg/log" "$SCRATCH/pg/server.log" >&2; return 1; }
    chmod 711 "$SCRATCH/pg"
}

# A dead server must not keep a script from ending: stop_postgres [mode]
stop_postgres() {
    [ ! -d "$SCRATCH/pg/data" ] || "${POSTGRES[@]}" "$PG_BIN/pg_ctl" -D "$SCRATCH/pg/data" -m "${1:-immediate}" -w stop >/dev/null 2>&1 || true
}
