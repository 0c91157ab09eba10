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
for unit in nginx hostapd dnsmasq kiwix-serve ssh e2scrub_reap grub-common; do
    link=/etc/systemd/system/multi-user.target.wants/$unit.service
    if [ -L "$link" ]; then rm "$link"; echo changed; fi
done

# Compiled code carries the hash of its source, not a time: the same from every build.
libraries="/usr/lib/python3/dist-packages /usr/local/lib/python3.13/dist-packages"
stamp=/usr/local/lib/python3.13/.compiled
# shellcheck disable=SC2086 # two folders
now=$(find $libraries -name '*.py' -printf '%T@ %s %p\n' | sort | cksum)
if [ "$(cat "$stamp" 2>/dev/null)" != "$now" ]; then
    # shellcheck disable=SC2086
    python3 -m compileall -q -j 2 --invalidation-mode unchecked-hash $libraries
    echo "$now" >"$stamp"
    echo changed
fi
