"""报送回执: what a unit has in hand for the reports that came in from it."""

from db import accounts, dispatch, reports
from db.life_tables import ProgressReport
from db.record_tables import Round
from services.drafting.desk import Desk
from services.office import SHANGHAI
from services.plans import the_office
from supervision.errors import UsageError
from supervision.periods import quarter_named
from supervision.vocabulary import ObligationState
from templates.words import ReceiptLine, ReceiptWords

WAY = "系统填报"


def receipt(desk: Desk, found: Round, unit_name: str) -> ReceiptWords:
    """Return the words of a unit's receipt for a round; UsageError when nothing came in from it."""
    unit = desk.unit(unit_name)
    owed = dispatch.owed(desk.session, found.id, unit_id=unit.id)
    came_in = [
        (one, report)
        for one in owed
        if (report := reports.latest(desk.session, one.obligation.id)) is not None
    ]
    if not came_in:
        raise UsageError(
            f"{unit.name}{found.period}尚未报送，没有回执", advice="请待其报送后再出。"
        )
    last = max((report for _, report in came_in), key=lambda report: report.reported_at)
    return ReceiptWords(
        office=the_office(desk.session).name,
        unit=unit.name,
        plan_title=desk.plan.title,
        period=quarter_named(found.period).label,
        due_on=found.due_on,
        received_at=last.reported_at.astimezone(SHANGHAI),
        way=WAY,
        reported_by="、".join(_names(desk, [report for _, report in came_in])),
        signed_by="",
        lines=tuple(_line(one, report) for one, report in came_in),
        missing=tuple(one.item.code for one in owed if _is_missing(one)),
        hash="",
    )


def _line(one: dispatch.Owed, report: ProgressReport) -> ReceiptLine:
    return ReceiptLine(
        code=one.item.code,
        title=one.item.title,
        percent="—" if report.percent is None else f"{report.percent}%",
        state=one.obligation.state.label,
    )


def _is_missing(one: dispatch.Owed) -> bool:
    owed = (ObligationState.OPEN, ObligationState.SENT_BACK, ObligationState.MISSED)
    return one.is_asked and one.obligation.state in owed


def _names(desk: Desk, came_in: list[ProgressReport]) -> list[str]:
    """Return who reported, by full name, each once."""
    full = {
        one.name: one.full_name for one in accounts.of_office(desk.session, desk.plan.office_id)
    }
    return list(dict.fromkeys(full.get(one.reported_by, one.reported_by) for one in came_in))
