"""Checking and scoring returns, compiled, beside walking the expressions' trees."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.figures import Figure
from benchmarks.harness import Peer, compared, python
from benchmarks.parts.round import UNITS
from benchmarks.setting import Part, Setting, Table

_KINDS = {"compiled": "compiled", "compiled-first": "compiled, the first time", "walked": "walking the trees"}


def _figures(setting: Setting) -> Iterator[Figure]:
    peers = [Peer(name=name, command=python("benchmarks.peers.checking", kind)) for kind, name in _KINDS.items()]
    yield from compared("checks", lambda _: peers, [UNITS], setting.patience)


CHECKS = Part(
    tables={
        "checks": Table(
            title="Checking and scoring returns",
            about="The values of a return of every unit checked and scored, without reading them; the findings and scores are the same.",
        )
    },
    figures=_figures,
)
