"""填报: last quarter's text to begin with, kept as a draft, checked, approved, handed in."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse, Response

from portal.access import OfItem
from portal.forms import KEY_FIELD, Posted, Reading
from portal.phrases import When
from portal.screens import in_words, show
from portal.visits import Visit
from services import report_drafts
from services.form_answers import Answer
from services.item_views import owed_now
from services.people import names_of_people
from services.report_content import ReportContent
from services.report_drafts import Pen
from services.report_forms import LABELS, review_reason
from services.reports import acceptable
from services.todo import calendar_of, next_to_report, whom_to_ask
from supervision.errors import UsageError
from supervision.periods import quarter_named
from supervision.vocabulary import Permission
from templates import pages as templates

pages = APIRouter()
Writer = Annotated[Visit, Depends(OfItem(permission=Permission.REPORT))]
Approver = Annotated[Visit, Depends(OfItem(permission=Permission.APPROVE_DRAFT))]
FROM_SCRIPT = "HX-Request"


@pages.get("/items/{item_id}/report")
def report_form(visit: Writer) -> Response:
    """Show the form, with what was typed so far or said last time."""
    return _form(visit)


@pages.post("/items/{item_id}/report")
def check_report(visit: Writer) -> Response:
    """Keep what was typed, and lead on to the check when it could be handed in as it is."""
    try:
        _keep(visit)
        content = content_of(visit.form)
        with visit.office.reading() as session:
            owed, _ = owed_now(session, visit.item(session), today=visit.today)
            acceptable(session, owed, content, visit.actor, as_of=visit.today)
    except UsageError as error:
        return _form(visit, error)
    return visit.led_to(f"{visit.request.url.path}/check")


@pages.post("/items/{item_id}/report/draft")
def keep_draft(visit: Writer) -> Response:
    """Keep what was typed as it is; a script is answered with a line for the page."""
    is_script = FROM_SCRIPT in visit.request.headers
    try:
        _keep(visit, leaves=not is_script)
    except UsageError as error:
        return _line(in_words(error)) if is_script else _form(visit, error)
    said = f"草稿已于{visit.office.now():%H:%M}保存。"
    if is_script:
        return _line(said)
    return visit.led_to(visit.request.url.path.removesuffix("/draft"), said)


@pages.get("/items/{item_id}/report/check")
def checking(visit: Writer) -> Response:
    """Show the answers as they would be handed in; without a draft there are none to check."""
    with visit.office.reading() as session:
        owed, _ = owed_now(session, visit.item(session), today=visit.today)
        draft = report_drafts.draft_of(session, owed, visit.unit_id)
    return _check(visit) if draft else visit.led_to(visit.request.url.path.removesuffix("/check"))


@pages.post("/items/{item_id}/report/submit")
def submit(visit: Writer) -> Response:
    """Hand the draft in, or ask the head of the unit to."""

    def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
        item = visit.item(session, to_act=True)
        owed, _ = owed_now(session, item, today=visit.today, to_act=True)
        typed = report_drafts.typed_so_far(session, owed, visit.unit_id)
        done = report_drafts.submit(session, owed, content_of(Posted(fields=typed)), _pen(visit))
        after = next_to_report(
            session, visit.unit_id, visit.office.policy, today=visit.today, after=item.id
        )
        then = f"下一项：{after.code} {after.title}。" if after else "本单位要报送的都办完了。"
        what = "已报送，待办公室审核" if done else "已送本单位负责人审签"
        return Answer(location="/todo", message=f"{item.code} {what}。{then}")

    try:
        return visit.once(work)
    except UsageError as error:
        return _form(visit, error)


@pages.post("/items/{item_id}/report/return")
def return_to_writer(visit: Approver) -> Response:
    """Send a draft that waits for the head back to its writer."""

    def work(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
        item = visit.item(session, to_act=True)
        owed, _ = owed_now(session, item, today=visit.today, to_act=True)
        reason = visit.form.text("reason")
        report_drafts.return_draft(session, owed, _pen(visit), reason=reason)
        return Answer(location="/todo", message=f"{item.code} 已退回填报人修改。")

    try:
        return visit.once(work)
    except UsageError as error:
        return _check(visit, error)


def content_of(form: Posted) -> ReportContent:
    """Return what the form says; FormError for a field that is no number or amount."""
    reading = Reading(form)
    content = ReportContent(
        progress=reading.text("progress", LABELS["progress"]),
        percent=reading.whole_number("percent", "累计进度"),
        stage=reading.optional("stage"),
        problems=reading.optional("problems"),
        help_wanted=reading.optional("help_wanted"),
        next_step=reading.optional("next_step"),
        evidence_note=reading.optional("evidence_note"),
        invested_wan=reading.amount("invested_wan", "累计完成投资"),
    )
    reading.require_sound()
    return content


def _typed(form: Posted) -> dict[str, str]:
    return {name: text.strip() for name, text in form.fields.items() if name in LABELS}


def _keep(visit: Visit, *, leaves: bool = True) -> None:
    page = visit.form.text(KEY_FIELD)
    with visit.office.transaction() as session:
        owed, _ = owed_now(
            session, visit.item(session, to_act=True), today=visit.today, to_act=True
        )
        typed = _typed(visit.form)
        report_drafts.keep_draft(session, owed, typed, _pen(visit), page=page, leaves=leaves)


def _pen(visit: Visit) -> Pen:
    return Pen(actor=visit.actor, as_of=visit.today, now=visit.office.now())


def _line(said: str) -> Response:
    return HTMLResponse(templates.fragment("report.html", "kept", {"kept": said}))


def _form(visit: Visit, error: UsageError | None = None) -> Response:
    return _screen(visit, "report.html", "填报", error=error, kept="")


def _check(visit: Visit, error: UsageError | None = None) -> Response:
    return _screen(visit, "report_check.html", "核对", error=error, labels=LABELS)


def _screen(
    visit: Visit,
    template: str,
    act: str,
    *,
    error: UsageError | None,
    **words: Any,  # noqa: ANN401
) -> Response:
    """Show a page about the report that is owed now, with its item, round and draft."""
    with visit.office.reading() as session:
        item = visit.item(session)
        owed, found = owed_now(session, item, today=visit.today)
        pen = _pen(visit)
        typed: Mapping[str, str] = report_drafts.typed_so_far(session, owed, visit.unit_id)
        return show(
            visit,
            template,
            f"{act} {item.code} {item.title}",
            error=error,
            item=item,
            quarter=quarter_named(found.period).label,
            round=found,
            obligation=owed,
            draft=report_drafts.draft_of(session, owed, visit.unit_id),
            called=names_of_people(session),
            typed={**typed, **_typed(visit.form)},
            needs_head=report_drafts.needs_head(session, pen),
            is_head=pen.is_head,
            sent_back_for=review_reason(session, owed),
            when=When(visit.today, calendar_of(session)),
            whom=whom_to_ask(session),
            **words,
        )
