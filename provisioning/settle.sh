#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# settle.sh EPOCH: what follows from the files that provisioning laid out. Says "changed" if it did.
set -eu
epoch=$1

accounts() { cat /etc/passwd /etc/group | cksum; }
before=$(accounts)
SOURCE_DATE_EPOCH=$epoch systemd-sysusers
[ "$before" = "$(accounts)" ] || echo changed

# What Debian's packages switch on by themselves, and the box has another way for.
for want in multi-user/nginx multi-user/hostapd multi-user/dnsmasq multi-user/kiwix-serve multi-user/ssh \
    multi-user/e2scrub_reap multi-user/grub-common sysinit/systemd-resolved; do
    link=/etc/systemd/system/${want%/*}.target.wants/${want#*/}.service
    if [ -L "$link" ]; then rm "$link"; echo changed; fi
done

# Compiled code carries the hash of its source, not a time: the same from every build. So does the
# note of what was compiled: files are laid out anew by each build.
libraries="/usr/lib/python3/dist-packages /usr/local/lib/python3.13/dist-packages"
stamp=/usr/local/lib/python3.13/.compiled
# shellcheck disable=SC2086 # two folders
now=$(find $libraries \( -name '*.py' -o -name '*.mo' -o -path '*/templates/*' -o -path '*/static/*' \) -type f -exec cksum {} + |
    LC_ALL=C sort | cksum)
if [ "$(cat "$stamp" 2>/dev/null)" != "$now" ]; then
    # shellcheck disable=SC2086
    python3 -m compileall -q -j 2 --invalidation-mode unchecked-hash $libraries
    PYTHONHASHSEED=0 python3 -P -m webapp.compile_templates
    echo "$now" >"$stamp"
    echo changed
fi
