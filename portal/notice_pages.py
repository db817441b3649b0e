"""通知文书: lists by where the papers are, one paper as it will look, and its file."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import OfAUnit
from portal.downloads import attachment
from portal.notice_access import OfNotice, notice_of
from portal.oversight import SeesAll
from portal.paging import number_of, pager
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services.notice_desk import PARTS, counts, papers, received
from services.notice_views import evidence_to_give, notice_view, paper_file
from services.todo import calendar_of, whom_to_ask
from supervision.errors import UsageError
from supervision.vocabulary import EvidenceKind, NoticeMove, NoticeState, Permission

pages = APIRouter()
Overseer = Annotated[Visit, Depends(SeesAll())]
OfUnit = Annotated[Visit, Depends(OfAUnit())]
Reader = Annotated[Visit, Depends(OfNotice(permission=Permission.READ_ITEMS))]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What each move is called on the page when it is the next one, and who is to make it.
NEXT = {
    NoticeState.DRAFT: "待签发人审阅签发",
    NoticeState.SIGNED: "待办公室编号印发",
    NoticeState.ISSUED: "待送达承办单位",
    NoticeState.DELIVERED: "待承办单位签收并答复",
    NoticeState.ACKNOWLEDGED: "待承办单位答复",
    NoticeState.ANSWERED: "待审核答复",
    NoticeState.LAPSED: "逾期未复，可升级督办",
    NoticeState.ACCEPTED: "答复已采纳，不需再办",
    NoticeState.SUPERSEDED: "已由上一级通知接替",
    NoticeState.VOIDED: "已作废",
}


@pages.get("/notices")
def notices(visit: Overseer) -> Response:
    """Show the papers of one part of the list, and how many each part has."""
    asked = visit.request.query_params.get("state")
    with visit.office.reading() as session:
        numbers = counts(session)
        first = next((part for part in PARTS if numbers[part.state]), PARTS[0])
        part = next((part for part in PARTS if part.state.value == asked), first)
        found = papers(session, part.state, page=number_of(visit.request))
        return show(
            visit,
            "notices.html",
            "通知文书",
            parts=PARTS,
            numbers=numbers,
            part=part,
            found=found,
            pager=pager(visit.request, found.total),
            to_part=lambda other: f"/notices?{urlencode({'state': other.state.value})}",
            when=When(visit.today, calendar_of(session)),
        )


@pages.get("/received")
def received_notices(visit: OfUnit) -> Response:
    """Show a unit the papers it received."""
    with visit.office.reading() as session:
        found = received(session, visit.unit_id, page=number_of(visit.request))
        return show(
            visit,
            "notices_received.html",
            "收到的通知",
            found=found,
            pager=pager(visit.request, found.total),
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )


@pages.get("/notices/{notice_id}")
def notice_page(visit: Reader) -> Response:
    """Show a paper."""
    return show_notice(visit)


@pages.get("/notices/{notice_id}/file")
def notice_file(visit: Reader) -> Response:
    """Give the paper as a Word file: as kept once it has a number, marked 草稿 before."""
    with visit.office.reading() as session:
        found = notice_of(visit, session)
        name, content = paper_file(session, visit.office, found, today=visit.today)
    return attachment(content, name=name, media_type=WORD)


def show_notice(visit: Visit, error: UsageError | None = None) -> Response:
    """Show the notice of the address, saying what is wrong if something is."""
    with visit.office.reading() as session:
        found = notice_of(visit, session)
        view = notice_view(session, visit.office, visit.actor, found, today=visit.today)
        state = found.sheet.state if found.sheet else NoticeState.DRAFT
        matter_states = {matter.notice.state for matter in view.matters}
        stands = matter_states.pop() if len(matter_states) == 1 else state
        number = found.sheet.number_text if found.sheet else None
        return show(
            visit,
            "notice.html",
            f"{number or '草稿'} {found.unit.name} {found.kind}",
            error=error,
            view=view,
            sheet=found.sheet,
            path=f"/notices/{found.named_by}",
            stands=stands,
            asked_to=NEXT.get(stands, stands.label),
            can={move.name: move in view.can for move in NoticeMove},
            proof=evidence_to_give(session, found) if NoticeMove.ANSWER in view.can else [],
            kinds={kind.value: kind.label for kind in EvidenceKind},
            typed=visit.form.fields,
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )
