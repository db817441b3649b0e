"""工作台: what waits for the office, each number with the list behind it."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.errors import NotHereError
from portal.oversight import AtTheDesk
from portal.paging import PAGE, offset_of, pager
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services import desk, round_board
from services.todo import calendar_of, whom_to_ask
from supervision.periods import quarter_named
from supervision.vocabulary import DeskList

pages = APIRouter()
Officer = Annotated[Visit, Depends(AtTheDesk())]
L = DeskList

# In the order of a day's work; what stands in no section is shown nowhere else.
SECTIONS: tuple[tuple[str, tuple[DeskList, ...]], ...] = (
    ("要审核的", (L.REPORTS, L.ANSWERS)),
    (
        "要审批的",
        (
            L.EXTENSION_REVIEWS,
            L.EXTENSION_DECISIONS,
            L.CLOSE_OUT_REVIEWS,
            L.CLOSE_OUT_DECISIONS,
            L.DISPUTES,
            L.HISTORIC,
            L.SUSPENDED,
        ),
    ),
    ("要发出的", (L.DRAFTS, L.SIGNED, L.ISSUED)),
    ("要催办的", (L.SILENT,)),
)
# Where a line leads, and what is done there; all others lead to the item's page.
LEADS_TO: dict[DeskList, tuple[str, str]] = {
    L.REPORTS: ("/reports/{period}", "审核"),
    L.EXTENSION_REVIEWS: ("/extension/review", "初审延期"),
    L.EXTENSION_DECISIONS: ("/extension/decision", "审批延期"),
    L.CLOSE_OUT_REVIEWS: ("/close-out/review", "初审销号"),
    L.CLOSE_OUT_DECISIONS: ("/close-out/decision", "复核销号"),
    L.DISPUTES: ("/dispute/answer", "答复异议"),
    L.HISTORIC: ("/settlement", "核定"),
    L.SUSPENDED: ("/suspension", "复核暂缓"),
}
ELSEWHERE = ("", "查看")
# Papers are dealt with sheet by sheet, and not item by item.
OF_PAPERS = frozenset({L.DRAFTS, L.SIGNED, L.ISSUED, L.ANSWERS})
# What the day beside a line means.
DAYS = {
    L.REPORTS: "报送截止",
    L.SILENT: "报送截止",
    L.HISTORIC: "原定时限",
    L.SUSPENDED: "复核日期",
    L.DRAFTS: "起草",
    L.SIGNED: "起草",
    L.ISSUED: "起草",
    L.ANSWERS: "起草",
}


@pages.get("/desk")
def desk_page(visit: Officer) -> Response:
    """Show how much waits of each sort."""
    with visit.office.reading() as session:
        waits = desk.waits_for(session, visit.actor, visit.office.policy, today=visit.today)
        by_list = {found.what: found for found in waits}
        return show(
            visit,
            "desk.html",
            "工作台",
            sections=[(title, [by_list[name] for name in names]) for title, names in SECTIONS],
            mine=sum(found.total for found in waits if found.is_mine),
            gaps=desk.gaps(session, today=visit.today),
            undelivered=desk.undelivered(session),
            rounds=round_board.current(session, visit.office, today=visit.today),
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )


@pages.get("/desk/lists/{waiting}")
def desk_list(visit: Officer, waiting: str) -> Response:
    """Show a page of one list."""
    wanted = next((word for word in DeskList if word.value == waiting), None)
    if wanted is None:
        raise NotHereError("没有这个清单")
    policy, today = visit.office.policy, visit.today
    with visit.office.reading() as session:
        total = desk.how_many(session, wanted, policy, today=today)
        lines = desk.stretch(
            session,
            wanted,
            visit.actor,
            policy,
            today=today,
            offset=offset_of(visit.request),
            limit=PAGE,
        )
        path, act = LEADS_TO.get(wanted, ELSEWHERE)
        return show(
            visit,
            "desk_list.html",
            f"工作台：{wanted.label}",
            lines=lines,
            path=path,
            act=act,
            is_of_papers=wanted in OF_PAPERS,
            settles_together=wanted is L.HISTORIC and total > 0,
            quarter_of=lambda period: quarter_named(period).label,
            day_means=DAYS.get(wanted, "提出"),
            is_deadline=wanted in (L.SILENT, L.HISTORIC, L.SUSPENDED),
            pager=pager(visit.request, total),
            when=When(today, calendar_of(session)),
            whom=whom_to_ask(session),
        )


@pages.get("/desk/gaps")
def gaps_page(visit: Officer) -> Response:
    """Show what is missing among contacts, sponsors and the calendar."""
    with visit.office.reading() as session:
        found = desk.gaps(session, today=visit.today)
        return show(visit, "desk_gaps.html", "需要补齐的", gaps=found, whom=whom_to_ask(session))


@pages.get("/desk/undelivered")
def undelivered_page(visit: Officer) -> Response:
    """Show the messages that reached nobody."""
    with visit.office.reading() as session:
        total = desk.undelivered(session)
        lines = desk.undelivered_messages(session, offset=offset_of(visit.request), limit=PAGE)
        return show(
            visit,
            "desk_undelivered.html",
            "未送达的消息",
            lines=lines,
            pager=pager(visit.request, total),
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )
