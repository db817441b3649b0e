"""A draft's items one by one: the passage of the document on one side, the fields on the other."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from portal.errors import NotHereError
from portal.forms import Reading
from portal.paging import PAGE, offset_of, pager
from portal.plan_draft_finding_pages import BY_REASON
from portal.plan_drafts import Adopter, done_once, draft_of, draft_page, left_to_do
from portal.visits import Visit
from services import plan_rulings, plan_views
from services.form_answers import Answer
from services.plan_views import ItemSheet, Point
from supervision.errors import DubanError, UsageError
from supervision.vocabulary import DeadlineKind, ItemKind

pages = APIRouter()
SEPARATORS = str.maketrans(dict.fromkeys("，,;； \r\n\t", "、"))
# The field that the findings of a rule are about; any other rule is told under the form.
FIELD_OF: Mapping[str, str] = MappingProxyType(
    {
        "owners": "lead_units",
        "nobody-named": "lead_units",
        "inferred-lead": "lead_units",
        "unknown-unit": "lead_units",
        "dates": "due_on",
        "order": "due_on",
        "unclear-deadline": "due_on",
        "no-deadline": "due_on",
        "taken-from-above": "due_on",
        "names": "title",
        "figures": "content",
        "overlaps": "content",
        "unread-amount": "investment_wan",
    }
)
UNDATED = (
    DeadlineKind.CONTINUING,
    DeadlineKind.RECURRING,
    DeadlineKind.EVENT,
    DeadlineKind.NONE,
)


@pages.get("/plans/drafts/{draft_id}/items")
def items_page(visit: Adopter) -> Response:
    """Show a page of the items, those with something doubtful alone when asked."""
    only = visit.request.query_params.get("show") == "waiting"
    start = offset_of(visit.request)
    with visit.office.reading() as session:
        draft = draft_of(visit, session)
        lines = plan_views.item_lines(draft)
        waiting = [line for line in lines if line[1]]
        wanted = waiting if only else lines
        return draft_page(
            visit,
            session,
            draft,
            "plan_draft_items.html",
            "逐条核对",
            lines=wanted[start : start + PAGE],
            only=only,
            all_of_them=len(lines),
            waiting=len(waiting),
            pager=pager(visit.request, len(wanted)),
        )


@pages.get("/plans/drafts/{draft_id}/items/{code}")
def item_page(visit: Adopter) -> Response:
    """Show one item beside its passage, with what is doubtful about it."""
    return _item(visit)


@pages.post("/plans/drafts/{draft_id}/items/{code}")
def correct(visit: Adopter) -> Response:
    """Keep the fields as they should be, and settle the findings that this answers."""

    def work(session: Any, draft: Any, clerk: Any) -> Answer:  # noqa: ANN401 - the services' own
        sheet = plan_views.sheet_of(draft, visit.request.path_params["code"])
        wanted, why = _wanted(visit, sheet)
        answered = [
            point.finding.id for point in sheet.points if visit.form.text(f"finding-{point.number}")
        ]
        plan_rulings.correct(
            session,
            draft,
            clerk,
            code=sheet.read.code,
            wanted=wanted,
            why=why,
            findings=answered,
            with_new_units=bool(visit.form.text("with_new_units")),
        )
        said = f"{sheet.read.code}已更正，{left_to_do(draft)}"
        return Answer(location=f"/plans/drafts/{draft.id}/items/{sheet.read.code}", message=said)

    try:
        return done_once(visit, work)
    except UsageError as error:
        return _item(visit, error)


def _wanted(visit: Visit, sheet: ItemSheet) -> tuple[dict[str, Any], str]:
    """Return the fields as they should be, and the reason."""
    reading = Reading(visit.form)
    kind = reading.one_of("deadline_kind", "时限类别", tuple(DeadlineKind))
    wanted: dict[str, Any] = {
        "title": reading.text("title", "事项名称"),
        "content": reading.text("content", "工作内容"),
        "working_group": reading.optional("working_group"),
        "deadline_kind": kind,
        "lead_units": _names(visit.form.text("lead_units")),
        "supporting_units": _names(visit.form.text("supporting_units")),
    }
    if kind not in UNDATED and (visit.form.text("due_on") or kind is not DeadlineKind.UNCLEAR):
        wanted["due_on"] = reading.day("due_on", "到期日")
    if sheet.read.kind is ItemKind.PROJECT:
        amount = reading.amount("investment_wan", "投资额")
        wanted["investment_wan"] = None if amount is None else float(amount)
    why = reading.text("why", "更正的理由")
    reading.require_sound()
    return wanted, why


def _names(text: str) -> list[str]:
    return list(dict.fromkeys(name for name in text.translate(SEPARATORS).split("、") if name))


def _item(visit: Visit, error: DubanError | None = None) -> Response:
    with visit.office.reading() as session:
        draft = draft_of(visit, session)
        try:
            sheet = plan_views.sheet_of(draft, visit.request.path_params["code"])
        except UsageError as unknown:
            raise NotHereError("没有这一项") from unknown
        return draft_page(
            visit,
            session,
            draft,
            "plan_draft_item.html",
            f"{sheet.read.kind.label}{sheet.read.number}：{sheet.read.title}",
            error=error,
            sheet=sheet,
            values=_values(visit, sheet),
            beside=_beside(sheet.points),
            kinds=DeadlineKind,
            rulings=BY_REASON,
        )


def _values(visit: Visit, sheet: ItemSheet) -> dict[str, str]:
    """Return what stands in the fields: as typed, else as corrected so far."""
    leads, others = plan_rulings.units_of(sheet.now)
    stated: dict[str, object] = {
        "title": sheet.now.title,
        "content": sheet.now.content,
        "working_group": sheet.now.working_group or "",
        "deadline_kind": sheet.now.deadline_kind.value,
        "due_on": sheet.now.due_on or "",
        "investment_wan": "" if sheet.now.investment_wan is None else sheet.now.investment_wan,
        "lead_units": "、".join(leads),
        "supporting_units": "、".join(others),
        "why": "",
    }
    typed = visit.form.fields
    return {name: typed.get(name, _shown(value)) for name, value in stated.items()}


def _shown(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _beside(points: Sequence[Point]) -> dict[str, list[Point]]:
    """Return the findings that wait, by the field they are told beside."""
    found: dict[str, list[Point]] = {}
    for point in points:
        if point.said is None:
            rule = point.finding.id.partition(":")[0].partition(".")[0]
            found.setdefault(FIELD_OF.get(rule, ""), []).append(point)
    return found
