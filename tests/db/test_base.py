from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, select, update
from sqlalchemy.exc import StatementError
from sqlmodel import Session, col

from db.engine import reading, transaction
from db.plan_tables import Plan
from tests.builders import an_office_row

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Shanghai's midnight on the day after a due date: the moment an item becomes overdue.
FLIP = datetime(2024, 12, 31, 16, 0, tzinfo=UTC)
MOMENTS = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, SHANGHAI, ZoneInfo("America/Los_Angeles")]),
)


def a_plan(session: Session, adopted_at: datetime) -> Plan:
    plan = Plan(
        office_id=an_office_row(session),
        code="plan",
        title="方案",
        baseline_on=date(2024, 3, 3),
        adopted_at=adopted_at,
    )
    session.add(plan)
    session.flush()
    return plan


def adopted_at(engine: Engine) -> datetime:
    with reading(engine) as session:
        return session.connection().execute(select(col(Plan.adopted_at))).scalar_one()


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(FLIP, id="in UTC"),
        pytest.param(FLIP.astimezone(SHANGHAI), id="in Shanghai"),
        pytest.param(FLIP.astimezone(timezone(timedelta(hours=-8))), id="eight hours behind"),
        pytest.param(FLIP.replace(microsecond=123456), id="to the microsecond"),
    ],
)
def test_a_moment_comes_back_as_the_same_moment_in_utc(engine: Engine, moment: datetime) -> None:
    with transaction(engine) as session:
        a_plan(session, moment)

    found = adopted_at(engine)

    assert found == moment
    assert found.utcoffset() == timedelta(0)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(moment=MOMENTS)
def test_every_moment_survives_the_database_whatever_zones_are_in_play(
    engine: Engine, moment: datetime
) -> None:
    with transaction(engine) as session:
        if session.connection().execute(select(col(Plan.id))).first() is None:
            a_plan(session, moment)
        session.connection().execute(update(Plan).values(adopted_at=moment))

    assert str(adopted_at(engine)) == str(moment.astimezone(UTC))


def test_a_moment_without_a_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(StatementError, match="time zone"), transaction(engine) as session:
        a_plan(session, datetime(2025, 1, 1))  # noqa: DTZ001 - that is the fault


@pytest.mark.parametrize("span", [timedelta(seconds=-1), timedelta(0), timedelta(seconds=1)])
def test_moments_compare_in_the_database_as_they_do_outside(
    engine: Engine, span: timedelta
) -> None:
    with transaction(engine) as session:
        a_plan(session, FLIP.astimezone(SHANGHAI) + span)

    with reading(engine) as session:
        query = select(col(Plan.adopted_at) <= FLIP)
        assert session.connection().execute(query).scalar_one() is (span <= timedelta(0))
