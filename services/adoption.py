"""Adopting a plan: from what was read to units, items and their first events, in one act."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session

from db import events, plans
from db.bulk import insert_new
from db.plan_tables import (
    Assignment,
    Indicator,
    Measure,
    Office,
    Plan,
    PlanEdition,
    WorkingGroup,
    WorkItem,
)
from services import roster
from supervision.vocabulary import ItemState
from tasks_catalog.model import ReadItem, ReadPlan


@dataclass(frozen=True, kw_only=True, slots=True)
class Adoption:
    """What is adopted: the plan as read, under which code, from which file, from which day on."""

    read: ReadPlan
    code: str
    file_name: str
    file_hash: str
    baseline_on: date
    actor: str
    settled: Mapping[str, str] = field(default_factory=dict)  # finding -> how it was settled
    sponsors: Mapping[str, str] = field(default_factory=dict)  # company -> 督导单位
    members: Mapping[str, Sequence[str]] = field(default_factory=dict)  # of collectives


@dataclass(frozen=True, kw_only=True, slots=True)
class Adopted:
    """What an adoption wrote; `is_new` is False when the plan was there already."""

    plan_id: UUID
    items: int
    historic: int
    units: int
    findings: int
    is_new: bool


def adopt(session: Session, adoption: Adoption, *, now: datetime) -> Adopted:
    """Adopt a plan under a code that is free; `services.editions` sees to one that is taken.

    Sends nothing and queues nothing. Items due before the baseline are flagged historic (R24);
    every item is registered and assigned (立项, 交办) with the baseline as its as-of day.
    """
    read = adoption.read
    office = plans.the_office(session) or _found_office(session, read)
    plan = _store_plan(session, office, adoption, now=now)
    store_edition(session, plan, adoption)
    by_name = roster.enlist(session, office, read)
    roster.appoint(session, by_name, sponsors=adoption.sponsors, members=adoption.members)
    items = store_items(session, plan, read.work_items, as_of=adoption.baseline_on)
    assign(session, office, read.work_items, items, by_name)
    store_context(session, plan, read)
    moves = first_moves(items, adoption, document=plan.document_number)
    events.append(session, office.id, moves, at=now)
    return Adopted(
        plan_id=plan.id,
        items=len(items),
        historic=sum(item["historic"] for item in items),
        units=len(read.units),
        findings=len(read.findings),
        is_new=True,
    )


def _found_office(session: Session, read: ReadPlan) -> Office:
    """Make the office of a fresh database; it bears the name the plan gives it."""
    office = Office(code="office", name=roster.office_name(read))
    session.add(office)
    session.flush()
    return office


def _store_plan(session: Session, office: Office, adoption: Adoption, *, now: datetime) -> Plan:
    facts = adoption.read.plan
    stated = facts.model_dump(exclude={"remarks"})
    plan = Plan(
        **stated,
        office_id=office.id,
        code=adoption.code,
        baseline_on=adoption.baseline_on,
        adopted_at=now,
    )
    session.add(plan)
    session.flush()
    return plan


def store_edition(session: Session, plan: Plan, adoption: Adoption) -> PlanEdition:
    """Keep the document a plan was read from, as it was adopted; it is never edited."""
    edition = PlanEdition(
        plan_id=plan.id,
        file_name=adoption.file_name,
        file_hash=adoption.file_hash,
        adopted_on=adoption.baseline_on,
        remarks=list(adoption.read.plan.remarks),
        content=adoption.read.to_json(),
        settled=dict(adoption.settled),
        findings=[finding.model_dump(mode="json") for finding in adoption.read.findings],
        unread=[line.model_dump(mode="json") for line in adoption.read.unread],
    )
    session.add(edition)
    session.flush()
    return edition


def store_items(
    session: Session, plan: Plan, read: Sequence[ReadItem], *, as_of: date
) -> list[dict[str, Any]]:
    """Store items as assigned from a day on; return their rows in the order given."""
    names = dict.fromkeys(item.working_group for item in read if item.working_group)
    rows = [{"id": uuid4(), "plan_id": plan.id, "name": name} for name in names]
    insert_new(session, WorkingGroup, rows)
    groups = plans.working_groups(session, plan.id)
    items = [_item_row(plan, item, groups, as_of) for item in read]
    insert_new(session, WorkItem, items)
    return items


def _item_row(
    plan: Plan, item: ReadItem, groups: Mapping[str, UUID], as_of: date
) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "plan_id": plan.id,
        "code": item.code,
        "kind": item.kind,
        "number": item.number,
        "working_group_id": groups.get(item.working_group or ""),
        "system": item.system,
        "title": item.title,
        "content": item.content,
        "deadline_text": item.deadline_text,
        "deadline_kind": item.deadline_kind,
        "original_due_on": item.due_on,
        "due_on": item.due_on,
        "investment_wan": money(item),
        "state": ItemState.ASSIGNED,
        "historic": item.due_on is not None and item.due_on < as_of,
        "adopted_on": as_of,
        "assigned_on": as_of,
        "cycle": 1,
        "provenance": item.source.model_dump(mode="json"),
    }


def money(item: ReadItem) -> Decimal | None:
    """Return an item's investment in 万元 as money is kept, None where the plan states none."""
    return None if item.investment_wan is None else Decimal(str(item.investment_wan))


def assign(
    session: Session,
    office: Office,
    read: Sequence[ReadItem],
    items: Sequence[Mapping[str, Any]],
    by_name: Mapping[str, UUID],
) -> None:
    """Write who answers for and supports each item; the two sequences run side by side."""
    desk = roster.Desk(
        office_unit_id=plans.office_unit(session, office.id).id,
        by_name=by_name,
        members=roster.members_of_collectives(session, office.id),
    )
    for item, row in zip(read, items, strict=True):
        rows = [
            assignment | {"id": uuid4(), "work_item_id": row["id"], "position": position}
            for position, assignment in enumerate(roster.assignments(item, desk))
        ]
        insert_new(session, Assignment, rows)


def store_context(session: Session, plan: Plan, read: ReadPlan) -> None:
    """Keep measures and indicators: read-only context of items until their own time comes."""
    measures = [
        {
            "id": uuid4(),
            "plan_id": plan.id,
            **measure.model_dump(
                include={
                    "number", "path", "section", "subsection", "title",
                    "responsible_units", "shared_by_function",
                }
            ),
            "body": measure.text,
            "provenance": measure.source.model_dump(mode="json"),
        }
        for measure in read.measures
    ]  # fmt: skip
    indicators = [
        {
            "id": uuid4(),
            "plan_id": plan.id,
            **indicator.model_dump(exclude={"unit", "source"}),
            "unit_of_measure": indicator.unit,
            "provenance": indicator.source.model_dump(mode="json"),
        }
        for indicator in read.indicators
    ]
    insert_new(session, Measure, measures)
    insert_new(session, Indicator, indicators)


def first_moves(
    items: Sequence[Mapping[str, Any]], adoption: Adoption, *, document: str | None
) -> Iterator[events.Entry]:
    """Give 立项 and 交办 of every item, so that its state is the fold of its events."""
    moves = (
        ("register", None, ItemState.REGISTERED),
        ("assign", ItemState.REGISTERED, ItemState.ASSIGNED),
    )
    for item in items:
        for act, before, after in moves:
            yield events.Entry(
                actor=adoption.actor,
                act=act,
                about_kind="work_item",
                about_id=item["id"],
                before=before,
                after=after,
                as_of=adoption.baseline_on,
                document=document,
                facts={"code": item["code"], "historic": item["historic"]},
            )
