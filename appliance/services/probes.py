# SPDX-License-Identifier: GPL-3.0-or-later
"""How devices look for the internet, and what each takes for a yes.

A device that finds no internet offers the network's sign-in page, and may leave a network that does
not answer it in the end. What is asked and expected was read in these places:

- Android: ``NetworkMonitor.java`` and ``res/values/config.xml`` of AOSP's ``NetworkStack``; other
  makers' hosts in https://github.com/offspot/captive-portal (``platforms.py``) and ConnectBox.
- Apple: https://support.apple.com/HT204497 (hosts); the page itself is what those hosts serve.
- Windows: https://learn.microsoft.com/windows-server/networking/ncsi/ncsi-overview
- Firefox: ``captivedetect.canonicalContent`` in ``modules/libpref/init/all.js``; the whole answer
  is compared. ``success.txt`` ends in a line feed.
- NetworkManager (GNOME, Ubuntu): ``src/core/nm-connectivity.c``: the header, or the text's begin.
- Kindle: the page that https://spectrum.s3.amazonaws.com/kindle-wifi/wifistub.html serves; it is
  known by its number.
"""

import msgspec


class Answer(msgspec.Struct, frozen=True):
    """What says that there is internet.

    Attributes:
        name: small letters and hyphens.
        status: 200 or 204.
        kind: media type; empty where there is no text.
        text: exactly; nginx can write no dollar sign.
        online: whether to add NetworkManager's own header.
    """

    name: str
    status: int = 200
    kind: str = ""
    text: str = ""
    online: bool = False


class Probe(msgspec.Struct, frozen=True):
    """A search for the internet.

    Attributes:
        platform: who asks so.
        hosts: that are asked; none: the path says enough, whatever the host.
        paths: that are asked for.
        answer: that is wanted.
    """

    platform: str
    hosts: tuple[str, ...]
    paths: tuple[str, ...]
    answer: Answer


_NOTHING = Answer("no-content", status=204)
_APPLE = Answer(
    "apple",
    kind="text/html",
    text="<HTML><HEAD><TITLE>Success</TITLE></HEAD><BODY>Success</BODY></HTML>",
)
_KINDLE = Answer(
    "kindle",
    kind="text/html",
    text="<!DOCTYPE html><html><head><title>Kindle Reachability Probe Page</title></head>"
    "<body>81ce4465-7167-4dcb-835b-dcc9e44c112a</body></html>\n",
)
_FIREFOX = (
    '<meta http-equiv="refresh" content="0;url=https://support.mozilla.org/kb/captive-portal"/>'
)

PROBES = (
    # Every maker of Android phones has hosts of its own in some countries, but all ask for these.
    # Google: connectivitycheck.gstatic.com, www.google.com, play.googleapis.com,
    # clients3.google.com, connectivitycheck.android.com. Samsung: Google's. Huawei:
    # connectivitycheck.platform.hicloud.com. Xiaomi: connect.rom.miui.com. vivo: wifi.vivo.com.cn.
    # Fire tablets: fireoscaptiveportal.com. Edge: edge-http.microsoft.com.
    Probe(
        "Android",
        (),
        ("/generate_204", "/gen_204", "/generate204", "/captiveportal/generate_204"),
        _NOTHING,
    ),
    Probe("Apple", (), ("/hotspot-detect.html", "/library/test/success.html"), _APPLE),
    Probe("Apple", ("captive.apple.com",), ("/",), _APPLE),
    Probe(
        "Windows",
        ("www.msftconnecttest.com", "ipv6.msftconnecttest.com"),
        ("/connecttest.txt",),
        Answer("windows", kind="text/plain", text="Microsoft Connect Test"),
    ),
    Probe(
        "Windows",
        ("www.msftncsi.com", "ipv6.msftncsi.com"),
        ("/ncsi.txt",),
        Answer("windows-ncsi", kind="text/plain", text="Microsoft NCSI"),
    ),
    Probe(
        "Firefox",
        ("detectportal.firefox.com",),
        ("/canonical.html",),
        Answer("firefox", kind="text/html", text=_FIREFOX),
    ),
    Probe(
        "Firefox",
        ("detectportal.firefox.com",),
        ("/success.txt",),
        Answer("firefox-text", kind="text/plain", text="success\n"),
    ),
    Probe(
        "GNOME",
        ("nmcheck.gnome.org", "network-test.debian.org"),
        ("/check_network_status.txt", "/nm"),
        Answer("gnome", kind="text/plain", text="NetworkManager is online", online=True),
    ),
    Probe(
        "Ubuntu",
        ("connectivity-check.ubuntu.com",),
        ("/",),
        Answer("ubuntu", status=204, online=True),
    ),
    Probe("Kindle", (), ("/kindle-wifi/wifistub.html",), _KINDLE),
)
