from datetime import date

import pytest
from sqlmodel import Session, select

from db import dossiers
from db.record_tables import Event
from services import item_events
from services.dossiers import dossier
from services.item_events import Said
from services.office import Office
from supervision.errors import DubanError
from supervision.lifecycle import ForbiddenMoveError
from supervision.rights import Actor, NotAllowedError
from supervision.vocabulary import ItemEvent, ItemState, Light, Move, Role
from tests.builders import FINANCE, adopt_plan, an_item, change_item, item_of
from tests.people import head, is_record_whole, move, office_id, person, prove

DECEMBER = date(2024, 12, 10)


def said(office: Office, actor: Actor, reason: str = "理由", **more: object) -> Said:
    stated = {"as_of": office.today(), "document": ""} | more
    return Said(actor=actor, now=office.now(), reason=reason, **stated)  # type: ignore[arg-type]


def acts(session: Session, code: str = "T01") -> list[str]:
    query = select(Event).where(Event.about_id == item_of(session, code).id)
    return [event.act for event in session.exec(query).all()]


def test_a_dispute_is_on_record_once_and_the_item_goes_on(office: Office) -> None:
    adopt_plan(office, an_item(supporting=["区住建局"]))

    with office.transaction() as session:
        item, liaison = item_of(session, "T01"), person(session, "zhao", Role.LIAISON, unit=FINANCE)
        news = [item_events.dispute(session, item, said(office, liaison)) for _ in range(2)]
        supporting = item_events.dispute(session, item, said(office, head(session, "区住建局")))

        assert (news, supporting) == ([True, False], True)
        assert acts(session).count(ItemEvent.DISPUTE) == 2
        assert item.state is ItemState.ASSIGNED
    assert is_record_whole(office)


def test_a_dispute_stands_on_the_offices_list_until_it_is_answered(office: Office) -> None:
    adopt_plan(office, an_item(), an_item("T02"))

    def waiting() -> list[str]:
        return [item.code for item, _ in dossiers.disputed(session, office_id(session))]

    with office.transaction() as session:
        item, desk = item_of(session, "T01"), person(session, "li", Role.OFFICE)
        with pytest.raises(ForbiddenMoveError, match="没有人提出异议"):
            item_events.answer_dispute(session, item, said(office, desk))
        item_events.dispute(session, item, said(office, head(session)))
        assert waiting() == ["T01"]

        item_events.answer_dispute(session, item, said(office, desk))
        assert waiting() == []
        item_events.dispute(session, item, said(office, head(session), reason="仍不同意"))
        assert waiting() == ["T01"]


def test_a_unit_disputes_only_what_concerns_it(office: Office) -> None:
    adopt_plan(office, an_item(), an_item("T02", lead="区住建局"))

    with office.transaction() as session:
        stranger = said(office, head(session, "区住建局"))
        with pytest.raises(NotAllowedError, match="责任单位"):
            item_events.dispute(session, item_of(session, "T01"), stranger)


@pytest.mark.parametrize(
    ("as_of", "is_taken"),
    [
        pytest.param(date(2024, 11, 30), False, id="in November"),
        pytest.param(date(2024, 12, 1), True, id="from the first of December"),
        pytest.param(date(2024, 12, 31), True, id="to the last"),
    ],
)
def test_a_continuing_item_is_concluded_each_december(
    office: Office, as_of: date, *, is_taken: bool
) -> None:
    adopt_plan(office, an_item(due_on=None))

    with office.transaction() as session:
        item, words = item_of(session, "T01"), said(office, head(session), as_of=as_of)
        if is_taken:
            assert item_events.conclude_year(session, item, words) is True
            assert item_events.conclude_year(session, item, words) is False
        else:
            with pytest.raises(ForbiddenMoveError, match="每年12月"):
                item_events.conclude_year(session, item, words)


def test_an_item_with_a_date_is_closed_out_and_not_concluded(office: Office) -> None:
    adopt_plan(office, an_item())

    with office.transaction() as session:
        words = said(office, head(session), as_of=DECEMBER)
        with pytest.raises(ForbiddenMoveError, match="不是持续开展"):
            item_events.conclude_year(session, item_of(session, "T01"), words)


def test_only_what_is_settled_goes_to_the_archive(office: Office) -> None:
    adopt_plan(office, an_item())

    with office.transaction() as session:
        words = said(office, person(session, "li", Role.OFFICE), reason="")
        with pytest.raises(ForbiddenMoveError, match="已交办"):
            item_events.archive(session, item_of(session, "T01"), words)
    change_item(office, "T01", state=ItemState.CLOSED)
    with office.transaction() as session:
        assert item_events.archive(session, item_of(session, "T01"), words)


def test_a_merger_ends_one_item_and_stands_on_the_record_of_both(office: Office) -> None:
    adopt_plan(office, an_item(), an_item("T02"))

    with office.transaction() as session:
        boss = person(session, "wang", Role.APPROVER)
        words = said(office, boss, document="章无废办〔2024〕4号")
        item_events.merge(session, item_of(session, "T01"), item_of(session, "T02"), words)

    with office.reading() as session:
        assert item_of(session, "T01").state is ItemState.CANCELLED
        assert acts(session)[-2:] == [Move.CANCEL, ItemEvent.MERGE]
        assert acts(session, "T02")[-1] == ItemEvent.TAKE_IN
        taken = dossier(
            session, item_of(session, "T02"), office.policy, today=office.today()
        ).timeline[-1]
        assert (taken.label, taken.facts["other"]) == ("并入", "T01")


@pytest.mark.parametrize(
    ("into", "document", "role", "why"),
    [
        pytest.param("T01", "〔2024〕4号", Role.APPROVER, "不能并入", id="into itself"),
        pytest.param("T02", "", Role.APPROVER, "文号", id="without a signed decision"),
        pytest.param("T02", "〔2024〕4号", Role.OFFICE, "没有相应的角色", id="by the office"),
    ],
)
def test_a_merger_is_an_approvers_signed_decision(
    office: Office, into: str, document: str, role: Role, why: str
) -> None:
    adopt_plan(office, an_item(), an_item("T02"))

    with office.transaction() as session:
        words = said(office, person(session, "wang", role), document=document)
        with pytest.raises(DubanError, match=why):
            item_events.merge(session, item_of(session, "T01"), item_of(session, into), words)


def test_a_dossier_holds_the_item_its_light_and_its_time_line_in_words(office: Office) -> None:
    adopt_plan(office, an_item(supporting=["区住建局"], due_on=date(2024, 3, 10)))
    with office.transaction() as session:
        move(office, session, "T01", Move.ACKNOWLEDGE, head(session))
    prove(office, "T01")

    with office.reading() as session:
        found = dossier(session, item_of(session, "T01"), office.policy, today=date(2024, 3, 20))

    assert (found.light.light, found.light.rule, found.days_overdue) == (Light.RED, "R14", 10)
    assert [(unit.name, unit.relation.label) for unit in found.units] == [
        (FINANCE, "牵头"),
        ("区住建局", "配合"),
    ]
    assert [line.label for line in found.timeline] == ["立项", "交办", "签收", "上传佐证"]
    assert (found.timeline[2].before, found.timeline[2].after) == ("已交办", "办理中")
    assert [piece["name"] for piece in found.evidence] == ["台账.txt"]
    assert found.extensions == found.notices == found.meetings == []
