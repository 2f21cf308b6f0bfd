"""What reading works with: candidate passages, and the findings in them."""

from __future__ import annotations

from dataclasses import dataclass

from policyqa.evidence import Evidence
from policyqa.pair_encoder import Reading
from policyqa.schema import Figure, Hit


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage with its features, the score that they give, and what the reading model says of it."""

    hit: Hit
    evidence: Evidence
    features: dict[str, float]
    score: float
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of an answer: a figure in a passage, or a passage. ``sure`` is 0..1."""

    candidate: Candidate
    figure: Figure | None
    features: dict[str, float]
    sure: float
