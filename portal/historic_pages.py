"""历史事项: items that were due before the baseline, settled one by one or several at once."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import Allowed
from portal.forms import Reading
from portal.paging import PAGE, offset_of, pager
from portal.phrases import When
from portal.plan_drafts import clerk_of
from portal.screens import show
from portal.visits import Visit
from services import historic_desk
from services.form_answers import Answer
from services.todo import calendar_of, whom_to_ask
from supervision.errors import UsageError
from supervision.vocabulary import HistoricRuling, Permission

pages = APIRouter()
Settler = Annotated[Visit, Depends(Allowed(permission=Permission.SETTLE_HISTORIC))]
TICKED = "item-"


@pages.get("/historic")
def historic_page(visit: Settler) -> Response:
    """Show a page of the historic items that wait."""
    return _screen(visit)


@pages.post("/historic")
def settle(visit: Settler) -> Response:
    """Settle every item that is ticked, all alike, or none of them."""

    def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
        reading = Reading(visit.form)
        how = reading.one_of("how", "怎样核定", tuple(HistoricRuling))
        why = reading.text("why", "依据或理由")
        reading.require_sound()
        codes = historic_desk.settle(session, _ticked(visit), clerk_of(visit), how=how, why=why)
        said = f"{'、'.join(codes)}共{len(codes)}项已核定为“{how.label}”。"
        return Answer(location="/historic", message=said)

    try:
        return visit.once(work)
    except UsageError as error:
        return _screen(visit, error)


def _ticked(visit: Visit) -> list[UUID]:
    names = (name for name, value in visit.form.fields.items() if value)
    ticked = sorted(name.removeprefix(TICKED) for name in names if name.startswith(TICKED))
    try:
        return [UUID(text) for text in ticked]
    except ValueError as error:
        raise UsageError("没有这样的事项", advice="请刷新后重新选择。") from error


def _screen(visit: Visit, error: UsageError | None = None) -> Response:
    with visit.office.reading() as session:
        total, lines = historic_desk.waiting(
            session, visit.office, visit.actor, offset=offset_of(visit.request), limit=PAGE
        )
        return show(
            visit,
            "historic.html",
            "历史事项",
            error=error,
            lines=lines,
            rulings=HistoricRuling,
            typed=visit.form,
            pager=pager(visit.request, total),
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )
