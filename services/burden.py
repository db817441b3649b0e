"""The burden meter: what a quarter asked of each unit, and what a cap held back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from db import burden, units
from services.plans import the_office
from supervision.periods import Quarter, quarter_of
from supervision.policy import Policy


@dataclass(frozen=True, kw_only=True, slots=True)
class Burden:
    """What one unit got in one quarter: counts, and how many things a cap held back."""

    unit: str
    forms: int  # reports it owes (应报)
    reports: int  # versions it handed in
    digests: int
    reminders: int  # things those digests told
    notices: int  # numbered papers that went to it
    held_back: int


def of_quarter(session: Session, policy: Policy, *, today: date) -> list[Burden]:
    """Return the burden of every unit that was asked for anything in the day's quarter."""
    quarter = quarter_of(today)
    office = the_office(session)
    days = (quarter.first_day, quarter.day(31))
    forms = burden.forms(session, str(quarter))
    reports = burden.reports(session, str(quarter))
    digests = burden.digests(session, office.id, days)
    reminders = burden.reminders(session, office.id, days)
    notices = burden.notices(session, office.id, days)
    untold = burden.untold(session, office.id)
    found = [
        Burden(
            unit=unit.name,
            forms=forms.get(unit.id, 0),
            reports=reports.get(unit.id, 0),
            digests=digests.get(unit.id, 0),
            reminders=reminders.get(unit.id, 0),
            notices=notices.get(unit.id, 0),
            held_back=untold.get(unit.id, 0)
            if digests.get(unit.id, 0) >= policy.digest_cap.value
            else 0,
        )
        for unit in units.of_office(session, office.id)
    ]
    return [one for one in found if any((one.forms, one.digests, one.notices, one.held_back))]


def capped(session: Session, office_id: UUID, policy: Policy, *, today: date) -> set[UUID]:
    """Return the units that have had as many digests this quarter as the policy allows."""
    quarter: Quarter = quarter_of(today)
    days = (quarter.first_day, quarter.day(31))
    counts = burden.digests(session, office_id, days)
    return {unit_id for unit_id, count in counts.items() if count >= policy.digest_cap.value}
