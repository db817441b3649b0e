"""事项: everything known of one item, what may be done with it now, and signing for it."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import OfItem
from portal.decision_pages import AWAITED, sheets_for
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services.decisions import may
from services.form_answers import Answer
from services.item_views import ItemView, item_view
from services.moves import Wanted, move_item
from services.people import names_of_people
from services.todo import calendar_of, whom_to_ask
from supervision.errors import DubanError, UsageError
from supervision.vocabulary import Decision, EvidenceKind, Move, Permission

pages = APIRouter()
Reader = Annotated[Visit, Depends(OfItem(permission=Permission.READ_ITEMS))]
Signer = Annotated[Visit, Depends(OfItem(permission=Permission.ACKNOWLEDGE))]

# What a person may set about, in the order offered: where it leads and what it is called.
ACTS = (
    (Permission.REPORT, "report", "填报本季进展"),
    (Permission.CONTRIBUTE, "contribution", "填写配合情况"),
    (Permission.ADD_EVIDENCE, "evidence", "上传佐证材料"),
    (Permission.ASK_EXTENSION, "extension", "申请延期"),
    (Permission.ASK_CLOSE_OUT, "close-out", "申请销号"),
)


@pages.get("/items/{item_id}")
def item_page(visit: Reader) -> Response:
    """Show an item."""
    return show_item(visit)


@pages.post("/items/{item_id}/acknowledge")
def acknowledge(visit: Signer) -> Response:
    """Sign for an item (签收)."""

    def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
        item = visit.item(session, to_act=True)
        wanted = Wanted(move=Move.ACKNOWLEDGE, actor=visit.actor, as_of=visit.today)
        move_item(session, item, wanted, now=visit.office.now())
        return Answer(location=f"/items/{item.id}", message=f"已签收 {item.code} {item.title}。")

    try:
        return visit.once(work)
    except UsageError as error:
        return show_item(visit, error=error)


def show_item(visit: Visit, error: DubanError | None = None) -> Response:
    """Show the item of the address, saying what is wrong if something is."""
    with visit.office.reading() as session:
        item = visit.item(session)
        view = item_view(session, item, visit.actor, visit.office.policy, today=visit.today)
        sheets = sheets_for(session, visit, item)
        reviews = _to_review(session, visit, view)
        return show(
            visit,
            "item.html",
            f"{item.code} {item.title}",
            error=error,
            view=view,
            item=view.dossier.item,
            acts=[(path, label) for needed, path, label in ACTS if needed in view.can],
            decisions=reviews + [(sheet.path, sheet.label) for sheet in sheets],
            awaited=[label for _, label in reviews]
            + [sheet.label for sheet in sheets if sheet.permission in AWAITED],
            may_sign=Permission.ACKNOWLEDGE in view.can,
            people=names_of_people(session),
            kinds={kind.value: kind.label for kind in EvidenceKind},
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )


def _to_review(session: Any, visit: Visit, view: ItemView) -> list[tuple[str, str]]:  # noqa: ANN401
    """Return the reports on an item that wait for this person's review."""
    item = visit.item(session)
    if not may(session, Permission.REVIEW_REPORT, visit.actor, item):
        return []
    waiting = {
        report["period"]: report["version"]
        for report in view.dossier.reports
        if report["verdict"] is Decision.OPEN and report["reviewed_by"] is None
    }
    return [(f"reports/{period}", f"审核 {period} 报送") for period in waiting]
