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
dpkg --root="$root" --force-depends --force-confold --force-unsafe-io --unpack "$root"/var/cache/apt/archives/*.deb
# Hundreds of short runs of Python under emulation: provisioning compiles everything at once.
mv "$root/usr/bin/py3compile" "$root/usr/bin/py3compile.real"
printf '#!/bin/sh\n' >"$root/usr/bin/py3compile"
chmod 755 "$root/usr/bin/py3compile"
# The initramfs is made once, at the end, not by the kernel and again by whatever touches it.
INITRD=No chroot "$root" dpkg --configure --pending --force-confold --force-unsafe-io
chroot "$root" update-initramfs -c -k all
mv "$root/usr/bin/py3compile.real" "$root/usr/bin/py3compile"
chroot "$root" dpkg --audit
