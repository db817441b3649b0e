"""The life of a supervision notice: ONE table of moves, what each needs, and who may make it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from supervision.lifecycle import ForbiddenMoveError
from supervision.vocabulary import NoticeMove, NoticeState, Permission

S, M = NoticeState, NoticeMove


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeRule:
    """From which states a move leads to which; without a permission duban makes it by itself.

    A move of the paper takes all matters on it along; any other concerns one matter.
    """

    from_states: frozenset[NoticeState]
    to_state: NoticeState
    permission: Permission | None = None
    needs_reason: bool = False
    of_paper: bool = False
    ends_paper: NoticeState | None = None  # where the paper goes when its matters go back


def _paper(
    to_state: NoticeState,
    *from_states: NoticeState,
    by: Permission | None,
    needs_reason: bool = False,
    ends_paper: NoticeState | None = None,
) -> NoticeRule:
    return NoticeRule(
        from_states=frozenset(from_states),
        to_state=to_state,
        permission=by,
        needs_reason=needs_reason,
        of_paper=True,
        ends_paper=ends_paper,
    )


def _matter(
    to_state: NoticeState,
    *from_states: NoticeState,
    by: Permission | None = None,
    needs_reason: bool = False,
) -> NoticeRule:
    return NoticeRule(
        from_states=frozenset(from_states),
        to_state=to_state,
        permission=by,
        needs_reason=needs_reason,
    )


P = Permission
# A late answer is taken: it may still keep the next rung from being signed.
NOTICE_MOVES: Mapping[NoticeMove, NoticeRule] = MappingProxyType(
    {
        M.SIGN: _paper(S.SIGNED, S.DRAFT, by=P.SIGN_NOTICE),
        M.TAKE_BACK: _paper(
            S.DRAFT, S.SIGNED, by=P.VOID_NOTICE, needs_reason=True, ends_paper=S.WITHDRAWN
        ),
        M.ISSUE: _paper(S.ISSUED, S.SIGNED, by=P.ISSUE_NOTICE),
        M.DELIVER: _paper(S.DELIVERED, S.ISSUED, by=P.DELIVER_BY_HAND),
        M.ACKNOWLEDGE: _paper(S.ACKNOWLEDGED, S.ISSUED, S.DELIVERED, by=P.ACKNOWLEDGE_NOTICE),
        M.VOID: _paper(
            S.VOIDED,
            *(S.ISSUED, S.DELIVERED, S.ACKNOWLEDGED, S.ANSWERED, S.LAPSED),
            by=P.VOID_NOTICE,
            needs_reason=True,
        ),
        M.ANSWER: _matter(S.ANSWERED, S.DELIVERED, S.ACKNOWLEDGED, S.LAPSED, by=P.ANSWER_NOTICE),
        M.ACCEPT: _matter(S.ACCEPTED, S.ANSWERED, by=P.REVIEW_ANSWER),
        M.RETURN_ANSWER: _matter(S.ACKNOWLEDGED, S.ANSWERED, by=P.REVIEW_ANSWER, needs_reason=True),
        M.LAPSE: _matter(S.LAPSED, S.DELIVERED, S.ACKNOWLEDGED),
        M.SUPERSEDE: _matter(S.SUPERSEDED, S.LAPSED),
        M.WITHDRAW: _matter(S.WITHDRAWN, S.DRAFT),
    }
)
# Having moved so, a matter leaves its rung to another draft: its key says that it is out of force.
OUT_OF_FORCE: Collection[NoticeState] = frozenset({S.WITHDRAWN, S.VOIDED})


def notice_state_after(
    move: NoticeMove, state: NoticeState, *, reason: str | None = None
) -> NoticeState:
    """Return the state a move leads to; ForbiddenMoveError says why it may not be made."""
    rule = NOTICE_MOVES[move]
    if state not in rule.from_states:
        allowed = "、".join(there.label for there in NoticeState if there in rule.from_states)
        raise ForbiddenMoveError(
            f"通知“{state.label}”时不能{move.label}", advice=f"须在“{allowed}”时办理。"
        )
    if rule.needs_reason and not (reason or "").strip():
        raise ForbiddenMoveError(f"{move.label}须写明理由", advice="请用 --reason 写明。")
    return rule.to_state
