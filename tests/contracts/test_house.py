"""Guards for the whole: what must hold of every flow, command, word and template there is."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli.main import app
from supervision import vocabulary
from supervision.vocabulary import Word
from templates.lint import HERE, TEMPLATES, words_stated, words_used

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("api", "cli", "db", "flows", "notifications", "portal", "services", "supervision",
            "tasks_catalog", "templates")  # fmt: skip
DEPLOYMENTS: list[dict[str, Any]] = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))[
    "deployments"
]
PLUMBING = {"__init__", "__main__", "deployments", "outcome"}
DAILY = re.compile(r"[\d*/,-]+ [\d,-]+ \* \* \*")


def words() -> Iterator[type[Word]]:
    for found in vars(vocabulary).values():
        if isinstance(found, type) and issubclass(found, Word) and found is not Word:
            yield found


def modules() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (ROOT / package).rglob("*.py")


@pytest.mark.parametrize("kind", list(words()), ids=lambda kind: kind.__name__)
def test_every_value_has_a_chinese_label_of_its_own(kind: type[Word]) -> None:
    labels = [word.label for word in kind]

    assert len(set(labels)) == len(labels)
    assert all(re.search(r"[\u4e00-\u9fff]", label) for label in labels)


def test_every_flow_file_is_deployed_under_its_own_name() -> None:
    files = {path.stem for path in (ROOT / "flows").glob("*.py")} - PLUMBING

    assert {entry["name"].replace("-", "_") for entry in DEPLOYMENTS} == files
    for entry in DEPLOYMENTS:
        name = entry["name"].replace("-", "_")
        assert entry["entrypoint"] == f"flows/{name}.py:{name}"


@pytest.mark.parametrize("entry", DEPLOYMENTS, ids=lambda entry: entry["name"])
def test_every_flow_takes_a_day_bears_its_name_and_runs_daily_in_shanghai(
    entry: dict[str, Any],
) -> None:
    from flows.deployments import flow_named  # noqa: PLC0415 - imports Prefect

    flow = flow_named(entry["name"])

    assert flow.name == entry["name"]
    assert list(flow.parameters.properties) == ["as_of"]
    for schedule in entry["schedules"]:
        assert schedule["timezone"] == "Asia/Shanghai"
        assert DAILY.fullmatch(schedule["cron"])


def commands(group: Any = None, path: str = "duban") -> Iterator[str]:  # noqa: ANN401 - Typer's own
    import typer.main  # noqa: PLC0415

    group = group or typer.main.get_command(app)
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}"


def test_every_command_is_documented() -> None:
    documented = (ROOT / "docs" / "cli.md").read_text("utf-8")

    assert [command for command in commands() if f"`{command}" not in documented] == []


def test_every_command_helps_in_chinese_with_an_example() -> None:
    import typer.main  # noqa: PLC0415

    def helps(group: Any) -> Iterator[str]:  # noqa: ANN401 - Typer's own
        for command in group.commands.values():
            if hasattr(command, "commands"):
                yield from helps(command)
            else:
                yield command.help or ""

    texts = list(helps(typer.main.get_command(app)))
    assert len(texts) > 15
    assert [text for text in texts if "例：duban" not in text] == []


def test_every_glossary_term_in_code_exists() -> None:
    rows = [
        line.split("|") for line in (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
    ]
    terms = {
        term
        for row in rows
        if len(row) > 5 and "中文" not in row[1] and "---" not in row[1]
        for quoted in re.findall(r"`([^`]+)`", row[3])
        for term in re.findall(r"[A-Za-z_]{4,}", quoted)
    }
    code = "\n".join(path.read_text("utf-8") for path in modules())

    assert len(terms) > 30
    assert sorted(term for term in terms if term not in code) == []


def test_no_room_is_too_large() -> None:
    large = []
    for path in modules():
        if "migrations" in path.parts:
            continue
        text = path.read_text("utf-8")
        if text.count("\n") > 400:
            large.append(str(path.relative_to(ROOT)))
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                if (node.end_lineno or 0) - node.lineno >= 60:
                    large.append(f"{path.relative_to(ROOT)}:{node.name}")

    assert large == []


def test_no_package_file_says_anything() -> None:
    assert [path for path in modules() if path.name == "__init__.py" and path.read_text()] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in modules()
        if path.name != "__init__.py" and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]

    assert silent == []


def test_the_clock_is_read_in_one_place() -> None:
    readers = [
        str(path.relative_to(ROOT))
        for path in modules()
        if re.search(r"pendulum\.now\(|datetime\.now\(|date\.today\(", path.read_text("utf-8"))
    ]

    assert readers == ["services/office.py"]


@pytest.mark.parametrize("name", list(TEMPLATES))
def test_a_template_uses_only_the_words_it_is_given(name: str) -> None:
    assert words_used(HERE / name) <= words_stated(TEMPLATES[name])


@pytest.mark.parametrize("words_class", sorted(set(TEMPLATES.values()), key=str))
def test_every_word_is_used_by_some_template(words_class: type) -> None:
    used = set[str]().union(
        *(words_used(HERE / name) for name, words in TEMPLATES.items() if words is words_class)
    )

    assert {field.name for field in fields(words_class)} - used == set()
