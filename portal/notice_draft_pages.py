"""手工起草督办通知: an urgent matter, on the rung a person chooses, with the reason it states."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import Allowed
from portal.forms import Reading
from portal.screens import show
from portal.visits import Visit
from services.close_outs import Hand
from services.form_answers import Answer
from services.inspection_book import item_to_inspect
from services.item_views import plan_of
from services.notice_by_hand import draft_by_hand
from services.todo import whom_to_ask
from supervision.errors import UsageError
from supervision.ladder import FORMAL
from supervision.vocabulary import Permission

pages = APIRouter()
Drafter = Annotated[Visit, Depends(Allowed(permission=Permission.DRAFT_NOTICE))]


@pages.get("/notices/draft")
def form_page(visit: Drafter) -> Response:
    """Show the form."""
    return _form(visit)


@pages.post("/notices/draft")
def draft(visit: Drafter) -> Response:
    """Draft a notice by hand, on the next rung unless a higher one is chosen (R17)."""
    reading = Reading(visit.form)
    try:
        code = reading.text("code", "事项编号")
        reason = reading.text("reason", "理由")
        given = reading.posted.text("rung")
        rung = reading.one_of("rung", "梯级", FORMAL) if given else None
        reading.require_sound()

        def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
            item = item_to_inspect(session, code.upper())
            hand = Hand(actor=visit.actor, as_of=visit.today, now=visit.office.now())
            plan, policy = plan_of(session, item), visit.office.policy
            row = draft_by_hand(session, plan, item, hand, policy, reason=reason, rung=rung)
            told = f"{item.code}已起草{row.rung.label}通知，待签发。"
            return Answer(location=f"/notices/{row.id}", message=told)

        return visit.once(work)
    except UsageError as error:
        return _form(visit, error)


def _form(visit: Visit, error: UsageError | None = None) -> Response:
    typed = {**visit.request.query_params, **visit.form.fields}
    with visit.office.reading() as session:
        whom = whom_to_ask(session)
    title = "手工起草督办通知"
    return show(
        visit, "notice_draft.html", title, error=error, rungs=FORMAL, typed=typed, whom=whom
    )
