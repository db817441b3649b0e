"""The last steps of bringing a plan in: its units, its historic items, the sum, 确认立项."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from portal.forms import Reading
from portal.plan_draft_item_pages import SEPARATORS
from portal.plan_drafts import Adopter, Work, done_once, draft_of, draft_page
from portal.visits import Visit
from services import plan_drafts, plan_progress, plan_terms
from services.adoption import Adopted
from services.form_answers import Answer
from services.plan_drafts import DraftUnknownError
from supervision.errors import DubanError, NotConfiguredError, UsageError
from supervision.vocabulary import DeadlineKind, HistoricRuling, ItemKind

pages = APIRouter()
FIELD_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "title": "事项名称",
        "content": "工作内容",
        "deadline_text": "时限原文",
        "deadline_kind": "时限类别",
        "due_on": "到期日",
        "working_group": "专班（领域）",
        "system": "体系",
        "investment_wan": "投资额（万元）",
        "lead_units": "牵头单位",
        "supporting_units": "配合单位",
        "responsible_units": "责任单位",
        "shared_by_function": "按职责分工负责",
        "kind": "类别",
    }
)
LABELS = {word.value: word.label for words in (DeadlineKind, ItemKind) for word in words}


@pages.get("/plans/drafts/{draft_id}/units")
def units_page(visit: Adopter) -> Response:
    """Show the units the document names, which are new, and what they still lack."""
    return _units(visit)


@pages.post("/plans/drafts/{draft_id}/units")
def appoint(visit: Adopter) -> Response:
    """Name a company's sponsor, or the members of a collective name."""

    def work(session: Any, draft: Any, clerk: Any) -> Answer:  # noqa: ANN401 - the services' own
        unit = visit.form.text("unit")
        members = visit.form.text("members").translate(SEPARATORS).split("、")
        plan_terms.appoint(
            session,
            draft,
            clerk,
            unit=unit,
            sponsor=visit.form.text("sponsor") or None,
            members=[name for name in members if name],
        )
        return Answer(location=f"/plans/drafts/{draft.id}/units", message=f"{unit}已登记。")

    return _once(visit, work, _units)


@pages.get("/plans/drafts/{draft_id}/historic")
def historic_page(visit: Adopter) -> Response:
    """Show the items that were due before the baseline, and what was said of them."""
    return _historic(visit)


@pages.post("/plans/drafts/{draft_id}/historic")
def rule_historic(visit: Adopter) -> Response:
    """Say of every item that is ticked what is known of it."""

    def work(session: Any, draft: Any, clerk: Any) -> Answer:  # noqa: ANN401
        reading = Reading(visit.form)
        how = reading.one_of("how", "怎样核定", tuple(HistoricRuling))
        why = reading.text("why", "依据或理由")
        reading.require_sound()
        codes = [
            item.code
            for item in plan_terms.historic_items(session, draft)
            if visit.form.text(f"item-{item.code}")
        ]
        ruled = plan_terms.rule_historic(session, draft, clerk, codes=codes, how=how, why=why)
        said = f"{ruled}项已记为“{how.label}”，确认立项时生效。"
        return Answer(location=f"/plans/drafts/{draft.id}/historic", message=said)

    return _once(visit, work, _historic)


@pages.post("/plans/drafts/{draft_id}/baseline")
def set_baseline(visit: Adopter) -> Response:
    """Change the first day that duban answers for."""

    def work(session: Any, draft: Any, clerk: Any) -> Answer:  # noqa: ANN401
        reading = Reading(visit.form)
        day = reading.day("baseline", "督办起始日")
        reading.require_sound()
        plan_terms.set_baseline(session, draft, clerk, baseline_on=day)
        said = f"督办起始日已改为{day}。"
        return Answer(location=f"/plans/drafts/{draft.id}/historic", message=said)

    return _once(visit, work, _historic)


@pages.get("/plans/drafts/{draft_id}/summary")
def summary_page(visit: Adopter) -> Response:
    """Show what adopting would write, and where every line of the document went."""
    return _summary(visit)


@pages.post("/plans/drafts/{draft_id}/adopt")
def adopt(visit: Adopter) -> Response:
    """Make the draft a plan; nothing is sent because of it."""

    def work(session: Any, draft: Any, clerk: Any) -> Answer:  # noqa: ANN401
        done = plan_drafts.adopt(session, draft, clerk)
        if isinstance(done, Adopted):
            said = f"已立项{done.items}项，其中基线待核{done.historic}项。"
        else:
            moved = f"改动{len(done.differences)}处，新增{len(done.added)}项"
            said = f"修订版已采纳：{moved}，撤项{len(done.cancelled)}项。"
        return Answer(location=f"/plans/drafts/{draft.id}", message=f"{said}没有发送任何消息。")

    return _once(visit, work, _summary)


def _once(visit: Visit, work: Work, screen: Any) -> Response:  # noqa: ANN401 - a page's function
    try:
        return done_once(visit, work)
    except DraftUnknownError:
        raise
    except (UsageError, NotConfiguredError) as error:
        answer: Response = screen(visit, error)
        return answer


def _units(visit: Visit, error: DubanError | None = None) -> Response:
    with visit.office.reading() as session:
        draft = draft_of(visit, session)
        lines = plan_progress.unit_lines(session, draft)
        return draft_page(
            visit,
            session,
            draft,
            "plan_draft_units.html",
            "单位匹配",
            error=error,
            lines=lines,
            names=[line.unit.name for line in lines if not line.wants_members],
        )


def _historic(visit: Visit, error: DubanError | None = None) -> Response:
    with visit.office.reading() as session:
        draft = draft_of(visit, session)
        return draft_page(
            visit,
            session,
            draft,
            "plan_draft_historic.html",
            "历史事项核定",
            error=error,
            lines=plan_progress.historic_lines(session, draft),
            rulings=HistoricRuling,
        )


def _summary(visit: Visit, error: DubanError | None = None) -> Response:
    with visit.office.reading() as session:
        draft = draft_of(visit, session)
        return draft_page(
            visit,
            session,
            draft,
            "plan_draft_summary.html",
            "汇总与立项",
            error=error,
            summary=plan_progress.summary_of(session, draft),
            lines=plan_progress.historic_lines(session, draft),
            field_names=FIELD_NAMES,
            worded=_worded,
        )


def _worded(value: object) -> str:
    """Return what a field states, in words."""
    if isinstance(value, list):
        return "、".join(map(str, value)) or "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    return "无" if value in (None, "") else LABELS.get(str(value), str(value))
