"""A dispute that is upheld: the item goes to other units, who sign for it and report anew."""

from datetime import date

import pytest
from sqlmodel import Session, select

from db.record_tables import Event
from db.signing import unsigned
from services import item_events
from services.dossiers import dossier
from services.item_events import Said
from services.office import Office
from services.reassignment import NewUnits, answer_by_reassigning
from services.tick import tick
from supervision.errors import DubanError, UsageError
from supervision.lifecycle import ForbiddenMoveError
from supervision.rights import NotAllowedError
from supervision.vocabulary import ItemState as S
from supervision.vocabulary import Move, ObligationState, Relation, Role
from tests.builders import FINANCE, adopt_plan, an_item, change_item, item_of
from tests.people import head, is_record_whole, move, person, the_plan
from tests.reporting import HOUSING, OPENS, digest_on, hand_in, state
from tests.services.assignments import Stands, standing_to

GIVEN = date(2025, 3, 11)
REASON = "属住建部门职责"


def dispute(office: Office, code: str = "T01", unit: str = FINANCE) -> None:
    with office.transaction() as session:
        said = Said(actor=head(session, unit), as_of=OPENS, now=office.now(), reason="不属本单位")
        item_events.dispute(session, item_of(session, code), said)


def give(
    office: Office,
    to: NewUnits,
    code: str = "T01",
    *,
    role: Role = Role.OFFICE,
    as_of: date = GIVEN,
    document: str = "",
) -> bool:
    with office.transaction() as session:
        said = Said(
            actor=person(session, "调度员", role),
            as_of=as_of,
            now=office.now(),
            reason=REASON,
            document=document,
        )
        return answer_by_reassigning(session, item_of(session, code), said, to)


def last_move(session: Session, code: str = "T01") -> Event:
    query = select(Event).where(Event.about_id == item_of(session, code).id)
    return session.exec(query.where(Event.act == Move.REASSIGN)).one()


def test_the_item_goes_to_the_lead_that_the_office_names(reporting: Office) -> None:
    dispute(reporting)

    assert give(reporting, NewUnits(lead=HOUSING)) is True

    with reporting.reading() as session:
        stands = standing_to(session, "T01")
        assert stands[0] == Stands(HOUSING, Relation.LEAD, answers=True, is_inferred=False)
        assert FINANCE not in {one.unit for one in stands}
        assert {one.relation for one in stands[1:]} <= {Relation.SUPPORTING}


def test_it_is_to_be_signed_for_anew_from_the_day_it_was_given(office: Office) -> None:
    adopt_plan(office, an_item(), an_item("T02", lead=HOUSING))
    with office.transaction() as session:
        move(office, session, "T01", Move.ACKNOWLEDGE, head(session), as_of=office.today())
    dispute(office)

    give(office, NewUnits(lead=HOUSING))

    with office.transaction() as session:
        item = item_of(session, "T01")
        assert (item.state, item.assigned_on, item.acknowledged_on) == (
            S.ASSIGNED, GIVEN, None,
        )  # fmt: skip
        with pytest.raises(NotAllowedError):
            move(office, session, "T01", Move.ACKNOWLEDGE, head(session), as_of=GIVEN)
        signed = move(office, session, "T01", Move.ACKNOWLEDGE, head(session, HOUSING), as_of=GIVEN)
    assert signed is S.IN_PROGRESS


def test_the_record_says_who_had_it_and_who_has_it(office: Office) -> None:
    adopt_plan(office, an_item(supporting=["区城管局"]), an_item("T02", lead=HOUSING))
    dispute(office)

    give(office, NewUnits(lead=HOUSING, supporting=[FINANCE]), document="章无废办〔2025〕6号")

    with office.reading() as session:
        event = last_move(session)
        assert event.facts["answering"] == [[FINANCE], [HOUSING]]
        assert event.facts["supporting"] == [["区城管局"], [FINANCE]]
        assert (event.why, event.document) == (REASON, "章无废办〔2025〕6号")
        told = dossier(session, item_of(session, "T01"), office.policy, today=GIVEN).timeline
        assert [line.label for line in told][-3:] == ["交办异议", "答复异议", "改派"]
    assert is_record_whole(office)


