"""我的待办: what a unit has to do, by when, and whom it asks."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import OfAUnit
from portal.errors import NotHereError
from portal.phrases import When
from portal.screens import show
from portal.visits import Visit
from services.todo import PAGE, calendar_of, todo_of, whole_part, whom_to_ask
from supervision.vocabulary import TodoPart

pages = APIRouter()
OfUnit = Annotated[Visit, Depends(OfAUnit())]
MOST_PAGES = 100_000

# Where each part leads: to the form that does what the part asks for.
LEADS_TO = {
    TodoPart.RETURNED: ("/report", "修改重报"),
    TodoPart.TO_APPROVE: ("/report/check", "审签"),
    TodoPart.TO_REPORT: ("/report", "填报"),
    TodoPart.TO_SUPPORT: ("/contribution", "填写配合情况"),
    TodoPart.TO_SIGN: ("", "查看并签收"),
}
ELSEWHERE = ("", "查看")


@pages.get("/todo")
def todo(visit: OfUnit) -> Response:
    """Show everything a unit has to do, the first few of each part."""
    with visit.office.reading() as session:
        found = todo_of(session, visit.unit_id, visit.office.policy, today=visit.today)
        return show(
            visit,
            "todo.html",
            "我的待办",
            todo=found,
            leads_to=LEADS_TO,
            elsewhere=ELSEWHERE,
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )


@pages.get("/todo/part/{part}")
def todo_part(visit: OfUnit, part: str) -> Response:
    """Show a page of one part of the list."""
    wanted = next((word for word in TodoPart if word.value == part), None)
    number = _page_number(visit.request.query_params.get("page", "1"))
    if wanted is None:
        raise NotHereError("没有这个清单")
    with visit.office.reading() as session:
        found = whole_part(
            session, wanted, visit.unit_id, visit.office.policy, today=visit.today, page=number
        )
        return show(
            visit,
            "todo_part.html",
            f"我的待办：{wanted.label}",
            found=found,
            leads_to=LEADS_TO,
            elsewhere=ELSEWHERE,
            when=When(visit.today, calendar_of(session)),
            number=number,
            is_last=number * PAGE >= found.total,
        )


def _page_number(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and 0 < len(text) < len(str(MOST_PAGES))
    return max(int(text), 1) if is_number else 1
