"""统计: lights over time and what units were asked for: tables, a chart, a picture for paper."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.downloads import SANDBOX, attachment
from portal.oversight import SeesAll
from portal.screens import show
from portal.visits import Visit
from services import statistics
from services.statistics import Moment, Narrowed
from supervision.periods import Quarter
from templates.lists.xlsx_numbers import xlsx_numbers
from templates.stacked_bars import stacked_bars

pages = APIRouter()
Overseer = Annotated[Visit, Depends(SeesAll())]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHARTS = "echarts.common.min.js"


@pages.get("/statistics")
def statistics_page(visit: Overseer) -> Response:
    """Show the tables; a chart stands over them where its part was fetched."""
    with visit.office.reading() as session:
        moments = statistics.moments(session, visit.office, today=visit.today)
        quarters = statistics.quarters(session, today=visit.today)
        chosen = _quarter(visit, quarters)
        burdens = statistics.burdens(session, visit.office, chosen)
    narrowed = _narrowed(visit, moments)
    groups, units = statistics.by_group(moments), statistics.by_unit(moments)
    asked = {"group": narrowed.group, "unit": narrowed.unit}
    return show(
        visit,
        "statistics.html",
        "统计",
        narrowed=narrowed,
        over_time=statistics.over_time(moments, narrowed),
        by_group=groups,
        by_unit=units,
        burdens=burdens,
        quarters=[(str(quarter), quarter.label) for quarter in reversed(quarters)],
        quarter=str(chosen),
        query=urlencode({name: text for name, text in asked.items() if text}),
        charts=CHARTS,
    )


@pages.get("/statistics/picture")
def picture(visit: Overseer) -> Response:
    """Give the lights over time as a picture that prints."""
    with visit.office.reading() as session:
        moments = statistics.moments(session, visit.office, today=visit.today)
    drawn = stacked_bars(statistics.picture(moments, _narrowed(visit, moments)))
    headers = {"Content-Security-Policy": SANDBOX}
    return Response(drawn, media_type="image/svg+xml", headers=headers)


@pages.get("/statistics/export")
def export(visit: Overseer) -> Response:
    """Give every table of the page as a workbook, burdens for each quarter."""
    with visit.office.reading() as session:
        moments = statistics.moments(session, visit.office, today=visit.today)
        narrowed = _narrowed(visit, moments)
        tables = [
            statistics.over_time(moments, narrowed),
            statistics.by_group(moments),
            statistics.by_unit(moments),
            *(
                statistics.burdens(session, visit.office, quarter)
                for quarter in reversed(statistics.quarters(session, today=visit.today))
            ),
        ]
    subtitle = f"截至{visit.today}"
    data = xlsx_numbers(tables, subtitle=subtitle)
    return attachment(data, name=f"督办统计{_compact(visit.today)}.xlsx", media_type=XLSX)


def _compact(day: date) -> str:
    return day.isoformat().replace("-", "")


def _narrowed(visit: Visit, moments: Sequence[Moment]) -> Narrowed:
    """Return whose items are asked for; a name that no item bears does not narrow."""
    asked = visit.request.query_params
    items = [item for moment in moments for item in moment.items]
    group, unit = asked.get("group", ""), asked.get("unit", "")
    return Narrowed(
        group=group if any(item.group == group for item in items) else "",
        unit=unit if any(unit in item.units for item in items) else "",
    )


def _quarter(visit: Visit, there: list[Quarter]) -> Quarter:
    asked = visit.request.query_params.get("quarter", "")
    return next((quarter for quarter in there if str(quarter) == asked), there[-1])