def test_the_same_answer_again_changes_nothing(reporting: Office) -> None:
    dispute(reporting)

    news = [give(reporting, NewUnits(lead=HOUSING)) for _ in range(2)]

    assert news == [True, False]
    with reporting.reading() as session:
        assert last_move(session).facts["answering"] == [[FINANCE], [HOUSING]]


def test_what_is_owed_in_the_round_is_asked_of_the_new_lead_only(reporting: Office) -> None:
    dispute(reporting)
    give(reporting, NewUnits(lead=HOUSING, supporting=[]))

    tick(reporting, today=GIVEN)

    told = digest_on(reporting, GIVEN, HOUSING)
    assert "调度已开启，请按期报送" in told
    assert "T01 T01的事项" in told
    assert "请签收" in told
    assert "T01" not in digest_on(reporting, GIVEN)


def test_the_new_lead_reports_in_the_place_of_the_old_one(reporting: Office) -> None:
    dispute(reporting)
    give(reporting, NewUnits(lead=HOUSING))

    version = hand_in(reporting, unit=HOUSING, as_of=GIVEN)

    assert (version, state(reporting)) == (1, ObligationState.REPORTED)
    with pytest.raises(NotAllowedError):
        hand_in(reporting, progress="另报", unit=FINANCE, as_of=GIVEN)


def test_a_historic_item_settled_long_ago_is_signed_for_from_the_day_it_was_given(
    office: Office,
) -> None:
    adopt_plan(office, an_item(), an_item("T02", lead=HOUSING))
    change_item(office, "T01", settled_on=date(2025, 1, 6))
    dispute(office)

    give(office, NewUnits(lead=HOUSING))

    with office.reading() as session:
        rows = [(one.code, one.unit, one.since) for one in unsigned(session, the_plan(session).id)]
    assert ("T01", HOUSING, GIVEN) in rows


@pytest.mark.parametrize(
    ("supporting", "names"),
    [
        pytest.param(None, [HOUSING, "区城管局"], id="those there are"),
        pytest.param([], [HOUSING], id="nobody"),
        pytest.param([FINANCE, HOUSING], [HOUSING, FINANCE], id="named, the lead among them"),
    ],
)
def test_who_supports_is_named_or_stays(
    office: Office, supporting: list[str] | None, names: list[str]
) -> None:
    adopt_plan(office, an_item(supporting=[HOUSING, "区城管局"]))
    dispute(office)

    give(office, NewUnits(lead=HOUSING, supporting=supporting))

    with office.reading() as session:
        assert [one.unit for one in standing_to(session, "T01")] == names


@pytest.mark.parametrize(
    ("state", "role", "lead", "error", "why"),
    [
        pytest.param(S.ASSIGNED, Role.REVIEWER, HOUSING, NotAllowedError, "不能", id="a reviewer"),
        pytest.param(S.SUBMITTED, Role.OFFICE, HOUSING, ForbiddenMoveError, "不能改派",
                     id="while its closing is asked for"),
        pytest.param(S.ASSIGNED, Role.OFFICE, "区住房局", UsageError, "没有名为", id="to nobody"),
        pytest.param(S.ASSIGNED, Role.OFFICE, "各镇（街道）", UsageError, "统称",
                     id="to a collective"),
    ],
)  # fmt: skip
def test_what_may_not_be_given_away_is_refused_and_stays(
    reporting: Office, *, state: S, role: Role, lead: str, error: type[DubanError], why: str
) -> None:
    dispute(reporting)
    change_item(reporting, "T01", state=state)
    with reporting.reading() as session:
        before = standing_to(session, "T01")

    with pytest.raises(error, match=why):
        give(reporting, NewUnits(lead=lead), role=role)

    with reporting.reading() as session:
        assert standing_to(session, "T01") == before


def test_an_item_that_nobody_disputes_is_not_given_away(reporting: Office) -> None:
    with pytest.raises(ForbiddenMoveError, match="没有人提出异议"):
        give(reporting, NewUnits(lead=HOUSING))
