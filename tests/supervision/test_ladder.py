from datetime import date

import pytest

from supervision.ladder import Climb, next_rung
from supervision.vocabulary import Rung
from tests.supervision.rules import CALENDAR, POLICY

DUE = date(2024, 12, 31)


@pytest.mark.parametrize(
    ("climb", "today", "rung"),
    [
        pytest.param(Climb(due_on=DUE), date(2024, 12, 30), Rung.NONE, id="the day before"),
        pytest.param(Climb(due_on=DUE), DUE, Rung.NONE, id="the due day is on time"),
        pytest.param(Climb(due_on=DUE), date(2025, 1, 1), Rung.NONE, id="overdue on a holiday"),
        pytest.param(Climb(due_on=DUE), date(2025, 1, 2), Rung.BLUE, id="first working day late"),
        pytest.param(Climb(due_on=DUE), date(2025, 1, 3), Rung.BLUE, id="missed it, the day after"),
        pytest.param(Climb(due_on=DUE), date(2025, 1, 25), Rung.NONE, id="overdue on a Saturday"),
        pytest.param(Climb(due_on=DUE), date(2025, 1, 26), Rung.BLUE, id="on a made-up Sunday"),
        pytest.param(
            Climb(due_on=DUE, historic=True), date(2025, 1, 2), Rung.NONE, id="not settled yet"
        ),
        pytest.param(
            Climb(due_on=DUE, last_rung=Rung.BLUE), date(2025, 1, 3), Rung.NONE, id="drafted once"
        ),
        pytest.param(
            Climb(due_on=DUE, last_rung=Rung.BLUE),
            date(2025, 12, 30),
            Rung.NONE,
            id="a higher rung needs a delivered notice",
        ),
        pytest.param(
            Climb(due_on=DUE), date(2027, 1, 5), Rung.NONE, id="no notice in an unpublished year"
        ),
    ],
)
def test_a_day_calls_for_at_most_the_first_rung(climb: Climb, today: date, rung: Rung) -> None:
    assert next_rung(climb, POLICY, CALENDAR, today=today) is rung


def test_the_first_rung_is_the_one_the_policy_says() -> None:
    urgent = POLICY.model_copy(
        update={"first_rung": POLICY.first_rung.model_copy(update={"value": Rung.YELLOW})}
    )

    rung = next_rung(Climb(due_on=DUE), urgent, CALENDAR, today=date(2025, 1, 2))

    assert rung is Rung.YELLOW
