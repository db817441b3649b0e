"""REL14: sixty units report in the same minute, ten items each with a file of 1 MB: all stored."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from threading import Barrier

from sqlmodel import func, select

from db import events
from db.life_tables import EvidenceFile, ProgressReport
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
MEGABYTE = 1_000_000
ROUND_DAY = date(2024, 12, 10)
PERIOD = "2024Q4"


@dataclass(frozen=True)
class Bureau:
    """One unit with its ten items and the account it reports under."""

    number: int
    actor: Actor

    @property
    def codes(self) -> list[str]:
        first = self.number * ITEMS + 1
        return [f"T{number:02d}" for number in range(first, first + ITEMS)]


def unit_name(number: int) -> str:
    return f"区第{number + 1}局"


def test_six_hundred_reports_with_files_are_stored_when_all_come_at_once(office: Office) -> None:
    items = [
        an_item(f"T{unit * ITEMS + at + 1:02d}", lead=unit_name(unit))
        for unit in range(UNITS)
        for at in range(ITEMS)
    ]
    adopt_plan(office, *items)
    tick(office, today=ROUND_DAY)
    gate = Barrier(UNITS)

    def report(bureau: Bureau) -> int:
        gate.wait()
        return sum(one_report(office, bureau, code) for code in bureau.codes)

    with ThreadPoolExecutor(UNITS) as together:
        stored = list(together.map(report, bureaus(office)))

    assert stored == [ITEMS] * UNITS
    with office.reading() as session:
        assert session.exec(select(func.count()).select_from(ProgressReport)).one() == 600
        assert session.exec(select(func.count()).select_from(EvidenceFile)).one() == 600
        assert events.first_broken(session, the_office(session).id) is None
    kept = [file for file in office.settings.evidence.rglob("*") if file.is_file()]
    assert len(kept) == 600


def bureaus(office: Office) -> list[Bureau]:
    with office.reading() as session:
        office_id = the_office(session).id
        return [
            Bureau(
                number,
                Actor(
                    name=f"unit{number:02d}",
                    roles=frozenset({Role.LIAISON}),
                    unit_id=unit_named(session, office_id, unit_name(number)),
                ),
            )
            for number in range(UNITS)
        ]


def one_report(office: Office, bureau: Bureau, code: str) -> int:
    """Store a file and hand a report in, as the portal will: the file first, outside the lock."""
    data = b"%PDF-1.4\n" + code.encode().ljust(MEGABYTE, b" ") + b"\n%%EOF\n"
    kept = evidence.kept(office, data, kind=EvidenceKind.ISSUED_DOCUMENT, name=f"{code}.pdf")
    with office.transaction() as session:
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
    return int(is_new)
