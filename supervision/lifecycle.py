"""The life of a work item: ONE table of moves, what each needs, and who may make it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from supervision.errors import UsageError
from supervision.vocabulary import ItemState, Move, Need, Permission

S = ItemState


class ForbiddenMoveError(UsageError):
    """The item cannot go there from where it stands, or something the move needs is missing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveRule:
    """From which states to which state a move leads, by which permission, bringing what."""

    from_states: frozenset[ItemState]
    to_state: ItemState | None  # None: it stays where it is
    permission: Permission
    needs: frozenset[Need] = frozenset()
    historic_only: bool = False
    also_from_if_historic: frozenset[ItemState] = frozenset()


def _rule(
    from_states: tuple[ItemState, ...],
    to_state: ItemState | None,
    permission: Permission,
    *needs: Need,
    historic_only: bool = False,
    also_from_if_historic: tuple[ItemState, ...] = (),
) -> MoveRule:
    return MoveRule(
        from_states=frozenset(from_states),
        to_state=to_state,
        permission=permission,
        needs=frozenset(needs),
        historic_only=historic_only,
        also_from_if_historic=frozenset(also_from_if_historic),
    )


# A historic item may be submitted without having been signed for: its evidence is older than duban.
MOVES: Mapping[Move, MoveRule] = MappingProxyType(
    {
        Move.ACKNOWLEDGE: _rule((S.ASSIGNED,), S.IN_PROGRESS, Permission.ACKNOWLEDGE),
        Move.SUBMIT: _rule(
            (S.IN_PROGRESS,),
            S.SUBMITTED,
            Permission.ASK_CLOSE_OUT,
            Need.EVIDENCE,
            also_from_if_historic=(S.ASSIGNED,),
        ),
        Move.SEND_BACK: _rule(
            (S.SUBMITTED,), S.IN_PROGRESS, Permission.RETURN_CLOSE_OUT, Need.REASON
        ),
        Move.CLOSE_OUT: _rule(
            (S.SUBMITTED,), S.CLOSED, Permission.DECIDE_CLOSE_OUT, Need.GRADE, Need.EVIDENCE
        ),
        Move.SUSPEND: _rule(
            (S.ASSIGNED, S.IN_PROGRESS),
            S.SUSPENDED,
            Permission.SUSPEND,
            Need.REASON,
            Need.REVIEW_DATE,
        ),
        Move.RESUME: _rule((S.SUSPENDED,), S.IN_PROGRESS, Permission.SUSPEND, Need.REASON),
        Move.CANCEL: _rule(
            (S.REGISTERED, S.ASSIGNED, S.IN_PROGRESS, S.SUSPENDED),
            S.CANCELLED,
            Permission.CANCEL,
            Need.REASON,
            Need.DOCUMENT,
        ),
        Move.REOPEN: _rule((S.CLOSED,), S.IN_PROGRESS, Permission.REOPEN, Need.REASON),
        Move.RESTART: _rule(
            (S.ASSIGNED, S.IN_PROGRESS),
            None,
            Permission.SETTLE_HISTORIC,
            Need.REASON,
            historic_only=True,
        ),
        # Another lead signs for it anew; one that asked for its closing is decided on first.
        Move.REASSIGN: _rule(
            (S.ASSIGNED, S.IN_PROGRESS), S.ASSIGNED, Permission.ANSWER_DISPUTE, Need.REASON
        ),
    }
)


def state_after(
    move: Move, *, state: ItemState, historic: bool, brought: Collection[Need]
) -> ItemState:
    """Return the state a move leads to; ForbiddenMoveError says why it may not be made.

    `brought` is what the move has with it; `historic` whether the item awaits settling (R24).
    """
    rule = MOVES[move]
    from_states = rule.from_states | (rule.also_from_if_historic if historic else frozenset())
    if state not in from_states:
        allowed = "、".join(there.label for there in ItemState if there in from_states)
        raise ForbiddenMoveError(
            f"事项“{state.label}”时不能{move.label}", advice=f"须在“{allowed}”时办理。"
        )
    if rule.historic_only and not historic:
        raise ForbiddenMoveError(f"该事项不是基线待核，不能{move.label}", advice="无须办理。")
    missing = [need.label for need in Need if need in rule.needs - set(brought)]
    if missing:
        raise ForbiddenMoveError(
            f"{move.label}缺少{'、'.join(missing)}", advice="请补齐后重新办理。"
        )
    return rule.to_state or state
