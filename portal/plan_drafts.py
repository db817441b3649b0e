"""What every page about a draft of a plan shares: who may, which draft, how far it has come."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends
from starlette.responses import Response

from portal.access import Allowed, id_in
from portal.errors import NotHereError
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services import plan_drafts, plan_progress
from services.form_answers import Answer
from services.historic_words import Clerk
from services.plan_drafts import DraftUnknownError
from services.todo import calendar_of, whom_to_ask
from supervision.errors import DubanError
from supervision.vocabulary import Permission, PlanDraftState

Adopter = Annotated[Visit, Depends(Allowed(permission=Permission.ADOPT_PLAN))]
Work = Callable[[Any, Any, Clerk], Answer]  # session, draft, who acts


def clerk_of(visit: Visit) -> Clerk:
    """Return who settles, today."""
    return Clerk(actor=visit.actor, as_of=visit.today, now=visit.office.now())


def draft_of(visit: Visit, session: Any, *, to_act: bool = False) -> Any:  # noqa: ANN401 - rows of services
    """Return the draft of the address, locked when it is acted on; NotHereError without it."""
    try:
        return plan_drafts.draft_named(session, id_in(visit.request, "draft_id"), to_act=to_act)
    except DraftUnknownError as error:
        raise NotHereError("没有这份核对稿") from error


def draft_page(
    visit: Visit,
    session: Any,  # noqa: ANN401 - the services' own session
    draft: Any,  # noqa: ANN401
    template: str,
    title: str,
    *,
    error: DubanError | None = None,
    **words: Any,  # noqa: ANN401
) -> Response:
    """Return a page about a draft, with how far it has come."""
    return show(
        visit,
        template,
        title,
        error=error,
        progress=plan_progress.progress_of(session, draft),
        is_open=draft.state is PlanDraftState.OPEN,
        typed=visit.form,
        when=When(visit.today, calendar_of(session)),
        whom=whom_to_ask(session),
        **words,
    )


def done_once(visit: Visit, work: Work) -> Response:
    """Do what a form asks of the draft of the address, once; what it raises is raised."""

    def locked(session: Any) -> Answer:  # noqa: ANN401
        return work(session, draft_of(visit, session, to_act=True), clerk_of(visit))

    return visit.once(locked)


def left_to_do(draft: Any) -> str:  # noqa: ANN401
    """Return in words how many findings still stand in the way."""
    waiting = len(plan_drafts.open_findings(draft, plan_drafts.read_of(draft)))
    return f"还有{waiting}处待处理。" if waiting else "存疑都已处理，可以到“汇总与立项”确认。"
