"""What holds for the repository as a whole: documentation, provenance, nothing of one machine."""

from __future__ import annotations

import hashlib
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from corpus_files import corpus_file
from typer.main import get_command

from policyqa.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
REAL_LETTER = "8c31a709ffac800a2082a1fd51ae608d1db7995e02ee9a3433d78af7c7e3136f"

# --- documentation -----------------------------------------------------------------------------


def _of(main: Any) -> Any:
    app = typer.Typer(add_completion=False)
    app.command()(main)
    return get_command(app)


def _options(command: Any) -> list[Any]:
    return [p for p in command.params if any(o.startswith("-") for o in p.opts) and p.name != "help"]


def _commands() -> Iterator[tuple[str, Any]]:
    from ingest.__main__ import main as ingest
    from policyqa.cli import app
    from ui.__main__ import main as ui

    yield "python -m ingest", _of(ingest)
    yield "python -m ui", _of(ui)
    whole: Any = get_command(app)
    for name, command in whole.commands.items():
        yield f"policyqa {name}", command
        for below, inner in getattr(command, "commands", {}).items():
            yield f"policyqa {name} {below}", inner


COMMANDS = dict(_commands())


def test_the_commands_are_those_of_the_contract() -> None:
    assert {*COMMANDS} >= {
        "python -m ingest",
        "python -m ui",
        "policyqa ask",
        "policyqa search",
        "policyqa documents",
        "policyqa documents list",
        "policyqa documents show",
        "policyqa documents remove",
        "policyqa evaluate",
        "policyqa doctor",
    }


def _block(command: str) -> str:
    """The lines of the README that show a command, a subcommand with its parent."""
    top = " ".join(command.split()[: 3 if command.startswith("python") else 2])
    return "\n".join(line for line in README.splitlines() if line.strip().startswith(top))


def test_the_readme_names_every_command_and_option() -> None:
    missing = []
    for name, command in COMMANDS.items():
        shown = _block(name)
        if not shown or name.split()[-1] not in shown:
            missing.append(name)
        for option in _options(command):
            missing += [f"{name} {o}" for o in option.opts if not re.search(rf"{re.escape(o)}\b", shown)]
    assert not missing, f"not in README.md: {missing}"


def test_the_readme_shows_no_option_that_does_not_exist() -> None:
    strange = []
    for line in README.splitlines():
        match = re.match(r"\s+((?:python -m|policyqa) \w+)\s.*--", line)
        if match and match[1] in COMMANDS:
            group = [c for name, c in COMMANDS.items() if name.startswith(match[1])]
            known = {o for c in group for p in c.params for o in p.opts}
            strange += [f"{match[1]} {o}" for o in re.findall(r"(?<!\w)--[a-z-]+", line) if o not in known]
    assert not strange


def test_the_readme_documents_every_setting() -> None:
    names = [f"POLICYQA_{name.upper()}" for name in Settings.model_fields]
    missing = [name for name in names if name not in README]
    assert not missing, f"not in README.md: {missing}"


def test_the_readme_documents_no_setting_that_does_not_exist() -> None:
    names = {f"POLICYQA_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"POLICYQA_[A-Z_]+", README)) <= names


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_says_what_it_does(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert not [option.name for option in _options(command) if not option.help]


def test_files_that_the_readme_shows_exist() -> None:
    shown = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README)
    assert not [path for path in shown if not (ROOT / path).is_file()]


def test_the_version_stands_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert "version" in project["dynamic"]


# --- nothing of one machine --------------------------------------------------------------------

# In pieces, so that this file does not hold what it looks for.
OF_A_MACHINE = re.compile(
    "|".join(
        [
            r"(?<![\w.~])/" + r"(?:work|root)/",
            r"(?<![\w.~])/" + r"home/\w",
            r"/" + r"Users/\w",
            r"C:" + r"\\Users",
            r"pypi" + r"\.org",
            r"pythonhosted" + r"\.org",
            r"huggingface" + r"\.co",
            r"\bhf" + r"\.co\b",
            r"(?:extra-)?index-" + r"url",
            r"artif" + r"actory|nexus" + r"\.|dev" + r"pi\b",
        ]
    )
)


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_no_tracked_file_names_a_place_of_one_machine_or_a_package_registry() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    files = _tracked()
    assert len(files) > 50
    found = []
    for path in files:
        data = path.read_bytes()
        if b"\x00" in data:
            continue  # pictures, UTF-16 samples
        text = data.decode("utf-8", errors="replace")
        found += [
            f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, match.start()) + 1}: {match.group()}"
            for match in OF_A_MACHINE.finditer(text)
        ]
    assert not found, "\n".join(found)


def test_the_constraints_are_pins_without_addresses() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if line.strip() and not line.startswith("#")]
    assert len(pins) > 50
    assert not [
        line for line in pins if not re.fullmatch(r"[A-Za-z0-9._\[\]-]+==[\w.!+]+(?:\s*;.*)?", line.strip())
    ]


# --- the corpus --------------------------------------------------------------------------------

SAMPLES = sorted((ROOT / "corpus" / "samples").iterdir())


def test_there_are_enough_samples() -> None:
    assert len(SAMPLES) >= 60


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_says_that_it_is_one_and_invented(path: Path) -> None:
    text = corpus_file(path).text
    assert "样例" in text
    assert "虚构" in text


def test_the_real_letter_is_as_it_was_published() -> None:
    letter = ROOT / "corpus" / "nanchuan-2024-58.txt"
    assert hashlib.sha256(letter.read_bytes()).hexdigest() == REAL_LETTER
