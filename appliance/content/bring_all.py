# SPDX-License-Identifier: GPL-3.0-or-later
"""All that a run brings, in order: small things in batches, the others each by itself."""

from collections.abc import Iterable, Iterator

from appliance.content.arrival import Arrival
from appliance.content.batch import Batch
from appliance.content.bring import bring
from appliance.content.inspect.series import Series
from appliance.content.result import IngestResult
from appliance.content.work import Work
from appliance.durable import Disk


def bring_all(arrivals: Iterable[Arrival], work: Work) -> Iterator[IngestResult]:
    """Bring each onto the shelf, or say why not.

    Raises:
        RefusalError: the drive was taken out (``drive-removed``); the results so far hold.
        Stopped: the run was cancelled; likewise.
    """
    waiting = iter(arrivals)
    arrival = next(waiting, None)
    while arrival:
        if not arrival.is_small:
            yield _alone(arrival, work)
            work.progress.finish()
            arrival = next(waiting, None)
            continue
        store = work.shelf.store
        with store.stage() as folder, Disk(folder) as disk, Series() as series:
            batch = Batch(folder, disk, series, work)
            while arrival and arrival.is_small and not batch.is_full:
                batch.take(arrival)
                arrival = next(waiting, None)
            results = batch.put()
        for result in results:
            yield result
            work.progress.finish()
        if batch.ended:
            raise batch.ended


def _alone(arrival: Arrival, work: Work) -> IngestResult:
    work.progress.start(arrival.source, arrival.size)

    def do() -> IngestResult:
        ready = arrival.prepare()
        return ready if isinstance(ready, IngestResult) else bring(ready, work)

    return arrival.outcome(work.shelf, do)
