"""Two people at the same moment: one signs, issues or answers, the other learns why not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from services.tick import tick
from supervision.errors import UsageError
from supervision.vocabulary import NoticeState, Rung
from tests.noticing import FIRST, HOUSING, Ladder
from tests.people import is_record_whole

PEOPLE = 6
S = NoticeState


@pytest.fixture
def drafted(ladder: Ladder) -> Ladder:
    ladder.on(FIRST)
    return ladder


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Let everybody act at the same moment; return what each was told, empty for who did it."""

    def told(act: Callable[[], object]) -> str:
        try:
            act()
        except UsageError as refusal:  # whoever comes second is told so, in words
            return str(refusal)
        return ""

    with ThreadPoolExecutor(len(acts)) as crowd:
        return list(crowd.map(told, acts))


def test_a_draft_that_many_sign_is_one_sheet(drafted: Ladder) -> None:
    told = at_once(*[lambda: drafted.sign("T01")] * PEOPLE)

    assert told.count("") == 1
    assert all("草稿刚刚有变动" in text or "没有待签发" in text for text in told if text)
    drafted.issue("T01")
    assert [sheet.number for sheet in drafted.sheets()] == [1]


def test_a_sheet_that_many_issue_has_one_number(drafted: Ladder) -> None:
    drafted.sign("T01")

    told = at_once(*[lambda: drafted.issue("T01")] * PEOPLE)

    assert told.count("") == 1
    assert {text for text in told if text} == {"通知“已编号印发”时不能编号印发"}
    drafted.sign("T03")
    assert drafted.issue("T03") == "章无废办督〔2025〕2号"  # nobody else took a number
    assert is_record_whole(drafted.office)


def test_a_sheet_that_is_issued_and_taken_back_at_once_is_one_or_the_other(
    drafted: Ladder,
) -> None:
    drafted.sign("T01")

    told = at_once(lambda: drafted.issue("T01"), lambda: drafted.void("T01"))

    numbers = [sheet.number for sheet in drafted.sheets()]
    states = {state for _, state in drafted.stands("T01")}
    issued_first = (numbers, states) == ([1], {S.VOIDED})  # then voided: it keeps its number
    assert issued_first or (numbers, states) == ([], {S.DRAFT})
    assert told.count("") == (2 if issued_first else 1)


def test_an_answer_in_the_moment_of_the_sweep_is_heard(drafted: Ladder) -> None:
    drafted.send("T03")
    drafted.clock.turn_to(date(2025, 1, 17))

    at_once(
        lambda: drafted.answer("T03", HOUSING),
        lambda: tick(drafted.office, today=date(2025, 1, 17)),
    )

    first = drafted.stands("T03")[0]
    assert first == (Rung.BLUE, S.ANSWERED)
