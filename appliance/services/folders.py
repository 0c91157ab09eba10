# SPDX-License-Identifier: GPL-3.0-or-later
"""Users of the box, and whom each folder of ``/data`` and ``/run`` belongs to.

Who shares a file shares it by the group ``chashma``; folders with the setgid bit pass the group on.
SQLite gives its ``-wal`` and ``-shm`` files the rights of the database, so a database that two
users write is made here first, with rights for both.
"""

# Numbers, because /data outlives the root that names them. Debian gives out numbers to packages
# from 100 upwards and from 999 downwards.
SYSUSERS = """\
# Rendered from appliance/services when the image is built.
g chashma 900
u chashma-web 901 "Chashma, portal and panel" /nonexistent /usr/sbin/nologin
u chashma-kiwix 902 "Chashma, ZIM pages and search" /nonexistent /usr/sbin/nologin
u chashma-content 903 "Chashma, content" /nonexistent /usr/sbin/nologin
m chashma-web chashma
m chashma-kiwix chashma
m chashma-content chashma
m www-data chashma
"""

TMPFILES = """\
# Rendered from appliance/services when the image is built.
d /run/chashma             2771 root            chashma
# nginx notes devices here, dnsmasq takes back those whose lease has ended; those on the school's
# line have leases of somebody else.
d /run/chashma/captive     0770 dnsmasq         www-data  12h
d /run/chashma-agent       0750 root            chashma
d /run/chashma-drives      0755 root            root

d /data                    2770 root            chashma
d /data/system             0700 root            root
d /data/system/ssh         0700 root            root
d /data/system/timesync    0755 systemd-timesync systemd-timesync
d /data/store              2750 chashma-content chashma
d /data/store/items        2750 chashma-content chashma
d /data/store/staging      2750 chashma-content chashma
d /data/store/trash        2750 chashma-content chashma
d /data/store/partial      2750 chashma-content chashma
d /data/store/leaving      2750 chashma-content chashma
d /data/store/packs        2750 chashma-content chashma
d /data/reports            2750 chashma-content chashma
d /data/uploads            2770 chashma-web     chashma
d /data/cache              2750 root            chashma
d /data/cache/nginx        0700 www-data        www-data
d /data/cache/pages        2750 chashma-web     chashma
d /data/cache/covers       2750 chashma-web     chashma
d /data/cache/voice        2750 chashma-web     chashma
d /data/tls                0700 www-data        www-data
f /data/catalog.db         0660 chashma-content chashma
f /data/jobs.db            0660 chashma-web     chashma
f /data/school.db          0600 chashma-web     chashma
f /data/library.xml        0640 chashma-content chashma   - <library version="20110515"/>
L /data/drives             -    -               -         - /run/chashma-drives
"""
