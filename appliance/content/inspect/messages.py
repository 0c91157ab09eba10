# SPDX-License-Identifier: GPL-3.0-or-later
"""What the process that wants a file inspected and the child that does it say to each other.

JSON, one message a line: first the limits, then jobs, then an empty line. The child takes one job
after the other, and its answers come in the order of the jobs. It has read hostile bytes, so its
words are checked, never unpickled.
"""

import msgspec

from appliance.content.inspect.inspection import Inspection
from appliance.content.item import Kind


class Limits(msgspec.Struct, frozen=True):
    """What the child may use.

    Attributes:
        seconds: wall clock; it is killed then.
        memory: bytes of private memory (RLIMIT_DATA, because libzim maps whole archives).
        file_size: bytes of any one file that it writes.
    """

    seconds: float
    memory: int
    file_size: int


class Job(msgspec.Struct, frozen=True):
    """One inspection.

    Attributes:
        folder: the staged item; its files lie in ``files`` below it.
        files: names of what is to be inspected, in order.
        companions: names of captions and a cover picture that came with them.
        source: the name by which people know it.
        limits: of a child that has only this job; kept by the operating system and by the child's
            guardian.
    """

    kind: Kind
    folder: str
    files: tuple[str, ...]
    companions: tuple[str, ...]
    source: str
    limits: Limits


class Progress(msgspec.Struct, frozen=True, tag="progress"):
    """How much of the work is done, 0 to 1."""

    part: float


class Accepted(msgspec.Struct, frozen=True, tag="accepted"):
    """The files may go on the shelf."""

    inspection: Inspection


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """They may not; see ``RefusalError``."""

    code: str
    details: dict[str, str | int]
    trace: str = ""


class Ended(msgspec.Struct, frozen=True, tag="ended"):
    """The last word, from the child's guardian: how the child ended.

    Attributes:
        signal: that ended it, or 0.
        timed_out: whether it was killed because its time was over.
    """

    signal: int
    timed_out: bool


Message = Progress | Accepted | Refused | Ended
