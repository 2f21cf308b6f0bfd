"""E-mails: who wrote, what they wrote, what hangs on it; in the encodings of Chinese mail programs."""

from __future__ import annotations

import re
from datetime import date
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hostile import damaged, read_or_refused
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.texts import letter
from corpus.writers.pages import in_paragraphs
from ingest import mail
from ingest.formats.eml import read
from ingest.parse import parse
from policyqa.errors import UnreadableFile


def message(
    text: str = "", subject: str = "转发：关于第035号提案的答复函", charset: str = "utf-8"
) -> EmailMessage:
    found = EmailMessage()
    found["From"] = "韩立峰 <hanlf@example.gov.cn>"
    found["To"] = "毛雨桐 <maoyt@example.gov.cn>, 区政协提案委 <ta@example.gov.cn>"
    found["Date"] = "Fri, 14 Jun 2024 09:41:00 +0800"
    found["Subject"] = subject
    found["Message-ID"] = "<1@example.gov.cn>"
    if text:
        found.set_content(text, charset=charset)
    return found


def saved(folder: Path, data: EmailMessage | bytes, name: str = "a.eml") -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.as_bytes(policy=policy.SMTP))
    return path


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize("name", ["songya-jxw-2023-21", "songya-mzj-2024-19"])
def test_a_letter_in_an_e_mail_is_understood_as_from_plain_text(
    tmp_path: Path, name: str, charset: str
) -> None:
    typed = letter(name)
    raw = read(saved(tmp_path, message(typed, charset=charset)))
    assert raw.text.startswith(
        "发件人：韩立峰 <hanlf@example.gov.cn>\n发送时间：2024年6月14日 09:41\n收件人：毛雨桐"
    )
    expected, found = parse(typed, name)[0], parse(raw.text, name)[0]
    for field in ("title", "issuers", "document_number", "addressee", "signed_on", "copied_to", "contact"):
        assert getattr(found, field) == getattr(expected, field), field
    assert [s.path for s in found.sections] == [s.path for s in expected.sections]


def test_the_subject_is_the_title_of_a_text_without_one(tmp_path: Path) -> None:
    text = "罗启明委员：\n您提出的建议收悉。2023年新培育36家，现已全部纳统，特此答复。\n松垭区经济和信息化委员会\n2024年6月14日\n"
    document, _ = parse(read(saved(tmp_path, message(text))).text, "a")
    assert document.title == "关于第035号提案的答复函"
    assert document.signed_on == date(2024, 6, 14)


def test_html_is_read_when_it_is_alone_or_holds_tables(tmp_path: Path) -> None:
    alone = message()
    alone.set_content(in_paragraphs("罗启明委员：\n您提出的建议收悉。"), subtype="html")
    assert read(saved(tmp_path, alone)).text.endswith("罗启明委员：\n您提出的建议收悉。")
    both = message("镇街 补助\n石枰镇 120\n")
    both.add_alternative(
        "<table><tr><td>镇街</td><td>补助（万元）</td></tr><tr><td>石枰镇</td><td>120</td></tr>"
        "<tr><td>云岚镇</td><td>80</td></tr></table>",
        subtype="html",
    )
    assert "石枰镇：补助120万元。" in read(saved(tmp_path, both)).text


def test_attachments_are_named_and_pictures_of_the_text_are_not(tmp_path: Path) -> None:
    found = message("请查收附件，收悉后请回复。\n")
    found.add_related(b"GIF89a", maintype="image", subtype="gif", cid="<logo>", filename="logo.gif")
    found.add_attachment(b"x", maintype="application", subtype="msword", filename="第035号提案答复.doc")
    found.add_attachment("表格", subtype="csv", filename="附表.csv")
    raw = read(saved(tmp_path, found))
    assert raw.text.endswith("\n\n附件：1.第035号提案答复.doc；2.附表.csv")
    assert parse(raw.text, "a")[0].attachments == ("第035号提案答复.doc", "附表.csv")


RAW = """From: {sender}\r\nTo: b@example.cn\r\nSubject: {subject}\r\nDate: {date}\r\nMIME-Version: 1.0\r
Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n罗启明委员：您提出的建议收悉。\r\n"""


@pytest.mark.parametrize(
    ("subject", "says"),
    [
        ("关于停车的答复", "关于停车的答复"),  # raw GBK
        ("=?gb2312?B?udjT2s2js7W1xLTwuLQ=?=", "关于停车的答复"),
        # cut between the two bytes of 停
        ("=?gb2312?B?udjT2s0=?=\r\n =?gb2312?B?o7O1tcS08Li0?=", "关于停车的答复"),
        ("=?GBK?Q?=B9=D8=D3=DA=CD=A3=B3=B5=B5=C4=B4=F0=B8=B4?=", "关于停车的答复"),
        ("Re: =?utf-8?B?5YWz5LqO5YGc6L2m55qE562U5aSN?=", "关于停车的答复"),
        ("Re: 转发：回复: 关于停车的答复", "关于停车的答复"),
        ("=?nonsense?B?udjT2s2js7W1xLTwuLQ=?=", "关于停车的答复"),
        ("=?utf-8?B?!!!?=", ""),
        ("=?utf-8?X?x?=", "=?utf-8?X?x?="),
    ],
)
def test_subjects_are_decoded_as_mail_programs_write_them(tmp_path: Path, subject: str, says: str) -> None:
    text = RAW.format(sender="a@example.cn", subject=subject, date="x", charset="gbk")
    raw = read(saved(tmp_path, text.encode("gb18030")))
    assert f"\n\n{says}\n" in raw.text if says else "罗启明" in raw.text
    assert "罗启明委员：您提出的建议收悉。" in raw.text


