"""Settling what is doubtful in a draft: the list of it, each finding beside its passages."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from portal.errors import NotHereError
from portal.forms import Reading
from portal.paging import PAGE, offset_of, pager
from portal.plan_drafts import Adopter, done_once, draft_of, draft_page, left_to_do
from portal.visits import Visit
from services import plan_drafts, plan_rulings, plan_views
from services.form_answers import Answer
from services.plan_views import Point
from supervision.errors import DubanError, UsageError
from supervision.vocabulary import Ruling

pages = APIRouter()
BY_REASON = (Ruling.ACCEPTED, Ruling.NOTED)  # the others come from correcting an item
SHOWN: Mapping[str, tuple[str, Callable[[Point], bool]]] = MappingProxyType(
    {
        "waiting": ("待处理", lambda point: point.is_waiting),
        "settled": ("已处理", lambda point: point.said is not None),
        "notes": ("提示，可不处理", lambda it: it.said is None and not it.is_waiting),
        "all": ("全部", lambda _: True),
    }
)


@pages.get("/plans/drafts/{draft_id}/findings")
def findings_page(visit: Adopter) -> Response:
    """Show a page of what is doubtful, narrowed to what waits unless asked otherwise."""
    return _list(visit)


@pages.post("/plans/drafts/{draft_id}/findings")
def settle_several(visit: Adopter) -> Response:
    """Settle every finding that is ticked, all for one reason."""

    def work(session: Any, draft: Any, clerk: Any) -> Answer:  # noqa: ANN401 - the services' own
        ruling, why = _ruling_in(visit)
        chosen = [
            point.finding.id
            for point in plan_views.points_of(draft)
            if visit.form.text(f"finding-{point.number}")
        ]
        settled = plan_rulings.rule(session, draft, clerk, findings=chosen, ruling=ruling, why=why)
        said = f"已处理{settled}处，{left_to_do(draft)}"
        return Answer(location=f"/plans/drafts/{draft.id}/findings", message=said)

    try:
        return done_once(visit, work)
    except UsageError as error:
        return _list(visit, error)


@pages.get("/plans/drafts/{draft_id}/findings/{number}")
def finding_page(visit: Adopter) -> Response:
    """Show one finding beside the passages it is about."""
    return _one(visit)


@pages.post("/plans/drafts/{draft_id}/findings/{number}")
def settle_one(visit: Adopter) -> Response:
    """Settle one finding, and lead on to the next, or back to the item it was settled at."""

    def work(session: Any, draft: Any, clerk: Any) -> Answer:  # noqa: ANN401
        points = plan_views.points_of(draft)
        point = _point(visit, points)
        ruling, why = _ruling_in(visit)
        plan_rulings.rule(
            session, draft, clerk, findings=[point.finding.id], ruling=ruling, why=why
        )
        back = visit.form.text("back")
        if back in point.codes:
            place = f"items/{back}"
        else:
            place = _next_place(point.number, plan_views.points_of(draft))
        said = f"第{point.number}处已处理，{left_to_do(draft)}"
        return Answer(location=f"/plans/drafts/{draft.id}/{place}", message=said)

    try:
        return done_once(visit, work)
    except UsageError as error:
        return _one(visit, error)


def _ruling_in(visit: Visit) -> tuple[Ruling, str]:
    reading = Reading(visit.form)
    ruling = reading.one_of("ruling", "怎样处理", BY_REASON)
    why = reading.text("why", "理由")
    reading.require_sound()
    return ruling, why


def _next_place(number: int, points: Sequence[Point]) -> str:
    """Return where the next finding that waits stands: after this one, else from the start."""
    waiting = [point.number for point in points if point.is_waiting]
    later = [other for other in waiting if other > number] or waiting
    return f"findings/{later[0]}" if later else "findings"


def _point(visit: Visit, points: Sequence[Point]) -> Point:
    asked = visit.request.path_params["number"]
    found = next((point for point in points if str(point.number) == asked), None)
    if found is None:
        raise NotHereError("没有这一处")
    return found


def _list(visit: Visit, error: DubanError | None = None) -> Response:
    show = visit.request.query_params.get("show", "waiting")
    show = show if show in SHOWN else "waiting"
    start = offset_of(visit.request)
    with visit.office.reading() as session:
        draft = draft_of(visit, session)
        points = plan_views.points_of(draft)
        wanted = [point for point in points if SHOWN[show][1](point)]
        return draft_page(
            visit,
            session,
            draft,
            "plan_draft_findings.html",
            "逐处核对",
            error=error,
            points=wanted[start : start + PAGE],
            show=show,
            counts={
                name: (label, sum(map(belongs, points))) for name, (label, belongs) in SHOWN.items()
            },
            rulings=BY_REASON,
            items=_codes_of_items(draft),
            pager=pager(visit.request, len(wanted)),
        )


def _one(visit: Visit, error: DubanError | None = None) -> Response:
    with visit.office.reading() as session:
        draft = draft_of(visit, session)
        points = plan_views.points_of(draft)
        point = _point(visit, points)
        return draft_page(
            visit,
            session,
            draft,
            "plan_draft_finding.html",
            f"第{point.number}处：{point.finding.where}",
            error=error,
            point=point,
            passages=plan_views.passages_at(draft, point),
            rulings=BY_REASON,
            items=_codes_of_items(draft),
            next_place=_next_place(point.number, points),
        )


def _codes_of_items(draft: Any) -> set[str]:  # noqa: ANN401 - rows of services
    return {item.code for item in plan_drafts.read_of(draft).work_items}
