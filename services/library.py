"""The library of items (事项库): a page of a list narrowed as somebody asks, and what to ask by."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel import Session

from db import item_pages, plans, units
from db.plan_tables import Indicator
from services.items import ListedItem, listed_by_id
from services.office import Office
from services.overdue_files import WRITERS, words_of
from services.plans import the_office
from services.pulling import Asked, pull, wanted_of
from supervision.vocabulary import ItemKind, Rung


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """A page of the list: how many items it has in all, and those on the page with their ids."""

    total: int
    lines: list[tuple[UUID, ListedItem]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """What a list may be narrowed to: names of units and working groups, in the plan's order."""

    units: list[str]
    groups: list[str]
    rungs: tuple[Rung, ...] = tuple(Rung)


@dataclass(frozen=True, kw_only=True, slots=True)
class Holdings:
    """How much there is in all."""

    kinds: Mapping[ItemKind, int]
    indicators: int


def shelf(session: Session, office: Office, asked: Asked, *, offset: int, limit: int) -> Shelf:
    """Return a page of the list; UsageError for a unit or working group there is none of.

    What is narrowed by a light or a rung is judged item by item: both are derived, not stored; so
    is what stood on a day gone by.
    """
    wanted = wanted_of(session, office, asked)
    if asked.light or asked.rung or asked.min_days or wanted.is_past:
        found = listed_by_id(session, wanted, office.policy, shown=asked.shown)
        return Shelf(total=len(found), lines=found[offset : offset + limit])
    ids = item_pages.ids(session, wanted, offset=offset, limit=limit)
    on_page = replace(wanted, ids=ids)
    return Shelf(
        total=item_pages.count(session, wanted),
        lines=listed_by_id(session, on_page, office.policy),
    )


def holdings(session: Session, office: Office) -> Holdings:
    """Return how many tasks, projects and indicators there are."""
    wanted = wanted_of(session, office, Asked())
    return Holdings(
        kinds=item_pages.kinds(session, wanted),
        indicators=item_pages.indicator_count(session, the_office(session).id),
    )


def choices(session: Session) -> Choices:
    """Return what a list may be narrowed to."""
    office_id = the_office(session).id
    groups = (
        name
        for plan in plans.of_office(session, office_id)
        for name in plans.working_groups(session, plan.id)
    )
    return Choices(
        units=[unit.name for unit in units.of_office(session, office_id)],
        groups=sorted(set(groups)),
    )


def exported(session: Session, office: Office, asked: Asked, form: str) -> tuple[str, bytes]:
    """Return the name and the content of the whole list as a file: xlsx, csv or docx."""
    words = words_of(pull(session, office, asked))
    return f"{words.title}{office.today()}.{form}", WRITERS[form](words)


def indicators(session: Session, *, offset: int, limit: int) -> tuple[int, list[Indicator]]:
    """Return how many indicators there are, and a stretch of them."""
    office_id = the_office(session).id
    found = item_pages.indicators(session, office_id, offset=offset, limit=limit)
    return item_pages.indicator_count(session, office_id), found
