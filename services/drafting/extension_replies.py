"""延期批复: the answer to a unit that asked for a later date."""

from db import dossiers, extensions
from db.life_tables import Extension
from db.plan_tables import WorkItem
from services.drafting.desk import Desk
from supervision.errors import UsageError
from supervision.vocabulary import Decision, Relation
from templates.words import ExtensionWords

DECIDED = (Decision.APPROVED, Decision.REFUSED)


def extension_reply(desk: Desk, item: WorkItem) -> ExtensionWords:
    """Return the words of the answer to an item's last decided request; UsageError without one."""
    asked = _last_decided(desk, item)
    granted = asked.decision is Decision.APPROVED
    answer = "同意" if granted else "不同意"
    return ExtensionWords(
        **desk.official(
            title=f"关于{answer}“{item.title}”延期的批复", addressee=_addressee(desk, item)
        ),
        code=item.code,
        item_title=item.title,
        decision=asked.decision,
        asked_on=asked.asked_on,
        reason=asked.reason,
        due_on_before=asked.due_on_before,
        due_on=asked.new_due_on if granted else asked.due_on_before,
        opinion=asked.decision_reason or "",
    )


def _last_decided(desk: Desk, item: WorkItem) -> Extension:
    decided = [one for one in extensions.of_item(desk.session, item.id) if one.decision in DECIDED]
    if not decided:
        raise UsageError(
            f"{item.code}没有已审批的延期申请", advice="请先用 duban extension decide 审批。"
        )
    return decided[-1]


def _addressee(desk: Desk, item: WorkItem) -> str:
    units = dossiers.units_of(desk.session, item.id)
    return "、".join(
        unit.name for unit in units if unit.relation in (Relation.LEAD, Relation.RESPONSIBLE)
    )
