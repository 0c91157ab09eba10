# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes address after address of the hotspot, each for another device: a program without libraries.

    python3 pool_filler.py INTERFACE SECONDS COUNT

asks for the first COUNT addresses of the pool, as devices do that come back and had them before
(state INIT-REBOOT of RFC 2131, 4.3.2; options of RFC 2132), each for so many seconds; prints how
many were given and how many were refused because others have them. Once more, and it renews them.
"""

import socket
import struct
import sys

_FIRST = int.from_bytes(socket.inet_aton("10.84.0.50"), "big")
_MAGIC = bytes.fromhex("63825363")
_REQUEST, _ACK, _NAK = 3, 5, 6
_TRIES, _WAIT_S = 60, 1.0


def request(number: int, seconds: int) -> bytes:
    """The packet of a device: broadcast flag set, so that the answer comes to whoever listens."""
    address = (_FIRST + number).to_bytes(4, "big")
    device = b"\x02\x84\x00" + number.to_bytes(3, "big")
    head = struct.pack(">4B I 2H", 1, 1, 6, 0, number + 1, 0, 0x8000)
    options = (
        *(b"\x35\x01", bytes([_REQUEST]), b"\x32\x04", address),
        *(b"\x33\x04", seconds.to_bytes(4, "big"), b"\xff"),
    )
    return head + bytes(16) + device + bytes(10 + 64 + 128) + _MAGIC + b"".join(options)


def answer_to(number: int, packet: bytes) -> int:
    """Its kind (option 53), or 0 if it is an answer to another device."""
    if len(packet) < 243 or packet[:1] != b"\x02" or packet[4:8] != (number + 1).to_bytes(4, "big"):
        return 0
    at = 240
    while at + 2 < len(packet) and packet[at] != 0xFF:
        if packet[at] == 0:
            at += 1
            continue
        if packet[at] == 53:
            return packet[at + 2]
        at += 2 + packet[at + 1]
    return 0


def ask(line: socket.socket, number: int, seconds: int) -> int:
    """Ask until there is an answer; its kind."""
    for _ in range(_TRIES):
        line.sendto(request(number, seconds), ("255.255.255.255", 67))
        try:
            while not (kind := answer_to(number, line.recv(2048))):
                pass
        except TimeoutError:
            continue
        return kind
    raise SystemExit(f"no answer for address {number}")


def main() -> None:
    """Take the addresses."""
    interface, seconds, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, interface.encode() + b"\0")
        line.settimeout(_WAIT_S)
        line.bind(("", 68))
        kinds = [ask(line, number, seconds) for number in range(count)]
    print(kinds.count(_ACK), kinds.count(_NAK))  # noqa: T201 # whoever runs it reads it


if __name__ == "__main__":
    main()
