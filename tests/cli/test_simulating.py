"""`duban simulate`: its JSON, its table, its picture, and what it leaves alone."""

from pathlib import Path

from tests.commands import Duban

DAYS = ("--from", "2024-03-03", "--to", "2024-03-12")


def test_a_replay_before_anything_was_set_up_tells_of_the_bundled_plan(
    duban: Duban, tmp_path: Path
) -> None:
    ran = duban("simulate", *DAYS, "--picture", "replay.svg", "--json")
    answer = ran.answer
    days = {one["date"]: one for one in answer["days"]}

    assert ran.code == 0, ran.err
    assert answer["schema"] == "duban.simulation/1"
    assert answer["plan"]["is_bundled"] is True
    assert len(days) == answer["totals"]["days"] == 10
    assert days["2024-03-03"]["overdue"] == 5
    assert days["2024-03-11"]["rounds"] == answer["totals"]["rounds"] == 1
    assert len(answer["messages"]) == answer["totals"]["messages"]
    assert len(answer["final"]["items"]) == 63
    assert "<svg" in (tmp_path / "replay.svg").read_text("utf-8")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["replay.svg"]


def test_a_table_shows_only_days_on_which_something_happened(duban: Duban) -> None:
    ran = duban("simulate", "--from", "2024-03-03", "--to", "2024-03-05")

    assert ran.code == 0, ran.err
    assert "2024-03-05" in ran.out  # the first urging to sign
    assert "│ 2024-03-03" not in ran.out  # a Sunday


def test_what_cannot_be_replayed_is_refused_in_chinese(duban: Duban) -> None:
    backwards = duban("simulate", "--from", "2024-03-03", "--to", "2024-03-01")
    unknown = duban("simulate", *DAYS, "--script", "nobody")

    assert (backwards.code, unknown.code) == (2, 2)
    assert "早于" in backwards.err
    assert "随附的剧本：punctual、realistic、silent" in unknown.err


def test_a_forecast_tells_each_day_of_a_plan_that_has_run_out_and_keeps_its_limits(
    started: Duban,
) -> None:
    ran = started("forecast", "--days", "7", "--json")
    table = started("forecast", "--days", "1")
    too_far = started("forecast", "--days", "1000")

    assert ran.code == table.code == 0, ran.err
    assert ran.answer["schema"] == "duban.forecast/1"
    assert len(ran.answer["days"]) == 7
    assert len(ran.answer["messages"]) == ran.answer["totals"]["messages"]
    assert "通知草稿" in table.out
    assert too_far.code == 2
    assert "366" in too_far.err
