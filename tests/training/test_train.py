"""Training: groups, batches, and a run that is cut and goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.groups import Group, Item, figures_of, load_groups, spans_of
from training.train import GROUPS_A_STEP, Stage, batches, fewer


def group(number: int, wrong: int = 3, right: bool = True) -> Group:
    sentence = f"2023年新培育{number + 2}家，累计达{number + 50}家。"
    items = []
    if right:
        begin = len("经信委：")
        figure = sentence.index("育") + 1
        end = sentence.index("，")
        items.append(Item("经信委：" + sentence, begin, True, ((begin + figure, begin + end),)))
    items += [Item(f"经信委：第{i}项工作已经完成。", 4, False) for i in range(wrong)]
    return Group(f"g{number}", f"2023年新培育了多少家？（{'问' * (number % 7)}）", tuple(items))


@pytest.mark.parametrize(
    ("text", "begin", "short", "found"),
    [
        ("区：新培育36家，累计79家", 2, "36家", ((5, 8),)),
        ("36家：共36家", 4, "36家", ((5, 8),)),
        ("区：共36 家", 2, "36家", ((3, 7),)),
        ("区：36家又36家", 2, "36家", ((2, 5), (6, 9))),
        ("区：37家", 2, "36家", ()),
        ("区：37家", 2, "", ()),
    ],
)
def test_where_a_short_answer_stands(
    text: str, begin: int, short: str, found: tuple[tuple[int, int], ...]
) -> None:
    assert spans_of(text, begin, short) == found


@pytest.mark.parametrize(
    ("sentence", "short", "figures", "right"),
    [
        ("培育36家，累计79家。", "79家", ["36家", "79家"], ["79家"]),
        ("培育36家，累计79家。", "累计79家", ["36家", "79家"], ["79家"]),
        ("培育36家，累计79家。", "培育36家，累计79家", ["36家", "79家"], []),
        ("培育36家，累计79家。", "培育", ["36家", "79家"], []),
        ("共36家。", "36家", ["36家"], []),
        ("甲36家，乙36家。", "36家", ["36家", "36家"], []),
    ],
)
def test_figures_to_choose_among(sentence: str, short: str, figures: list[str], right: list[str]) -> None:
    text = "局：" + sentence
    item = Item(text, 2, True, spans_of(text, 2, short))
    spans, chosen = figures_of(item)
    assert [text[a:b] for a, b in spans] == figures
    assert [text[slice(*spans[n])] for n in chosen] == right


@given(st.integers(0, 60), st.integers(0, 5))
def test_every_group_comes_once_an_epoch(count: int, seed: int) -> None:
    groups = [group(number) for number in range(count)]
    found = list(batches(groups, seed))
    assert sorted(g.id for batch in found for g in batch) == sorted(g.id for g in groups)
    assert all(len(batch) <= GROUPS_A_STEP for batch in found)


def test_fewer_negatives_keep_what_answers() -> None:
    assert [i.answers for i in fewer(group(1, wrong=5), 2).items] == [True, False, False]


def test_groups_are_read_as_they_were_written(tmp_path: Path) -> None:
    whole = group(1)
    one = whole.items[0]
    marked = Group("m", "多少家？", (Item(one.text, one.begin, True, mark=one.spans[0]), *whole.items[1:]))
    assert marked.items[0].read() != one.text
    groups = [group(1), group(2, right=False), marked]
    (tmp_path / "written.jsonl").write_text("\n".join(g.as_json() for g in groups) + "\n", "utf-8")
    assert load_groups(tmp_path / "written.jsonl") == groups


@pytest.mark.model
def test_a_run_that_is_cut_goes_on_to_the_same_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One layer on the real encoder, a few steps: whole, and cut after the third step."""
    from safetensors.torch import load_file

    from training import train

    written = [group(number) for number in range(40)]
    for name in ("written", "kept"):
        text = "\n".join(g.as_json() for g in written) + "\n"
        (tmp_path / f"{name}.jsonl").write_text(text, "utf-8")
    (tmp_path / "places.txt").write_text("松垭\n", "utf-8")
    stages = [Stage("written", 1, 1e-3, 2, 30)]
    train.train(tmp_path, tmp_path / "whole", 1, stages)

    monkeypatch.setattr(train, "SAVE_SECONDS", -1)
    loss_of, calls = train.loss_of, []

    def cut(*arguments: object) -> object:
        calls.append(1)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return loss_of(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(train, "loss_of", cut)
    with pytest.raises(KeyboardInterrupt):
        train.train(tmp_path, tmp_path / "cut", 1, stages)
    assert not (tmp_path / "cut" / "reader.safetensors").exists()
    train.train(tmp_path, tmp_path / "cut", 1, stages)

    steps = -(-30 // GROUPS_A_STEP)
    assert len(calls) == steps + 1  # the one that was cut short came twice
    whole, resumed = (load_file(tmp_path / name / "reader.safetensors") for name in ("whole", "cut"))
    assert whole.keys() == resumed.keys()
    for name, tensor in whole.items():
        assert tensor.allclose(resumed[name], atol=2e-3), name
