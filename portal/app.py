"""The portal as one application: pages, refusals, and the envelope round every answer."""

from dataclasses import dataclass

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from api.app import served_api
from portal import (
    account_book_pages,
    account_pages,
    channel_pages,
    circular_pages,
    contact_import_pages,
    contact_pages,
    decision_pages,
    desk_pages,
    evidence_pages,
    feed_pages,
    files,
    forecast_pages,
    help_pages,
    historic_pages,
    inspection_pages,
    item_pages,
    library_pages,
    link_pages,
    meeting_pages,
    notice_acts,
    notice_draft_pages,
    notice_pages,
    one_page_pages,
    outbox_pages,
    overdue_pages,
    paper_pages,
    plan_draft_finding_pages,
    plan_draft_item_pages,
    plan_draft_last_pages,
    plan_draft_pages,
    plan_pages,
    pull_pages,
    record_pages,
    refusals,
    report_pages,
    request_pages,
    review_pages,
    round_pages,
    rule_pages,
    statistics_pages,
    todo_pages,
    token_pages,
    workbook_pages,
)
from portal.envelope import OF_PROGRAMS, Envelope
from services.office import Office

PAGES = (
    files,
    account_pages,
    link_pages,
    feed_pages,
    desk_pages,
    decision_pages,
    todo_pages,
    workbook_pages,
    pull_pages,
    notice_draft_pages,  # before the page of one notice, whose address would take it
    notice_pages,
    notice_acts,
    overdue_pages,
    library_pages,
    item_pages,
    round_pages,
    review_pages,
    rule_pages,
    report_pages,
    request_pages,
    evidence_pages,
    outbox_pages,
    forecast_pages,
    contact_pages,
    contact_import_pages,
    plan_pages,
    plan_draft_pages,
    plan_draft_finding_pages,
    plan_draft_item_pages,
    plan_draft_last_pages,
    historic_pages,
    channel_pages,
    token_pages,
    account_book_pages,
    record_pages,
    help_pages,
    circular_pages,
    one_page_pages,
    statistics_pages,
    paper_pages,
    inspection_pages,
    meeting_pages,
)


def create_app(office: Office) -> FastAPI:
    """Return the application of an office; its own documentation is closed in every profile.

    FastAPI's documentation pages load scripts from elsewhere, and pages are no programming
    interface: that is another application, in `api/`.
    """
    app = FastAPI(title="duban", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.office = office
    for part in PAGES:  # as plain routes, so that a test can walk them: included ones are hidden
        app.router.routes.extend(part.pages.routes)
    refusals.add_to(app)
    return app


def served(office: Office) -> ASGIApp:
    """Return what a server serves: the pages and the programming interface, in their envelope."""
    both = Served(pages=create_app(office), api=served_api(office))
    return Envelope(both, is_public=office.settings.portal_is_public)


@dataclass(frozen=True, kw_only=True, slots=True)
class Served:
    """Pages for people, and under `/api/` the interface for programs: two ways in, one server."""

    pages: ASGIApp
    api: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        is_of_programs = scope["type"] == "http" and scope["path"].startswith(OF_PROGRAMS)
        await (self.api if is_of_programs else self.pages)(scope, receive, send)
