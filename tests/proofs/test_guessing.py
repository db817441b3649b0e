"""Ten thousand guesses, on one account and over many, from one address and from many (SEC4)."""

import time
from datetime import datetime, timedelta
from statistics import median

import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from services import accounts
from services.office import Office
from services.sessions import cookie_of, person_of
from services.sign_in import (
    HOUR,
    LOCKED_FOR,
    MOST_AN_HOUR,
    MOST_WRONG,
    MOST_WRONG_FROM_ADDRESS,
    Given,
    SignInRefusedError,
    sign_in,
)
from supervision.vocabulary import Role
from tests.clock import Clock
from tests.portal.conftest import PASSWORD, give_account

pytestmark = [
    pytest.mark.proof,
    pytest.mark.parametrize("database", ["sqlite"], indirect=True),
]
GUESSES = 10_000
SECONDS_BETWEEN = 7  # five hundred an hour
LOOKED_AT = "账号或密码不正确"
TIMES = 15
ROOM_SECONDS = 0.050
FROM_ONE_OR_MANY = pytest.mark.parametrize("addresses", [1, 200])


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a password cost a millisecond: what is counted is how many are looked at."""
    hasher = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1),))
    monkeypatch.setattr(accounts, "HASHER", hasher)


def guess(office: Office, name: str, number: int, addresses: int) -> bool:
    """Return whether a wrong password was looked at, and not turned away unseen."""
    given = Given(name=name, password=f"guess {number}", address=f"10.0.0.{number % addresses}")
    with pytest.raises(SignInRefusedError) as refused:
        sign_in(office, given)
    return LOOKED_AT in str(refused.value)


@FROM_ONE_OR_MANY
@pytest.mark.usefixtures("cheap")
def test_of_ten_thousand_guesses_on_one_account_fifty_an_hour_are_looked_at(
    reporting: Office, clock: Clock, addresses: int
) -> None:
    give_account(reporting, "zhangsan", Role.OFFICE)
    looked_at: list[datetime] = []

    for number in range(GUESSES):
        clock.go_forward(seconds=SECONDS_BETWEEN)
        if guess(reporting, "zhangsan", number, addresses):
            looked_at.append(reporting.now())

    in_an_hour = [sum(at - HOUR < each <= at for each in looked_at) for at in looked_at]
    assert max(in_an_hour) <= MOST_AN_HOUR
    fifths = zip(
        looked_at[MOST_WRONG - 1 :: MOST_WRONG], looked_at[MOST_WRONG::MOST_WRONG], strict=False
    )
    assert min(after - fifth for fifth, after in fifths) >= LOCKED_FOR
    clock.go_forward(hours=2)
    token = sign_in(reporting, Given(name="zhangsan", password=PASSWORD, address="10.0.1.1"))
    with reporting.reading() as session:
        cookie = cookie_of(reporting.settings, token, now=reporting.now())
        person = person_of(session, reporting.settings, cookie, now=reporting.now())
    assert person is not None
    assert person.failed_before == len(looked_at)


@FROM_ONE_OR_MANY
@pytest.mark.usefixtures("cheap")
def test_of_one_guess_on_ten_thousand_names_an_address_gets_a_hundred_an_hour(
    reporting: Office, clock: Clock, addresses: int
) -> None:
    known = [f"zhang{number}" for number in range(20)]
    for name in known:
        give_account(reporting, name, Role.OFFICE)
    names = [*known, *(f"nobody{number}" for number in range(GUESSES - len(known)))]
    step = timedelta(minutes=50) / GUESSES

    looked_at = 0
    for number, name in enumerate(names):
        clock.go_forward(seconds=step.total_seconds())
        looked_at += guess(reporting, name, number, addresses)

    assert looked_at == min(MOST_WRONG_FROM_ADDRESS * addresses, GUESSES)


def test_a_name_that_nobody_bears_takes_as_long_as_one_that_somebody_does(
    reporting: Office, clock: Clock
) -> None:
    give_account(reporting, "zhangsan", Role.OFFICE)
    spent: dict[str, list[float]] = {"zhangsan": [], "nobody": []}
    guess(reporting, "somebody", 0, 1)  # what is made once is made

    for number in range(TIMES):
        clock.go_forward(minutes=16)
        for name, times in spent.items():
            began = time.process_time()
            assert guess(reporting, name, number, 1)
            times.append(time.process_time() - began)

    known, unknown = (median(times) for times in spent.values())
    assert abs(known - unknown) < ROOM_SECONDS
    assert known > ROOM_SECONDS  # both paid for the hash
