"""REL25: a request sent again, or eight times at once, is done once and answered the same."""

import asyncio

import httpx
import pytest

from portal.app import served
from services.office import Office
from supervision.vocabulary import Role
from tests.accounts import an_account_of
from tests.api.asking import at_full_speed
from tests.api.systems import System, a_token, furnished, places
from tests.builders import FINANCE, item_of
from tests.clock import Clock
from tests.people import is_record_whole
from tests.reporting import events, versions

SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
AT_ONCE = 8


@pytest.fixture
def system(office: Office, clock: Clock) -> System:
    full = furnished(office, clock)
    return System(served(at_full_speed(full)), a_token(full, FINANCE))


def reports_at(office: Office) -> str:
    return f"/items/{places(office, 'T01')['{item_id}']}/reports"


async def eight_times(system: System, path: str, key: str, said: str) -> list[httpx.Response]:
    sent = (
        system.asked("POST", path, headers={"Idempotency-Key": key}, json={"progress": said})
        for _ in range(AT_ONCE)
    )
    return await asyncio.gather(*sent)


def report_again_and_again(system: System, office: Office, *, times: int) -> None:
    """Send so many reports, each eight times at once; each must become one version."""
    path = reports_at(office)

    async def all_of_them() -> list[list[httpx.Response]]:
        return [
            await eight_times(system, path, f"report-{number:06}", f"第{number}次进展")
            for number in range(1, times + 1)
        ]

    answers = asyncio.run(all_of_them())

    for number, eight in enumerate(answers, start=1):
        assert {answer.status_code for answer in eight} == {201}
        assert {answer.json()["version"] for answer in eight} == {number}
        replayed = [answer for answer in eight if "idempotency-replayed" in answer.headers]
        assert len(replayed) == AT_ONCE - 1
    assert [said for _, said, _ in versions(office)] == [
        f"第{n}次进展" for n in range(1, times + 1)
    ]
    assert len(events(office, "hand_in")) == times
    assert is_record_whole(office)


@SQLITE
def test_a_report_sent_eight_times_at_once_is_one_report(system: System, office: Office) -> None:
    report_again_and_again(system, office, times=200)


@pytest.mark.proof
def test_a_thousand_reports_each_sent_eight_times_at_once_are_a_thousand(
    system: System, office: Office
) -> None:
    report_again_and_again(system, office, times=1000)


def test_a_key_holds_for_one_request_and_what_is_refused_does_not_use_it_up(
    system: System, office: Office, clock: Clock
) -> None:
    path = reports_at(office)

    refused = system.post(path, "a-key-of-mine", {"progress": "已开工", "invested_wan": 5})
    taken = system.post(path, "a-key-of-mine", {"progress": "已开工"})
    again = system.post(path, "a-key-of-mine", {"progress": "已开工"})
    other = system.post(path, "a-key-of-mine", {"progress": "已完工"})
    clock.go_forward(days=8)
    late = system.post(path, "a-key-of-mine", {"progress": "已完工"})

    assert (refused.status_code, refused.json()["code"]) == (422, "refused")
    assert (taken.status_code, taken.json()) == (201, again.json())
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert (late.status_code, late.json()["version"]) == (201, 2)


@SQLITE
def test_a_report_goes_the_way_of_a_liaisons_and_an_extension_that_of_a_heads(
    system: System, office: Office
) -> None:
    item = f"/items/{places(office, 'T01')['{item_id}']}"
    an_account_of(office, "jz", Role.HEAD, unit=FINANCE)

    signed = system.post(f"{item}/acknowledge", "sign-for-it")
    twice = system.post(f"{item}/acknowledge", "sign-for-it-again")
    waits = system.post(f"{item}/reports", "hand-it-in", {"progress": "已开工", "percent": 30})
    asked = system.post(
        f"{item}/extensions",
        "a-later-date",
        {"new_due_on": "2026-03-31", "reason": "设备未到", "progress": "已开工"},
    )

    assert signed.json() == {
        "schema": "duban.item-move/1", "code": "T01", "move": "acknowledge", "state": "in_progress"
    }  # fmt: skip
    assert (twice.status_code, twice.json()["code"]) == (409, "conflict")
    assert (waits.status_code, waits.json()["handed_in"]) == (202, False)
    assert versions(office) == []
    assert asked.json()["extension"]["new_due_on"] == "2026-03-31"
    with office.reading() as session:
        assert item_of(session, "T01").acknowledged_on == office.today()
    acts = [event.actor for act in ("acknowledge", "ask_head") for event in events(office, act)]
    assert len(acts) == 2
    assert {actor[:3] for actor in acts} == {"接口："}
