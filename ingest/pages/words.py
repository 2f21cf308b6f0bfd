"""Putting together what a line break took apart."""

from __future__ import annotations

import re


def joined(left: str, right: str) -> str:
    """Two lines of one paragraph as one: a blank only between Latin words.

    A number that was broken is closed again; two numbers never meet without a mark in between.

    >>> joined("做强产", "业链"), joined("Smart", "City"), joined("达20", "23家")
    ('做强产业链', 'Smart City', '达2023家')
    """
    left, right = left.rstrip(), right.lstrip()
    if re.search(r"[A-Za-z,.;:]$", left) and re.match(r"[A-Za-z]", right):
        return f"{left} {right}"
    return left + right
