"""Days that cannot be: refused before anything is done, so that they spoil nothing."""

from pathlib import Path

import pytest

from tests.commands import Duban


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1999-12-31", "2101-01-01"])
@pytest.mark.parametrize("command", ["tick", "overdue", "items", "burden"])
def test_a_year_no_calendar_reaches_is_refused(started: Duban, command: str, day: str) -> None:
    ran = started(command, "--as-of", day)

    assert ran.code == 2
    assert "年份" in ran.err


def test_a_refused_day_leaves_the_rounds_as_they_were(started: Duban) -> None:
    started("tick", "--as-of", "9999-12-31")

    assert started("tick", "--as-of", "2024-03-12", "--json").answer["rounds_opened"] == 1


def test_a_trial_that_ran_into_the_future_cannot_go_live_and_says_so(started: Duban) -> None:
    started("tick", "--as-of", "2099-01-05")

    refused = started("plan", "confirm-baseline")
    checks = {one["name"]: one for one in started("doctor", "--json").answer["checks"]}

    assert refused.code == 4
    assert checks["最近一次处理"]["state"] == "failed"
    assert "2099-01-05" in checks["最近一次处理"]["why"]


def test_a_second_init_does_not_pretend_another_baseline(started: Duban) -> None:
    ran = started("init", "--baseline", "2025-06-01")

    assert ran.code == 2
    assert "2024-03-03" in ran.err


def test_another_plan_folder_is_adopted_under_its_own_name(
    duban: Duban, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled = Path(__file__).resolve().parents[2] / "tasks_catalog/plans/zhanggong"
    folder = tmp_path / "other"
    folder.mkdir()
    for name in ("catalogue.yaml", "policy.yaml"):
        (folder / name).write_bytes((bundled / name).read_bytes())
    monkeypatch.setenv("DUBAN_PLAN_DIR", str(folder))

    duban("init")

    plans = duban("plan", "list", "--json").answer["plans"]
    assert [plan["code"] for plan in plans] == ["other"]


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("overdue", "--fail-on", "nonsense"), id="overdue"),
        pytest.param(("plan", "findings", "--fail-on", "overdue"), id="plan findings"),
    ],
)
def test_a_condition_nobody_knows_is_refused(started: Duban, arguments: tuple[str, ...]) -> None:
    assert started(*arguments).code == 2


def test_a_year_without_its_document_is_not_published(started: Duban) -> None:
    assert started("calendar", "add", "2027", "--source", " ", "--off", "2027-01-01").code == 2


def test_bytes_that_are_no_text_are_refused_in_one_line(started: Duban) -> None:
    ran = started("user", "add", "\udcffx", "--name", "某人", "--role", "administrator")

    assert ran.code == 2
    assert "Traceback" not in ran.err
