# SPDX-License-Identifier: GPL-3.0-or-later
"""Sound made for tests."""

import io
import wave


def wave_file(*, seconds: int) -> bytes:
    """Silence."""
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(b"\x80" * 8000 * seconds)
    return data.getvalue()
