"""Sums of small decision trees: how sure a finding is, where no single weight tells it.

A tree asks at most two questions of the features, whether one is at most so much, and adds a number; so a
feature can count in one place and not in another (how near the words are matters where the reading model is
in doubt), and a person can still read what is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Split:
    """A question: features whose ``name`` is at most ``most`` go on to ``low``, others to ``high``."""

    name: str
    most: float
    low: Node
    high: Node


Node = Split | float
"""A question, or the number that is added."""


@dataclass(frozen=True, slots=True)
class Trees:
    """``bias + Σ tree``, in log odds; a feature that is missing counts as 0."""

    bias: float
    trees: tuple[Node, ...]

    def __call__(self, features: Mapping[str, float]) -> float:
        return self.bias + sum(_value(tree, features) for tree in self.trees)

    def without(self, *names: str) -> Trees:
        """The same with some features taken for 0."""
        return Trees(self.bias, tuple(_without(tree, names) for tree in self.trees))


def _value(node: Node, features: Mapping[str, float]) -> float:
    while isinstance(node, Split):
        node = node.low if features.get(node.name, 0.0) <= node.most else node.high
    return node


def _without(node: Node, names: Sequence[str]) -> Node:
    if not isinstance(node, Split):
        return node
    if node.name in names:
        return _without(node.low if node.most >= 0.0 else node.high, names)
    return Split(node.name, node.most, _without(node.low, names), _without(node.high, names))


def trees_of(data: Mapping[str, Any]) -> Trees:
    """Trees as they are written: a number, or [name, most, low, high].

    >>> trees_of({"bias": 0.5, "trees": [["pair", 2.0, -1.0, 1.0]]})({"pair": 3.0})
    1.5
    """
    return Trees(data["bias"], tuple(_node(tree) for tree in data["trees"]))


def _node(written: Any) -> Node:
    if not isinstance(written, list):
        return float(written)
    name, most, low, high = written
    return Split(name, most, _node(low), _node(high))
