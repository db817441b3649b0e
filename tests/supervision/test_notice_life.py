"""The table of notice moves: where each leads, from where, and by whom."""

import pytest

from supervision.lifecycle import ForbiddenMoveError
from supervision.notice_life import NOTICE_MOVES, OUT_OF_FORCE, notice_state_after
from supervision.rights import RIGHTS
from supervision.vocabulary import NoticeMove, NoticeState

S, M = NoticeState, NoticeMove
LEADS = {
    (M.SIGN, S.DRAFT): S.SIGNED,
    (M.TAKE_BACK, S.SIGNED): S.DRAFT,
    (M.ISSUE, S.SIGNED): S.ISSUED,
    (M.DELIVER, S.ISSUED): S.DELIVERED,
    (M.ACKNOWLEDGE, S.ISSUED): S.ACKNOWLEDGED,
    (M.ACKNOWLEDGE, S.DELIVERED): S.ACKNOWLEDGED,
    (M.ANSWER, S.DELIVERED): S.ANSWERED,
    (M.ANSWER, S.ACKNOWLEDGED): S.ANSWERED,
    (M.ANSWER, S.LAPSED): S.ANSWERED,
    (M.ACCEPT, S.ANSWERED): S.ACCEPTED,
    (M.RETURN_ANSWER, S.ANSWERED): S.ACKNOWLEDGED,
    (M.LAPSE, S.DELIVERED): S.LAPSED,
    (M.LAPSE, S.ACKNOWLEDGED): S.LAPSED,
    (M.SUPERSEDE, S.LAPSED): S.SUPERSEDED,
    (M.WITHDRAW, S.DRAFT): S.WITHDRAWN,
    (M.VOID, S.ISSUED): S.VOIDED,
    (M.VOID, S.DELIVERED): S.VOIDED,
    (M.VOID, S.ACKNOWLEDGED): S.VOIDED,
    (M.VOID, S.ANSWERED): S.VOIDED,
    (M.VOID, S.LAPSED): S.VOIDED,
}


@pytest.mark.parametrize("move", list(NoticeMove), ids=str)
@pytest.mark.parametrize("state", list(NoticeState), ids=str)
def test_a_notice_goes_only_where_the_table_leads(move: NoticeMove, state: NoticeState) -> None:
    expected = LEADS.get((move, state))

    if expected is not None:
        assert notice_state_after(move, state, reason="写明") is expected
        return
    with pytest.raises(ForbiddenMoveError, match=f"“{state.label}”时不能{move.label}"):
        notice_state_after(move, state, reason="写明")


@pytest.mark.parametrize("move", [M.TAKE_BACK, M.VOID, M.RETURN_ANSWER], ids=str)
def test_what_takes_something_back_needs_a_reason(move: NoticeMove) -> None:
    state = next(iter(NOTICE_MOVES[move].from_states))

    with pytest.raises(ForbiddenMoveError, match="须写明理由"):
        notice_state_after(move, state, reason=" ")


def test_only_lapsing_superseding_and_withdrawing_need_nobody() -> None:
    by_itself = {move for move, rule in NOTICE_MOVES.items() if rule.permission is None}

    assert by_itself == {M.LAPSE, M.SUPERSEDE, M.WITHDRAW}
    asked = {rule.permission for rule in NOTICE_MOVES.values() if rule.permission is not None}
    assert asked <= RIGHTS.keys()


def test_nothing_goes_on_from_where_a_notice_ends() -> None:
    ends = {S.ACCEPTED, S.SUPERSEDED, S.WITHDRAWN, S.VOIDED}

    assert ends.isdisjoint(frozenset().union(*(rule.from_states for rule in NOTICE_MOVES.values())))
    assert set(OUT_OF_FORCE) <= ends
