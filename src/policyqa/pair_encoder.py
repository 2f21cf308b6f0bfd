"""The reading model: does a sentence answer a question, and where in it stands the answer.

A small encoder that reads question and sentence together. Its word embeddings are those of the
default embedding model and are not stored twice; the file ``reader.safetensors`` holds its layers
and heads. Without that file everything works, with the weights of ``policyqa.score`` alone.
"""

from __future__ import annotations

import json
import threading
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policyqa.embed import SentenceEmbeddings
from policyqa.errors import ModelError
from policyqa.processor import lighten, products
from policyqa.settings import DEFAULT_MODEL, Settings

if TYPE_CHECKING:
    import torch

MAX_TOKENS = 256
"""Longest pair; longer sentences are cut at the end."""
BATCH = 8
SPAN = 48
"""Longest short answer, in tokens."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model says of one pair.

    ``score`` is higher the surer it is that the sentence answers (log-odds). ``span`` is the short
    answer as offsets into the sentence, None when it lies outside; ``starts`` and ``ends`` hold the
    log-odds of each character of the sentence to begin and to end it, so that given candidates (the
    figures of the sentence) can be compared.
    """

    score: float
    span: tuple[int, int] | None
    starts: tuple[float, ...]
    ends: tuple[float, ...]

    def of(self, start: int, end: int) -> float:
        """How well the span ``[start, end)`` of the sentence answers, in log-odds of both ends."""
        if not self.starts or start >= len(self.starts) or end < 1 or end > len(self.ends):
            return -20.0
        return self.starts[start] + self.ends[end - 1]


