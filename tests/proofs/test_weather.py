"""Whatever goes wrong in whatever order, the promises hold; a failing seed replays (REL29).

`pytest "tests/proofs/test_weather.py::test_the_promises_hold_in_any_weather[seed 7]"`.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, col, select

from db.notice_tables import NoticeSheet
from db.record_tables import Act, Message, Notice, Sweep
from services.tick import tick
from supervision.vocabulary import MessageKind, MessageState, NoticeState
from tests.people import is_record_whole
from tests.proofs.weather import World, a_world

SMALL, LARGE = (16, 6), (90, 60)  # days and bureaus
ENDED = {
    MessageState.SENT,
    MessageState.REFUSED,
    MessageState.PARKED,
    MessageState.WITHDRAWN,
}
OUT_OF_FORCE = {NoticeState.WITHDRAWN, NoticeState.VOIDED}


def seeds() -> list[Any]:
    """Give ten seeds at the small size, and a thousand at the whole one for the long run."""
    few = [pytest.param(seed, SMALL, id=f"seed {seed}") for seed in range(10)]
    many = (
        pytest.param(seed, LARGE, id=f"seed {seed}", marks=pytest.mark.proof)
        for seed in range(10, 1010)
    )
    return [*few, *many]


@pytest.mark.parametrize(("seed", "size"), seeds())
def test_the_promises_hold_in_any_weather(tmp_path: Path, seed: int, size: tuple[int, int]) -> None:
    days, bureaus = size

    with a_world(seed, tmp_path, bureaus=bureaus) as world:
        world.live(days)
        with world.stage.office.reading() as session:
            broken = [*broken_in_the_post(session, world), *broken_in_the_ledger(session, world)]
        again = tick(world.stage.office, today=world.stage.office.today())

        assert broken == [], f"seed {seed}: replay with -k 'seed {seed}'"
        assert again.already_done
        assert world.blows > 0
        assert is_record_whole(world.stage.office)


def broken_in_the_post(session: Session, world: World) -> Iterator[str]:
    """Give what is wrong with messages: lost, doubled unflagged, unsigned, on a day off."""
    signed = set(session.exec(select(NoticeSheet.id)).all())
    sent = list(session.exec(select(Message)))
    for message in sent:
        copies = world.relay.accepted[message.message_id]
        is_digest = message.kind is MessageKind.DIGEST
        if message.state not in ENDED:
            yield f"{message.subject} rests as {message.state}"
        if message.state is MessageState.SENT and not copies:
            yield f"{message.subject} counts as sent and never was"
        if copies > 1 and not (is_digest and message.was_in_doubt):
            yield f"{message.subject} went {copies} times"
        if not is_digest and message.about_id not in signed:
            yield f"{message.subject} is a paper that nobody signed"
    digests = [message for message in sent if message.kind is MessageKind.DIGEST]
    days_off = [one for one in digests if not world.player.calendar.is_working_day(one.day)]
    yield from (f"{message.subject} on a day off" for message in days_off)
    first = Counter((one.unit_id, one.day) for one in digests if one.replaces_id is None)
    if doubled := [key for key, count in first.items() if count > 1]:
        yield f"two digests of one day: {doubled}"


def broken_in_the_ledger(session: Session, world: World) -> Iterator[str]:
    """Give what is wrong with notices, numbers, acts and days."""
    notices = Counter(
        (notice.work_item_id, notice.rung, notice.cycle)
        for notice in session.exec(select(Notice))
        if notice.state not in OUT_OF_FORCE
    )
    if doubled := [key for key, count in notices.items() if count > 1]:
        yield f"two notices on one rung: {doubled}"
    for year in (2024, 2025):
        numbers = session.exec(
            select(NoticeSheet.number).where(
                NoticeSheet.year == year, col(NoticeSheet.number).is_not(None)
            )
        ).all()
        if sorted(number or 0 for number in numbers) != list(range(1, len(numbers) + 1)):
            yield f"numbers of {year} with gaps: {numbers}"
    today = world.stage.office.today()
    yesterday = world.player.calendar.shift(today, -1)
    untold = select(Act).where(
        col(Act.message_id).is_(None),
        col(Act.withdrawn_on).is_(None),
        col(Act.recorded_on) <= yesterday,
    )
    if lost := len(session.exec(untold).all()):
        yield f"{lost} things due that nobody was told"
    yield from _uncovered(session)


def _uncovered(session: Session) -> Iterator[str]:
    """Give the days that a part of the sweep left out, or covered twice."""
    by_part: dict[object, list[Sweep]] = {}
    for sweep in session.exec(select(Sweep).order_by(col(Sweep.day))):
        by_part.setdefault(sweep.part, []).append(sweep)
    for part, sweeps in by_part.items():
        for before, after in pairwise(sweeps):
            if after.covered_from != before.day + timedelta(days=1):
                yield f"{part}: {before.day} is followed by {after.covered_from}"
