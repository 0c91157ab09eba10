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

# The initramfs is made once, when the kernel is configured, of what a board needs to find its card.
cp -R "$here/initramfs/." "$root/"

apt-get --yes --quiet --download-only install "$@"
dpkg --root="$root" --force-depends --force-unsafe-io --unpack "$root"/var/cache/apt/archives/*.deb
# Hundreds of short runs of Python under emulation: provisioning compiles everything at once.
mv "$root/usr/bin/py3compile" "$root/usr/bin/py3compile.real"
printf '#!/bin/sh\n' >"$root/usr/bin/py3compile"
chmod 755 "$root/usr/bin/py3compile"
chroot "$root" dpkg --configure --pending --force-unsafe-io
mv "$root/usr/bin/py3compile.real" "$root/usr/bin/py3compile"
chroot "$root" dpkg --audit
