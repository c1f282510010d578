"""The docs cannot rot: their commands run, their options and links exist, their fields are those of the JSON."""

import csv
import dataclasses
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
COMMANDS = [
    (page.name, line[2:])
    for page in PAGES
    for block in re.findall(r"```console\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    for line in block.splitlines()
    if line.startswith("$ ")
]


@pytest.fixture(name="folder", scope="module")
def folder_with_examples(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "examples", folder / "examples")
    shutil.copy(ROOT / "tests" / "resolve" / "times.csv", folder)
    return folder


@pytest.mark.parametrize(("page", "command"), COMMANDS)
def test_commands_of_the_docs_run(page, command, folder):
    words = shlex.split(command)
    assert words[0] == "sayso"
    done = subprocess.run([sys.executable, "-c", "from sayso.cli.main import main; main()", *words[1:]], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    if "--output" in words:
        assert (folder / words[words.index("--output") + 1]).stat().st_size > 1000
    else:
        assert done.stdout.strip()


def test_some_commands_are_run():
    assert len(COMMANDS) >= 8


def test_python_of_the_readme_runs():
    code = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)[1]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "COERCE" in done.stdout


def test_commands_page_has_every_command_and_option():
    from sayso.cli.main import sayso

    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for name, command in walk(sayso):
        section = re.split(r"\n##+ ", page[re.search(rf"## `sayso {name}[ `]", page).start() :])[0]
        told = set(re.findall(r"^\| `(--[a-z-]+)`", section, re.MULTILINE))
        real = {max(option.opts, key=len) for option in command.params if isinstance(option, click.Option)}
        assert told - {"--help"} == real
        for option in command.params:
            if isinstance(option, click.Option) and isinstance(option.type, click.Choice):
                row = next(line for line in section.splitlines() if line.startswith(f"| `{max(option.opts, key=len)}`"))
                assert all(f"`{choice}`" in row for choice in option.type.choices)


def walk(group, above=""):
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from walk(command, f"{above}{name} ")
        else:
            yield f"{above}{name}", command


def test_readme_shows_what_the_command_prints_now():
    shown = re.search(r"```text\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)[1]
    command = [sys.executable, "-c", "from sayso.cli.main import main; main()", "read", "examples/harbour_strike.txt"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "COLUMNS": "118"})
    printed = [line.rstrip() for line in done.stdout.splitlines()]
    rows = [row.splitlines() for row in shown.strip().split("\n\n")]
    assert len(rows) == 3
    for row in rows:
        start = printed.index(row[0])
        assert printed[start : start + len(row)] == row


def test_actors_page_has_every_column_and_kind():
    from sayso.gazetteers.actor_import import COLUMNS
    from sayso.model.words import ActorKind

    page = (ROOT / "docs" / "actors.md").read_text(encoding="utf-8")
    assert [name for name in (*COLUMNS, *ActorKind) if f"`{name}`" not in page] == []


def test_reading_page_has_every_field():
    page = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    schema = json.loads((ROOT / "docs" / "reading.schema.json").read_text(encoding="utf-8"))
    fields = set()

    def walk(value):
        if isinstance(value, dict):
            fields.update(value.get("properties", {}))
            for item in value.values():
                walk(item)
        elif isinstance(value, list):
            for item in value:
                walk(item)

    walk(schema)
    assert len(fields) > 60
    assert [name for name in sorted(fields - {"start", "end", "quote", "error"}) if f"`{name}`" not in page] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", text):
        path, _, heading = target.partition("#")
        linked = (page.parent / path).resolve() if path else page
        assert linked.exists(), target
        if heading:
            headings = [
                re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).replace(" ", "-") for line in linked.read_text().splitlines() if line.startswith("#")
            ]
            assert heading in headings, target


def test_examples_are_marked_as_invented_and_long_enough():
    from sayso.intake.text import front_matter

    notice = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    assert "invented" in notice
    for path in (ROOT / "examples").glob("*.txt"):
        fields, text, _ = front_matter(path.read_text(encoding="utf-8"))
        assert "(invented)" in fields["name"]
        assert "invented" not in text
        assert len(text.split()) >= 200
        assert path.name in notice


def test_the_codebook_of_the_docs_has_eight_types_and_codes_as_they_say(folder):
    from sayso.codebooks.rows import load_row_book

    page = (ROOT / "docs" / "codebooks.md").read_text(encoding="utf-8")
    assert len(load_row_book(ROOT / "examples" / "health_care.yaml").types) == 8
    command = ["read", "examples/clinic_raid.txt", "--format", "rows", "--codebook", "examples/health_care.yaml"]
    done = subprocess.run(
        [sys.executable, "-c", "from sayso.cli.main import main; main()", *command], cwd=folder, capture_output=True, text=True, check=True
    )  # fmt: skip
    told = re.search(r"it gives three types: (.*?)\.", page, re.DOTALL)[1]
    types = {row["sub_event_type"] for row in csv.DictReader(io.StringIO(done.stdout))}
    assert types == set(re.findall(r"`([^`]+)`", told))


def test_the_piece_of_the_codebook_that_is_shown_is_one(tmp_path):
    from sayso.codebooks.row_book import Condition

    page = (ROOT / "docs" / "codebooks.md").read_text(encoding="utf-8")
    told = yaml.safe_load(re.search(r"```yaml\n(.*?)```", page, re.DOTALL)[1])
    whole = yaml.safe_load((ROOT / "examples" / "health_care.yaml").read_text(encoding="utf-8"))
    rule = next(rule for rule in whole["rules"] if rule["name"] == told["rules"][0]["name"])
    assert told["rules"][0]["when"] == rule["when"]
    assert told["types"]["People"]["sub_events"]["Health worker taken"] == whole["types"]["People"]["sub_events"]["Health worker taken"]
    assert told["rules"][0]["counterexamples"][0]["says"] == rule["counterexamples"][0]["says"]
    assert [field.name for field in dataclasses.fields(Condition) if f"`{field.name.removeprefix('not_')}`" not in page] == []


def test_codebooks_page_has_every_key_of_a_book_and_its_rules_and_every_built_in_book():
    from sayso.codebooks.row_book import Example, RowBook, RowType, Rule, SideLabel
    from sayso.codebooks.showing import built_in

    page = (ROOT / "docs" / "codebooks.md").read_text(encoding="utf-8")
    ours = {"line", "digest", "path", "like_digest", "event_type", "targeting"}  # not of the file, or by another name there
    keys = {field.name for kind in (Example, RowBook, RowType, Rule, SideLabel) for field in dataclasses.fields(kind)} - ours
    assert [key for key in sorted(keys | set(built_in())) if f"`{key}`" not in page] == []
