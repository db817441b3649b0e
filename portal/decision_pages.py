"""待我决定: what waits for a decision, by sort, and the page of each decision on an item."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal import (
    close_out_review_sheets,
    extension_review_sheets,
    light_sheets,
    move_sheets,
)
from portal.access import OfItem
from portal.decision_sheets import Act, Sheet, Taking, read
from portal.oversight import AtTheDesk
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services import desk
from services.decisions import may, situation_of
from services.form_answers import Answer
from services.item_views import item_view
from services.people import names_of_people
from services.todo import calendar_of, whom_to_ask
from supervision.errors import DubanError, UsageError
from supervision.rights import NotAllowedError
from supervision.vocabulary import DeskList, EvidenceKind, Permission

pages = APIRouter()
L = DeskList

SHEETS: tuple[Sheet, ...] = (
    *extension_review_sheets.SHEETS,
    *close_out_review_sheets.SHEETS,
    *move_sheets.SHEETS,
    *light_sheets.SHEETS,
)
# In the order shown: what a unit waits for comes before what the office may take up in its time.
QUEUE = (
    L.EXTENSION_REVIEWS,
    L.EXTENSION_DECISIONS,
    L.CLOSE_OUT_REVIEWS,
    L.CLOSE_OUT_DECISIONS,
    L.DISPUTES,
    L.HISTORIC,
    L.SUSPENDED,
)
# What somebody waits for; the others the office may take up of its own accord.
AWAITED = frozenset(
    {
        Permission.REVIEW_EXTENSION,
        Permission.DECIDE_EXTENSION,
        Permission.REVIEW_CLOSE_OUT,
        Permission.DECIDE_CLOSE_OUT,
        Permission.ANSWER_DISPUTE,
        Permission.SETTLE_HISTORIC,
    }
)


@pages.get("/decisions")
def queue(visit: Annotated[Visit, Depends(AtTheDesk())]) -> Response:
    """Show how much of each sort waits for a decision of this person's roles, and of others'."""
    with visit.office.reading() as session:
        waits = desk.waits_for(session, visit.actor, visit.office.policy, today=visit.today)
        by_list = {found.what: found for found in waits}
        found = [by_list[name] for name in QUEUE]
        return show(
            visit,
            "decisions.html",
            "待我决定",
            mine=[waits for waits in found if waits.is_mine],
            review_days=visit.office.policy.extensions.value.reviewed_within,
            others=[waits for waits in found if not waits.is_mine and waits.total],
            whom=whom_to_ask(session),
        )


def sheets_for(session: Any, visit: Visit, item: Any) -> list[Sheet]:  # noqa: ANN401
    """Return the decisions a person may take about an item now."""
    situation = situation_of(session, item, today=visit.today)
    return [
        sheet
        for sheet in SHEETS
        if sheet.is_open(situation) and may(session, sheet.permission, visit.actor, item)
    ]


def _page_of(sheet: Sheet) -> Callable[..., Response]:
    """Return the handler that shows a decision's page."""
    guard = Depends(OfItem(permission=sheet.permission))

    def page(visit: Visit = guard) -> Response:
        return _show(visit, sheet)

    return page


def _form_of(sheet: Sheet, act: Act) -> Callable[..., Response]:
    """Return the handler that takes a decision."""
    guard = Depends(OfItem(permission=act.permission))

    def take(visit: Visit = guard) -> Response:
        def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
            item = visit.item(session, to_act=True)
            said = read(visit, act)
            told = act.take(Taking(visit=visit, session=session, item=item, said=said))
            location = "/decisions" if sheet.leads_to_queue else f"/items/{item.id}"
            return Answer(location=location, message=f"{item.code} {told}")

        try:
            return visit.once(work)
        except (UsageError, NotAllowedError) as error:
            return _show(visit, sheet, error)

    return take


def _show(visit: Visit, sheet: Sheet, error: DubanError | None = None) -> Response:
    with visit.office.reading() as session:
        item = visit.item(session)
        situation = situation_of(session, item, today=visit.today)
        when = When(visit.today, calendar_of(session))
        is_open = sheet.is_open(situation)
        return show(
            visit,
            "decision.html",
            f"{sheet.title} {item.code} {item.title}",
            error=error,
            sheet=sheet,
            item=item,
            called=names_of_people(session),
            view=item_view(session, item, visit.actor, visit.office.policy, today=visit.today),
            is_open=is_open,
            acts=_open_acts(session, visit, item, sheet) if is_open else [],
            facts=sheet.facts(situation, when),
            until=sheet.until(situation, when, visit.office.policy),
            refusals={act.name: act.stands_back(situation, visit.actor.name) for act in sheet.acts},
            kinds={kind.value: kind.label for kind in EvidenceKind},
            typed=visit.form.fields,
            when=when,
            whom=whom_to_ask(session),
        )


def _open_acts(
    session: Any,  # noqa: ANN401 - the services' own session
    visit: Visit,
    item: Any,  # noqa: ANN401 - a row of the services
    sheet: Sheet,
) -> Sequence[Act]:
    situation = situation_of(session, item, today=visit.today)
    return [
        act
        for act in sheet.acts
        if act.is_open(situation) and may(session, act.permission, visit.actor, item)
    ]


for _sheet in SHEETS:
    _address = f"/items/{{item_id}}/{_sheet.path}"
    pages.add_api_route(_address, _page_of(_sheet), methods=["GET"])
    for _act in _sheet.acts:
        _end = f"{_address}/{_act.name}" if _act.name else _address
        pages.add_api_route(_end, _form_of(_sheet, _act), methods=["POST"])
