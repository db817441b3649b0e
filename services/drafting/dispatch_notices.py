"""季度调度通知: what a round asks of every unit, and by when."""

from db import dispatch
from db.record_tables import Round
from services.drafting.desk import Desk
from supervision.periods import quarter_named
from templates.words import DispatchWords, UnitOwes

ALL_UNITS = "各责任单位"


def dispatch_notice(desk: Desk, found: Round) -> DispatchWords:
    """Return the words of the notice that opens a round; its annex counts what each unit owes."""
    period = quarter_named(found.period).label
    official = desk.official(
        title=f"关于开展{period}重点工作调度的通知",
        addressee=ALL_UNITS,
        attachments=(f"{period}应报事项一览表",),
    )
    return DispatchWords(
        **official,
        period=period,
        opens_on=found.opened_on or found.opens_on,
        support_due_on=found.support_due_on,
        due_on=found.due_on,
        units=tuple(
            UnitOwes(
                unit=unit.name,
                codes=tuple(
                    owed.item.code
                    for owed in dispatch.owed(desk.session, found.id, unit_id=unit.id)
                    if owed.is_asked
                ),
            )
            for unit in dispatch.units_owing(desk.session, found.id)
        ),
    )
