"""Taking in what a workbook says: each changed row handed in, all of them in one transaction."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from db import events, reports
from db.record_tables import Obligation
from services.reports import hand_in
from services.workbook_returns import Preview, RowPreview
from supervision.errors import DubanError
from supervision.rights import Actor
from supervision.vocabulary import RowFate


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """A row that was not handed in, and why."""

    row: int
    code: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Applied:
    """What an import did: the items reported, those as they were, and the rows not taken."""

    handed_in: tuple[str, ...]
    unchanged: tuple[str, ...]
    refused: tuple[Refusal, ...]


def apply(
    session: Session,
    seen: Preview,
    actor: Actor,
    *,
    as_of: date,
    now: datetime,
    chosen: Collection[str] = (),
) -> Applied:
    """Hand in what the preview found ready, and the stale rows of the `chosen` item codes.

    A row about which somebody reported after the preview is refused. The same workbook again hands
    in nothing.
    """
    wanted = [row for row in seen.rows if _is_wanted(row, chosen)]
    locked = _locked(session, wanted)
    handed_in, refused = [], [_refusal(row) for row in seen.rows if _is_refused(row, chosen)]
    with events.together(session):
        for row in wanted:
            try:
                _hand_in(session, row, locked[row.code], actor, as_of=as_of, now=now)
            except DubanError as error:
                refused.append(Refusal(row=row.row, code=row.code, reason=str(error)))
            else:
                handed_in.append(row.code)
    return Applied(
        handed_in=tuple(handed_in),
        unchanged=tuple(row.code for row in seen.rows if row.fate is RowFate.UNCHANGED),
        refused=tuple(sorted(refused, key=lambda each: each.row)),
    )


def _is_wanted(row: RowPreview, chosen: Collection[str]) -> bool:
    is_chosen = row.fate is RowFate.STALE and row.code in chosen
    return row.content is not None and (row.fate is RowFate.READY or is_chosen)


def _is_refused(row: RowPreview, chosen: Collection[str]) -> bool:
    return row.fate is not RowFate.UNCHANGED and not _is_wanted(row, chosen)


def _refusal(row: RowPreview) -> Refusal:
    faults = "；".join(f"{cell.address} {cell.reason}" for cell in row.cells if cell.reason)
    return Refusal(row=row.row, code=row.code, reason=faults or row.reason)


def _locked(session: Session, rows: Collection[RowPreview]) -> dict[str, Obligation]:
    """Lock all that is to be reported, always in the same order, before the record is written."""
    return {
        row.code: session.get_one(Obligation, row.obligation_id, with_for_update=True)
        for row in sorted(rows, key=lambda row: str(row.obligation_id))
    }


def _hand_in(
    session: Session,
    row: RowPreview,
    obligation: Obligation,
    actor: Actor,
    *,
    as_of: date,
    now: datetime,
) -> None:
    latest = reports.latest(session, obligation.id)
    if (0 if latest is None else latest.version) != row.version:
        raise DubanError("核对之后又有新的报送，请重新导入核对")
    assert row.content is not None  # such rows are not wanted
    hand_in(session, obligation, row.content, actor, as_of=as_of, now=now)
