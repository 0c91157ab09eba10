# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes a shelf at random until it is killed, and says what it did: ``python -m … SEED``.

Before each change it prints ``? source``, afterwards ``+ source`` or ``- source``.
"""

import random
import sys
from pathlib import Path

from appliance.config import Config
from appliance.content.discover import discover
from appliance.content.ingest import ingest
from appliance.content.item import Metadata
from appliance.content.progress import Progress
from appliance.content.shelf import Shelf


def main(state: Path, stick: Path, seed: int) -> None:
    chance = random.Random(seed)
    shelf = Shelf(Config(state=state))
    shelf.repair(thorough=True)
    candidates = list(discover([stick]))
    ids = {item.source: item.id for item in shelf.store.items()}
    removed = {shelf.store.read_removed(i).source: i for i in shelf.store.removed_ids()}
    while True:
        candidate = chance.choice(candidates)
        source = candidate.source
        print("?", source, flush=True)
        if source not in ids:
            if source in removed and chance.random() < 0.5:
                ids[source] = shelf.restore(removed.pop(source)).id
            else:
                (result,) = ingest([candidate], shelf, Progress())
                assert result.id, result
                ids[source] = result.id
            print("+", source, flush=True)
        elif chance.random() < 0.6:
            shelf.remove(ids[source])
            removed[source] = ids.pop(source)
            print("-", source, flush=True)
        else:
            shelf.change(
                ids[source],
                edited=Metadata(title=f"Номи {chance.random()}"),
                hidden=chance.random() < 0.5,
            )
            print("+", source, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
