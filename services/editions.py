"""Adopting a document: a new plan, or a corrected edition of one, which keeps every history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, delete

from db import events, lives, plans
from db.plan_tables import Adjustment, Assignment, Indicator, Measure, Plan, WorkItem
from services import adoption as adopting
from services import roster
from services.adoption import Adopted, Adoption
from services.plans import the_office
from supervision.vocabulary import ItemState
from tasks_catalog.catalog import Difference
from tasks_catalog.editions import Changes, SameItem, changes
from tasks_catalog.model import ReadItem, ReadPlan

PREFIX = {"task": "T", "project": "P"}
OF_THE_ROW = ("system", "title", "content", "deadline_text", "deadline_kind")
OF_THE_UNITS = {"responsible_units", "lead_units", "supporting_units", "shared_by_function"}


@dataclass(frozen=True, kw_only=True, slots=True)
class EditionAdopted:
    """What a corrected edition changed, and what of it was kept all the same."""

    plan_id: UUID
    differences: tuple[Difference, ...]
    added: tuple[str, ...]
    cancelled: tuple[str, ...]
    kept: tuple[str, ...]  # no longer listed, but with a history: the office decides
    dates_moved: tuple[str, ...]


def take_in(session: Session, adoption: Adoption, *, now: datetime) -> Adopted | EditionAdopted:
    """Adopt a plan, or a corrected edition of the one that bears its code; again changes nothing.

    Nothing that has a history is dropped, an original date never changes, and a date that the
    document moves is on record as moved by that document.
    """
    office = plans.the_office(session)
    plan = None if office is None else plans.by_code(session, office.id, adoption.code)
    if plan is None:
        return adopting.adopt(session, adoption, now=now)
    editions = plans.editions_of(session, plan.id)
    if any(edition.file_hash == adoption.file_hash for edition in editions):
        return Adopted(plan_id=plan.id, items=0, historic=0, units=0, findings=0, is_new=False)
    old = ReadPlan.model_validate(editions[-1].content)
    return _Edition(session, plan, adoption, now).adopt(changes(old, adoption.read))


class _Edition:
    """One corrected edition on its way in: the plan, the document, and what it does."""

    def __init__(self, session: Session, plan: Plan, adoption: Adoption, now: datetime) -> None:
        self._session = session
        self._plan = plan
        self._adoption = adoption
        self._now = now
        self._document = adoption.read.plan.document_number or adoption.file_name
        self._entries: list[events.Entry] = []

    def adopt(self, found: Changes) -> EditionAdopted:
        """Write every change of the edition in the caller's transaction."""
        session, read = self._session, self._adoption.read
        office = the_office(session)
        by_name = roster.enlist(session, office, read)
        adoption = self._adoption
        roster.appoint(session, by_name, sponsors=adoption.sponsors, members=adoption.members)
        edition = adopting.store_edition(session, self._plan, self._adoption)
        moved = [same.code for same in found.same if self._change(same, edition.id, by_name)]
        added = self._add(found.added, by_name)
        cancelled = [item.code for item in found.removed if self._cancel(item)]
        self._replace_context(read)
        events.append(session, office.id, self._entries, at=self._now)
        return EditionAdopted(
            plan_id=self._plan.id,
            differences=tuple(one for same in found.same for one in same.differences),
            added=tuple(added),
            cancelled=tuple(cancelled),
            kept=tuple(item.code for item in found.removed if item.code not in cancelled),
            dates_moved=tuple(moved),
        )

    def _change(self, same: SameItem, edition_id: UUID, by_name: Mapping[str, UUID]) -> bool:
        """Write what differs on one item; return whether its date moved."""
        if not same.differences:
            return False
        item = self._item(same.code)
        fields = {difference.field for difference in same.differences}
        for field in fields.intersection(OF_THE_ROW):
            setattr(item, str(field), getattr(same.after, str(field)))
        if "investment_wan" in fields:
            item.investment_wan = adopting.money(same.after)
        moves = "due_on" in fields and item.due_on == same.before.due_on
        if moves:  # a date that was extended meanwhile stands
            self._session.add(
                Adjustment(
                    work_item_id=item.id,
                    edition_id=edition_id,
                    due_on_before=item.due_on,
                    due_on_after=same.after.due_on,
                    document=self._document,
                    as_of=self._adoption.baseline_on,
                )
            )
            item.due_on = same.after.due_on
        self._session.add(item)
        self._session.flush()
        if fields & OF_THE_UNITS:
            self._reassign(item, same.after, by_name)
        self._put_on_record(item, "adopt_edition", same.differences)
        return moves

    def _item(self, code: str) -> WorkItem:
        item = lives.by_code(self._session, self._plan.id, code)
        if item is None:
            raise LookupError(f"item {code} of the earlier edition is not in the database")
        return item

    def _reassign(self, item: WorkItem, read: ReadItem, by_name: Mapping[str, UUID]) -> None:
        theirs = col(Assignment.work_item_id) == item.id
        self._session.exec(delete(Assignment).where(theirs))
        office = the_office(self._session)
        adopting.assign(self._session, office, [read], [{"id": item.id}], by_name)

    def _add(self, read: Sequence[ReadItem], by_name: Mapping[str, UUID]) -> list[str]:
        """Store items that came with this edition, under codes that are free."""
        coded = [item.model_copy(update={"code": self._free_code(item)}) for item in read]
        session, adoption = self._session, self._adoption
        rows = adopting.store_items(session, self._plan, coded, as_of=adoption.baseline_on)
        adopting.assign(session, the_office(session), coded, rows, by_name)
        moves = adopting.first_moves(rows, adoption, document=self._document)
        self._entries.extend(moves)
        return [item.code for item in coded]

    def _free_code(self, item: ReadItem) -> str:
        number = item.number
        while lives.by_code(self._session, self._plan.id, _code(item, number)) is not None:
            number += 1
        return _code(item, number)

    def _cancel(self, read: ReadItem) -> bool:
        """Cancel an item the edition no longer lists, unless it has a history of its own."""
        item = self._item(read.code)
        if item.state is ItemState.CANCELLED:
            return False
        if lives.has_history(self._session, item.id):
            self._put_on_record(item, "left_out_by_edition", ())
            return False
        before, item.state = item.state, ItemState.CANCELLED
        self._session.add(item)
        self._session.flush()
        self._put_on_record(item, "cancel", (), before=before, after=item.state)
        return True

    def _replace_context(self, read: ReadPlan) -> None:
        for table in (Measure, Indicator):
            self._session.exec(delete(table).where(col(table.plan_id) == self._plan.id))
        adopting.store_context(self._session, self._plan, read)

    def _put_on_record(
        self,
        item: WorkItem,
        act: str,
        differences: Sequence[Difference],
        *,
        before: str | None = None,
        after: str | None = None,
    ) -> None:
        facts: dict[str, Any] = {str(one.field): [one.before, one.after] for one in differences}
        entry = events.Entry(
            actor=self._adoption.actor,
            act=act,
            about_kind="work_item",
            about_id=item.id,
            before=before,
            after=after,
            as_of=self._adoption.baseline_on,
            document=self._document,
            facts={"code": item.code, **facts},
        )
        self._entries.append(entry)


def _code(item: ReadItem, number: int) -> str:
    return f"{PREFIX[item.kind]}{number:02d}"
