"""Who may do what: ONE table, read by services, pages and tests alike (process.md §1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from supervision.errors import NotConfiguredError
from supervision.vocabulary import Permission, Role

P, R = Permission, Role


class NotAllowedError(NotConfiguredError):
    """The account may not do what it asks (exit code 4): the message says who may."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Right:
    """Which roles may do something, and how their unit must stand to the item."""

    roles: frozenset[Role]
    of_answering_unit: bool = False  # only the unit that answers for the item
    of_supporting_unit: bool = False  # only a unit that supports it
    of_responsible_unit: bool = False  # any unit the item concerns, lead or supporting
    of_no_responsible_unit: bool = False  # R26: nobody reviews his own unit's item

    @property
    def depends_on_units(self) -> bool:
        """Whether it matters how the actor's unit stands to the item."""
        return (
            self.of_answering_unit
            or self.of_supporting_unit
            or self.of_responsible_unit
            or self.of_no_responsible_unit
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Who acts: an account, its roles and its unit, None for one of no unit."""

    name: str
    roles: frozenset[Role]
    unit_id: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Concerned:
    """The units an item concerns: those that answer for it, and all that are responsible."""

    answering: frozenset[UUID]
    responsible: frozenset[UUID]


def _right(*roles: Role, **conditions: bool) -> Right:
    return Right(roles=frozenset(roles), **conditions)


CONTENT_READERS = (R.OFFICE, R.APPROVER, R.REVIEWER, R.SUPERVISOR, R.LIAISON, R.HEAD)

RIGHTS: Mapping[Permission, Right] = MappingProxyType(
    {
        P.READ_ITEMS: _right(*CONTENT_READERS),
        P.ACKNOWLEDGE: _right(R.LIAISON, R.HEAD, of_answering_unit=True),
        P.REPORT: _right(R.LIAISON, R.HEAD, of_answering_unit=True),
        P.APPROVE_DRAFT: _right(R.HEAD, of_answering_unit=True),
        P.CONTRIBUTE: _right(R.LIAISON, R.HEAD, of_supporting_unit=True),
        P.REVIEW_REPORT: _right(R.OFFICE, R.REVIEWER, of_no_responsible_unit=True),
        P.ADD_EVIDENCE: _right(R.LIAISON, R.HEAD, of_answering_unit=True),
        P.ASK_CLOSE_OUT: _right(R.HEAD, of_answering_unit=True),
        P.REVIEW_CLOSE_OUT: _right(R.OFFICE, R.REVIEWER, of_no_responsible_unit=True),
        P.RETURN_CLOSE_OUT: _right(R.OFFICE, R.REVIEWER, R.APPROVER, of_no_responsible_unit=True),
        P.DECIDE_CLOSE_OUT: _right(R.REVIEWER, R.APPROVER, of_no_responsible_unit=True),
        P.ASK_EXTENSION: _right(R.HEAD, of_answering_unit=True),
        P.REVIEW_EXTENSION: _right(R.OFFICE, of_no_responsible_unit=True),
        P.DECIDE_EXTENSION: _right(R.APPROVER, of_no_responsible_unit=True),
        P.SUSPEND: _right(R.OFFICE, R.APPROVER),
        P.CANCEL: _right(R.APPROVER),
        P.REOPEN: _right(R.OFFICE, R.APPROVER),
        P.SETTLE_HISTORIC: _right(R.OFFICE, R.APPROVER),
        P.RUN_ROUNDS: _right(R.OFFICE),
        P.PLAN_MILESTONES: _right(R.OFFICE),
        P.RECORD_MEETING: _right(R.OFFICE),
        P.RECORD_INSPECTION: _right(R.SUPERVISOR, R.OFFICE),
        P.DISPUTE: _right(R.LIAISON, R.HEAD, of_responsible_unit=True),
        P.ANSWER_DISPUTE: _right(R.OFFICE, R.APPROVER),
        P.CONCLUDE_YEAR: _right(R.HEAD, of_answering_unit=True),
        P.ARCHIVE: _right(R.OFFICE),
        P.DRAFT_NOTICE: _right(R.OFFICE),
        P.SIGN_NOTICE: _right(R.APPROVER, of_no_responsible_unit=True),
        P.ISSUE_NOTICE: _right(R.OFFICE),
        P.DELIVER_BY_HAND: _right(R.OFFICE),
        P.ACKNOWLEDGE_NOTICE: _right(R.LIAISON, R.HEAD, of_answering_unit=True),
        P.ANSWER_NOTICE: _right(R.HEAD, of_answering_unit=True),
        P.REVIEW_ANSWER: _right(R.OFFICE, R.REVIEWER, R.APPROVER, of_no_responsible_unit=True),
        P.VOID_NOTICE: _right(R.APPROVER),
        P.DRAFT_CIRCULAR: _right(R.OFFICE),
        P.SIGN_CIRCULAR: _right(R.APPROVER),
        P.PUBLISH_CIRCULAR: _right(R.OFFICE),
        P.ADOPT_PLAN: _right(R.OFFICE),
        P.MANAGE_CONTACTS: _right(R.OFFICE),
        P.EDIT_CALENDAR: _right(R.OFFICE),
        P.OVERRIDE_LIGHT: _right(R.OFFICE, R.APPROVER, R.SUPERVISOR, of_no_responsible_unit=True),
        P.JUDGE_UNABLE: _right(R.OFFICE, R.SUPERVISOR, of_no_responsible_unit=True),
        P.READ_RECORD: _right(R.AUDITOR),
        # Not the auditor's, who changes nothing, nor anybody's whose acts stand in it: whoever
        # keeps the machine moves old stretches, sees no more of them and cannot break the chain.
        P.ARCHIVE_RECORD: _right(R.ADMINISTRATOR),
        P.MANAGE_ACCOUNTS: _right(R.ADMINISTRATOR),
        P.MANAGE_TOKENS: _right(R.ADMINISTRATOR),
        P.MANAGE_CHANNELS: _right(R.ADMINISTRATOR),
        P.RUN_OUTBOX: _right(R.OFFICE),
    }
)


def require(permission: Permission, actor: Actor, concerned: Concerned | None = None) -> None:
    """Raise NotAllowedError in words for people unless the actor may do this to this item.

    `concerned` is needed for every permission that depends on the item's units.
    """
    refusal = refusal_of(permission, actor, concerned)
    if refusal is not None:
        raise NotAllowedError(
            f"“{actor.name}”不能{permission.label}：{refusal}",
            advice=f"可由{_who_may(RIGHTS[permission])}办理。",
        )


def refusal_of(
    permission: Permission, actor: Actor, concerned: Concerned | None = None
) -> str | None:
    """Return why the actor may not do this, None when he may."""
    right = RIGHTS[permission]
    if not right.roles & actor.roles:
        return "没有相应的角色"
    if not right.depends_on_units:
        return None
    if concerned is None:
        raise ValueError(f"{permission} depends on the item's units")
    if right.of_no_responsible_unit:
        return "其所在单位是责任单位，须回避" if actor.unit_id in concerned.responsible else None
    if actor.unit_id in _units_meant(right, concerned):
        return None
    return f"其所在单位不是该事项的{_relation(right)}"


def _units_meant(right: Right, concerned: Concerned) -> frozenset[UUID]:
    if right.of_answering_unit:
        return concerned.answering
    if right.of_supporting_unit:
        return concerned.responsible - concerned.answering
    return concerned.responsible


def _relation(right: Right) -> str:
    if right.of_answering_unit:
        return "牵头单位"
    return "配合单位" if right.of_supporting_unit else "责任单位"


def _who_may(right: Right) -> str:
    roles = "、".join(role.label for role in Role if role in right.roles)
    if right.of_no_responsible_unit:
        return f"不属于责任单位的{roles}"
    return f"{_relation(right)}的{roles}" if right.depends_on_units else roles
