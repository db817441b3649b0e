"""A company acts through its sponsor unit (督导单位): it may, and it is as little independent."""

from datetime import date

import pytest
from sqlmodel import Session, select

from db.plan_tables import Unit
from services import close_outs, evidence, extensions, report_reviews, reports, workbooks
from services.evidence import Bringing
from services.extensions import Wish
from services.obligations import obligation_of
from services.office import Office
from services.report_content import ReportContent
from services.report_reviews import Review
from services.tick import tick
from services.workbook_returns import preview
from supervision.rights import Actor, NotAllowedError
from supervision.vocabulary import EvidenceKind, ItemState, Move, Role, RowFate
from tests.builders import FINANCE, adopt_plan, an_item, item_of
from tests.clock import Clock
from tests.dispatch_tables import filled
from tests.people import hand, head, move, person, the_plan, unit_id
from tests.reporting import HOUSING, OPENS, PERIOD, liaison, round_in

COMPANY = "江西方大有限公司"
DUE = date(2025, 6, 30)


def sponsor(office: Office, unit: str, by: str | None) -> None:
    with office.transaction() as session:
        row = session.exec(select(Unit).where(Unit.name == unit)).one()
        row.sponsor_unit_id = None if by is None else unit_id(session, by)
        session.add(row)


@pytest.fixture
def sponsored(office: Office, clock: Clock) -> Office:
    """An open round in which a company leads one item and supports another; finance sponsors it."""
    clock.turn_to(OPENS)
    adopt_plan(
        office,
        an_item("T01", due_on=DUE, lead=COMPANY),
        an_item("T02", lead=HOUSING, supporting=[COMPANY]),
        baseline_on=date(2025, 1, 6),
    )
    sponsor(office, COMPANY, FINANCE)
    tick(office, today=OPENS)
    return office


def report(office: Office, session: Session, actor: Actor) -> int:
    owed = obligation_of(session, item_of(session, "T01"), PERIOD)
    said = ReportContent(progress="已开工")
    handed = reports.hand_in(session, owed, said, actor, as_of=OPENS, now=office.now())
    return handed.version


def bring(office: Office, actor: Actor) -> None:
    kept = evidence.kept(office, b"ledger", kind=EvidenceKind.LEDGER, name="台账.txt")
    with office.transaction() as session:
        bringing = Bringing(actor=actor, as_of=OPENS, most_mb_a_year=1)
        evidence.attach(session, item_of(session, "T01"), kept, bringing, now=office.now())


def test_the_sponsor_signs_reports_proves_and_asks_for_its_company(sponsored: Office) -> None:
    with sponsored.transaction() as session:
        theirs, item = head(session, FINANCE), item_of(session, "T01")
        assert move(sponsored, session, "T01", Move.ACKNOWLEDGE, theirs) is ItemState.IN_PROGRESS
        assert report(sponsored, session, theirs) == 1
    bring(sponsored, theirs)
    with sponsored.transaction() as session:
        item = item_of(session, "T01")
        by = extensions.Hand(
            actor=theirs, as_of=OPENS, now=sponsored.now(), policy=sponsored.policy
        )
        wish = Wish(new_due_on=date(2025, 9, 30), reason="设备未到", progress="已签合同")
        extensions.ask(session, the_plan(session), item, by, wish)
        asked = close_outs.ask(session, item, hand(sponsored, theirs), summary="已建成")

        assert (asked.asked_by, item.state) == (theirs.name, ItemState.SUBMITTED)


def test_the_company_still_acts_for_itself(sponsored: Office) -> None:
    with sponsored.transaction() as session:
        assert report(sponsored, session, head(session, COMPANY)) == 1


def test_the_sponsor_adds_what_its_company_did_in_support(sponsored: Office) -> None:
    with sponsored.transaction() as session:
        owed = obligation_of(session, item_of(session, "T02"), PERIOD)
        theirs = head(session, FINANCE)

        given = reports.contribute(
            session, owed, "已供料", theirs, as_of=OPENS, now=sponsored.now()
        )

        assert given.version == 1
        said = ReportContent(progress="代报")
        with pytest.raises(NotAllowedError, match="牵头单位"):
            reports.hand_in(session, owed, said, theirs, as_of=OPENS, now=sponsored.now())


def test_nobody_of_the_sponsor_reviews_what_its_company_did(sponsored: Office) -> None:
    with sponsored.transaction() as session:
        report(sponsored, session, head(session, COMPANY))
        owed = obligation_of(session, item_of(session, "T01"), PERIOD)
        near = person(session, "审核员", Role.REVIEWER, unit=FINANCE)
        review = Review(actor=near, as_of=OPENS, now=sponsored.now())

        with pytest.raises(NotAllowedError, match="须回避"):
            report_reviews.accept(session, owed, review)


@pytest.mark.parametrize(
    ("unit", "by"),
    [
        pytest.param(COMPANY, None, id="no sponsor any more"),
        pytest.param(COMPANY, HOUSING, id="the sponsor of nobody here"),
        pytest.param(HOUSING, FINANCE, id="a bureau has no sponsor to act for it"),
    ],
)
def test_who_is_no_sponsor_of_a_company_acts_for_nobody(
    sponsored: Office, unit: str, by: str | None
) -> None:
    sponsor(sponsored, COMPANY, None)
    sponsor(sponsored, unit, by)

    with sponsored.transaction() as session:
        for code in ("T01", "T02"):
            owed = obligation_of(session, item_of(session, code), PERIOD)
            with pytest.raises(NotAllowedError, match="牵头单位"):
                reports.hand_in(
                    session,
                    owed,
                    ReportContent(progress="代报"),
                    head(session, FINANCE),
                    as_of=OPENS,
                    now=sponsored.now(),
                )


def test_the_sponsor_brings_its_companys_workbook_back(sponsored: Office) -> None:
    with sponsored.reading() as session:
        desk = workbooks.Desk(
            office=sponsored, plan=the_plan(session), round=round_in(session), as_of=OPENS
        )
        (theirs,) = workbooks.units_owing(session, desk, named=COMPANY)
        said: dict[tuple[str, str], str | float | None] = {("T01", "progress"): "已开工"}
        content = filled(workbooks.export(session, desk, theirs), said)

        seen = preview(session, content, liaison(session), sponsored, name="表.xlsx", as_of=OPENS)

    assert [(row.code, row.fate) for row in seen.rows] == [("T01", RowFate.READY)]
