"""规则: the rules in force in words, the working-day calendar, and the templates of papers."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.access import SignedIn
from portal.oversight import AtTheDesk
from portal.screens import show
from portal.visits import Visit
from services.calendars import missing_years, years_on_record
from services.own_templates import inspected, listed
from services.rule_words import rules_in_words
from services.todo import whom_to_ask
from supervision.sight import is_at_the_desk

pages = APIRouter()


@pages.get("/rules")
def rules(visit: Annotated[Visit, Depends(SignedIn())]) -> Response:
    """Show every rule with its value and its source, and which years' holidays are on record."""
    with visit.office.reading() as session:
        found = rules_in_words(visit.office)
        return show(
            visit,
            "rules.html",
            "规则",
            rules=found,
            own=sum(rule.own for rule in found),
            version=visit.office.policy.version,
            years=years_on_record(session),
            missing=missing_years(session, today=visit.today),
            at_the_desk=is_at_the_desk(visit.actor),
            whom=whom_to_ask(session),
        )


@pages.get("/rules/templates")
def templates(visit: Annotated[Visit, Depends(AtTheDesk())]) -> Response:
    """Show which template every kind of paper is made from, and what is wrong with it."""
    settings = visit.office.settings
    own = {one.kind for one in listed(settings) if one.is_own}
    found = inspected(settings)
    with visit.office.reading() as session:
        return show(
            visit,
            "rule_templates.html",
            "文书模板",
            found=found,
            own=own,
            faulty=sum(not one.is_usable for one in found),
            whom=whom_to_ask(session),
        )
