"""Adopting a plan: from what was read to units, items and their first events, in one act."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
from supervision.errors import UsageError
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
    """Adopt a plan once; a plan of the same code that is there already is left as it is.

    Sends nothing and queues nothing. Items due before the baseline are flagged historic (R24);
    every item is registered and assigned (立项, 交办) with the baseline as its as-of day.
    """
    read = adoption.read
    office = plans.the_office(session) or _found_office(session, read)
    there = plans.by_code(session, office.id, adoption.code)
    if there is not None:
        return _unchanged(session, there, adoption)
    plan = _store_plan(session, office, adoption, now=now)
    by_name = roster.enlist(session, office, read)
    items = _store_items(session, plan, read)
    _assign(session, office, read, items, by_name)
    _store_context(session, plan, read)
    events.append(session, office.id, _first_moves(plan, items, adoption.actor), at=now)
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


def _unchanged(session: Session, plan: Plan, adoption: Adoption) -> Adopted:
    hashes = {edition.file_hash for edition in plans.editions_of(session, plan.id)}
    if adoption.file_hash not in hashes:
        raise UsageError(
            f"计划代码“{plan.code}”已用于《{plan.title}》的另一版文本",
            advice="请用 --plan 另取一个代码。修订版的比对采纳将在后续版本提供。",
        )
    return Adopted(plan_id=plan.id, items=0, historic=0, units=0, findings=0, is_new=False)


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
    edition = PlanEdition(
        plan_id=plan.id,
        file_name=adoption.file_name,
        file_hash=adoption.file_hash,
        adopted_on=adoption.baseline_on,
        remarks=list(facts.remarks),
        findings=[finding.model_dump(mode="json") for finding in adoption.read.findings],
        unread=[line.model_dump(mode="json") for line in adoption.read.unread],
    )
    session.add(plan)
    session.flush()
    session.add(edition)
    session.flush()
    return plan


def _store_items(session: Session, plan: Plan, read: ReadPlan) -> list[dict[str, Any]]:
    names = dict.fromkeys(item.working_group for item in read.work_items if item.working_group)
    groups = {name: uuid4() for name in names}
    rows = [{"id": group, "plan_id": plan.id, "name": name} for name, group in groups.items()]
    insert_new(session, WorkingGroup, rows)
    items = [_item_row(plan, item, groups) for item in read.work_items]
    insert_new(session, WorkItem, items)
    return items


def _item_row(plan: Plan, item: ReadItem, groups: Mapping[str, UUID]) -> dict[str, Any]:
    money = None if item.investment_wan is None else Decimal(str(item.investment_wan))
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
        "investment_wan": money,
        "state": ItemState.ASSIGNED,
        "historic": item.due_on is not None and item.due_on < plan.baseline_on,
        "adopted_on": plan.baseline_on,
        "assigned_on": plan.baseline_on,
        "cycle": 1,
        "provenance": item.source.model_dump(mode="json"),
    }


def _assign(
    session: Session,
    office: Office,
    read: ReadPlan,
    items: list[dict[str, Any]],
    by_name: Mapping[str, UUID],
) -> None:
    desk = roster.Desk(
        office_unit_id=plans.office_unit(session, office.id).id,
        by_name=by_name,
        members=roster.members_of_collectives(session, office.id),
    )
    for item, row in zip(read.work_items, items, strict=True):
        rows = [
            assignment | {"id": uuid4(), "work_item_id": row["id"], "position": position}
            for position, assignment in enumerate(roster.assignments(item, desk))
        ]
        insert_new(session, Assignment, rows)


def _store_context(session: Session, plan: Plan, read: ReadPlan) -> None:
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


def _first_moves(plan: Plan, items: list[dict[str, Any]], actor: str) -> Iterator[events.Entry]:
    """Give 立项 and 交办 of every item, so that its state is the fold of its events."""
    moves = (
        ("register", None, ItemState.REGISTERED),
        ("assign", ItemState.REGISTERED, ItemState.ASSIGNED),
    )
    for item in items:
        for act, before, after in moves:
            yield events.Entry(
                actor=actor,
                act=act,
                about_kind="work_item",
                about_id=item["id"],
                before=before,
                after=after,
                as_of=plan.baseline_on,
                document=plan.document_number,
                facts={"code": item["code"], "historic": item["historic"]},
            )
