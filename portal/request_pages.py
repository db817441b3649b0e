"""What a unit asks for or adds: a later date, closing out, its input to another's report."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import OfItem
from portal.forms import Reading
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services import close_outs, extensions
from services.extensions import Wish
from services.form_answers import Answer
from services.item_views import owed_now, plan_of, said_by_unit
from services.reports import contribute
from services.todo import calendar_of, whom_to_ask
from supervision.errors import UsageError
from supervision.vocabulary import ExtensionLack, Permission

pages = APIRouter()
AsksLater = Annotated[Visit, Depends(OfItem(permission=Permission.ASK_EXTENSION))]
AsksToClose = Annotated[Visit, Depends(OfItem(permission=Permission.ASK_CLOSE_OUT))]
Supporter = Annotated[Visit, Depends(OfItem(permission=Permission.CONTRIBUTE))]


@pages.get("/items/{item_id}/extension")
def extension_form(visit: AsksLater) -> Response:
    """Show the form for a later date."""
    return _screen(visit, "extension.html", "申请延期")


@pages.post("/items/{item_id}/extension")
def ask_extension(visit: AsksLater) -> Response:
    """Ask for a later date; what the request lacks is told at once."""
    try:
        reading = Reading(visit.form)
        wish = Wish(
            new_due_on=reading.day("until", "申请延到哪一天"),
            reason=reading.text("reason", "延期理由"),
            progress=reading.text("progress", "目前进展"),
        )
        reading.require_sound()

        def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
            item = visit.item(session, to_act=True)
            hand = extensions.Hand(
                actor=visit.actor,
                as_of=visit.today,
                now=visit.office.now(),
                policy=visit.office.policy,
            )
            asked = extensions.ask(session, plan_of(session, item), item, hand, wish)
            lacks = "、".join(lack.label for lack in ExtensionLack if lack in asked.lacks)
            warned = f"注意：{lacks}，批复前不暂停督办。" if lacks else ""
            said = f"{item.code} 已申请延期，待办公室初审。{warned}"
            return Answer(location=f"/items/{item.id}", message=said)

        return visit.once(work)
    except UsageError as error:
        return _screen(visit, "extension.html", "申请延期", error)


@pages.get("/items/{item_id}/close-out")
def close_out_form(visit: AsksToClose) -> Response:
    """Show the form for closing out, with the evidence there is."""
    return _screen(visit, "close_out.html", "申请销号")


@pages.post("/items/{item_id}/close-out")
def ask_close_out(visit: AsksToClose) -> Response:
    """Ask for the item to be closed out."""
    try:
        reading = Reading(visit.form)
        summary = reading.text("summary", "完成情况")
        reading.require_sound()

        def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
            item = visit.item(session, to_act=True)
            hand = close_outs.Hand(actor=visit.actor, as_of=visit.today, now=visit.office.now())
            close_outs.ask(session, item, hand, summary=summary)
            said = f"{item.code} 已申请销号，待初审和复核。"
            return Answer(location=f"/items/{item.id}", message=said)

        return visit.once(work)
    except UsageError as error:
        return _screen(visit, "close_out.html", "申请销号", error)


@pages.get("/items/{item_id}/contribution")
def contribution_form(visit: Supporter) -> Response:
    """Show the form for a supporting unit's input, with what it said before."""
    return _screen(visit, "contribution.html", "填写配合情况")


@pages.post("/items/{item_id}/contribution")
def add_contribution(visit: Supporter) -> Response:
    """Keep what the supporting unit adds to the report."""
    try:
        reading = Reading(visit.form)
        body = reading.text("body", "本单位的配合情况")
        reading.require_sound()

        def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
            item = visit.item(session, to_act=True)
            owed, _ = owed_now(session, item, today=visit.today, to_act=True)
            now = visit.office.now()
            contribute(session, owed, body, visit.actor, as_of=visit.today, now=now)
            return Answer(location="/todo", message=f"{item.code} 的配合情况已提供给牵头单位。")

        return visit.once(work)
    except UsageError as error:
        return _screen(visit, "contribution.html", "填写配合情况", error)


def _screen(visit: Visit, template: str, act: str, error: UsageError | None = None) -> Response:
    with visit.office.reading() as session:
        item = visit.item(session)
        said = said_by_unit(session, item, visit.unit_id, today=visit.today)
        return show(
            visit,
            template,
            f"{act} {item.code} {item.title}",
            error=error,
            item=item,
            said=said,
            typed=visit.form.fields,
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )
