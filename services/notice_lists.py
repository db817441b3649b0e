"""Notices as lists show them: drafts put together as papers, and the sheets that were signed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from db import notice_sheets
from db.notice_tables import NoticeSheet
from db.plan_tables import Plan, Unit
from services.items import ListedItem
from services.notice_rows import draft_row, matter_rows, sheet_row
from services.notice_sheets import DraftSheet, drafted
from services.notice_shown import ListedNotice
from services.office import Office
from services.plans import unit_named
from services.pulling import Asked, pull
from supervision.errors import UsageError
from supervision.ladder import FORMAL
from supervision.vocabulary import Light, NoticeState, Rung


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrowed:
    """Which notices a list is to hold; what is None does not narrow."""

    unit: str | None = None  # addressed, or the sponsor of a company that is
    group: str | None = None
    light: Light | None = None
    rung: Rung | None = None
    min_days: int | None = None  # at least one of its items is so many days overdue
    state: NoticeState | None = None
    with_ended: bool = False  # superseded, withdrawn and voided ones as well


Source = DraftSheet | NoticeSheet
ENDED = frozenset({NoticeState.SUPERSEDED, NoticeState.WITHDRAWN, NoticeState.VOIDED})


def listed(
    session: Session, office: Office, plan: Plan, narrowed: Narrowed, *, as_of: date
) -> list[tuple[ListedNotice, Source]]:
    """Return the notices that fit with what each was made from: drafts first, then by number.

    UsageError for a unit or a working group that there is none of.
    """
    asked = Asked(
        as_of=as_of,
        plan=plan.code,
        group=narrowed.group,
        light=narrowed.light,
        min_days=narrowed.min_days,
    )
    unit_id = None if narrowed.unit is None else unit_named(session, plan.office_id, narrowed.unit)
    fitting = {item.code for item in pull(session, office, asked).items}
    every = pull(session, office, Asked(as_of=as_of, plan=plan.code)).items
    items = {item.code: item for item in every}
    found = _shown(session, plan, items, as_of)
    return [
        (shown, source)
        for shown, source in found
        if fitting.intersection(shown.codes)
        and _fits(shown, narrowed)
        and (unit_id is None or unit_id in _addressed(session, source))
    ]


def _addressed(session: Session, source: Source) -> set[UUID | None]:
    """Return the unit a notice is for, and the sponsor through which a company gets it."""
    unit_id = source.drafts[0].unit_id if isinstance(source, DraftSheet) else source.unit_id
    return {unit_id, session.get_one(Unit, unit_id).sponsor_unit_id}


def one_of(
    session: Session, office: Office, plan: Plan, named: str, *, as_of: date
) -> tuple[ListedNotice, Source]:
    """Return the notice of a number (also as 2025-3), or the latest one on an item of that code."""
    every = listed(session, office, plan, Narrowed(with_ended=True), as_of=as_of)
    wanted = named.strip()
    fits = [
        (shown, source)
        for shown, source in every
        if wanted in _names(source) or (wanted.upper() in shown.codes and not shown.is_out_of_force)
    ]
    if not fits:
        raise UsageError(
            f"没有文号为“{named}”或涉及该编号事项的通知", advice="用 duban notice list --all 查看。"
        )
    return max(fits, key=lambda found: (found[0].drafted_on, FORMAL.index(found[0].rung)))


def _names(source: Source) -> tuple[str, ...]:
    if isinstance(source, DraftSheet) or source.number_text is None:
        return ()
    return source.number_text, f"{source.year}-{source.number}"


def of_sheet(
    session: Session, office: Office, plan: Plan, sheet: NoticeSheet, *, as_of: date
) -> ListedNotice:
    """Return one signed sheet as lists show it."""
    every = pull(session, office, Asked(as_of=as_of, plan=plan.code)).items
    matters = notice_sheets.matters(session, sheet.id)
    lines = matter_rows(session, matters, {item.code: item for item in every})
    return sheet_row(session, sheet, lines, matters, as_of)


def _fits(shown: ListedNotice, narrowed: Narrowed) -> bool:
    if narrowed.state is not None:
        states = {shown.state, *(matter.state for matter in shown.items)}
        return narrowed.state in states and narrowed.rung in (None, shown.rung)
    over = all(matter.state in ENDED for matter in shown.items)
    return narrowed.rung in (None, shown.rung) and (narrowed.with_ended or not over)


def _shown(
    session: Session, plan: Plan, items: Mapping[str, ListedItem], as_of: date
) -> Iterator[tuple[ListedNotice, Source]]:
    for draft in drafted(session, plan):
        matters = notice_sheets.named(session, [line.notice_id for line in draft.drafts])
        if any(notice.drafted_on <= as_of for notice, _ in matters):
            yield draft_row(draft, matter_rows(session, matters, items), matters, as_of), draft
    for sheet in notice_sheets.of_plan(session, plan.id):
        matters = notice_sheets.matters(session, sheet.id)
        if matters and sheet.signed_on <= as_of:
            yield (
                sheet_row(session, sheet, matter_rows(session, matters, items), matters, as_of),
                sheet,
            )
