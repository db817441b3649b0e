"""Items, overdue items, units and results: what other systems read most."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from api.access import Caller, OfItem, OfTheOffice, Scoped
from api.asked import AsOf, ItemsAsked, OverdueAsked, ResultsAsked
from api.documents import ALWAYS, OF_ONE, ROOT, named
from api.errors import NotHereError
from api.item_shapes import ItemDossier, ItemFacts, ItemLine, ItemList, OverdueList
from api.other_shapes import Counts, ResultList, UnitCounts, UnitList, UnitShown
from api.shapes import of_page
from services import library
from services.dossiers import dossier
from services.items import ListedItem
from services.library import Shelf
from services.pulling import Asked
from services.results import results
from services.sight import seen_units
from supervision.vocabulary import Scope

routes = APIRouter(prefix=ROOT, responses=ALWAYS, generate_unique_id_function=named)
ReadsItems = Annotated[Caller, Depends(Scoped(scope=Scope.READ_ITEMS))]
ReadsOverdue = Annotated[Caller, Depends(Scoped(scope=Scope.READ_OVERDUE))]
ReadsItem = Annotated[Caller, Depends(OfItem(scope=Scope.READ_ITEMS))]
Exports = Annotated[Caller, Depends(OfTheOffice(scope=Scope.EXPORT_RESULTS))]


@routes.get("/items")
def list_items(caller: ReadsItems, asked: Annotated[ItemsAsked, Query()]) -> ItemList:
    """Return a page of the items that fit."""
    shelf = _shelf(caller, asked, text=asked.text)
    return ItemList(
        **of_page(asked, shelf.total),
        as_of=asked.as_of or caller.today,
        items=_lines(shelf.lines),
    )


@routes.get("/items/{item_id}", responses=OF_ONE)
def show_item(caller: ReadsItem, item_id: UUID, asked: Annotated[AsOf, Query()]) -> ItemDossier:
    """Return everything there is of one item."""
    as_of = asked.as_of or caller.today
    with caller.office.reading() as session:
        item = caller.item(session, item_id)
        found = dossier(session, item, caller.office.policy, today=as_of)
        return ItemDossier.of(found, as_of=as_of, item=ItemFacts.of_fields(found.item))


@routes.get("/overdue")
def list_overdue(caller: ReadsOverdue, asked: Annotated[OverdueAsked, Query()]) -> OverdueList:
    """Return a page of the items that are open after their due date, as of a day."""
    shelf = _shelf(caller, asked, overdue_only=True)
    return OverdueList(
        **of_page(asked, shelf.total),
        as_of=asked.as_of or caller.today,
        items=_lines(shelf.lines),
    )


@routes.get("/units")
def list_units(caller: ReadsItems) -> UnitList:
    """Return the units; a unit's token sees its own and the companies it acts for."""
    with caller.office.reading() as session:
        found = [
            UnitShown.of(unit, sponsor_unit=sponsor)
            for unit, sponsor in seen_units(session, caller.actor)
        ]
    return UnitList(total=len(found), units=found)


@routes.get("/results")
def export_results(caller: Exports, asked: Annotated[ResultsAsked, Query()]) -> ResultList:
    """Return how all items stand on a day, for assessments: counts of all, items of the page."""
    with caller.office.reading() as session:
        found = results(session, caller.office, plan=asked.plan, as_of=asked.as_of)
    on_page = found.lines[asked.offset : asked.offset + asked.limit]
    return ResultList(
        **of_page(asked, len(found.lines)),
        as_of=found.as_of,
        plan=asked.plan,
        counts=Counts.of(found.counts),
        units=[UnitCounts.of(one, counts=Counts.of(one.counts)) for one in found.units],
        items=_lines(on_page),
    )


def _shelf(caller: Caller, asked: OverdueAsked, **more: Any) -> Shelf:  # noqa: ANN401 - of Asked
    """Return the page that is asked for, within what the token may see."""
    narrowed = {name: getattr(asked, name) for name in OverdueAsked.model_fields}
    narrowed.pop("page")
    narrowed.pop("limit")
    with caller.office.reading() as session:
        if asked.unit is not None:
            _require_seen(session, caller, asked.unit)
        wanted = Asked(**narrowed, seen_by=caller.unit_id, **more)
        return library.shelf(session, caller.office, wanted, offset=asked.offset, limit=asked.limit)


def _require_seen(session: Any, caller: Caller, unit: str) -> None:  # noqa: ANN401 - of services
    """Raise NotHereError for a unit that a unit's token may not ask about."""
    if caller.unit_id is None:
        return
    if unit not in {there.name for there, _ in seen_units(session, caller.actor)}:
        raise NotHereError(f"没有名为“{unit}”的单位")


def _lines(found: Any) -> list[ItemLine]:  # noqa: ANN401 - pairs of id and line
    pairs: list[tuple[UUID, ListedItem]] = list(found)
    return [ItemLine.of(line, id=item_id) for item_id, line in pairs]
