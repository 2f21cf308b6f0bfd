"""The question editing model: takes a question for several things apart, and makes a follow-up whole.

Both only delete characters: a part of 松垭跟桐浦比，新增学位谁多 is 松垭新增学位, and 那雁汀呢 after
松垭新增多少学位 becomes 雁汀新增多少学位. The model is the lower layers of the default embedding model,
changed by matrices of low rank (LoRA, Hu et al. 2021), with a recurrent layer over the characters. The file
``editor.safetensors`` holds those matrices and the heads; without it rules alone take questions apart.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from policyqa.embed import SentenceEmbeddings
from policyqa.errors import ModelError
from policyqa.pair_encoder import stored_weights
from policyqa.periods import find_periods
from policyqa.processor import lighten, products
from policyqa.question import is_word, words
from policyqa.settings import DEFAULT_MODEL, Settings

if TYPE_CHECKING:
    import torch

Task = Literal["none", "list", "difference", "most", "least", "sum", "mean", "share", "ratio", "growth"]
TASKS: tuple[Task, ...] = get_args(Task)
"""What is to be done with the answers of the parts; ``none``: it is one question, ``list``: they are told."""
MOST_PARTS = 4
DROPPED, SHARED = 0, 1
"""Tags of a character: in no part, in all; from 2 on in the first, the second …"""
GAP = "｜"
"""What stands between a question and its follow-up."""
MAX_TOKENS = 200
HIDDEN, CHARACTER, SEGMENT = 128, 48, 8
SCALE = 2.0
"""Factor of the matrices of low rank."""
PLACES = (
    "attention.self.query", "attention.self.key", "attention.self.value",
    "attention.output.dense", "intermediate.dense", "output.dense",
)  # fmt: skip
"""The matrices of a layer that are changed."""
_LEAST = 3
"""How many of the least sure characters tell how clear it is where a question is taken apart."""
_END = re.compile(r"[？?。！!\s]+$")


@dataclass(frozen=True, slots=True)
class Apart:
    """A question taken apart. ``sure`` is the model's probability of the task, ``clear`` that of the tags
    of the least sure characters, both 0 to 1; ``parts`` are the single questions in the order of the text,
    each with what only it has (``labels``)."""

    task: Task
    sure: float
    clear: float = 1.0
    parts: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Whole:
    """A follow-up made whole. ``sure``: the least sure character's probability, 0 to 1; ``leans``: whether
    anything of the question before it was kept."""

    text: str
    sure: float
    leans: bool


def bare(text: str) -> str:
    """A question without what closes it, as the model reads it."""
    return _END.sub("", text.strip())


def tagged(text: str, tags: Sequence[int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The parts that tags make of a question, and what only each of them has; empty for fewer than two.

    >>> tagged("甲和乙差多少", [2, 0, 3, 0, 1, 1])
    (('甲多少', '乙多少'), ('甲', '乙'))
    """
    count = max(tags, default=0) - 1
    if count < 2:
        return (), ()
    numbers = range(2, count + 2)
    parts = tuple("".join(c for c, t in zip(text, tags, strict=True) if t in (SHARED, n)) for n in numbers)
    labels = tuple("".join(c for c, t in zip(text, tags, strict=True) if t == n) for n in numbers)
    return (parts, labels) if all(labels) else ((), ())


def joined(before: str, question: str, kept: Sequence[bool], at: int) -> str:
    """A follow-up put into the question before it: kept characters only, its own at ``at``.

    Args:
        kept: for each character of ``before``, of ``GAP`` and of ``question``.

    >>> joined("甲有几家", "那乙呢", [False, True, True, True, False, False, True, False], 0)
    '乙有几家'
    """
    own = "".join(c for c, k in zip(question, kept[len(before) + 1 :], strict=True) if k)
    old = [c if k else "" for c, k in zip(before, kept[: len(before)], strict=True)]
    return "".join(old[:at]) + own + "".join(old[at:])


def build(transformer: Any, layers: int, rank: int, characters: int, trained: bool = True) -> Any:
    """The model, on a copy of the lower layers of an e5 encoder.

    Args:
        transformer: the default model's BertModel; its embeddings are shared, its layers copied.
        rank: of the matrices that change the layers.
        characters: how many characters have an embedding of their own.
        trained: it is to be used, not to be trained: without dropout.
    """
    import copy
    import math

    import torch
    from torch import nn

    width = transformer.config.hidden_size

    class Changed(nn.Module):
        """A matrix with another one of low rank added to it."""

        def __init__(self, base: Any) -> None:
            super().__init__()
            self.base = base
            self.a = nn.Parameter(torch.randn(rank, base.in_features) / math.sqrt(base.in_features))
            self.b = nn.Parameter(torch.zeros(base.out_features, rank))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            changed: torch.Tensor = self.base(x) + (x @ self.a.T) @ self.b.T * SCALE
            return changed

    class Editor(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            # Kept out of the module tree: shared with the embedding model and never saved.
            self.__dict__["shared"] = transformer.embeddings
            encoder = copy.deepcopy(transformer.encoder)
            encoder.layer = encoder.layer[:layers].float()
            for layer in encoder.layer:
                for parameter in layer.parameters():
                    parameter.requires_grad_(False)
                for place in PLACES:
                    holder, _, name = place.rpartition(".")
                    owner = layer.get_submodule(holder)
                    setattr(owner, name, Changed(getattr(owner, name)))
            self.encoder: Any = encoder
            dropout = 0.0 if trained else 0.2
            self.characters = nn.Embedding(characters + 2, CHARACTER, padding_idx=0)
            self.segments = nn.Embedding(2, SEGMENT)
            self.down = nn.Linear(width, HIDDEN)
            self.drop = nn.Dropout(dropout)
            self.over = nn.GRU(HIDDEN + CHARACTER + SEGMENT + 3, HIDDEN, batch_first=True, bidirectional=True)
            self.tags = nn.Linear(2 * HIDDEN, 2 + MOST_PARTS)
            self.task = nn.Sequential(
                nn.Linear(4 * HIDDEN, HIDDEN), nn.GELU(), nn.Dropout(dropout), nn.Linear(HIDDEN, len(TASKS))
            )
            self.kept = nn.Linear(2 * HIDDEN, 1)
            self.at = nn.Linear(2 * HIDDEN, 1)

        def forward(self, batch: Mapping[str, torch.Tensor]) -> tuple[torch.Tensor, ...]:
            """Log-odds of each character's tag (batch, length, tags), of the task (batch, tasks), of each
            character to be kept and of the follow-up to stand before it (batch, length)."""
            with torch.no_grad():
                hidden = self.__dict__["shared"](batch["ids"])
            mask = batch["attention"][:, None, None, :].to(torch.bool)
            mask = mask.expand(-1, -1, batch["ids"].shape[1], -1)
            hidden = self.encoder(hidden, attention_mask=mask).last_hidden_state
            hidden = hidden.gather(1, batch["token"][:, :, None].expand(-1, -1, hidden.shape[-1]))
            read = torch.cat(
                [
                    self.drop(nn.functional.gelu(self.down(hidden))),
                    self.drop(self.characters(batch["character"])),
                    self.segments(batch["segment"]),
                    batch["flags"],
                ],
                -1,
            )
            lengths = batch["mask"].sum(1).cpu()
            packed = nn.utils.rnn.pack_padded_sequence(read, lengths, batch_first=True, enforce_sorted=False)
            over, _ = nn.utils.rnn.pad_packed_sequence(self.over(packed)[0], batch_first=True)
            over = self.drop(over)
            inside = batch["mask"][:, : over.shape[1], None].float()
            mean = (over * inside).sum(1) / inside.sum(1)
            most = (over - 1e4 * (1 - inside)).amax(1)
            return (
                self.tags(over),
                self.task(torch.cat([mean, most], -1)),
                self.kept(over).squeeze(-1),
                self.at(over).squeeze(-1),
            )

    return Editor()


def collate(
    texts: Sequence[str], followed: Sequence[int], tokenizer: Any, known: Mapping[str, int]
) -> dict[str, torch.Tensor]:
    """A batch of texts as the model takes it, all tensors padded to the longest.

    Args:
        followed: for each text how many of its characters belong to the question before.
        known: the numbers of the characters with an embedding of their own, from 2 on.
    """
    import torch

    encoded = tokenizer(
        list(texts), padding=True, truncation=True, max_length=MAX_TOKENS,
        return_offsets_mapping=True, return_tensors="pt",
    )  # fmt: skip
    shape = (len(texts), max(map(len, texts)))
    token = torch.zeros(shape, dtype=torch.long)
    character = torch.zeros(shape, dtype=torch.long)
    segment = torch.zeros(shape, dtype=torch.long)
    mask = torch.zeros(shape, dtype=torch.bool)
    flags = torch.zeros((*shape, 3))
    for row, text in enumerate(texts):
        for number, (start, end) in enumerate(encoded["offset_mapping"][row].tolist()):
            for at in range(start, min(end, len(text))):
                token[row, at] = number
                flags[row, at, 0] = float(at == start)
        for period in find_periods(text, None):
            if period.years:
                flags[row, period.start : period.end, 1] = 1
        for match in re.finditer(r"\d", text):
            flags[row, match.start(), 2] = 1
        character[row, : len(text)] = torch.tensor([known.get(c, 1) for c in text])
        segment[row, followed[row] : len(text)] = 1
        mask[row, : len(text)] = True
    return {
        "ids": encoded["input_ids"], "attention": encoded["attention_mask"], "token": token,
        "character": character, "segment": segment, "mask": mask, "flags": flags,
    }  # fmt: skip


class QuestionEditor:
    """The trained model, loaded on first use. Safe to use from several threads."""

    def __init__(self, file: Path, embedding_model: Callable[[], Any]) -> None:
        """
        Args:
            file: ``editor.safetensors``.
            embedding_model: gives the loaded SentenceTransformer of the default model.
        """
        self.file = file
        self._embedding_model = embedding_model
        self._loaded: tuple[Any, Any, dict[str, int]] | None = None
        self._lock = threading.Lock()

    def _model(self) -> tuple[Any, Any, dict[str, int]]:
        if self._loaded is None:
            import torch

            about, state = self._stored()
            transformer = self._embedding_model()
            known = {c: number for number, c in enumerate(about["characters"], 2)}
            model = build(transformer[0].auto_model, about["layers"], about["rank"], len(known))
            missing, unexpected = model.load_state_dict(
                {name: tensor.to(torch.float32) for name, tensor in state.items()}, strict=False
            )
            if unexpected or any(
                not name.startswith("encoder.") or (".base." not in name and "LayerNorm" not in name)
                for name in missing
            ):
                raise self._broken("其中的权重与程序不符")
            _merge(model)
            model.eval()
            lighten(model.encoder)
            self._loaded = model, transformer.tokenizer, known
        return self._loaded

    def _stored(self) -> tuple[dict[str, Any], dict[str, torch.Tensor]]:
        try:
            about, state = stored_weights(self.file)
            return {name: about[name] for name in ("layers", "rank", "characters")}, state
        except (KeyError, ValueError) as error:
            raise self._broken(error) from error

    def _broken(self, why: object) -> ModelError:
        return ModelError(
            f"问句模型 {self.file} 不能使用：{why}",
            "换回完整的文件，或用 POLICYQA_READER=off 关掉它",
        )

    def check_file(self) -> None:
        """Read the file once, without building the model.

        Raises:
            ModelError: it is missing or damaged.
        """
        self._stored()

    def warm(self) -> None:
        """Load the model now.

        Raises:
            ModelError: the file is missing or damaged.
        """
        with self._lock:
            self._model()

    def _read(self, text: str, followed: int) -> tuple[torch.Tensor, ...]:
        import torch

        with self._lock:
            model, tokenizer, known = self._model()
            batch = collate([text], [followed], tokenizer, known)
            with torch.inference_mode(), products():
                return tuple(one[0].float() for one in model(batch))

    def apart(self, question: str) -> Apart:
        """What a question is taken apart into."""
        import torch

        text = bare(question)
        if not text:
            return Apart("none", 1.0)
        tags, task, _, _ = self._read(text, 0)
        told, sure = _task(text, torch.softmax(task, -1).tolist())
        if told == "none":
            return Apart(told, sure)
        odds = torch.log_softmax(_alike(text, tags), -1)
        parts, labels = tagged(text, odds.argmax(-1).tolist())
        least = odds.amax(-1).exp().sort().values[:_LEAST]
        return Apart(told, sure, float(least.mean()), parts, labels)

    def whole(self, before: str, question: str) -> Whole:
        """A follow-up as it would be asked without the question before it."""
        import torch

        first, second = bare(before), bare(question)
        if not first or not second:
            return Whole(question, 1.0, False)
        _, _, kept, at = self._read(f"{first}{GAP}{second}", len(first) + 1)
        odds = torch.sigmoid(_alike(f"{first}{GAP}{second}", kept))
        chosen = (odds > 0.5).tolist()
        sides = torch.where(odds > 0.5, odds, 1 - odds)
        sides[len(first)] = 1.0
        where = int(at[: len(first) + 1].argmax())
        leans = any(chosen[: len(first)])
        return Whole(joined(first, second, chosen, where), float(sides.min()), leans)


def _alike(text: str, odds: torch.Tensor) -> torch.Tensor:
    """Log-odds of characters with those of a number or a word all the same: no part has half of a year."""
    result = odds.clone()
    spans = [match.span() for match in re.finditer(r"\d+(?:\.\d+)?", text)]
    at = 0
    for word in words(text):
        at = text.index(word, at)
        if 1 < len(word) < _LONG and is_word(word):
            spans.append((at, at + len(word)))
        at += len(word)
    for start, end in spans:
        result[start:end] = odds[start:end].mean(0)
    return result


_LONG = 5
"""A word of so many characters may be a name with something before it."""


_LESS = re.compile(r"[少低小慢短]|便宜|垫底|落后|靠后|最后")


def _task(text: str, odds: Sequence[float]) -> tuple[Task, float]:
    """What is to be done, and how sure that is; which end of several is meant, the words tell best.

    >>> _task("甲和乙谁少", [0.1, 0, 0, 0.5, 0.4, 0, 0, 0, 0, 0])
    ('least', 0.9)
    """
    by_name = dict(zip(TASKS, odds, strict=True))
    one, other = by_name.pop("most"), by_name.pop("least")
    told = max(by_name, key=by_name.__getitem__)
    if one + other > by_name[told]:
        return ("least" if _LESS.search(re.sub("多少", "", text)) else "most"), one + other
    return told, by_name[told]


def _merge(model: Any) -> None:
    """Put the matrices of low rank into those that they change: nothing is added at every step."""
    import torch

    for layer in model.encoder.layer:
        for place in PLACES:
            holder, _, name = place.rpartition(".")
            owner = layer.get_submodule(holder)
            changed = getattr(owner, name)
            with torch.no_grad():
                changed.base.weight += changed.b @ changed.a * SCALE
            setattr(owner, name, changed.base)


def question_editor(
    settings: Settings, embeddings: SentenceEmbeddings, say: Callable[[str], None] = lambda _: None
) -> QuestionEditor | None:
    """The question editing model; None when the models are off.

    Without its file, or when that is damaged, this is said and None returned: everything works without it.
    """
    if settings.reader == "off":
        return None
    default = embeddings if embeddings.name == DEFAULT_MODEL else SentenceEmbeddings(cache=settings.cache)
    editor = QuestionEditor(Path(str(files("policyqa"))) / "editor.safetensors", default.transformer)
    try:
        editor.check_file()
    except ModelError as error:
        say(f"{error.message}；这次回答不用它。{error.hint}")
        return None
    return editor
