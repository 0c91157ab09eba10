#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A hook of mmdebstrap: install.sh ROOT PACKAGE…
#
# This machine's own dpkg unpacks, at full speed, and only the packages' scripts run under
# emulation. It cannot configure: for it, packages for all processors belong to this machine's.
set -eu
root=$1
shift
export APT_CONFIG="$MMDEBSTRAP_APT_CONFIG" DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
here=$(dirname "$(readlink -f "$0")")

# What packages heed while they are configured.
cp -R "$here/files/." "$root/"
# With this, the SSH server makes no keys of its own: each box makes them, if it ever needs any.
cp -R "$here/../../provisioning/roles/system/files/etc/ssh" "$root/etc/"

apt-get --yes --quiet --download-only install "$@"
# mmdebstrap has told only the root's own dpkg.
left_out=$(sed -n 's/^path/--path/p' "$here/left-out")
# shellcheck disable=SC2086 # options without spaces
dpkg --root="$root" $left_out --force-depends --force-confold --force-unsafe-io --unpack "$root"/var/cache/apt/archives/*.deb
# Slow under emulation, and done otherwise: provisioning compiles Python, all at once; this machine's
# own depmod, which reads thousands of compressed modules, makes their index; and the initramfs is
# made once, at the end, not by the kernel and again by whatever touches it.
set_aside="usr/bin/py3compile usr/sbin/depmod usr/sbin/update-initramfs"
for program in $set_aside; do
    mv "$root/$program" "$root/$program.real"
    printf '#!/bin/sh\n' >"$root/$program"
    chmod 755 "$root/$program"
done
chroot "$root" dpkg --configure --pending --force-confold --force-unsafe-io
for program in $set_aside; do mv "$root/$program.real" "$root/$program"; done
for modules in "$root"/usr/lib/modules/*; do depmod --basedir "$root" "$(basename "$modules")"; done
chroot "$root" update-initramfs -c -k all
chroot "$root" dpkg --audit
