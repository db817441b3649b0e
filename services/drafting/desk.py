"""What every paper that is drawn up (拟稿) begins with: whose it is, for which day, what number."""

from dataclasses import dataclass
from datetime import date
from typing import TypedDict
from uuid import UUID

from sqlmodel import Session

from db import dispatch, plans
from db.plan_tables import Plan, Unit
from db.work_items import Wanted
from services.items import ListedItem, listed
from services.plans import the_office, unit_named
from supervision.policy import Policy


class Official(TypedDict):
    """The words that `OfficialWords` asks of every paper, and the plan's own names."""

    mark: str
    number: str
    is_draft: bool
    title: str
    addressee: str
    issued_on: date | None
    printed_on: date | None
    contact_name: str
    contact_phone: str
    copied_to: tuple[str, ...]
    attachments: tuple[str, ...]
    plan_title: str
    plan_number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """Where a paper is drawn up; `number` is what the office's own register gave it, if anything.

    Without a number the paper is a draft and says so on its face: a person signs, never a flow.
    """

    session: Session
    plan: Plan
    policy: Policy
    as_of: date
    number: str = ""

    def official(
        self,
        *,
        title: str,
        addressee: str,
        copied_to: tuple[str, ...] = (),
        attachments: tuple[str, ...] = (),
    ) -> Official:
        """Return what a paper says of itself beside its text."""
        office = the_office(self.session)
        people = dispatch.people_of(self.session, plans.office_unit(self.session, office.id).id)
        dated = self.as_of if self.number else None
        return Official(
            mark=office.name,
            number=self.number,
            is_draft=not self.number,
            title=title,
            addressee=addressee,
            issued_on=dated,
            printed_on=dated,
            contact_name=people[0].name if people else "",
            contact_phone=(people[0].phone or "") if people else "",
            copied_to=copied_to,
            attachments=attachments,
            plan_title=self.plan.title,
            plan_number=self.plan.document_number or "",
        )

    def items(self, *, unit_id: UUID | None = None) -> list[ListedItem]:
        """Return the plan's items as they stand on the day, or those that concern one unit."""
        wanted = Wanted(plan_ids=(self.plan.id,), as_of=self.as_of, unit_id=unit_id)
        return listed(self.session, wanted, self.policy)

    def unit(self, name: str) -> Unit:
        """Return the unit of that name or alias; UsageError when there is none."""
        return self.session.get_one(Unit, unit_named(self.session, self.plan.office_id, name))
