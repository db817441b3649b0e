"""REL21: no gap and no double in numbers, whoever asks at once, rolls back or voids."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from db.notice_tables import NoticeSheet, NumberCounter
from services import numbers
from services.numbers import Number
from services.office import Office
from supervision.errors import NotConfiguredError
from supervision.vocabulary import NoticeState, NumberSeries, PaperKind, Rung
from tests.builders import FINANCE, adopt_plan
from tests.people import office_id, the_plan, unit_id

THREADS, EACH = 60, 100
WORD = "试督"
MOMENT = datetime(2024, 12, 31, tzinfo=UTC)


class RolledBackError(Exception):
    """Stands for whatever may go wrong in a transaction after its number was given."""


@pytest.fixture
def ids(office: Office) -> dict[str, UUID]:
    adopt_plan(office)
    with office.reading() as session:
        return {
            "office_id": office_id(session),
            "plan_id": the_plan(session).id,
            "unit_id": unit_id(session, FINANCE),
        }


def a_sheet(ids: dict[str, UUID], given: Number) -> NoticeSheet:
    return NoticeSheet(
        office_id=ids["office_id"],
        plan_id=ids["plan_id"],
        unit_id=ids["unit_id"],
        rung=Rung.BLUE,
        form=PaperKind.SUPERVISION,
        state=NoticeState.ISSUED,
        signed_by="签发人",
        signed_on=MOMENT.date(),
        signed_at=MOMENT,
        year=given.year,
        number=given.number,
        number_text=given.text,
    )


def issue(office: Office, ids: dict[str, UUID], year: int, *, fails: bool) -> None:
    """Give a number to a new sheet in a transaction that is kept, or fails at its end."""
    with office.transaction() as session:
        series = NumberSeries.NOTICE
        given = numbers.give(session, ids["office_id"], series, year=year, word=WORD)
        session.add(a_sheet(ids, given))
        session.flush()
        if fails:
            raise RolledBackError


def void_one(office: Office) -> None:
    """Void any sheet that is not: whoever voids does so while others issue."""
    with office.transaction() as session:
        query = select(NoticeSheet).where(col(NoticeSheet.state) == NoticeState.ISSUED)
        sheet = session.exec(query.limit(1).with_for_update(skip_locked=True)).first()
        if sheet is not None:
            sheet.state = NoticeState.VOIDED
            session.add(sheet)


def given_in(session: Session, year: int) -> list[int]:
    query = select(NoticeSheet.number).where(NoticeSheet.year == year)
    return sorted(number for number in session.exec(query) if number is not None)


def test_sixty_threads_with_rollbacks_voids_and_a_turning_year_leave_no_gap_and_no_double(
    office: Office, ids: dict[str, UUID]
) -> None:
    turns: Iterator[int] = count()

    def issue_some(_thread: int) -> int:
        """Issue a hundred: every tenth transaction fails, every twentieth sheet is voided."""
        failed = 0
        for _ in range(EACH):
            turn = next(turns)
            year = 2024 if turn < THREADS * EACH // 2 else 2025
            try:
                issue(office, ids, year, fails=turn % 10 == 3)
            except RolledBackError:
                failed += 1
            if turn % 20 == 7:
                void_one(office)
        return failed

    with ThreadPoolExecutor(THREADS) as crowd:
        failed = sum(crowd.map(issue_some, range(THREADS)))

    assert failed == THREADS * EACH // 10
    with office.reading() as session:
        for year in (2024, 2025):
            there = given_in(session, year)
            assert there == list(range(1, len(there) + 1))
        texts = list(session.exec(select(NoticeSheet.number_text)))
        assert len(set(texts)) == len(texts) == THREADS * EACH - failed
        states = list(session.exec(select(NoticeSheet.state)))
        assert states.count(NoticeState.VOIDED) == THREADS * EACH // 20


def test_each_year_begins_at_one_and_each_series_counts_by_itself(
    office: Office, ids: dict[str, UUID]
) -> None:
    asked = [
        (NumberSeries.NOTICE, 2024),
        (NumberSeries.NOTICE, 2024),
        (NumberSeries.NOTICE, 2025),
        (NumberSeries.CIRCULAR, 2025),
        (NumberSeries.NOTICE, 2025),
        (NumberSeries.NOTICE, 2024),
    ]

    with office.transaction() as session:
        given = [
            numbers.give(session, ids["office_id"], series, year=year, word=WORD).number
            for series, year in asked
        ]

    assert given == [1, 2, 1, 1, 2, 3]
    with office.reading() as session:
        assert len(session.exec(select(NumberCounter)).all()) == 3


def test_a_number_is_printed_as_official_papers_print_it(
    office: Office, ids: dict[str, UUID]
) -> None:
    with office.transaction() as session:
        series = NumberSeries.NOTICE
        given = numbers.give(session, ids["office_id"], series, year=2025, word="章无废办督")

    assert given.text == "章无废办督〔2025〕1号"


def test_the_word_is_the_setting_else_the_policys(office: Office) -> None:
    settings = office.settings.model_copy(update={"notice_word": "本级办督"})
    own = Office(settings=settings, engine=office.engine, now=office.now)

    assert numbers.word_for(own, NumberSeries.NOTICE) == "本级办督"
    assert numbers.word_for(own, NumberSeries.CIRCULAR) == "章无废办通"


def test_without_a_word_no_number_is_given(office: Office) -> None:
    bare = office.policy.model_copy(update={"document_words": None})
    office.__dict__["policy"] = bare  # as read from a file that states none

    with pytest.raises(NotConfiguredError, match="机关代字"):
        numbers.word_for(office, NumberSeries.NOTICE)
