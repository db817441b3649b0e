"""Invented plans in the layouts that offices use; what each says stands in YAML beside it."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tasks_catalog.extract import read_plan
from tests.tasks_catalog.sample_files import WRITERS

HERE = Path(__file__).parent / "documents"
NAMES = sorted(path.name.removesuffix(".yaml") for path in HERE.glob("*.yaml"))
LISTS = ("work_items", "indicators", "measures")


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_is_read_as_a_person_reads_it(name: str, tmp_path: Path) -> None:
    expected = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    path = HERE / name
    if name in WRITERS:
        path = tmp_path / name
        WRITERS[name](path)

    plan = read_plan(path).to_json()

    assert _picked(plan["plan"], expected["plan"]) == expected["plan"]
    for kind in LISTS:
        wanted = expected.get(kind, [])
        assert len(plan[kind]) == len(wanted)
        assert [_picked(*pair) for pair in zip(plan[kind], wanted, strict=True)] == wanted
    assert [unit["name"] for unit in plan["units"]] == expected["units"]
    assert [line["text"] for line in plan["unread"]] == expected.get("unread", [])


def _picked(read: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """Return of what was read the fields that the expectation states, the line of its place too."""
    flat = read | {"line": read.get("source", {}).get("line")}
    return {field: flat.get(field) for field in expected}


def test_every_layout_has_its_expectation() -> None:
    texts = {path.name for path in HERE.glob("*.txt")}

    assert {*texts, *WRITERS} == set(NAMES)
