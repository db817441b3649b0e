"""季度调度: the rounds, opened, chased and closed by hand, and the items behind their numbers."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import Allowed
from portal.downloads import attachment
from portal.errors import NotHereError
from portal.oversight import AtTheDesk
from portal.paging import PAGE, offset_of, pager
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services import digest_preview, round_board, round_by_hand, round_pages
from services.form_answers import Answer
from services.plans import chosen
from services.round_board import RoundCard
from services.round_by_hand import Desk
from services.round_status import round_of
from services.rows_of_rounds import remark
from services.todo import calendar_of, whom_to_ask
from supervision.errors import UnknownPlanError, UsageError
from supervision.periods import quarter_named
from supervision.rights import RIGHTS
from supervision.vocabulary import ItemState, Light, Permission, RoundShow, RoundState

pages = APIRouter()
Officer = Annotated[Visit, Depends(AtTheDesk())]
Runner = Annotated[Visit, Depends(Allowed(permission=Permission.RUN_ROUNDS))]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/rounds")
def board_page(visit: Officer) -> Response:
    """Show every round of every plan."""
    with visit.office.reading() as session:
        return show(
            visit,
            "rounds.html",
            "季度调度",
            cards=round_board.board(session, visit.office, today=visit.today),
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )


@pages.get("/rounds/preview")
def preview_page(visit: Runner) -> Response:
    """Show what the next digests will say; nothing is queued."""
    coming = digest_preview.preview(visit.office)
    with visit.office.reading() as session:
        return show(
            visit,
            "round_preview.html",
            "预览将发送的内容",
            coming=coming,
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )


@pages.get("/rounds/{plan}/{period}")
def round_page(visit: Officer, plan: str, period: str) -> Response:
    """Show how a round stands, and what may be done with it."""
    return _round(visit, plan, period)


@pages.get("/rounds/{plan}/{period}/items")
def round_items(visit: Officer, plan: str, period: str) -> Response:
    """Show a page of the items behind one of a round's numbers."""
    shown, unit = _asked(visit)
    with visit.office.reading() as session:
        found, card = _found(visit, session, plan, period)
        items = _narrowed(visit, session, found, card)
        offset = offset_of(visit.request)
        on_page = items[offset : offset + PAGE]
        return show(
            visit,
            "round_items.html",
            f"{card.label}：{shown.label if shown else '全部事项'}",
            card=card,
            unit=unit,
            items=on_page,
            ids=round_pages.ids_of(session, found, on_page),
            labels={"state": dict(_labels(ItemState)), "light": dict(_labels(Light))},
            remark=remark,
            pager=pager(visit.request, len(items)),
            query=visit.request.url.query,
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )


@pages.get("/rounds/{plan}/{period}/export")
def export(visit: Officer, plan: str, period: str) -> Response:
    """Give the items of a round, narrowed as the page it is asked from, as a workbook."""
    with visit.office.reading() as session:
        found, card = _found(visit, session, plan, period)
        name, data = round_pages.as_workbook(card, _narrowed(visit, session, found, card))
    return attachment(data, name=name, media_type=XLSX)


@pages.post("/rounds/{plan}/{period}/open")
def open_round(visit: Runner, plan: str, period: str) -> Response:
    """Open a round by hand."""

    def act(session: Any, desk: Desk) -> str:  # noqa: ANN401 - the services' own session
        found, is_new = round_by_hand.open_round(session, desk, quarter_named(period))
        return f"{found.period} 调度已开启。" if is_new else f"{found.period} 调度早已开启。"

    return _acted(visit, plan, period, act)


@pages.post("/rounds/{plan}/{period}/remind")
def remind(visit: Runner, plan: str, period: str) -> Response:
    """Chase every report that is still owed, in each unit's next digest."""

    def act(session: Any, desk: Desk) -> str:  # noqa: ANN401 - the services' own session
        added = round_by_hand.remind(session, desk, round_of(session, desk.plan, period))
        if not added:
            return "今天已经催过，或没有未报的事项。"
        return f"已登记催报 {added} 项，并入各单位下一次提醒。"

    return _acted(visit, plan, period, act)


@pages.post("/rounds/{plan}/{period}/close")
def close(visit: Runner, plan: str, period: str) -> Response:
    """Close a round and freeze what it looked like."""

    def act(session: Any, desk: Desk) -> str:  # noqa: ANN401 - the services' own session
        round_by_hand.close_round(session, desk, round_of(session, desk.plan, period))
        return f"{period} 调度已关闭，数据已定格。"

    return _acted(visit, plan, period, act)


def _acted(visit: Visit, plan: str, period: str, act: Callable[[Any, Desk], str]) -> Response:
    def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
        found, card = _found(visit, session, plan, period)
        desk = Desk(
            plan=found,
            actor=visit.actor,
            policy=visit.office.policy,
            as_of=visit.today,
            now=visit.office.now(),
        )
        return Answer(location=card.path, message=act(session, desk))

    try:
        return visit.once(work)
    except UsageError as error:
        return _round(visit, plan, period, error)


def _round(visit: Visit, plan: str, period: str, error: UsageError | None = None) -> Response:
    with visit.office.reading() as session:
        found, card = _found(visit, session, plan, period)
        is_begun = card.state in (RoundState.OPEN, RoundState.CLOSED)
        return show(
            visit,
            "round.html",
            f"{card.label}调度",
            error=error,
            card=card,
            page=round_pages.page_of(session, visit.office, found, card) if is_begun else None,
            precheck=round_board.precheck(session, found),
            shows=tuple(RoundShow)[:6],
            may_run=bool(RIGHTS[Permission.RUN_ROUNDS].roles & visit.actor.roles),
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )


def _found(visit: Visit, session: Any, plan: str, period: str) -> tuple[Any, RoundCard]:  # noqa: ANN401
    """Return the plan and the round of the address; NotHereError without them."""
    try:
        (found,) = chosen(session, plan)
    except UnknownPlanError as error:
        raise NotHereError("没有这份计划") from error
    card = round_board.card_of(session, visit.office, found, period, today=visit.today)
    if card is None:
        raise NotHereError("没有这一轮调度")
    return found, card


def _asked(visit: Visit) -> tuple[RoundShow | None, str | None]:
    named = visit.request.query_params.get("show", "")
    shown = next((word for word in RoundShow if word.value == named), None)
    return shown, visit.request.query_params.get("unit") or None


def _narrowed(visit: Visit, session: Any, found: Any, card: RoundCard) -> list[Any]:  # noqa: ANN401
    shown, unit = _asked(visit)
    page = round_pages.page_of(session, visit.office, found, card)
    is_over = visit.today > card.dates.due_on
    return list(round_pages.narrowed(page, shown=shown, unit=unit, is_over=is_over))


def _labels(words: type[ItemState] | type[Light]) -> list[tuple[str, str]]:
    return [(word.value, word.label) for word in words]
