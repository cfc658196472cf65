# What ./run and ./test share: saying, failing, installing packages, building the front end.
# Sourced by bash from the root of the checkout.

say() { printf '%s\n' "$*"; }

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# as_root COMMAND...: runs it as root, through sudo when we are somebody else.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo > /dev/null; then
        sudo "$@"
    else
        fail "packages are missing; run as root or install sudo (wanted: $*)"
    fi
}

# packages_of SECTION...: the names below [SECTION] in tools/packages.txt.
packages_of() {
    local section line
    for section in "$@"; do
        sed -n "/^\[$section\]/,/^\[/{/^[a-z0-9]/p}" tools/packages.txt
    done | while read -r line; do
        first_known "${line//|/ }"
    done
}

# first_known "NAME NAME...": the first that this distribution has; the last if it has none.
first_known() {
    local name
    for name in $1; do
        [ "$name" = "${1##* }" ] || apt-cache show "$name" > /dev/null 2>&1 || continue
        say "$name"
        return
    done
}

# newest_clang: clang 16 reads our C++20, 14 does not (ranges, parenthesised aggregates).
newest_clang() {
    compgen -c clang++- | grep -E '^clang\+\+-[0-9]+$' | sort -t- -k2 -n | tail -n 1 | grep . ||
        say clang++
}

# missing_packages NAME...: those that dpkg does not know as installed.
missing_packages() {
    local installed
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2> /dev/null |
        sed -n 's/^installed //p') || true
    comm -23 <(printf '%s\n' "$@" | sort -u) <(printf '%s\n' "$installed" | sort -u)
}

update_lists() {
    as_root apt-get update -q > /dev/null || fail "apt-get update failed: is there a network?"
}

# apt_install NAME...: without prompts and without what is only recommended.
apt_install() {
    say "Installing $# packages: $*"
    update_lists
    as_root env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 \
        apt-get install -y -q --no-install-recommends "$@" > build/apt.log 2>&1 ||
        { tail -n 20 build/apt.log >&2 && fail "apt-get install failed: see build/apt.log"; }
}

# PostgreSQL's package starts a server of its own; the tests start theirs in a temporary folder.
# Only on a machine that has no PostgreSQL yet do we ask the package not to.
keep_postgresql_quiet() {
    local settings=/etc/postgresql-common/createcluster.conf
    if [ ! -e "$settings" ]; then
        as_root mkdir -p "${settings%/*}"
        say 'create_main_cluster = false' | as_root tee "$settings" > /dev/null
    fi
}

# install_packages SECTION...: whatever of these sections is missing.
install_packages() {
    local wanted missing
    command -v dpkg-query > /dev/null || fail "this needs Debian 12 or newer, or Ubuntu 24.04"
    apt-cache show bash > /dev/null 2>&1 || update_lists  # a new machine knows no package yet
    mapfile -t wanted < <(packages_of "$@")
    mapfile -t missing < <(missing_packages "${wanted[@]}")
    node_is_usable || missing+=(nodejs npm)
    if [ "${#missing[@]}" -gt 0 ]; then
        case " ${missing[*]} " in *" postgresql "*) keep_postgresql_quiet ;; esac
        apt_install "${missing[@]}"
    fi
    node_is_usable || fail "Node.js 18 or newer with npm is needed; found: $(node --version 2>&1)"
}

# unpack_package NAME FOLDER: its files below FOLDER, when they are not there yet. For programs that
# a machine may have but one of: installed, a mail server would take the place of its own.
unpack_package() {
    local name=$1 folder=$PWD/$2 draft
    [ ! -e "$folder" ] || return 0
    draft=$(mktemp -d build/unpack-XXXXXX)
    (cd "$draft" && apt-get download -q "$name") > build/unpack.log 2>&1 &&
        dpkg -x "$draft"/*.deb "$draft/files" && mv "$draft/files" "$folder" ||
        say "could not unpack $name: see build/unpack.log"
    rm -rf "$draft"
}

node_is_usable() {
    command -v npm > /dev/null &&
        node -e 'process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)' 2> /dev/null
}

# install_node_modules FOLDER: what its lock file names, when that changed since the last time. Not
# `npm ci`: that wants the optional packages of every other platform to be in the lock, too.
install_node_modules() {
    local folder=$1 stamp lock
    stamp=$folder/node_modules/.installed-lock
    lock=$(sha256sum < "$folder/package-lock.json")
    if [ "$(cat "$stamp" 2> /dev/null)" != "$lock" ]; then
        say "Installing the packages of $folder/"
        (cd "$folder" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm install --no-save) \
            > build/npm.log 2>&1 || {
            head -n 20 build/npm.log >&2
            fail "npm install failed in $folder/: see build/npm.log"
        }
        say "$lock" > "$stamp"
    fi
}

# build_preset PRESET TARGET...: configures and builds build/PRESET, output in build/PRESET.log. Who
# comes while another one builds waits for it. The dev build is clang's: it has the fuzzers, too.
build_preset() {
    local preset=$1 lock compiler=()
    shift
    [ "$preset" != dev ] || compiler=(-D "CMAKE_CXX_COMPILER=$(command -v "$(newest_clang)")")
    exec {lock}> build/build.lock
    flock "$lock"
    { cmake --preset "$preset" "${compiler[@]}" &&
      cmake --build "build/$preset" -j "$(nproc)" --target "$@"; } \
        > "build/$preset.log" 2>&1 ||
        { grep -E -A5 'error:|FAILED|CMake Error' "build/$preset.log" | head -n 60 >&2
          fail "the $preset build failed: see build/$preset.log"; }
    exec {lock}>&-
}
