"""Sixty bureaus with ten items each, and one report of one of them, with a file of 1 MB."""

from dataclasses import dataclass
from datetime import date

from db import events
from services import evidence
from services.evidence import Bringing
from services.moves import item_named
from services.obligations import obligation_of
from services.office import Office
from services.plans import chosen, the_office, unit_named
from services.report_content import ReportContent
from services.reports import hand_in
from services.tick import tick
from supervision.rights import Actor
from supervision.vocabulary import EvidenceKind, Role
from tests.builders import adopt_plan, an_item

UNITS, ITEMS = 60, 10
BLANK = b" " * 1_000_000
ROUND_DAY = date(2024, 12, 10)
PERIOD = "2024Q4"


@dataclass(frozen=True)
class Bureau:
    """One unit with its ten items and the account it reports under."""

    number: int
    actor: Actor

    @property
    def codes(self) -> list[str]:
        """The codes of its items."""
        return codes_of(self.number)


def codes_of(number: int) -> list[str]:
    """Return the codes of a bureau's items."""
    first = number * ITEMS + 1
    return [f"T{number:02d}" for number in range(first, first + ITEMS)]


def open_round(office: Office) -> list[Bureau]:
    """Have the office adopt the bureaus' items and open the round; return the bureaus."""
    owed = ((number, code) for number in range(UNITS) for code in codes_of(number))
    adopt_plan(office, *(an_item(code, lead=_name(number)) for number, code in owed))
    tick(office, today=ROUND_DAY)
    with office.reading() as session:
        office_id = the_office(session).id
        return [
            Bureau(
                number,
                Actor(
                    name=f"unit{number:02d}",
                    roles=frozenset({Role.LIAISON}),
                    unit_id=unit_named(session, office_id, _name(number)),
                ),
            )
            for number in range(UNITS)
        ]


def _name(number: int) -> str:
    return f"区第{number + 1}局"


def file_of(code: str) -> bytes:
    """Return the file of 1 MB that is brought to an item, another one for each."""
    return b"".join((b"%PDF-1.4\n", code.encode(), BLANK, b"\n%%EOF\n"))  # copied once


def report(office: Office, bureau: Bureau, code: str) -> bool:
    """Store a file and hand a report in, as the portal does: the file first, outside the lock.

    Returns whether the file is new.
    """
    data = file_of(code)
    kept = evidence.kept(office, data, kind=EvidenceKind.ISSUED_DOCUMENT, name=f"{code}.pdf")
    with office.transaction() as session, events.together(session):
        plan = chosen(session, None)[0]
        item = item_named(session, plan, code)
        bringing = Bringing(
            actor=bureau.actor,
            as_of=ROUND_DAY,
            most_mb_a_year=office.settings.evidence_unit_mb,
        )
        _, is_new = evidence.attach(session, item, kept, bringing, now=office.now())
        owed = obligation_of(session, item, PERIOD)
        content = ReportContent(progress="按计划推进")
        hand_in(session, owed, content, bureau.actor, as_of=ROUND_DAY, now=office.now())
    return is_new
