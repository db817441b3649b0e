"""Valid things from one word: items, plans, offices that adopted them, entries of the record."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from db.events import Entry
from db.plan_tables import Office as OfficeRow
from db.plan_tables import WorkItem
from services import calendars
from services.adoption import Adopted, Adoption, adopt
from services.office import Office
from supervision.vocabulary import DeadlineKind, ItemKind
from tasks_catalog.model import PlanFacts, ReadItem, ReadPlan, ReadUnit, Source
from tasks_catalog.unit_names import unit_kind
from tests.snapshots import filled

YEAR_END = date(2025, 12, 31)
FINANCE = "区财政局"
THE_OFFICE = "区“无废城市”建设工作领导小组办公室"


def an_item(
    code: str = "T01",
    *,
    due_on: date | None = YEAR_END,
    deadline_kind: DeadlineKind | None = None,
    lead: str | None = FINANCE,
    supporting: Sequence[str] = (),
    by_function: Sequence[str] = (),
) -> ReadItem:
    """Return an item as read; a code beginning with P is a project, no date means continuing."""
    dated = DeadlineKind.CONTINUING if due_on is None else DeadlineKind.YEAR
    leads = [] if lead is None or by_function else [lead]
    return ReadItem(
        code=code,
        kind=ItemKind.PROJECT if code.startswith("P") else ItemKind.TASK,
        number=int(code[1:]),
        title=f"{code}的事项",
        content=f"{code}的内容",
        deadline_kind=deadline_kind or dated,
        due_on=due_on,
        responsible_units=[*leads, *supporting, *by_function],
        lead_units=leads,
        supporting_units=list(supporting),
        shared_by_function=bool(by_function),
        source=Source(section="附件2", line=int(code[1:])),
    )


def a_plan(*items: ReadItem, title: str = "试行方案", period_to: int = 2025) -> ReadPlan:
    """Return a plan as read, with every unit that its items name."""
    named = (name for item in items for name in item.responsible_units)
    return ReadPlan(
        plan=PlanFacts(title=title, period_from=period_to - 2, period_to=period_to),
        work_items=list(items) or [an_item()],
        units=[
            ReadUnit(name=name, kind=unit_kind(name))
            for name in dict.fromkeys((THE_OFFICE, FINANCE, *named))
        ],
    )


def an_adoption(
    plan: ReadPlan, *, code: str = "plan", baseline_on: date, text: str = "first"
) -> Adoption:
    """Return the wish to adopt a plan; another `text` is another edition of it."""
    return Adoption(
        read=plan,
        code=code,
        file_name="plan.txt",
        file_hash=text,
        baseline_on=baseline_on,
        actor="test",
    )


def adopt_plan(
    office: Office, *items: ReadItem, code: str = "plan", baseline_on: date | None = None
) -> Adopted:
    """Have the office adopt a plan of these items as of its today, its calendar seeded."""
    adoption = an_adoption(a_plan(*items), code=code, baseline_on=baseline_on or office.today())

    def fill(office: Office) -> Adopted:
        with office.transaction() as session:
            calendars.seed(session)
            return adopt(session, adoption, now=office.now())

    found: Adopted = filled(office, repr(adoption), fill)
    return found


def item_of(session: Session, code: str) -> WorkItem:
    """Return the item of that code, wherever it is listed."""
    return session.exec(select(WorkItem).where(WorkItem.code == code)).one()


def change_item(office: Office, code: str, **values: Any) -> None:  # noqa: ANN401 - any column
    """Make an item what the test needs it to be, as no service can yet."""
    with office.transaction() as session:
        item = item_of(session, code)
        for name, value in values.items():
            setattr(item, name, value)
        session.add(item)


def an_office_row(session: Session, name: str = "督办办公室") -> UUID:
    """Store an office that adopted nothing; return its id."""
    row = OfficeRow(code=name, name=name)
    session.add(row)
    session.flush()
    return row.id


def an_entry(about: UUID, act: str = "assign", **stated: Any) -> Entry:  # noqa: ANN401 - as Entry
    """Return an entry for the record about something."""
    usual = {"actor": "test", "about_kind": "work_item", "as_of": date(2025, 1, 2)}
    said: dict[str, Any] = usual | stated
    return Entry(act=act, about_id=about, **said)
