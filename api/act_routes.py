"""What a unit's system does: signs for an item, reports on it, asks for a later date; each once."""

import hashlib
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.access import Caller, OfItem
from api.bodies import ReportSaid, WishSaid
from api.documents import ALWAYS, OF_ACTS, OF_ONE, ROOT, named
from api.item_shapes import (
    ExtensionAsked,
    ExtensionShown,
    HandedIn,
    Moved,
    ReportList,
    ReportShown,
)
from api.shapes import Shape
from services import extensions, integration_answers
from services.dossiers import dossier
from services.extensions import Wish
from services.integration_answers import Answer
from services.item_views import owed_now, plan_of
from services.moves import Wanted, move_item
from services.report_content import ReportContent
from services.report_drafts import Pen
from services.reports_sent import send
from supervision.vocabulary import Move, Scope

routes = APIRouter(prefix=ROOT, responses=ALWAYS, generate_unique_id_function=named)
ReadsReports = Annotated[Caller, Depends(OfItem(scope=Scope.READ_REPORTS))]
Signer = Annotated[Caller, Depends(OfItem(scope=Scope.ACKNOWLEDGE))]
Reporter = Annotated[Caller, Depends(OfItem(scope=Scope.WRITE_REPORTS))]
AsksLater = Annotated[Caller, Depends(OfItem(scope=Scope.ASK_EXTENSION))]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[A-Za-z0-9._:-]{8,128}$",
        description="One for each act; the same again gets the same answer, for 7 days.",
    ),
]
OK, CREATED, ACCEPTED = 200, 201, 202


@routes.get("/items/{item_id}/reports", responses=OF_ONE)
def list_reports(caller: ReadsReports, item_id: UUID) -> ReportList:
    """Return every version of every report on an item."""
    with caller.office.reading() as session:
        item = caller.item(session, item_id)
        found = dossier(session, item, caller.office.policy, today=caller.today).reports
    return ReportList(total=len(found), reports=[ReportShown.of_fields(one) for one in found])


@routes.post(
    "/items/{item_id}/reports",
    status_code=CREATED,
    response_model=HandedIn,
    responses=OF_ACTS | {ACCEPTED: {"model": HandedIn, "description": "Laid before the head"}},
)
def hand_in_report(
    caller: Reporter, request: Request, item_id: UUID, key: Key, said: ReportSaid
) -> Response:
    """Hand in a report on what is owed now; 202 where the head of the unit approves it first."""

    def work(session: Any) -> tuple[int, Shape]:  # noqa: ANN401 - the services' own session
        item = caller.item(session, item_id, to_act=True)
        owed, found = owed_now(session, item, today=caller.today, to_act=True)
        pen = Pen(actor=caller.actor, as_of=caller.today, now=caller.office.now())
        report = send(session, owed, _content(said), pen)
        told = HandedIn(
            code=item.code,
            period=found.period,
            handed_in=report is not None,
            version=report and report.version,
        )
        return (CREATED if report else ACCEPTED), told

    return _once(caller, request, key, said, work)


@routes.post("/items/{item_id}/acknowledge", response_model=Moved, responses=OF_ACTS)
def acknowledge(caller: Signer, request: Request, item_id: UUID, key: Key) -> Response:
    """Sign for an item (签收)."""

    def work(session: Any) -> tuple[int, Shape]:  # noqa: ANN401 - the services' own session
        item = caller.item(session, item_id, to_act=True)
        wanted = Wanted(move=Move.ACKNOWLEDGE, actor=caller.actor, as_of=caller.today)
        state = move_item(session, item, wanted, now=caller.office.now())
        return OK, Moved(code=item.code, move=Move.ACKNOWLEDGE, state=state)

    return _once(caller, request, key, None, work)


@routes.post(
    "/items/{item_id}/extensions",
    status_code=CREATED,
    response_model=ExtensionAsked,
    responses=OF_ACTS,
)
def ask_extension(
    caller: AsksLater, request: Request, item_id: UUID, key: Key, said: WishSaid
) -> Response:
    """Ask for a later date (申请延期); what the request lacks by the rules is told."""

    def work(session: Any) -> tuple[int, Shape]:  # noqa: ANN401 - the services' own session
        item = caller.item(session, item_id, to_act=True)
        office = caller.office
        hand = extensions.Hand(
            actor=caller.actor, as_of=caller.today, now=office.now(), policy=office.policy
        )
        wish = Wish(new_due_on=said.new_due_on, reason=said.reason, progress=said.progress)
        row = extensions.ask(session, plan_of(session, item), item, hand, wish)
        return CREATED, ExtensionAsked(code=item.code, extension=ExtensionShown.of(row))

    return _once(caller, request, key, said, work)


def _content(said: ReportSaid) -> ReportContent:
    wan = said.invested_wan
    return ReportContent(
        **said.model_dump(exclude={"invested_wan"}),
        invested_wan=None if wan is None else Decimal(str(wan)),
    )


def _once(
    caller: Caller,
    request: Request,
    key: str,
    said: BaseModel | None,
    work: Callable[[Any], tuple[int, Shape]],
) -> Response:
    """Do it once under its key, and answer; the same request again is answered the same."""

    def answered(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
        status, told = work(session)
        return Answer(status=status, content=told.model_dump(mode="json", by_alias=True))

    body = None if said is None else said.model_dump(mode="json")
    asked = json.dumps([request.url.path, body], ensure_ascii=False, sort_keys=True)
    known_by = integration_answers.Request(
        token_id=caller.holder.id, key=key, digest=hashlib.sha256(asked.encode()).hexdigest()
    )
    answer = integration_answers.once(caller.office, known_by, answered)
    headers = {"Idempotency-Replayed": "true"} if answer.is_repeated else {}
    return JSONResponse(dict(answer.content), answer.status, headers=headers)
