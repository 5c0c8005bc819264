# SPDX-FileCopyrightText: 2026 The Conclave developers
# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Sourced by rehearse and test: brings what packaging/debian-packages lists. Speaks on stderr only, so that the
# program's own output can be captured.

top=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
readonly top

say() { printf '%s\n' "$*" >&2; }

# as_root COMMAND...: with sudo when not root.
as_root() {
    if ((EUID == 0)); then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo -- "$@"
    else
        say "This needs root, and there is no sudo. Run as root, then start again:"
        say "    $*"
        return 1
    fi
}

# packages SET: its lines "package reason".
packages() { awk -v set="$1" '$1 == set { $1 = ""; print substr($0, 2) }' "$top/packaging/debian-packages"; }

installed() { [[ $(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

# install_missing SET...: says what is missing and why, then installs it.
install_missing() {
    local set package reason missing=()
    if ! command -v apt-get >/dev/null; then
        say 'This is not Debian: what packaging/debian-packages lists is taken to be there.'
        return
    fi
    for set in "$@"; do
        while read -r package reason; do
            installed "$package" && continue
            ((${#missing[@]})) || say 'Conclave needs these Debian packages, which are not installed yet:'
            say "$(printf '    %-20s  %s' "$package" "$reason")"
            missing+=("$package")
        done < <(packages "$set")
    done
    ((${#missing[@]})) || return 0
    say 'Installing them now, with apt-get.'
    as_root apt-get update -qq >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends "${missing[@]}" >&2
}

# unpack_readers: puts the set "reader" below build/reader. Installing these packages would start a PC/SC daemon
# whose virtual readers accept a card from anyone on the network; unpacked, nothing of them runs but in the tests.
unpack_readers() {
    local package reason folder=$top/build/reader scratch
    if [[ -d $folder ]] || ! command -v apt-get >/dev/null; then
        return
    fi
    say 'Unpacking these Debian packages into build/reader, without installing them:'
    mkdir -p "$top/build"
    scratch=$(mktemp -d "$top/build/reader-XXXXXX")
    while read -r package reason; do
        say "$(printf '    %-20s  %s' "$package" "$reason")"
        fetch "$package" "$scratch"
    done < <(packages reader)
    for package in "$scratch"/*.deb; do
        dpkg-deb --extract "$package" "$scratch"
        rm "$package"
    done
    chmod 755 "$scratch"
    mv "$scratch" "$folder"
}

# fetch PACKAGE FOLDER: apt checks the signature.
fetch() {
    local command=(apt-get download -qq -o APT::Sandbox::User=root "$1")
    (cd "$2" && "${command[@]}" >&2 2>/dev/null) && return
    as_root apt-get update -qq >&2
    (cd "$2" && "${command[@]}" >&2)
}
