"""REL14: sixty units report in the same minute, ten items each with a file of 1 MB: all stored."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlmodel import func, select

from db import events
from db.life_tables import EvidenceFile, ProgressReport
from services.office import Office
from services.plans import the_office
from tests.bureaus import ITEMS, UNITS, Bureau, open_round, report


def test_six_hundred_reports_with_files_are_stored_when_all_come_at_once(office: Office) -> None:
    bureaus = open_round(office)
    gate = Barrier(UNITS)

    def report_all(bureau: Bureau) -> int:
        gate.wait()
        return sum(report(office, bureau, code) for code in bureau.codes)

    with ThreadPoolExecutor(UNITS) as together:
        stored = list(together.map(report_all, bureaus))

    assert stored == [ITEMS] * UNITS
    with office.reading() as session:
        assert session.exec(select(func.count()).select_from(ProgressReport)).one() == 600
        assert session.exec(select(func.count()).select_from(EvidenceFile)).one() == 600
        assert events.first_broken(session, the_office(session).id) is None
    kept = [file for file in office.settings.evidence.rglob("*") if file.is_file()]
    assert len(kept) == 600
