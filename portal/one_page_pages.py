"""一页情况: overall, three lists and what needs a decision, on one page that prints on A4."""

from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.oversight import SeesAll
from portal.paging import PAGE, offset_of, pager
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services import circular_desk, desk, one_page
from services.one_page import ALL, COLUMNS, LATE, MEASURES, MISSING, OVERDUE, SOON_DUE
from services.todo import calendar_of
from supervision.errors import UsageError
from supervision.sight import is_at_the_desk
from supervision.vocabulary import CircularState, DeskList

pages = APIRouter()
Reader = Annotated[Visit, Depends(SeesAll())]
MOST_NAMED = 5  # of each list, so that all stands on one sheet
DECISIONS = (
    DeskList.DRAFTS,
    DeskList.EXTENSION_DECISIONS,
    DeskList.CLOSE_OUT_DECISIONS,
    DeskList.DISPUTES,
)


@pages.get("/one-page")
def one_page_page(visit: Reader) -> Response:
    """Show how everything stands on a day."""
    as_of, error = _day(visit)
    with visit.office.reading() as session:
        found = one_page.one_page(session, visit.office, as_of=as_of)
        waits = desk.waits_for(session, visit.actor, visit.office.policy, today=visit.today)
        totals = {each.what: each.total for each in waits}
        return show(
            visit,
            "one_page.html",
            "一页情况",
            error=error,
            found=found,
            columns=COLUMNS,
            overdue=OVERDUE,
            soon=SOON_DUE,
            missing=MISSING,
            late=LATE,
            most=MOST_NAMED,
            decisions=[(each, totals[each]) for each in DECISIONS],
            circulars=[
                line
                for line in circular_desk.lines(session)
                if line.circular and line.circular.state is CircularState.DRAFT
            ],
            may_open_desk=is_at_the_desk(visit.actor),
            link=lambda measure, group="": _link(as_of, measure.name, group),
            when=When(as_of, calendar_of(session)),
            today=visit.today,
        )


@pages.get("/one-page/items")
def one_page_items(visit: Reader) -> Response:
    """Show a page of the items behind a number."""
    as_of, error = _day(visit)
    given = visit.request.query_params
    measure = MEASURES.get(given.get("by", ""), ALL)
    group = given.get("group") or None
    offset = offset_of(visit.request)
    with visit.office.reading() as session:
        lines = one_page.one_page(session, visit.office, as_of=as_of).of(measure, group=group)
        return show(
            visit,
            "one_page_items.html",
            f"一页情况：{measure.label}",
            error=error,
            as_of=as_of,
            measure=measure,
            group=group,
            total=len(lines),
            lines=lines[offset : offset + PAGE],
            pager=pager(visit.request, len(lines)),
            when=When(as_of, calendar_of(session)),
        )


def _link(as_of: date, by: str, group: str) -> str:
    asked = {"as_of": as_of.isoformat(), "by": by}
    return "/one-page/items?" + urlencode(asked | ({"group": group} if group else {}))


def _day(visit: Visit) -> tuple[date, UsageError | None]:
    """Return the day asked about; today for one that cannot be read or has not come."""
    text = visit.request.query_params.get("as_of", "")
    try:
        asked = date.fromisoformat(text or visit.today.isoformat())
    except ValueError:
        return visit.today, UsageError("日期应写成 2025-03-31 这样", advice="以下按今天统计。")
    if asked > visit.today:
        return visit.today, UsageError(f"{asked}还没有到", advice="以下按今天统计。")
    return asked, None