@pytest.mark.parametrize(
    "when", ["", "昨天", "Fri, 99 Jun 20240 99:41:00 +9999", "14 Jun 2024", "Fri, 31 Dec 9999 23:59 -2359"]
)
@pytest.mark.parametrize("charset", ["gbk", "utf-8", "nonsense", "unicode_escape", '"gb2312"', "x" * 3000])
def test_wrong_dates_and_encodings_harm_nothing(tmp_path: Path, when: str, charset: str) -> None:
    text = RAW.format(sender="=?gbk?B?" + "=" * 50, subject="a", date=when, charset=charset)
    assert "罗启明委员：您提出的建议收悉。" in read(saved(tmp_path, text.encode("gb18030"))).text


def test_flowed_lines_are_joined(tmp_path: Path) -> None:
    text = RAW.format(sender="a", subject="a", date="x", charset="utf-8; format=flowed")
    text = text.replace("您提出", "您 \r\n提出")
    assert "罗启明委员：您 提出的建议收悉。" in read(saved(tmp_path, text.encode())).text


# --- refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no header"),
        (b"\n\n\n", "no header"),
        ("罗启明委员，您提出的建议收悉。".encode(), "no header"),
        (b"From: a\nTo: b\nSubject: c\n\n", "without text"),
        (b"From: a\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nMIAGCSq", "encrypted"),
        (b'From: a\nContent-Type: multipart/encrypted; boundary="x"\n\n--x\n\na\n--x--\n', "encrypted"),
    ],
)
def test_what_is_no_readable_e_mail_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says) as refused:
        read(saved(tmp_path, data))
    assert refused.value.hint


def test_an_e_mail_beyond_all_measure_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    with path.open("wb") as file:
        file.write(b"From: a\n\n")
        file.truncate(mail.MAX_BYTES + 1)
    with pytest.raises(UnreadableFile, match="50 MB"):
        read(path)


def nested(depth: int) -> bytes:
    parts = [f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth)]
    return ("From: a\nSubject: b\nMIME-Version: 1.0\n" + "".join(parts) + "\n\n收悉。\n").encode()


@pytest.mark.parametrize(
    "data",
    [
        nested(30),
        nested(3000),
        b"From: a\nContent-Type: multipart/mixed; boundary=x\n\n"
        + b"--x\nContent-Type: text/plain\n\na\n" * 5000,
        b"From: a\nContent-Type: message/rfc822\n\n" * 2000,
        b"From: a\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!" + b"A" * 5000,
        b"From: a\nContent-Type: text/plain\nContent-Transfer-Encoding: uuencode\n\nbegin 644 x\n#%!!\n",
        b"From: a\nContent-Type: text/html\n\n" + b"<div>" * 20_000,
        b"From: a\nContent-Type: multipart/mixed\n\nno boundary",
        b"From: a\nContent-Type: multipart/mixed; boundary*0*=''%%%; boundary*1=x\n\n--x\n\na",
        b"From: a\nContent-Disposition: attachment; filename*=zzz'%ff%fe'%00%01\n\na",
        b"From: " + b"=?gbk?B?" * 3000 + b"\n\na",
        b"From: a\nSubject: " + b" \n x" * 20_000 + b"\n\na",
        b"From: a\nContent-Type: text/plain; " + b"a=b; " * 20_000 + b"\n\na",
    ],
    ids=range(13),
)
def test_hostile_e_mails_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    raw = read_or_refused(read, tmp_path / "a.eml", data)
    if raw is not None:
        assert not re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff]", getattr(raw, "text", ""))


def test_damaged_e_mails_are_read_or_refused(tmp_path: Path) -> None:
    found = message("罗启明委员：\n您提出的建议收悉。\n")
    found.add_alternative("<p>罗启明委员：您提出的建议收悉。</p>", subtype="html")
    found.add_attachment(b"x" * 300, maintype="application", subtype="zip", filename="附件.zip")
    for data in damaged(found.as_bytes(), 80):
        read_or_refused(read, tmp_path / "a.eml", data)
    assert [file.name for file in tmp_path.iterdir()] == ["a.eml"]


LINES = st.sampled_from(
    [
        "From: a",
        "Subject: =?gb2312?B?udjT2g==?=",
        "Content-Type: multipart/mixed; boundary=x",
        "--x",
        "--x--",
        "",
        "Content-Type: text/html",
        "Content-Type: message/rfc822",
        "Content-Transfer-Encoding: base64",
        "5YWz5LqO",
        "<p>收悉。",
        "Content-Disposition: attachment; filename=a",
        "Date: x",
        "Content-Type: text/plain; charset=gbk",
        "\udcff\udcfe",
        "Content-Type: ;;",
        ":",
        "Content-Disposition:",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, max_size=25))
def test_any_header_soup_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "soup.eml"
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogateescape"))
    try:
        raw = read(path)
    except UnreadableFile:
        return
    assert raw.text.strip()
