"""What others reported meanwhile stands: a workbook overwrites nothing that nobody chose."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from db import dispatch
from db.life_tables import ProgressReport
from db.record_tables import Event
from services.office import Office
from services.workbook_imports import Applied, apply
from supervision.vocabulary import CellFate, ObligationState, RowFate
from tests.dispatch_quarter import (
    DAYS,
    DONE,
    FOURTH,
    count,
    exported,
    liaison,
    report_by_command,
    reported,
    round_id,
    seen,
    taken,
)
from tests.dispatch_tables import (
    filled,
)


def test_the_same_workbook_again_adds_nothing(in_fourth: Office) -> None:
    content = filled(exported(in_fourth), DONE)
    taken(in_fourth, content)
    before = count(in_fourth, ProgressReport), count(in_fourth, Event)

    done = taken(in_fourth, content)

    assert (done.handed_in, done.refused) == ((), ())
    assert (count(in_fourth, ProgressReport), count(in_fourth, Event)) == before


def test_a_row_overtaken_by_another_report_shows_both_texts_and_waits(
    in_fourth: Office,
) -> None:
    content = filled(exported(in_fourth), DONE)
    report_by_command(in_fourth, "T01", "他人所报")

    row = seen(in_fourth, content).rows[0]
    done = taken(in_fourth, content)

    both = next(cell for cell in row.cells if cell.column == "本季进展")
    assert (row.fate, both.fate) == (RowFate.STALE, CellFate.CONFLICT)
    assert (both.before, both.after) == ("他人所报", "印发方案")
    assert "李四" in row.reason
    assert done.handed_in == ()
    assert [refusal.code for refusal in done.refused] == ["T01"]


def test_a_chosen_stale_row_is_reported_over_what_stands(in_fourth: Office) -> None:
    content = filled(exported(in_fourth), {("T01", "progress"): "以表为准"})
    report_by_command(in_fourth, "T01", "他人所报")

    done = taken(in_fourth, content, chosen=("T01",))

    report = reported(in_fourth, "T01")
    assert report is not None
    assert done.handed_in == ("T01",)
    assert (report.version, report.progress, report.percent) == (2, "以表为准", 10)


def test_an_untouched_row_never_overwrites_what_others_reported(in_fourth: Office) -> None:
    content = exported(in_fourth)
    report_by_command(in_fourth, "T01", "他人所报")

    assert seen(in_fourth, content).rows[0].fate is RowFate.UNCHANGED


def test_a_report_that_comes_in_between_looking_and_taking_is_not_overwritten(
    in_fourth: Office,
) -> None:
    looked = seen(in_fourth, filled(exported(in_fourth), DONE))
    report_by_command(in_fourth, "T01", "抢先报送")

    with in_fourth.transaction() as session:
        done = apply(session, looked, liaison(session), as_of=DAYS[FOURTH], now=in_fourth.now())

    report = reported(in_fourth, "T01")
    assert report is not None
    assert (done.handed_in, report.progress) == ((), "抢先报送")
    assert "又有新的报送" in done.refused[0].reason


def test_an_accepted_report_cannot_be_changed_by_a_workbook(in_fourth: Office) -> None:
    report_by_command(in_fourth, "T01", "已审定的")
    content = filled(exported(in_fourth), {("T01", "progress"): "事后改写"})
    with in_fourth.transaction() as session:
        for owed in dispatch.owed(session, round_id(session, FOURTH)):
            if owed.item.code == "T01":
                owed.obligation.state = ObligationState.ACCEPTED
                session.add(owed.obligation)

    row = seen(in_fourth, content).rows[0]

    assert row.fate is RowFate.REFUSED
    assert "已审定" in row.reason


def test_two_who_import_the_same_workbook_at_once_report_it_once(in_fourth: Office) -> None:
    content = filled(exported(in_fourth), DONE | {("T02", "progress"): "完成"})
    start = Barrier(2)

    def bring(_: int) -> Applied:
        start.wait()
        return taken(in_fourth, content)

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(bring, range(2)))

    assert sorted(code for each in done for code in each.handed_in) == ["T01", "T02"]
    assert count(in_fourth, ProgressReport) == 2
