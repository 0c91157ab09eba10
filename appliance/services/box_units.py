# SPDX-License-Identifier: GPL-3.0-or-later
"""What each service of the box may touch, and how much of the machine it may take."""

from appliance.services.units import Unit

_NO_NETWORK = (
    "PrivateNetwork=yes",
    "IPAddressDeny=any",
    "RestrictAddressFamilies=AF_UNIX",
)
# setpriv(1), which ties a limited child to our life, calls it even where there is nothing to set.
_LIMITED_CHILDREN = ("SystemCallFilter=capset",)
_SECRETS = ("/data/system", "/data/tls", "/data/admin-secret-key", "/data/certificate-key")
_AGENT = "/run/chashma-agent"
_SCHOOL = ("/data/school.db", "/data/school.db-wal", "/data/school.db-shm")

UNITS = {
    "nginx": Unit(
        "the only listener: pages, files, three hosts",
        user="www-data",
        group="www-data",
        writes=("/data/cache/nginx", "/run/chashma/captive"),
        hides=(
            *("/data/system", "/data/uploads", "/data/admin-secret-key", "/data/certificate-key"),
            *(_AGENT, *_SCHOOL),
        ),
        lines=(
            "Type=exec",
            "CapabilityBoundingSet=CAP_NET_BIND_SERVICE",
            "AmbientCapabilities=CAP_NET_BIND_SERVICE",
            # Made anew at each start: no socket that a crash left behind is in the way.
            "RuntimeDirectory=chashma/nginx",
            "RuntimeDirectoryMode=0750",
            "UMask=0027",
            "ProcSubset=pid",
            "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6",
            "LimitNOFILE=16384",
            # No limit of memory: the kernel's copies of the films that a class watches would count.
            "OOMScoreAdjust=-600",
            "CPUWeight=400",
        ),
    ),
    "kiwix": Unit(
        "pages of ZIM archives",
        user="chashma-kiwix",
        group="chashma",
        hides=(*_SECRETS, *_SCHOOL, "/data/uploads", "/data/jobs.db", _AGENT),
        # The first page is the portal's own.
        unit=("After=chashma-web.service",),
        lines=(
            "Type=exec",
            "UMask=0077",
            "ProcSubset=pid",
            # It cannot listen on a Unix socket; nginx asks it on loopback.
            "IPAddressDeny=any",
            "IPAddressAllow=localhost",
            # libmicrohttpd's own inter-thread signalling, and the list of this machine's addresses.
            "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK",
            "SystemCallFilter=~@resources",
            "OOMScoreAdjust=200",
            "StartupCPUWeight=20",
            "MemoryHigh=45%",
            "MemoryMax=60%",
        ),
    ),
    "search": Unit(
        "search inside ZIM archives",
        user="chashma-kiwix",
        group="chashma",
        writes=("/run/chashma",),
        hides=(*_SECRETS, *_SCHOOL, "/data/uploads", "/data/jobs.db", _AGENT),
        # The portal is there first; what it cannot search yet, it says.
        unit=("After=chashma-web.service",),
        lines=(
            "Type=exec",
            "UMask=0007",
            "ProcSubset=pid",
            *_NO_NETWORK,
            "SystemCallFilter=~@resources",
            "OOMScoreAdjust=400",
            "StartupCPUWeight=10",
            "MemoryHigh=35%",
            "MemoryMax=50%",
        ),
    ),
    "web": Unit(
        "portal and admin panel",
        user="chashma-web",
        group="chashma",
        writes=("/data", "/run/chashma"),
        hides=("/data/system", "/data/tls", "/data/cache/nginx", "/run/chashma/nginx"),
        # It loads for seconds, so it begins as soon as its folders are there. What it must not
        # answer without, swap and a clock that is set, nginx waits for, and nobody else asks it.
        unit=(
            *("DefaultDependencies=no", "Conflicts=shutdown.target", "Before=shutdown.target"),
            *("After=systemd-tmpfiles-setup.service", "After=data.mount var.mount"),
        ),
        lines=(
            # gunicorn says when the apps are loaded and the socket listens.
            "Type=notify",
            "ReadOnlyPaths=-/data/store -/run/chashma/captive",
            "UMask=0007",
            *_NO_NETWORK,
            *_LIMITED_CHILDREN,
            "OOMPolicy=continue",
            "OOMScoreAdjust=-200",
            "MemoryHigh=50%",
            "MemoryMax=65%",
            "CPUWeight=300",
            # At the start the portal comes before everything that is not needed for its first page.
            "StartupCPUWeight=1000",
        ),
    ),
    "worker": Unit(
        "adds, changes and removes what stands on the shelf",
        user="chashma-content",
        group="chashma",
        writes=("/data", "/run/chashma"),
        hides=(*_SECRETS, *_SCHOOL, "/data/cache", "/run/chashma/nginx"),
        unit=("After=chashma-web.service",),
        lines=(
            "Type=exec",
            "ReadOnlyPaths=-/run/chashma/captive",
            "UMask=0027",
            *_NO_NETWORK,
            *_LIMITED_CHILDREN,
            # A file that eats too much memory ends its inspection, not the worker.
            "OOMPolicy=continue",
            "OOMScoreAdjust=300",
            "MemoryHigh=50%",
            "MemoryMax=65%",
            # Whoever reads comes before what is copied.
            "Nice=10",
            "CPUWeight=50",
            "StartupCPUWeight=10",
            "IOWeight=50",
            "IOSchedulingClass=best-effort",
            "IOSchedulingPriority=7",
        ),
    ),
    "agent": Unit(
        "what only root may do: hotspot, clock, power, sticks",
        user="root",
        group="chashma",
        # It mounts for everybody, so it has no file system of its own; see docs/privilege.md.
        sandbox=False,
        # chashma.toml lies there; a card that is slow to appear does not count as one without it.
        unit=("After=boot-firmware.mount",),
        lines=(
            "Type=notify",
            "Environment=MALLOC_ARENA_MAX=2",
            # Whoever plugs in a cable has the portal before the hotspot is there.
            "StartupCPUWeight=50",
            "CapabilityBoundingSet=CAP_CHOWN CAP_DAC_OVERRIDE CAP_FOWNER CAP_NET_ADMIN CAP_NET_RAW",
            "CapabilityBoundingSet=CAP_SYS_ADMIN CAP_SYS_TIME",
            "NoNewPrivileges=yes",
            "IPAddressDeny=any",
            "RestrictAddressFamilies=AF_UNIX AF_NETLINK AF_INET AF_INET6 AF_PACKET",
            "LockPersonality=yes",
            "MemoryDenyWriteExecute=yes",
            "RestrictNamespaces=yes",
            "RestrictRealtime=yes",
            "RestrictSUIDSGID=yes",
            "SystemCallArchitectures=native",
            "SystemCallErrorNumber=EPERM",
            "SystemCallFilter=@system-service @mount @clock",
            # networkd, a user of its own, reads what is written for it; secrets have modes of
            # their own.
            "UMask=0022",
            "OOMPolicy=continue",
            "OOMScoreAdjust=-900",
            "MemoryMax=40%",
        ),
    ),
}

CERTIFICATE = Unit(
    "make the admin panel's certificate, once",
    user="www-data",
    group="www-data",
    writes=("/data/tls",),
    hides=(
        *("/data/system", "/data/uploads", "/data/admin-secret-key", "/data/certificate-key"),
        *_SCHOOL,
    ),
    unit=("ConditionPathExists=!/data/tls/admin.crt", "After=chashma-web.service"),
    lines=(
        *("UMask=0077", "ProcSubset=pid", *_NO_NETWORK, "SystemCallFilter=~@resources"),
        *("Nice=5", "StartupCPUWeight=10"),
    ),
)
