# SPDX-License-Identifier: GPL-3.0-or-later
"""A repository for Raspberry Pi Imager: one file that makes Chashma a line in its list.

The format: ``doc/json-schema/os-list-schema.json`` and ``doc/schema-notes.md`` of
raspberrypi/rpi-imager; the tags of devices: ``imager.devices`` of its own list
(``os_list_imagingutility_v4.json``), where a Zero 2 W has those of a Raspberry Pi 3.
"""

import base64
import datetime
import json
from pathlib import Path
from typing import NamedTuple

from image_build.recipe import PROJECT

_ICON = PROJECT / "webapp/portal/static/drop.svg"
_PICTURES = "https://downloads.raspberrypi.com/imager/icons"
_DEVICES = (
    ("Raspberry Pi 4", "Models B and 400", "pi4-64bit", "RPi_4.png"),
    ("Raspberry Pi 3", "Models B, A+ and B+", "pi3-64bit", "RPi_3.png"),
    ("Raspberry Pi Zero 2 W", "The Raspberry Pi Zero 2 W", "pi3-64bit", "RPi_Zero_2_W.png"),
)


class Published(NamedTuple):
    """An image as it can be fetched.

    Attributes:
        epoch: when it was released, seconds since 1970.
        extract_size: bytes of the raw image; download_size: of the compressed one.
    """

    image_url: str
    version: str
    epoch: int
    extract_size: int
    extract_sha256: str
    download_size: int
    download_sha256: str


def write_imager_list(image: Published, file: Path) -> None:
    """Write the repository of one image."""
    # All settings of Imager are for Raspberry Pi OS; ours are in chashma.toml, hence "none".
    entry = {
        "name": f"Chashma {image.version}",
        "description": "The library, the lessons and the network of a school without internet",
        "icon": "data:image/svg+xml;base64," + base64.b64encode(_ICON.read_bytes()).decode("ascii"),
        "url": image.image_url,
        "release_date": datetime.datetime.fromtimestamp(image.epoch, datetime.UTC)
        .date()
        .isoformat(),
        "extract_size": image.extract_size,
        "extract_sha256": image.extract_sha256,
        "image_download_size": image.download_size,
        "image_download_sha256": image.download_sha256,
        "devices": sorted({tag for _name, _models, tag, _picture in _DEVICES}),
        "architecture": "armv8",
        "init_format": "none",
    }
    devices = [
        {
            "name": name,
            "description": models,
            "tags": [tag],
            "icon": f"{_PICTURES}/{picture}",
            "matching_type": "inclusive",
        }
        for name, models, tag, picture in _DEVICES
    ]
    document = {"imager": {"devices": devices}, "os_list": [entry]}
    file.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", "utf-8")
