# SPDX-License-Identifier: GPL-3.0-or-later
"""A publication as it stands in the feed: OPDS 2.0, the Readium way.

https://drafts.opds.io/opds-2.0 and https://readium.org/webpub-manifest/
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from appliance.content.item import Edition, Lesson, Metadata
from appliance.content.pack.bag_path import PAYLOAD
from appliance.content.pack.feed import CAPTIONS, OPEN_ACCESS
from appliance.content.pack.feed_metadata import AUDIENCES, COLLECTION, EDITION, GRADES, LESSON
from appliance.content.pack.media_type import media_type
from appliance.content.pack.publication import PayloadFile, Publication


def compose(publication: Publication) -> dict[str, Any]:
    """The object of a publication."""
    composed: dict[str, Any] = {
        "metadata": compose_metadata(
            publication.identifier,
            publication.metadata,
            publication.titles,
            publication.lesson,
            publication.edition,
        ),
        "links": [
            *(_link(file, OPEN_ACCESS) for file in publication.files),
            *(_link(file, CAPTIONS) for file in publication.captions),
        ],
    }
    if publication.cover:
        composed["images"] = [_link(publication.cover, "cover")]
    return composed


def compose_metadata(
    identifier: str,
    said: Metadata,
    titles: Mapping[str, str],
    lesson: Lesson | None,
    edition: Edition | None = None,
) -> dict[str, Any]:
    """The ``metadata`` of a publication."""
    values = {
        "identifier": identifier,
        "title": titles or said.title,
        "language": said.languages,
        "author": said.authors,
        "description": said.description,
        "published": said.date,
        "subject": [said.subject] if said.subject else [],
        GRADES: said.grades,
        AUDIENCES: said.audiences,
        COLLECTION: said.collection,
        LESSON: lesson,
        EDITION: edition,
    }
    return {name: value for name, value in values.items() if value}


def _link(file: PayloadFile, rel: str) -> dict[str, Any]:
    hrefs = [quote(part.removeprefix(PAYLOAD)) for part in file.parts]
    folder = hrefs[0].rpartition("/")[0]
    properties: dict[str, Any] = {"size": file.size, "sha256": file.sha256}
    if len(hrefs) > 1:
        properties["parts"] = hrefs
    return {
        "href": f"{folder}/{quote(file.name)}",
        "rel": rel,
        "type": media_type(file.name),
        "properties": properties,
    }
