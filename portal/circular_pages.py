"""督查通报: one for each closed round; drafted, read as it will look, signed, published."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import Allowed
from portal.downloads import attachment
from portal.errors import NotHereError
from portal.oversight import SeesAll
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services import circular_desk, circular_papers, circulars
from services.circular_desk import RoundLine
from services.close_outs import Hand
from services.form_answers import Answer
from services.people import names_of_people
from services.todo import calendar_of, whom_to_ask
from supervision.errors import UsageError
from supervision.rights import RIGHTS
from supervision.vocabulary import CircularState, Permission, RoundState

pages = APIRouter()
P = Permission
Overseer = Annotated[Visit, Depends(SeesAll())]
Drafter = Annotated[Visit, Depends(Allowed(permission=P.DRAFT_CIRCULAR))]
Signer = Annotated[Visit, Depends(Allowed(permission=P.SIGN_CIRCULAR))]
Publisher = Annotated[Visit, Depends(Allowed(permission=P.PUBLISH_CIRCULAR))]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PATH = "/circulars/{plan}/{period}"
# Which right takes a circular further from each state, and what is to be done then.
NEXT: dict[CircularState | None, tuple[Permission | None, str]] = {
    None: (P.DRAFT_CIRCULAR, "请办公室起草通报"),
    CircularState.DRAFT: (P.SIGN_CIRCULAR, "请签发人审阅签发"),
    CircularState.SIGNED: (P.PUBLISH_CIRCULAR, "请办公室编号印发"),
    CircularState.PUBLISHED: (None, "已印发各责任单位，不需再办"),
}
NOT_YET = "本轮调度尚未截止，截止定格后才能起草"
NEVER = "本轮调度错过未开，没有数据可通报"
Work = Callable[[Any, RoundLine, Hand], str]


@pages.get("/circulars")
def list_page(visit: Overseer) -> Response:
    """Show every round with where its circular is."""
    with visit.office.reading() as session:
        return show(
            visit,
            "circulars.html",
            "督查通报",
            called=names_of_people(session),
            lines=circular_desk.lines(session),
            to_do=_to_do,
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )


@pages.get(PATH)
def circular_page(visit: Overseer) -> Response:
    """Show the circular on a round as it will look."""
    return _circular(visit)


@pages.get(PATH + "/file")
def circular_file(visit: Overseer) -> Response:
    """Give the circular as a Word file: as kept once it has a number, marked 草稿 before."""
    with visit.office.reading() as session:
        one = _line(visit, session).drafted
        if one is None:
            return _circular(visit, UsageError("还没有通报草稿", advice="请先由办公室起草。"))
        name = circular_papers.file_name(one)
        data = circular_papers.content(session, visit.office, one)
    return attachment(data, name=name, media_type=WORD)


@pages.post(PATH + "/draft")
def draft(visit: Drafter) -> Response:
    """Draft the circular from the round's frozen figures (起草)."""

    def work(session: Any, line: RoundLine, hand: Hand) -> str:  # noqa: ANN401
        circulars.draft(session, line.plan, line.round.period, hand, visit.office.policy)
        return "通报草稿已备，待签发。"

    return _done(visit, work)


@pages.post(PATH + "/sign")
def sign(visit: Signer) -> Response:
    """Sign the draft (签发)."""

    def work(session: Any, line: RoundLine, hand: Hand) -> str:  # noqa: ANN401
        circulars.sign(session, circulars.named(session, line.plan, line.round.period), hand)
        return "通报已签发，待办公室编号印发。"

    return _done(visit, work)


@pages.post(PATH + "/publish")
def publish(visit: Publisher) -> Response:
    """Give the signed circular its number and send it to every unit (印发)."""

    def work(session: Any, line: RoundLine, hand: Hand) -> str:  # noqa: ANN401
        one = circulars.named(session, line.plan, line.round.period)
        published = circulars.publish(session, visit.office, one, hand)
        number, units = published.circular.number_text, published.units
        return f"已印发，文号{number}，已向{units}个单位排入发件箱。"

    return _done(visit, work)


def _done(visit: Visit, work: Work) -> Response:
    """Do it once, and lead back to the circular; what is refused is told there."""

    def once(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
        line = _line(visit, session)
        hand = Hand(actor=visit.actor, as_of=visit.today, now=visit.office.now())
        told = work(session, line, hand)
        return Answer(location=line.path, message=told)

    try:
        return visit.once(once)
    except UsageError as error:
        return _circular(visit, error)


def _circular(visit: Visit, error: UsageError | None = None) -> Response:
    with visit.office.reading() as session:
        line = _line(visit, session)
        needed, _ = NEXT[line.circular.state if line.circular else None]
        return show(
            visit,
            "circular.html",
            f"{line.quarter}督查通报",
            error=error,
            line=line,
            circular=line.circular,
            called=names_of_people(session),
            asked_to=_to_do(line),
            may=bool(needed and line.is_frozen and RIGHTS[needed].roles & visit.actor.roles),
            paper=circular_desk.paper(session, visit.office, line),
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )


def _to_do(line: RoundLine) -> str:
    if line.round.state is RoundState.MISSED:
        return NEVER
    if not line.is_frozen:
        return NOT_YET
    return NEXT[line.circular.state if line.circular else None][1]


def _line(visit: Visit, session: Any) -> RoundLine:  # noqa: ANN401 - the services' own session
    given = visit.request.path_params
    found = circular_desk.line_of(session, given["plan"], given["period"])
    if found is None:
        raise NotHereError("没有这一轮调度")
    return found