def build(embeddings: Any, layers: int) -> Any:
    """An untrained reading model on the embeddings module of an e5 encoder.

    Args:
        embeddings: the ``embeddings`` module of the default model's BertModel; shared, not copied.
        layers: how many transformer layers.
    """
    import torch
    from transformers import BertConfig
    from transformers.models.bert.modeling_bert import BertEncoder

    words = embeddings.word_embeddings.weight
    options: dict[str, Any] = {"attn_implementation": "sdpa"}
    config = BertConfig(
        vocab_size=words.shape[0],
        hidden_size=words.shape[1],
        num_hidden_layers=layers,
        num_attention_heads=12,
        intermediate_size=4 * words.shape[1],
        hidden_dropout_prob=0.1,
        attention_probs_dropout_prob=0.1,
        **options,
    )

    class PairEncoder(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            # Kept out of the module tree: shared with the embedding model and never saved.
            self.__dict__["shared"] = embeddings
            self.encoder: Any = BertEncoder(config)  # type: ignore[no-untyped-call]
            self.answers = torch.nn.Linear(config.hidden_size, 1)
            self.spans = torch.nn.Linear(config.hidden_size, 2)

        def forward(
            self, input_ids: torch.Tensor, attention_mask: torch.Tensor
        ) -> tuple[torch.Tensor, torch.Tensor]:
            """Log-odds of answering (batch,), and of each token to start and to end the answer."""
            with torch.no_grad():
                hidden = self.__dict__["shared"](input_ids)
            mask = attention_mask[:, None, None, :].to(torch.bool)
            mask = mask.expand(-1, -1, input_ids.shape[1], -1)
            hidden = self.encoder(hidden, attention_mask=mask).last_hidden_state
            return self.answers(hidden[:, 0]).squeeze(-1), self.spans(hidden)

    return PairEncoder()


def checksum(state: Mapping[str, torch.Tensor]) -> int:
    """A check over all weights, in the order of their names: what is read must be what was written."""
    value = 0
    for name in sorted(state):
        value = zlib.crc32(state[name].contiguous().numpy().tobytes(), value)
    return value


def stored_weights(file: Path) -> tuple[dict[str, Any], dict[str, torch.Tensor]]:
    """What a file of weights says of itself, and the weights, checked.

    Raises:
        ValueError: it is missing, damaged or none of policyqa's; the message says which.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(str(file), "pt") as stored:
            about = json.loads(stored.metadata()["policyqa"])
            state = {name: stored.get_tensor(name) for name in stored.keys()}  # noqa: SIM118
        told = about["checksum"]
    except (OSError, SafetensorError, KeyError, ValueError, RuntimeError, TypeError) as error:
        raise ValueError(str(error)) from error
    if checksum(state) != told:
        raise ValueError("其中的权重与写入时不同")
    return about, state


class PairReader:
    """The trained model, loaded on first use. Safe to use from several threads."""

    def __init__(self, file: Path, embedding_model: Any, checker: PairReader | None = None) -> None:
        """
        Args:
            file: ``reader.safetensors``.
            embedding_model: gives the loaded SentenceTransformer of the default model.
            checker: a second model, which reads sentences with a figure marked in them.
        """
        self.file = file
        self.checker = checker
        self._embedding_model = embedding_model
        self._loaded: tuple[Any, Any] | None = None
        self._lock = threading.Lock()

    def _model(self) -> tuple[Any, Any]:
        if self._loaded is None:
            import torch

            layers, state = self._stored()
            transformer = self._embedding_model()
            model = build(transformer[0].auto_model.embeddings, layers)
            try:
                model.load_state_dict({name: tensor.to(torch.float32) for name, tensor in state.items()})
            except RuntimeError as error:
                raise self._broken(error) from error
            model.eval()
            lighten(model)
            self._loaded = model, transformer.tokenizer
        return self._loaded

    def _stored(self) -> tuple[int, dict[str, torch.Tensor]]:
        """The number of layers and the weights that the file holds, checked."""
        try:
            about, state = stored_weights(self.file)
            return int(about["layers"]), state
        except (KeyError, ValueError, TypeError) as error:
            raise self._broken(error) from error

    def _broken(self, why: object) -> ModelError:
        return ModelError(
            f"阅读模型 {self.file} 不能使用：{why}",
            "换回完整的文件，或用 POLICYQA_READER=off 关掉它",
        )

    def check_file(self) -> None:
        """Read the file once, without building the model.

        Raises:
            ModelError: it is missing or damaged.
        """
        self._stored()
        if self.checker is not None:
            self.checker.check_file()

    def warm(self) -> None:
        """Load the model now.

        Raises:
            ModelError: the file is missing or damaged.
        """
        with self._lock:
            self._model()
        if self.checker is not None:
            self.checker.warm()

    def check(self, question: str, texts: Sequence[str]) -> list[float]:
        """How sure the checking model is that the figure marked in each text answers, in log-odds.

        Raises:
            ValueError: there is no checking model.
        """
        if self.checker is None:
            raise ValueError("no checking model")
        return [reading.score for reading in self.checker.read(question, [(text, 0) for text in texts])]

    def read(self, question: str, texts: Sequence[tuple[str, int]]) -> list[Reading]:
        """Read a question against sentences with their context.

        Args:
            texts: second texts of the pairs, each with the offset at which its sentence begins.
        """
        import torch

        with self._lock:
            model, tokenizer = self._model()
            readings: list[Reading | None] = [None] * len(texts)
            order = sorted(range(len(texts)), key=lambda i: len(texts[i][0]))
            for at in range(0, len(order), BATCH):
                part = order[at : at + BATCH]
                encoded = tokenizer(
                    [question] * len(part), [texts[i][0] for i in part],
                    truncation="only_second", max_length=MAX_TOKENS, padding=True,
                    return_offsets_mapping=True, return_tensors="pt",
                )  # fmt: skip
                with torch.inference_mode(), products():
                    scores, spans = model(encoded["input_ids"], encoded["attention_mask"])
                scores, spans = scores.float(), spans.float()
                for row, i in enumerate(part):
                    text, begin = texts[i]
                    offsets = encoded["offset_mapping"][row].tolist()
                    second = [s == 1 for s in encoded.sequence_ids(row)]
                    readings[i] = _reading(float(scores[row]), spans[row], offsets, second, begin, len(text))
        return [reading for reading in readings if reading is not None]


def pair_reader(
    settings: Settings, embeddings: SentenceEmbeddings, say: Callable[[str], None] = lambda _: None
) -> PairReader | None:
    """The reading model that the settings ask for; None when it is off.

    Without the file that comes with policyqa, or when it is damaged, that is said and None returned:
    everything works without it.

    Raises:
        ModelError: another file was asked for, and it is missing or damaged.
    """
    if settings.reader == "off":
        return None
    shipped = settings.reader == "on"
    own = Path(str(files("policyqa")))
    file = own / "reader.safetensors" if shipped else Path(settings.reader).expanduser()
    # Its word embeddings are the default model's, whatever model the store is made with.
    default = embeddings if embeddings.name == DEFAULT_MODEL else SentenceEmbeddings(cache=settings.cache)
    reader = PairReader(
        file, default.transformer, PairReader(own / "checker.safetensors", default.transformer)
    )
    try:
        reader.check_file()
    except ModelError as error:
        if not shipped:
            raise
        say(f"{error.message}；这次回答不用它。{error.hint}")
        return None
    return reader


def _reading(
    score: float, spans: Any, offsets: list[list[int]], second: list[bool], begin: int, length: int
) -> Reading:
    import torch

    inside = [s and o[1] > begin and o[1] > o[0] for s, o in zip(second, offsets, strict=True)]
    if not any(inside):
        return Reading(score, None, (), ())
    allowed = torch.tensor(inside)
    logits = spans.masked_fill(~allowed[:, None], -1e9)
    logits = torch.log_softmax(logits, dim=0)
    starts = [-20.0] * (length - begin)
    ends = [-20.0] * (length - begin)
    for token, (a, b) in enumerate(offsets):
        if inside[token]:
            # A figure may begin inside a token (▁的 36): each character has its token's odds.
            for character in range(max(a, begin), b):
                starts[character - begin] = float(logits[token, 0])
                ends[character - begin] = float(logits[token, 1])
    pair = logits[:, 0][:, None] + logits[:, 1][None, :]
    size = pair.shape[0]
    band = torch.triu(torch.ones(size, size, dtype=torch.bool)) & ~torch.triu(
        torch.ones(size, size, dtype=torch.bool), SPAN
    )
    best = int(pair.masked_fill(~band, -1e9).argmax())
    first, last = best // size, best % size
    span = (max(0, offsets[first][0] - begin), offsets[last][1] - begin)
    return Reading(score, span, tuple(starts), tuple(ends))
