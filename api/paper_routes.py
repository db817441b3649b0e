"""Rounds and what is owed in them, notices and circulars with their files."""

from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import Response

from api.access import Caller, OfNotice, OfTheOffice, Scoped
from api.asked import AsOf, NoticesAsked, ObligationsAsked, Quarter
from api.documents import ALWAYS, OF_FILES, OF_ONE, ROOT, WordFile, named
from api.errors import NotHereError
from api.other_shapes import (
    CircularList,
    CircularShown,
    NoticeLine,
    NoticeList,
    NoticePaper,
    NoticeShown,
    Obligation,
    ObligationList,
    RoundList,
    RoundShown,
    RoundStatus,
)
from api.shapes import of_page
from services import circular_desk, circular_papers, notice_desk, owed_lists, round_status
from services.circular_desk import RoundLine
from services.notice_desk import PaperPage
from services.notice_shown_alone import shown_alone
from services.notice_views import paper_file
from services.owed_lists import RoundOfPlan
from supervision.rights import NotAllowedError
from supervision.vocabulary import Scope

routes = APIRouter(prefix=ROOT, responses=ALWAYS, generate_unique_id_function=named)
ReadsRounds = Annotated[Caller, Depends(Scoped(scope=Scope.READ_ROUNDS))]
ReadsAllRounds = Annotated[Caller, Depends(OfTheOffice(scope=Scope.READ_ROUNDS))]
ReadsNotices = Annotated[Caller, Depends(Scoped(scope=Scope.READ_NOTICES))]
ReadsNotice = Annotated[Caller, Depends(OfNotice(scope=Scope.READ_NOTICES))]
ReadsCirculars = Annotated[Caller, Depends(OfTheOffice(scope=Scope.READ_CIRCULARS))]
PlanCode = Annotated[str, Path(min_length=1, max_length=100)]


@routes.get("/rounds")
def list_rounds(caller: ReadsRounds) -> RoundList:
    """Return every round that is on record."""
    with caller.office.reading() as session:
        found = [_round(one) for one in owed_lists.rounds_on_record(session)]
    return RoundList(total=len(found), rounds=found)


@routes.get("/rounds/{plan}/{period}", responses=OF_ONE)
def show_round(
    caller: ReadsAllRounds, plan: PlanCode, period: Quarter, asked: Annotated[AsOf, Query()]
) -> RoundStatus:
    """Return how a round stands: what is owed, came in, is late or missing, unit by unit."""
    as_of = asked.as_of or caller.today
    with caller.office.reading() as session:
        line = _line(session, plan, period)
        stands = round_status.status(
            session, line.plan, line.round, caller.office.policy, today=as_of
        )
        return RoundStatus.of(stands, as_of=as_of)


@routes.get("/obligations", responses=OF_ONE)
def list_obligations(
    caller: ReadsRounds, asked: Annotated[ObligationsAsked, Query()]
) -> ObligationList:
    """Return a page of what is owed in a round; a unit's token sees what concerns the unit."""
    with caller.office.reading() as session:
        found = owed_lists.round_named(session, asked.plan, asked.period)
        if found is None:
            raise NotHereError("没有这一轮调度")
        page = owed_lists.owed_page(
            session,
            found,
            seen_by=caller.unit_id,
            state=asked.state,
            offset=asked.offset,
            limit=asked.limit,
        )
        return ObligationList(
            **of_page(asked, page.total),
            round=_round(found),
            obligations=[Obligation.of(line) for line in page.lines],
        )


@routes.get("/notices")
def list_notices(caller: ReadsNotices, asked: Annotated[NoticesAsked, Query()]) -> NoticeList:
    """Return a page of the papers of supervision; a unit's token sees those it received."""
    with caller.office.reading() as session:
        found = _papers(session, caller, asked)
    return NoticeList(
        **of_page(asked, found.total),
        notices=[NoticeLine.of(line, id=line.notice_id) for line in found.lines],
    )


def _papers(session: Any, caller: Caller, asked: NoticesAsked) -> PaperPage:  # noqa: ANN401
    page, limit, state = asked.page, asked.limit, asked.state
    if caller.unit_id is not None:
        if state is not None:
            raise NotAllowedError("单位的令牌只列收到的通知，不按状态筛选")
        return notice_desk.received(session, caller.unit_id, page=page, limit=limit)
    if state is None:
        return notice_desk.signed(session, page=page, limit=limit)
    return notice_desk.papers(session, state, page=page, limit=limit)


@routes.get("/notices/{notice_id}", responses=OF_ONE)
def show_notice(caller: ReadsNotice, notice_id: UUID) -> NoticeShown:
    """Return one paper with its matters as they stand today."""
    with caller.office.reading() as session:
        found = caller.notice(session, notice_id)
        paper = shown_alone(session, caller.office, found, as_of=caller.today)
        return NoticeShown(as_of=caller.today, notice=NoticePaper.of(paper, id=found.named_by))


@routes.get("/notices/{notice_id}/file", response_class=WordFile, responses=OF_FILES)
def notice_file(caller: ReadsNotice, notice_id: UUID) -> Response:
    """Return the paper as a Word file: as kept once it has a number, marked 草稿 before."""
    with caller.office.reading() as session:
        found = caller.notice(session, notice_id)
        name, content = paper_file(session, caller.office, found, today=caller.today)
    return _word(name, content)


@routes.get("/circulars")
def list_circulars(caller: ReadsCirculars) -> CircularList:
    """Return the circulars (通报) there are."""
    with caller.office.reading() as session:
        found = [_circular(line) for line in circular_desk.lines(session) if line.circular]
    return CircularList(total=len(found), circulars=found)


@routes.get("/circulars/{plan}/{period}/file", response_class=WordFile, responses=OF_FILES)
def circular_file(caller: ReadsCirculars, plan: PlanCode, period: Quarter) -> Response:
    """Return the circular on a round as a Word file."""
    with caller.office.reading() as session:
        one = _line(session, plan, period).drafted
        if one is None:
            raise NotHereError("这一轮还没有通报")
        content = circular_papers.content(session, caller.office, one)
        return _word(circular_papers.file_name(one), content)


def _line(session: Any, plan: str, period: str) -> RoundLine:  # noqa: ANN401 - of services
    found = circular_desk.line_of(session, plan, period)
    if found is None:
        raise NotHereError("没有这一轮调度")
    return found


def _round(one: RoundOfPlan) -> RoundShown:
    return RoundShown.of(one.round, plan=one.plan.code)


def _circular(line: RoundLine) -> CircularShown:
    one = line.drafted
    assert one is not None  # whoever asks has looked
    return CircularShown.of(
        one.circular,
        plan=line.plan.code,
        period=line.round.period,
        title=one.title,
        number=one.circular.number_text,
        snapshot=one.circular.snapshot_hash,
    )


def _word(name: str, content: bytes) -> Response:
    stated = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return WordFile(content, headers=stated)
