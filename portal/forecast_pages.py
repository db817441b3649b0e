"""未来30天会发什么: what the rules will send if nobody acts, day by day, message by message."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from db.remembered import remembered
from portal.oversight import AtTheDesk
from portal.paging import PAGE, offset_of, pager
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services.forecast import USUAL_DAYS, forecast
from services.simulating.coming import BECAUSE, Coming, Forecast
from services.todo import calendar_of, whom_to_ask

pages = APIRouter()


@pages.get("/forecast")
def forecast_page(visit: Annotated[Visit, Depends(AtTheDesk())]) -> Response:
    """Show what the days bring, and a page of the messages; of one unit or day when asked."""
    with visit.office.reading() as session:
        found = remembered(
            session, ("forecast", visit.today, USUAL_DAYS), lambda: forecast(visit.office)
        )
        asked = visit.request.query_params
        chosen = _chosen(found, asked)
        skip = offset_of(visit.request)
        return show(
            visit,
            "forecast.html",
            f"未来{USUAL_DAYS}天会发什么",
            found=found,
            messages=chosen[skip : skip + PAGE],
            total=len(chosen),
            units=sorted(found.units),
            days=[day.date for day in found.days if day.messages],
            asked={name: asked.get(name, "") for name in ("unit", "day")},
            because=BECAUSE,
            pager=pager(visit.request, len(chosen)),
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )


def _chosen(found: Forecast, asked: Mapping[str, str]) -> list[Coming]:
    unit, day = asked.get("unit", ""), asked.get("day", "")
    return [
        one
        for one in found.messages
        if unit in ("", one.unit) and day in ("", one.date.isoformat())
    ]
