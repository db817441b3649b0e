"""One round on the office's board: its numbers, the items behind each, and the list as a file."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import Session

from db import dispatch_items
from db.plan_tables import Plan
from services.office import Office
from services.round_board import RoundCard
from services.round_closing import snapshot_of
from services.round_lines import lines
from services.round_status import by_unit, count, round_of
from services.rows_of_rounds import words_of
from supervision.lights import LISTED_STATES
from supervision.vocabulary import ObligationState, RoundShow, RoundState
from templates.lists.xlsx_list import xlsx_list

S = ObligationState
Plain = Mapping[str, Any]  # an item of a round as a snapshot keeps it


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundPage:
    """How a round stands; a closed one as it was frozen, with the hash of that."""

    counts: Plain
    units: list[Plain]
    items: list[Plain]
    frozen_hash: str = ""


def page_of(session: Session, office: Office, plan: Plan, card: RoundCard) -> RoundPage:
    """Return how a round that is on record stands; UsageError for one that never was opened."""
    found = round_of(session, plan, card.period)
    if found.state is RoundState.CLOSED:
        snapshot = snapshot_of(session, found)
        stated = snapshot.content
        return RoundPage(
            counts=stated["counts"]["reports"],
            units=stated["counts"]["units"],
            items=stated["items"],
            frozen_hash=snapshot.hash,
        )
    today = office.today()
    there = lines(session, plan, found, office.policy, today=today)
    return RoundPage(
        counts=asdict(count(there, found, today=today)),
        units=[asdict(one) for one in by_unit(there, found, today=today)],
        items=[_plain(asdict(line)) for line in there],
    )


def _plain(stated: Mapping[str, Any]) -> Plain:
    """Return an item as a snapshot would keep it."""
    made: Plain = json.loads(json.dumps(stated, ensure_ascii=False, default=str))
    return made


def narrowed(
    page: RoundPage, *, shown: RoundShow | None, unit: str | None, is_over: bool
) -> list[Plain]:
    """Return the items behind one of the board's numbers; `is_over` once the due day has passed."""
    fits = _fitting(shown, is_over=is_over)
    return [
        item
        for item in page.items
        if fits(item) and (unit is None or unit in item["answering_units"])
    ]


def _fitting(shown: RoundShow | None, *, is_over: bool) -> Callable[[Plain], bool]:
    missing = (S.MISSED, S.OPEN) if is_over else (S.MISSED,)
    fits: dict[RoundShow, Callable[[Plain], bool]] = {
        RoundShow.OWED: _is_counted,
        RoundShow.LATE: lambda item: _is_counted(item) and item["is_late"],
        RoundShow.MISSING: lambda item: item["obligation"] in missing,
        RoundShow.UNREPORTED: _is_unreported,
        RoundShow.REPORTED: lambda item: item["obligation"] == S.REPORTED,
        RoundShow.ACCEPTED: lambda item: item["obligation"] == S.ACCEPTED,
        RoundShow.SENT_BACK: lambda item: item["obligation"] == S.SENT_BACK,
    }
    return (lambda _: True) if shown is None else fits[shown]


def _is_counted(item: Plain) -> bool:
    return item["obligation"] not in (None, S.LIFTED)


def _is_unreported(item: Plain) -> bool:
    return item["obligation"] in (S.OPEN, S.SENT_BACK) and item["state"] in LISTED_STATES


def ids_of(session: Session, plan: Plan, items: list[Plain]) -> Mapping[str, Any]:
    """Return the ids of items by their codes, which are unique within a plan."""
    return dispatch_items.ids_by_code(session, plan.id, [item["code"] for item in items])


def as_workbook(card: RoundCard, items: list[Plain]) -> tuple[str, bytes]:
    """Return the name and the content of a round's list as .xlsx."""
    words = words_of(f"{card.label}调度情况", card.dates.due_on, items)
    return f"{words.title}.xlsx", xlsx_list(words)
