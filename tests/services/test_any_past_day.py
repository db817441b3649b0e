"""Any past day: what was shown on each day of a busy time, and what is said of it afterwards."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from db.engine import open_engine
from db.plan_tables import Plan
from db.work_items import Wanted as Listing
from services import light_overrides
from services.delivery import deliver
from services.item_events import Said
from services.items import ListedItem, listed
from services.moves import Wanted, item_named, move_item
from services.office import Office
from services.settings import read_settings
from services.simulating.hands import APPROVER, AT_THE_DESK
from services.simulating.playing import Player
from services.simulating.scratch import AFTERNOON, Stage, played, staged
from services.simulating.scripts import script_named
from services.tick import tick
from supervision.vocabulary import ItemState, Light, Move
from tests.clock import Clock

ISSUED = date(2024, 3, 3)
# A draft that is withdrawn bears no date of it, so that the rung of those days is not known.
COMPARED = tuple(one.name for one in fields(ListedItem) if one.name != "rung")
Shown = dict[str, ListedItem]


@dataclass
class Diary:
    """A busy time, and what the list of items showed at the end of each of its days."""

    stage: Stage
    plan: Plan
    shown: dict[date, Shown] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)

    def look(self, day: date, *, today: date) -> Shown:
        """Return what the list shows of a day when asked on another."""
        office = self.stage.office
        wanted = Listing(plan_ids=(self.plan.id,), as_of=day, today=today)
        with office.reading() as session:
            return {line.code: line for line in listed(session, wanted, office.policy)}

    def act(self, day: date, number: int) -> None:
        """Do what no script does: each act to one of the items that it can be done to, in turn."""
        for name, (every, states, act) in ACTS.items():
            if number % every:
                continue
            now = self.look(day, today=day)
            codes = [code for code, line in now.items() if line.state in states]
            if codes:
                with self.stage.office.transaction() as session:
                    act(session, self, codes[number % len(codes)], day)
                self.done.add(name)


def _move(session: Session, diary: Diary, code: str, move: Move, day: date, **more: Any) -> None:  # noqa: ANN401
    wanted = Wanted(move=move, actor=more.pop("by", AT_THE_DESK), as_of=day, reason="经查", **more)
    item = item_named(session, diary.plan, code)
    move_item(session, item, wanted, now=diary.stage.office.now())


def _suspend(session: Session, diary: Diary, code: str, day: date) -> None:
    more = {"review_on": day + timedelta(days=9), "by": APPROVER}
    _move(session, diary, code, Move.SUSPEND, day, **more)


def _resume(session: Session, diary: Diary, code: str, day: date) -> None:
    _move(session, diary, code, Move.RESUME, day, by=APPROVER)


def _cancel(session: Session, diary: Diary, code: str, day: date) -> None:
    _move(session, diary, code, Move.CANCEL, day, by=APPROVER, document="章府办〔2024〕1号")


def _reopen(session: Session, diary: Diary, code: str, day: date) -> None:
    _move(session, diary, code, Move.REOPEN, day, by=APPROVER)


def _said(diary: Diary, day: date) -> Said:
    return Said(actor=APPROVER, as_of=day, now=diary.stage.office.now(), reason="经查")


def _set_light(session: Session, diary: Diary, code: str, day: date) -> None:
    item, policy = item_named(session, diary.plan, code), diary.stage.office.policy
    light_overrides.set_light(session, item, Light.YELLOW, _said(diary, day), policy)


def _judge_unable(session: Session, diary: Diary, code: str, day: date) -> None:
    said = replace(_said(diary, day), actor=AT_THE_DESK)
    light_overrides.judge_unable(session, item_named(session, diary.plan, code), said)


def _give_to_another(session: Session, diary: Diary, code: str, day: date) -> None:
    _move(session, diary, code, Move.REASSIGN, day)


OPEN = (ItemState.ASSIGNED, ItemState.IN_PROGRESS)
Act = Callable[[Session, Diary, str, date], None]
# Every how many days, to an item in which states, what is done.
ACTS: Mapping[str, tuple[int, Collection[ItemState], Act]] = {
    "suspend": (3, OPEN, _suspend),
    "resume": (5, (ItemState.SUSPENDED,), _resume),
    "reopen": (1, (ItemState.CLOSED,), _reopen),
    "cancel": (20, OPEN, _cancel),
    "set a light": (4, OPEN, _set_light),
    "judge unable": (6, OPEN, _judge_unable),
    "reassign": (7, (ItemState.IN_PROGRESS,), _give_to_another),
}


@contextmanager
def busy(folder: Path, last: date) -> Iterator[Diary]:
    """Give the issued plan after busy months, with what was shown on each of their days."""
    engine = open_engine(f"sqlite:///{folder / 'none.db'}")
    nowhere = Office(read_settings(data_dir=folder), engine, Clock(ISSUED))
    with staged(nowhere, first=ISSUED) as stage:
        diary = Diary(stage=stage, plan=played(stage, None))
        player = Player(stage=stage, plan=diary.plan, script=script_named("realistic"))
        for number in range((last - ISSUED).days + 1):
            day = ISSUED + timedelta(days=number)
            stage.clock.turn_to(day)
            tick(stage.office, today=day)
            deliver(stage.office, stage.open_channel)
            stage.clock.turn_to(day, AFTERNOON)
            player.play(day)
            diary.act(day, number)
            diary.shown[day] = diary.look(day, today=day)
        yield diary
    engine.dispose()


@pytest.mark.parametrize(
    "last",
    [date(2024, 5, 17), pytest.param(date(2025, 6, 30), marks=pytest.mark.proof)],
    ids=str,
)
def test_what_is_said_of_a_past_day_is_what_was_shown_on_it(tmp_path: Path, last: date) -> None:
    with busy(tmp_path, last) as diary:
        wrong = [
            f"{day} {code} {name}: {getattr(was, name)} / {getattr(now[code], name)}"
            for day, shown in diary.shown.items()
            for now in (diary.look(day, today=last + timedelta(days=1)),)
            for code, was in shown.items()
            for name in COMPARED
            if getattr(was, name) != getattr(now[code], name)
        ]

        done = diary.done
    assert wrong == []
    assert done == set(ACTS)
