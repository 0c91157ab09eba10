# SPDX-License-Identifier: GPL-3.0-or-later
"""A file of a pack, as it is copied."""

from appliance.content.pack.pack import Pack
from appliance.content.pack.publication import PayloadFile
from appliance.content.payload import CHUNK, Chunks, reading_failed
from appliance.errors import RefusalError


class PackPayload:
    """A ``Payload`` whose hash the manifest promises."""

    def __init__(self, pack: Pack, file: PayloadFile) -> None:
        self.name, self.size, self.sha256 = file.name, file.size, file.sha256
        self._pack, self._file = pack, file

    def chunks(self, offset: int = 0) -> Chunks:
        """Its bytes from an offset on.

        Raises:
            RefusalError: they cannot be read, or are not as many as were promised.
        """
        left = self.size - offset
        try:
            with self._pack.open(self._file, offset) as stream:
                while left and (chunk := stream.read(min(CHUNK, left))):
                    left -= len(chunk)
                    yield chunk
        except OSError as exc:
            raise reading_failed(exc) from exc
        if left:
            raise RefusalError("changed-while-read")
