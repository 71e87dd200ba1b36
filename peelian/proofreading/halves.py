"""All checks of a long document in two processes, on a machine with two processors."""

from __future__ import annotations

import os
from collections.abc import Sequence
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection

from peelian.proofreading.findings import Finding, checks, in_order, run
from peelian.proofreading.proof import Proof

# What stands on lines, names and numbers; the others read what prose says and counts. Each half
# takes about as long, and what both need is recognised before they part.
_OF_LINES = frozenset(
    {
        *("broken-reference", "chained-reference", "circular-reference", "misdirected-reference"),
        *("duplicate-reference", "misordered-reference", "status-wording", "status-contradicts"),
        *("unlisted-body", "unused-body", "undefined-abbreviation", "unused-definition"),
        *("stale-future", "copied-paragraph"),
    }
)
_FEWEST = 400  # blocks: a short document takes less time than a process


def run_in_halves(proof: Proof) -> list[Finding]:
    """Return what all checks find, as `run` does, in about half of its time where that is long."""
    if not _is_worth_it(proof):
        return run(proof)
    names = [one.name for one in checks()]
    theirs = [name for name in names if name not in _OF_LINES]
    _ = proof.as_at, proof.minutes, proof.glossaries  # both halves need them: recognised once
    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(sender, proof, theirs), daemon=True)
    process.start()
    sender.close()
    ours = run(proof, [name for name in names if name in _OF_LINES])
    try:
        found: list[Finding] = receiver.recv()
    except EOFError:  # the other process was ended, as where memory is short
        found = run(proof, theirs)
    process.join()
    return in_order(proof, [*ours, *found])


def _is_worth_it(proof: Proof) -> bool:
    length = sum(len(document.blocks) for document in proof.documents)
    return length >= _FEWEST and (os.cpu_count() or 1) > 1 and "fork" in get_all_start_methods()


def _send(sender: Connection, proof: Proof, names: Sequence[str]) -> None:
    sender.send(run(proof, names))
    sender.close()
