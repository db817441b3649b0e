"""清单核对: what was doubtful in an adopted plan, how each was settled, and the report on it."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import Allowed
from portal.downloads import attachment
from portal.errors import NotHereError
from portal.paging import PAGE, offset_of, pager
from portal.screens import show
from portal.visits import Visit
from services import checking
from services.plans import chosen
from services.todo import whom_to_ask
from supervision.errors import UnknownPlanError
from supervision.vocabulary import Permission

pages = APIRouter()
Reader = Annotated[Visit, Depends(Allowed(permission=Permission.ADOPT_PLAN))]
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pages.get("/plans")
def plans_page(visit: Reader) -> Response:
    """Show the adopted plans, each with how much was doubtful in it."""
    with visit.office.reading() as session:
        codes = [(plan.code, plan.title, plan.baseline_on) for plan in chosen(session, None)]
        whom = whom_to_ask(session)
    found = [
        (code, title, baseline, len(checking.adopted_plan(visit.office, code).findings))
        for code, title, baseline in codes
    ]
    return show(visit, "plans.html", "计划与核对", plans=found, whom=whom)


@pages.get("/plans/{plan}/findings")
def findings_page(visit: Reader, plan: str) -> Response:
    """Show a page of what was doubtful, each with both places of the original text."""
    try:
        read, settled = _checked(visit, plan)
    except UnknownPlanError as error:
        raise NotHereError("没有这份计划") from error
    start = offset_of(visit.request)
    with visit.office.reading() as session:
        return show(
            visit,
            "plan_findings.html",
            f"清单核对：{read.plan.title}",
            code=plan,
            findings=read.findings[start : start + PAGE],
            settled=settled,
            pager=pager(visit.request, len(read.findings)),
            whom=whom_to_ask(session),
        )


@pages.get("/plans/{plan}/findings/report")
def findings_report(visit: Reader, plan: str) -> Response:
    """Give the report (清单核对报告) as a Word file."""
    try:
        read, settled = _checked(visit, plan)
    except UnknownPlanError as error:
        raise NotHereError("没有这份计划") from error
    folder = visit.office.settings.templates
    data = checking.report(read, settled, today=visit.today, folder=folder)
    return attachment(data, name=f"{plan}清单核对报告.docx", media_type=DOCX)


def _checked(visit: Visit, plan: str) -> tuple[Any, dict[str, str]]:
    return checking.adopted_plan(visit.office, plan), checking.settled_of(visit.office, plan)
