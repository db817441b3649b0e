"""报送审核: a report beside the last one, accepted or sent back, and on to the next."""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import OfItem
from portal.forms import Reading
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services import desk, report_reviews
from services.form_answers import Answer
from services.obligations import obligation_of
from services.people import names_of_people
from services.report_reviews import Review
from services.review_views import review_view
from services.todo import calendar_of, whom_to_ask
from supervision.errors import UsageError
from supervision.rights import NotAllowedError
from supervision.vocabulary import DeskList, Permission

pages = APIRouter()
Reviewer = Annotated[Visit, Depends(OfItem(permission=Permission.REVIEW_REPORT))]
QUEUE = f"/desk/lists/{DeskList.REPORTS}"


@pages.get("/items/{item_id}/reports/{period}")
def review_page(visit: Reviewer, period: str) -> Response:
    """Show a report with all that its review rests on."""
    return _screen(visit, period)


@pages.post("/items/{item_id}/reports/{period}/accept")
def accept(visit: Reviewer, period: str) -> Response:
    """Accept the report that was read."""
    return _reviewed(visit, period, report_reviews.accept, "已审定")


@pages.post("/items/{item_id}/reports/{period}/return")
def send_back(visit: Reviewer, period: str) -> Response:
    """Send the report that was read back, saying what is to be changed."""
    return _reviewed(
        visit, period, report_reviews.send_back, "已退回，承办单位会在下一次提醒中看到"
    )


def _reviewed(
    visit: Visit, period: str, act: Callable[[Any, Any, Review], Any], done: str
) -> Response:
    def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
        item = visit.item(session, to_act=True)
        act(session, obligation_of(session, item, period), review)
        following = _following(visit, session, (item.id, period))
        then = f"下一件：{following[0]}。" if following else "报送都审完了。"
        location = following[1] if following else QUEUE
        return Answer(location=location, message=f"{item.code} {done}。{then}")

    try:
        reading = Reading(visit.form)
        version = reading.whole_number("version", "版次")
        reading.require_sound()
        review = Review(
            actor=visit.actor,
            as_of=visit.today,
            now=visit.office.now(),
            reason=visit.form.text("reason"),
            version=version,
        )
        return visit.once(work)
    except (UsageError, NotAllowedError) as error:
        return _screen(visit, period, error)


def _following(
    visit: Visit,
    session: Any,  # noqa: ANN401 - the services' own session
    read: tuple[UUID, str],
) -> tuple[str, str] | None:
    """Return the name and the address of the next report that this person may review."""
    line = desk.next_on(
        session,
        DeskList.REPORTS,
        visit.actor,
        visit.office.policy,
        today=visit.today,
        after=read,
    )
    if line is None:
        return None
    about = line.about
    return f"{about.code} {about.title}", f"/items/{about.item_id}/reports/{about.period}"


def _screen(
    visit: Visit, period: str, error: UsageError | NotAllowedError | None = None
) -> Response:
    with visit.office.reading() as session:
        item = visit.item(session)
        view = review_view(session, item, period, visit.office.policy, today=visit.today)
        return show(
            visit,
            "review.html",
            f"审核 {item.code} {item.title}",
            error=error,
            item=item,
            view=view,
            called=names_of_people(session),
            path=f"/items/{item.id}/reports/{view.round.period}",
            queue=QUEUE,
            following=_following(visit, session, (item.id, view.round.period)),
            typed=visit.form.fields,
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )
