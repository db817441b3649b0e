"""导入向导: a document up, the drafts there are, how far one has come, its file, giving it up."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import Allowed
from portal.downloads import attachment
from portal.errors import NotHereError
from portal.forms import Reading
from portal.paging import PAGE, offset_of, pager
from portal.phrases import When
from portal.plan_drafts import Adopter, clerk_of, done_once, draft_of, draft_page
from portal.screens import show
from portal.visits import Visit
from services import plan_drafts, plan_progress, plan_uploads
from services.form_answers import Answer
from services.plans import chosen
from services.todo import calendar_of, whom_to_ask
from supervision.errors import DubanError, UsageError
from supervision.vocabulary import Permission

pages = APIRouter()
Uploader = Annotated[Visit, Depends(Allowed(permission=Permission.ADOPT_PLAN, uploads=True))]
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "txt": "text/plain",
    "md": "text/plain",
    "csv": "text/csv",
}


@pages.get("/plans/drafts")
def drafts_page(visit: Adopter) -> Response:
    """Show how a plan is brought in, and the drafts there are."""
    return _screen(visit)


@pages.post("/plans/drafts")
def upload(visit: Uploader) -> Response:
    """Read a plan document and keep it as a draft; nothing is supervised because of it."""
    try:
        reading = Reading(visit.form)
        file = reading.file("file", "计划文件")
        code = reading.text("code", "计划代码").lower()
        baseline = reading.day("baseline", "督办起始日") if visit.form.text("baseline") else None
        reading.require_sound()
        # Before the transaction: reading may take long, and others must be able to write.
        uploaded = plan_uploads.read_upload(visit.office, file.data, name=file.name)

        def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
            draft = plan_drafts.start(
                session, uploaded, clerk_of(visit), code=code, baseline_on=baseline
            )
            found = uploaded.read
            said = f"已读出事项{len(found.work_items)}项、存疑和提示{len(found.findings)}处。"
            return Answer(location=f"/plans/drafts/{draft.id}", message=said)

        return visit.once(work)
    except DubanError as error:
        return _screen(visit, error)


@pages.get("/plans/drafts/{draft_id}")
def draft_overview(visit: Adopter) -> Response:
    """Show how far a draft has come, and each step."""
    return _overview(visit)


@pages.get("/plans/drafts/{draft_id}/file")
def original(visit: Adopter) -> Response:
    """Give the document as it was uploaded."""
    with visit.office.reading() as session:
        draft = draft_of(visit, session)
        name, stored_as = draft.file_name, draft.stored_as
    try:
        data = plan_uploads.uploads(visit.office).read(stored_as)
    except FileNotFoundError as error:
        raise NotHereError("原件已不在服务器上") from error
    ending = name.rpartition(".")[2].lower()
    return attachment(data, name=name, media_type=MEDIA_TYPES.get(ending, "text/plain"))


@pages.post("/plans/drafts/{draft_id}/drop")
def drop(visit: Adopter) -> Response:
    """Give a draft up, with the reason on record."""

    def work(session: Any, draft: Any, clerk: Any) -> Answer:  # noqa: ANN401
        reading = Reading(visit.form)
        reason = reading.text("reason", "放弃的理由")
        reading.require_sound()
        plan_drafts.drop(session, draft, clerk, reason=reason)
        return Answer(location="/plans/drafts", message="已放弃，没有立项。")

    try:
        return done_once(visit, work)
    except UsageError as error:
        return _overview(visit, error)


def _overview(visit: Visit, error: DubanError | None = None) -> Response:
    with visit.office.reading() as session:
        draft = draft_of(visit, session)
        title = f"导入：{plan_drafts.read_of(draft).plan.title}"
        return draft_page(visit, session, draft, "plan_draft.html", title, error=error)


def _screen(visit: Visit, error: DubanError | None = None) -> Response:
    with visit.office.reading() as session:
        total, lines = plan_progress.listed(session, offset=offset_of(visit.request), limit=PAGE)
        return show(
            visit,
            "plan_drafts.html",
            "导入计划",
            error=error,
            drafts=lines,
            pager=pager(visit.request, total),
            plans=[f"{plan.code}（{plan.title}）" for plan in chosen(session, None)],
            endings=plan_uploads.endings(),
            most_mb=visit.office.settings.evidence_file_mb,
            typed=visit.form,
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
        )
