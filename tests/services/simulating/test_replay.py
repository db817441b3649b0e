"""The issued plan replayed on a virtual clock: golden figures, and rules that hold on every day."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from db.engine import open_engine
from db.work_items import Wanted
from services.items import listed
from services.office import Office
from services.settings import read_settings
from services.simulating.picture import picture_of
from services.simulating.replay import Replayed, Span, replay
from services.simulating.results import Results, results
from services.simulating.scratch import Stage, staged
from services.simulating.scripts import script_named
from supervision.errors import UsageError
from supervision.vocabulary import Deed, ItemState, Light, MessageKind, NoticeState, RoundState
from tests.builders import adopt_plan, an_item
from tests.clock import Clock

# Two years are lived through once: those who look at them go to one worker.
TOGETHER = pytest.mark.xdist_group("silent")
ISSUED, LAST = date(2024, 3, 3), date(2026, 1, 31)
OVERDUE = {
    date(2024, 3, 3): 5,
    date(2024, 4, 1): 6,
    date(2024, 6, 1): 8,
    date(2025, 1, 1): 13,
    date(2026, 1, 1): 59,
}


@dataclass(frozen=True)
class Played:
    """A replay and what it came to."""

    done: Replayed
    found: Results


@contextmanager
def stage_in(folder: Path) -> Iterator[Stage]:
    """Give a stage of an office that adopted nothing: the bundled plan."""
    engine = open_engine(f"sqlite:///{folder / 'none.db'}")
    office = Office(read_settings(data_dir=folder), engine, Clock(ISSUED))
    with staged(office, first=ISSUED) as stage:
        yield stage
    engine.dispose()


def played(folder: Path, last: date, script: str = "silent", *, sweeps: int = 1) -> Played:
    with stage_in(folder) as stage:
        span = Span(first=ISSUED, last=last)
        done = replay(stage, span, script_named(script), sweeps=sweeps, with_lights=last != LAST)
        return Played(done, results(done))


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Give 700 days on which nobody does anything, each day swept twice."""
    return played(tmp_path_factory.mktemp("silent"), LAST, sweeps=2)


@TOGETHER
def test_the_golden_counts_are_overdue_on_their_days_whatever_was_swept_twice(
    silent: Played,
) -> None:
    by_day = {day.date: day.overdue for day in silent.done.days}

    assert len(silent.done.days) == 700
    assert {day: by_day[day] for day in OVERDUE} == OVERDUE
    assert Counter(state for _, state in silent.found.rounds) == {RoundState.CLOSED: 8}
    assert sum(day.rounds for day in silent.done.days) == 8


@TOGETHER
def test_no_unit_hears_of_anything_on_a_day_off_or_twice_on_one_day(silent: Played) -> None:
    calendar = silent.done.player.calendar
    digests = Counter(
        (message.unit, message.date)
        for message in silent.found.messages
        if message.kind is MessageKind.DIGEST
    )

    assert len(silent.found.messages) == sum(day.messages for day in silent.done.days) > 0
    assert all(calendar.is_working_day(message.date) for message in silent.found.messages)
    assert set(digests.values()) == {1}
    assert all(message.reasons for message in silent.found.messages)


@TOGETHER
def test_nothing_formal_goes_out_unsigned_and_nothing_is_drafted_before_its_day(
    silent: Played,
) -> None:
    kinds = {message.kind for message in silent.found.messages}
    states = {matter.state for matter in silent.found.notices}

    assert kinds == {MessageKind.DIGEST}
    assert states <= {NoticeState.DRAFT, NoticeState.WITHDRAWN}
    assert all(matter.number is None for matter in silent.found.notices)
    assert {item.state for item in silent.found.items} == {ItemState.ASSIGNED}
    for matter in silent.found.notices:
        if matter.overdue_since is not None:
            assert matter.drafted_on > matter.overdue_since


@pytest.mark.parametrize(
    "last", [date(2024, 4, 12), pytest.param(LAST, marks=pytest.mark.proof)], ids=str
)
def test_days_swept_twice_come_to_the_same_as_days_swept_once(tmp_path: Path, last: date) -> None:
    once = played(tmp_path, last)
    twice = played(tmp_path, last, sweeps=2)

    assert twice.done.days == once.done.days
    assert twice.found == once.found


def test_a_realistic_quarter_is_the_same_twice_and_everything_formal_is_signed(
    tmp_path: Path,
) -> None:
    first = played(tmp_path, date(2024, 5, 10), "realistic")
    again = played(tmp_path, date(2024, 5, 10), "realistic")
    deeds = {one.deed for one in first.done.player.played if not one.refused}
    papers = [one for one in first.found.messages if one.kind is MessageKind.NOTICE]

    assert again.found == first.found
    assert {Deed.SIGN_FOR, Deed.REPORT, Deed.ACCEPT_REPORT, Deed.ISSUE_NOTICE} <= deeds
    assert papers
    assert {paper.subject.partition(" ")[0] for paper in papers} <= {
        matter.number for matter in first.found.notices if matter.signed_by is not None
    }
    drawn = picture_of(first.done, first.found)
    assert drawn.startswith("<svg ")
    assert "章贡生态环境局" in drawn


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_adopted_plan_is_replayed_as_adopted_and_the_office_stays_as_it_is(
    office: Office, clock: Clock
) -> None:
    clock.turn_to(date(2024, 12, 2))
    adopt_plan(office, an_item("T01", due_on=date(2024, 12, 31)), an_item("T02", due_on=None))
    script = script_named("punctual")

    with staged(office, first=date(2024, 12, 2)) as stage:
        done = replay(stage, Span(first=date(2024, 12, 2), last=date(2025, 1, 3)), script)
        found = results(done)
    with office.reading() as session:
        wanted = Wanted(plan_ids=(done.plan.id,), as_of=date(2025, 1, 3))
        untouched = listed(session, wanted, office.policy)

    assert not stage.is_bundled
    assert {item.code: item.state for item in found.items} == {
        "T01": ItemState.CLOSED,
        "T02": ItemState.IN_PROGRESS,
    }
    assert found.lights[Light.RED] == 0
    assert {item.state for item in untouched} == {ItemState.ASSIGNED}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("title: 甲\nrules: [{do: fly}]", "第1条规则的 do：“fly”不在可选范围内"),
        ("title: 甲\nrules: [{do: report, afer: 2}]", "第1条规则的 afer：不是可用的键"),
        ("title: 甲\nrules: [{do: report, after: 2, before: 1}]", "after、before只能写一个"),
        ("title: 甲\nrules: [{do: settle, before: 1}]", "没有截止日可倒数"),
        ("rules: []", "title：没有写"),
        ("title: 甲\nrules: [{do: report, chance: 101}]", "第1条规则的 chance：太大"),
        ("title: [", "读不懂"),
    ],
    ids=["deed", "key", "two days", "no due day", "no title", "chance", "no yaml"],
)
def test_a_mistaken_script_is_refused_in_chinese(tmp_path: Path, text: str, complaint: str) -> None:
    file = tmp_path / "script.yaml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(UsageError, match=complaint):
        script_named(str(file))


def test_a_script_about_what_the_plan_does_not_hold_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "script.yaml"
    file.write_text("title: 甲\nrules: [{do: report, items: [T99]}]", encoding="utf-8")

    with pytest.raises(UsageError, match="T99"):
        played(tmp_path, ISSUED, str(file))
