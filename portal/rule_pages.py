"""规则、工作日历、文书模板: what the office works by, in words, with where each comes from."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.oversight import AtTheDesk, SeesAll
from portal.screens import show
from portal.visits import Visit
from services.calendars import missing_years, years_on_record
from services.own_templates import inspected, listed
from services.rule_book import rule_book
from services.todo import whom_to_ask
from supervision.sight import is_at_the_desk

pages = APIRouter()
Overseer = Annotated[Visit, Depends(SeesAll())]


@pages.get("/rules")
def rules_page(visit: Overseer) -> Response:
    """Show every rule with its value, its source, and whether it is this project's default."""
    policy = visit.office.policy
    with visit.office.reading() as session:
        return show(
            visit,
            "rules.html",
            "规则",
            rules=rule_book(policy),
            version=policy.version,
            at_the_desk=is_at_the_desk(visit.actor),
            whom=whom_to_ask(session),
        )


@pages.get("/calendar")
def calendar_page(visit: Overseer) -> Response:
    """Show the years whose holidays are on record, and those that ought to be."""
    with visit.office.reading() as session:
        return show(
            visit,
            "calendar.html",
            "工作日历",
            years=years_on_record(session),
            missing=missing_years(session, today=visit.today),
            whom=whom_to_ask(session),
        )


@pages.get("/rules/templates")
def templates_page(visit: Annotated[Visit, Depends(AtTheDesk())]) -> Response:
    """Show which template every kind of paper is made from, and what is wrong with it."""
    settings = visit.office.settings
    found = inspected(settings)
    with visit.office.reading() as session:
        return show(
            visit,
            "rule_templates.html",
            "文书模板",
            found=found,
            own={one.kind for one in listed(settings) if one.is_own},
            faulty=sum(not one.is_usable for one in found),
            whom=whom_to_ask(session),
        )
