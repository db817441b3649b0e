"""One paper as programs are shown it: the same as in `duban notice show`, found by its id."""

from dataclasses import replace
from datetime import date

from sqlmodel import Session

from services.items import listed
from services.notice_rows import draft_row, matter_rows, sheet_row
from services.notice_shown import ListedNotice
from services.notice_views import FoundNotice
from services.office import Office
from services.pulling import Asked, wanted_of


def shown_alone(
    session: Session, office: Office, found: FoundNotice, *, as_of: date
) -> ListedNotice:
    """Return a paper with its matters as they stand on a day."""
    asked = Asked(as_of=as_of, plan=found.plan.code)
    ids = tuple(item.id for _, item in found.matters)
    wanted = replace(wanted_of(session, office, asked), ids=ids)
    items = {item.code: item for item in listed(session, wanted, office.policy)}
    lines = matter_rows(session, found.matters, items)
    if found.sheet is not None:
        return sheet_row(session, found.sheet, lines, found.matters, as_of)
    assert found.draft is not None  # it is one or the other
    return draft_row(found.draft, lines, found.matters, as_of)
