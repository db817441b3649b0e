"""The overview's numbers, its lists and the list every other door gives are the same items."""

from datetime import date
from uuid import UUID

import pytest
from sqlmodel import Session

from services import extensions
from services.extensions import Hand, Wish
from services.office import Office
from services.overdue_views import AGES, Asked, Number, OverdueList, overdue_list, overview
from services.pulling import Asked as Pull
from services.pulling import pull
from services.tick import tick
from supervision.rights import Actor
from supervision.vocabulary import Light, Role, Rung
from tests.builders import adopt_plan, an_item, item_of
from tests.clock import Clock
from tests.people import head, person, the_plan

DAYS = (date(2024, 3, 3), date(2024, 6, 1), date(2025, 1, 2), date(2026, 1, 1))


def whole_list(session: Session, asked: Asked, today: date) -> OverdueList:
    """Return all pages of a list as one."""
    first = overdue_list(session, asked, today=today, page=1)
    lines, page = list(first.lines), 1
    while len(lines) < first.total:
        page += 1
        lines += overdue_list(session, asked, today=today, page=page).lines
    return OverdueList(total=first.total, is_more=first.is_more, lines=tuple(lines))


def asked_by(day: date, number: Number) -> Asked:
    """Return what the link under a number asks for."""
    asks = dict(number.asks)
    return Asked(
        as_of=day,
        unit_id=UUID(asks["unit"]) if "unit" in asks else None,
        group_id=UUID(asks["group"]) if "group" in asks else None,
        light=Light(asks["light"]) if "light" in asks else None,  # type: ignore[call-arg]
        rung=Rung(asks["rung"]) if "rung" in asks else None,  # type: ignore[call-arg]
        age=next((age for age in AGES if age.name == asks.get("age")), None),
    )


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_number_is_the_length_of_the_list_it_opens(zhanggong: Office, day: date) -> None:
    with zhanggong.reading() as session:
        found = overview(session, Asked(as_of=day), today=day)

        for numbers in found.parts.values():
            for number in numbers:
                there = whole_list(session, asked_by(day, number), day)
                assert len(there.lines) == there.total == number.items, number.label
        assert found.total == whole_list(session, Asked(as_of=day), day).total


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_list_holds_what_every_other_door_shows(zhanggong: Office, day: date) -> None:
    with zhanggong.reading() as session:
        lines = whole_list(session, Asked(as_of=day), day).lines
        pulled = pull(session, zhanggong, Pull(as_of=day, overdue_only=True)).items

    assert sorted(
        (line.item.code, line.days_overdue, line.item.light, line.item.historic) for line in lines
    ) == sorted((item.code, item.days_overdue, item.light, item.historic) for item in pulled)


def test_a_day_gone_by_is_shown_as_it_was(office: Office, clock: Clock) -> None:
    clock.turn_to(date(2024, 4, 1))
    adopt_plan(
        office,
        an_item("T01", due_on=date(2024, 6, 28)),
        an_item("T02", due_on=date(2024, 6, 28)),
        baseline_on=date(2024, 4, 1),
    )
    clock.turn_to(date(2024, 7, 1))
    tick(office, today=office.today())
    _extend(office, "T01", until=date(2024, 8, 30))
    clock.turn_to(date(2024, 9, 10))

    for day in (date(2024, 6, 28), date(2024, 7, 1), date(2024, 7, 31), date(2024, 9, 10)):
        with office.reading() as session:
            lines = overdue_list(session, Asked(as_of=day), today=office.today(), page=1).lines
            pulled = pull(session, office, Pull(as_of=day, overdue_only=True)).items
        assert [(line.item.code, line.item.due_on, line.item.state) for line in lines] == [
            (item.code, item.due_on, item.state) for item in pulled
        ]


def _extend(office: Office, code: str, *, until: date) -> None:
    with office.transaction() as session:
        item, plan = item_of(session, code), the_plan(session)

        def hand(actor: Actor) -> Hand:
            return Hand(
                actor=actor,
                as_of=office.today(),
                now=office.now(),
                policy=office.policy,
            )

        wish = Wish(new_due_on=until, reason="雨季停工", progress="完成八成")
        extensions.ask(session, plan, item, hand(head(session)), wish)
        dispatcher = person(session, "调度员", Role.OFFICE)
        extensions.review(session, item, hand(dispatcher), opinion="属实")
        boss = person(session, "签发人", Role.APPROVER)
        extensions.decide(session, item, hand(boss), approves=True, document="章无废办〔2024〕3号")
