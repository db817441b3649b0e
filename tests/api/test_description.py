"""The description of the interface: made from what answers, the same as the command writes."""

import json
from pathlib import Path

import pytest

from api.app import description
from services.office import Office
from tests.commands import Duban

pytestmark = [pytest.mark.parametrize("database", ["sqlite"], indirect=True)]


def test_every_operation_needs_a_token_and_refuses_by_problems(office: Office) -> None:
    made = description(office)
    operations = [each for path in made["paths"].values() for each in path.values()]

    assert len({each["operationId"] for each in operations}) == len(operations)
    assert all(each["security"] == [{"token": []}] for each in operations)
    refusals = [
        list(response["content"])
        for each in operations
        for status, response in each["responses"].items()
        if not status.startswith("2")
    ]
    assert {tuple(kinds) for kinds in refusals} == {("application/problem+json",)}
    acts = [path["post"] for path in made["paths"].values() if "post" in path]
    for act in acts:
        assert any(
            one["name"] == "Idempotency-Key" and one["required"] for one in act["parameters"]
        )


def test_the_command_writes_the_description_that_is_served(
    office: Office, duban: Duban, tmp_path: Path
) -> None:
    duban("api", "schema", "--out", str(tmp_path / "openapi.json"))

    assert json.loads((tmp_path / "openapi.json").read_text("utf-8")) == description(office)
