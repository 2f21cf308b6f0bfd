"""Big5, in which Taiwan, Hong Kong and Macao wrote, told apart from GB18030."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from corpus_files import corpus_file
from opencc import OpenCC

from ingest.charset import big5_text, decode_declared
from ingest.formats import read_file
from ingest.recognise import kind_of

CORPUS = Path(__file__).parents[2] / "corpus"
INVENTED = Path(__file__).parents[2] / "training" / "documents"

# Article 1 of the Universal Declaration of Human Rights; the bytes are those of glibc's iconv.
ARTICLE = "人人生而自由，在尊嚴和權利上一律平等。他們賦有理性和良心，並應以兄弟關係的精神相對待。"
ARTICLE_BIG5 = bytes.fromhex(
    "a448a448a5cda6d3a6dba5d1a141a662b44cc459a94dc576a751a457a440abdfa5adb5a5a143a54cadccbde1a6b3b27aa9caa94d"
    "a87da4dfa141a8c3c0b3a548a553a7ccc3f6ab59aababaebafabacdbb9efabdda143"
)


@cache
def simplified() -> list[str]:
    """The texts of the corpus and of the invented documents; recognising scans would take minutes."""
    files = [path for path in (CORPUS / "samples").iterdir() if path.suffix not in (".pdf", ".png", ".jpg")]
    files += [CORPUS / "nanchuan-2024-58.txt", *INVENTED.rglob("*.txt")]
    texts = [corpus_file(path).text for path in sorted(files)]
    assert len(texts) > 100
    return texts


@cache
def traditional() -> list[str]:
    convert = OpenCC("s2tw").convert
    return [convert(text) for text in simplified()]


def with_lines(texts: list[str]) -> Iterator[str]:
    """Texts, and each of their lines as a text by itself."""
    for text in texts:
        yield text
        yield from text.splitlines()


def test_big5_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(ARTICLE_BIG5)
    assert kind_of(tmp_path / "a.txt") == ".txt"
    raw = read_file(tmp_path / "a.txt")
    assert (raw.text, raw.how) == (ARTICLE, "big5")


@pytest.mark.parametrize(
    ("name", "data", "how"),
    [
        ("a.html", b"<html><body><p>" + ARTICLE_BIG5 + b"</p></body></html>", "html, big5"),
        ("a.csv", b"1," + ARTICLE_BIG5 + b"\r\n2," + ARTICLE_BIG5 + b"\r\n", "csv, big5"),
        ("a.md", b"# " + ARTICLE_BIG5[:24] + b"\n\n" + ARTICLE_BIG5 + b"\n", "markdown, big5"),
    ],
)
def test_big5_is_read_in_files_that_do_not_declare_it(
    name: str, data: bytes, how: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    raw = read_file(tmp_path / name)
    assert ARTICLE in raw.text
    assert raw.how.startswith(how)


def test_no_text_in_gb18030_is_taken_for_big5() -> None:
    texts = list(with_lines(simplified()))
    assert len(texts) > 5000
    assert [text for text in texts if big5_text(text.encode("gb18030")) is not None] == []


def test_no_traditional_text_in_gb18030_is_taken_for_big5() -> None:
    texts = list(with_lines(traditional()))
    assert [text for text in texts if big5_text(text.encode("gb18030")) is not None] == []


def test_each_traditional_text_in_big5_is_read_as_such() -> None:
    read = 0
    for text in traditional():
        # Simplified characters that are left, and signs of newer times, have no place in Big5.
        data = text.encode("cp950", "ignore")
        decoded = decode_declared(data)
        assert decoded is not None
        assert decoded.encoding == "big5", text[:60]
        assert decoded.text == data.decode("cp950")
        read += 1
    assert read > 100


@pytest.mark.parametrize(
    "text",
    [
        "āáǎà" * 3,
        "┌──┬──┐\n│甲区│12│\n└──┴──┘\n" * 5,
        "дом" * 4,
        "ひらがなカタカナ" * 2,
        "答复函",
        "國會們" * 4,
        "關於" * 5,
    ],
)
def test_other_signs_of_gb18030_are_not_taken_for_big5(text: str) -> None:
    decoded = decode_declared(text.encode("gb18030"))
    assert decoded is not None
    assert (decoded.text, decoded.encoding) == (text, "gb18030")
