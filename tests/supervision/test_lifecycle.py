import pytest

from supervision.lifecycle import MOVES, ForbiddenMoveError, state_after
from supervision.rights import RIGHTS
from supervision.vocabulary import ItemState, Move, Need

EVERYTHING = frozenset(Need)


def allowed(move: Move, state: ItemState, *, historic: bool) -> bool:
    rule = MOVES[move]
    from_states = rule.from_states | (rule.also_from_if_historic if historic else frozenset())
    return state in from_states and (historic or not rule.historic_only)


@pytest.mark.parametrize("historic", [False, True], ids=["usual", "historic"])
@pytest.mark.parametrize("state", ItemState, ids=lambda state: state.value)
@pytest.mark.parametrize("move", Move, ids=lambda move: move.value)
def test_a_move_leads_where_the_table_says_or_is_refused_in_words(
    move: Move, state: ItemState, *, historic: bool
) -> None:
    if allowed(move, state, historic=historic):
        to_state = state_after(move, state=state, historic=historic, brought=EVERYTHING)

        assert to_state is (MOVES[move].to_state or state)
        return

    with pytest.raises(ForbiddenMoveError) as refused:
        state_after(move, state=state, historic=historic, brought=EVERYTHING)

    assert move.label in str(refused.value)
    assert refused.value.advice


@pytest.mark.parametrize(
    ("move", "need"),
    [
        pytest.param(move, need, id=f"{move.value} without {need.value}")
        for move, rule in MOVES.items()
        for need in sorted(rule.needs)
    ],
)
def test_a_move_without_what_it_needs_is_refused_by_its_name(move: Move, need: Need) -> None:
    state = min(MOVES[move].from_states)

    with pytest.raises(ForbiddenMoveError, match=need.label):
        state_after(move, state=state, historic=True, brought=EVERYTHING - {need})


def test_every_move_has_its_rule_and_every_rule_its_right() -> None:
    assert set(MOVES) == set(Move)
    assert {rule.permission for rule in MOVES.values()} <= set(RIGHTS)


@pytest.mark.parametrize(
    ("move", "state", "to_state"),
    [
        pytest.param(Move.ACKNOWLEDGE, ItemState.ASSIGNED, ItemState.IN_PROGRESS, id="sign for"),
        pytest.param(Move.SUBMIT, ItemState.IN_PROGRESS, ItemState.SUBMITTED, id="ask to close"),
        pytest.param(Move.SEND_BACK, ItemState.SUBMITTED, ItemState.IN_PROGRESS, id="send back"),
        pytest.param(Move.CLOSE_OUT, ItemState.SUBMITTED, ItemState.CLOSED, id="close out"),
        pytest.param(Move.SUSPEND, ItemState.IN_PROGRESS, ItemState.SUSPENDED, id="suspend"),
        pytest.param(Move.RESUME, ItemState.SUSPENDED, ItemState.IN_PROGRESS, id="resume"),
        pytest.param(Move.CANCEL, ItemState.SUSPENDED, ItemState.CANCELLED, id="cancel"),
        pytest.param(Move.REOPEN, ItemState.CLOSED, ItemState.IN_PROGRESS, id="reopen"),
        pytest.param(Move.RESTART, ItemState.IN_PROGRESS, ItemState.IN_PROGRESS, id="restart"),
    ],
)
def test_an_item_goes_the_way_of_the_process(
    move: Move, state: ItemState, to_state: ItemState
) -> None:
    assert state_after(move, state=state, historic=True, brought=EVERYTHING) is to_state


def test_only_a_historic_item_is_closed_out_without_having_been_signed_for() -> None:
    asked = {"state": ItemState.ASSIGNED, "brought": EVERYTHING}

    confirmed = state_after(Move.SUBMIT, historic=True, **asked)  # type: ignore[arg-type]

    assert confirmed is ItemState.SUBMITTED
    with pytest.raises(ForbiddenMoveError, match="已交办"):
        state_after(Move.SUBMIT, historic=False, **asked)  # type: ignore[arg-type]
