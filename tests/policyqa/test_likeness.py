"""How alike texts are: the sketch against the similarity that it estimates."""

from __future__ import annotations

import random

import pytest

from policyqa.likeness import PIECE, alike, letters, similarity, sketch

WORDS = "推进学校建设养老床位农村公路公共充电设施资金项目完成新增累计街道社区服务中心改造提升"


def text(length: int, seed: int) -> str:
    chance = random.Random(seed)
    return "".join(chance.choice(WORDS) for _ in range(length))


def jaccard(one: str, other: str) -> float:
    a, b = ({t[i : i + PIECE] for i in range(len(t) - PIECE + 1)} for t in (one, other))
    return len(a & b) / len(a | b)


@pytest.mark.parametrize("changed", [0, 5, 20, 60, 200, 600])
def test_the_sketch_estimates_the_share_of_common_pieces(changed: int) -> None:
    errors = []
    for seed in range(10):
        one = text(1500, seed)
        other = one[: 1500 - changed] + text(changed, 1000 + seed)
        errors.append(similarity(sketch(one), sketch(other)) - jaccard(one, other))
    assert max(map(abs, errors)) < 0.15
    assert abs(sum(errors)) / len(errors) < 0.04, "no bias"


def test_a_text_is_like_itself_whatever_its_spaces_and_marks() -> None:
    one = text(400, 1)
    spaced = "，\n".join(one[i : i + 20] for i in range(0, 400, 20))
    assert similarity(sketch(letters(one)), sketch(letters(spaced))) == 1


def test_a_text_of_fewer_than_five_letters_is_like_nothing() -> None:
    assert sketch("学校建设") == b""
    assert similarity(b"", b"") == 0
    assert alike([("a", b""), ("b", b"")]) == []


def test_the_pairs_that_are_alike_are_found_among_many() -> None:
    texts = {f"t{seed}": text(1200, seed) for seed in range(60)}
    texts |= {"near": texts["t7"][:-20] + text(20, 99), "half": texts["t9"][:800] + text(400, 98)}
    found = alike([(name, sketch(whole)) for name, whole in texts.items()])
    assert [(one, other) for one, other, _ in found] == [("t7", "near")]
    assert found[0][2] >= 0.9
