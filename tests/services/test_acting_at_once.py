"""Many people at the same moment: everything is stored once, and nobody sees an error."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlmodel import Session, func, select

from db.life_tables import CloseOut, EvidenceFile
from db.plan_tables import WorkItem
from services import close_outs, evidence
from services.evidence import Bringing, faults, kept
from services.moves import item_named
from services.office import Office
from supervision.lifecycle import ForbiddenMoveError
from supervision.vocabulary import Decision, EvidenceKind, Grade, ItemState, Role
from tests.builders import adopt_plan, an_item, change_item, item_of
from tests.people import hand, head, is_record_whole, person, prove, the_plan

PEOPLE = 12
SIZE = 1024 * 1024


def at_once(act: Callable[[int], object]) -> list[object]:
    """Let everybody act at the same moment; an error of any of them fails the test."""
    with ThreadPoolExecutor(PEOPLE) as crowd:
        return list(crowd.map(act, range(PEOPLE)))


def bring(office: Office, code: str, data: bytes) -> bool:
    piece = kept(office, data, kind=EvidenceKind.DATA, name="数据.txt")
    with office.transaction() as session:
        bringing = Bringing(actor=head(session), as_of=office.today(), most_mb_a_year=100)
        item = item_of(session, code)
        return evidence.attach(session, item, piece, bringing, now=office.now())[1]


def count(session: Session, table: type[EvidenceFile] | type[CloseOut]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


def locked(session: Session) -> WorkItem:
    return item_named(session, the_plan(session), "T01")


def test_a_dozen_units_bring_a_megabyte_each_in_the_same_moment(office: Office) -> None:
    adopt_plan(office, *(an_item(f"T{number:02}") for number in range(1, PEOPLE + 1)))

    news = at_once(lambda n: bring(office, f"T{n + 1:02}", bytes([65 + n]) * SIZE))

    assert news == [True] * PEOPLE
    with office.reading() as session:
        assert count(session, EvidenceFile) == PEOPLE
        assert list(faults(session, office)) == []
    assert is_record_whole(office)


def test_a_button_that_is_pressed_a_dozen_times_is_one_request(office: Office) -> None:
    adopt_plan(office, an_item())
    change_item(office, "T01", state=ItemState.IN_PROGRESS)
    prove(office, "T01")

    def press(_number: int) -> int:
        with office.transaction() as session:
            item = locked(session)
            return close_outs.ask(session, item, hand(office, head(session)), summary="好").ordinal

    assert at_once(press) == [1] * PEOPLE
    with office.reading() as session:
        assert count(session, CloseOut) == 1


def test_of_a_dozen_who_decide_at_once_one_does_and_the_others_learn_why_not(
    office: Office,
) -> None:
    adopt_plan(office, an_item())
    change_item(office, "T01", state=ItemState.IN_PROGRESS)
    prove(office, "T01")
    with office.transaction() as session:
        item = item_of(session, "T01")
        close_outs.ask(session, item, hand(office, head(session)), summary="完成")
        desk = hand(office, person(session, "li", Role.OFFICE))
        close_outs.review(session, item, desk, opinion="齐全")

    def decide(number: int) -> str:
        with office.transaction() as session:
            boss = hand(office, person(session, f"签发人{number}", Role.APPROVER))
            try:
                close_outs.decide(session, locked(session), boss, grade=Grade.GOOD)
            except ForbiddenMoveError as refusal:
                return str(refusal)
        return "decided"

    told = at_once(decide)

    assert told.count("decided") == 1
    assert {text for text in told if text != "decided"} == {"T01没有待办的销号申请（现为“已销号”）"}
    with office.reading() as session:
        (row,) = session.exec(select(CloseOut)).all()
        assert row.decision is Decision.APPROVED
    assert is_record_whole(office)
