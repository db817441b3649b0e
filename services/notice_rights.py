"""Who may act on a sheet: the table of rights, applied to the units of every matter it names."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlmodel import Session

from db import lives, plans
from db.notice_tables import NoticeSheet
from db.plan_tables import Plan, Unit, WorkItem
from supervision.errors import UsageError
from supervision.rights import Actor, Concerned, NotAllowedError, require
from supervision.vocabulary import Permission, Role

OWN_REVIEW = frozenset({Permission.SIGN_NOTICE, Permission.REVIEW_ANSWER})


def concerned(session: Session, unit: Unit, items: Iterable[WorkItem]) -> Concerned:
    """Return the units a sheet concerns; the sponsor answers with the company it stands for."""
    found = [lives.concerned(session, item.id) for item in items]
    addressed = {unit.id}
    if unit.sponsor_unit_id is not None:
        addressed.add(unit.sponsor_unit_id)
    return Concerned(
        answering=frozenset(addressed).union(*(each.answering for each in found)),
        responsible=frozenset(addressed).union(*(each.responsible for each in found)),
    )


def require_for(
    session: Session, plan: Plan, permission: Permission, actor: Actor, about: Concerned
) -> None:
    """Raise NotAllowedError unless the actor may do this to a sheet on these units.

    What the office itself answers for is signed and reviewed by somebody outside it: a person of
    the office may not, whichever unit his account names (process.md, fact 4).
    """
    require(permission, actor, about)
    own = plans.office_unit(session, plan.office_id).id in about.responsible
    if own and permission in OWN_REVIEW and Role.OFFICE in actor.roles:
        raise NotAllowedError(
            f"“{actor.name}”不能{permission.label}：事项由领导小组办公室承担，调度员须回避",
            advice="请由办公室以外的签发人或审核人办理。",
        )


def require_not_before(day: date, earlier: date | None, what: str) -> None:
    """Refuse a day before the one on which something has to have happened (UsageError)."""
    if earlier is not None and day < earlier:
        raise UsageError(f"{day} 早于{what}（{earlier}）", advice="请核对日期。")


def chosen(
    sheet: NoticeSheet, codes: Collection[str], wanted: Collection[str] | None
) -> frozenset[str]:
    """Return which matters of a sheet are meant, all of them when none is named."""
    named = frozenset(code.upper() for code in wanted or codes)
    if unknown := sorted(named - set(codes)):
        raise UsageError(
            f"该通知（{sheet.number_text or '未编号'}）不涉及{'、'.join(unknown)}",
            advice=f"涉及的事项：{'、'.join(codes)}。",
        )
    return named
