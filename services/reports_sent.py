"""A report that another system sends for a unit: by the same way as one that a liaison writes."""

from dataclasses import asdict

from sqlmodel import Session

from db.life_tables import ProgressReport
from db.record_tables import Obligation
from services.report_content import ReportContent
from services.report_drafts import Pen, keep_draft, needs_head, submit
from services.reports import hand_in


def send(
    session: Session, obligation: Obligation, content: ReportContent, pen: Pen
) -> ProgressReport | None:
    """Hand the report in, or lay it before the head of the unit and return None.

    Raises what `reports.hand_in` raises, before the head is troubled.
    """
    if not needs_head(session, pen):
        return hand_in(session, obligation, content, pen.actor, as_of=pen.as_of, now=pen.now)
    said = {name: str(value) for name, value in asdict(content).items() if value is not None}
    keep_draft(session, obligation, said, pen)
    submit(session, obligation, content, pen)
    return None
