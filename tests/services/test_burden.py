"""The burden meter counts what was asked of a unit, and a cap holds back without losing."""

from datetime import date

from sqlmodel import select

from db.record_tables import Message
from services import burden
from services.digests import Post, queue_digests
from services.office import Office
from services.plans import the_office
from services.tick import tick
from supervision.policy import Policy
from supervision.vocabulary import MessageState
from tests.builders import FINANCE
from tests.noticing import FIRST, Ladder

ROUND_DAY = date(2024, 12, 10)
AFTER = date(2025, 1, 2)


def measured(office: Office, day: date) -> dict[str, burden.Burden]:
    with office.reading() as session:
        return {one.unit: one for one in burden.of_quarter(session, office.policy, today=day)}


def with_cap(policy: Policy, most: int) -> Policy:
    """Return the policy with another cap."""
    rule = policy.digest_cap.model_copy(update={"value": most})
    return policy.model_copy(update={"digest_cap": rule})


def test_a_quarter_with_its_round_is_measured_unit_by_unit(zhanggong: Office) -> None:
    tick(zhanggong, today=ROUND_DAY)

    units = measured(zhanggong, ROUND_DAY)

    assert sum(one.forms for one in units.values()) == 63
    assert units["章贡生态环境局"].forms == 11  # it leads ten tasks and one project
    assert units["章贡生态环境局"].digests == 1
    assert all(one.held_back == 0 for one in units.values())


def test_the_next_quarter_begins_anew(zhanggong: Office) -> None:
    tick(zhanggong, today=ROUND_DAY)
    tick(zhanggong, today=AFTER)

    units = measured(zhanggong, AFTER)

    assert all(one.forms == 0 for one in units.values())
    assert units["区工信局"].digests == 1
    assert units["区工信局"].notices == 0  # a draft has gone to nobody


def test_a_notice_counts_once_it_is_issued_and_not_as_a_digest(ladder: Ladder) -> None:
    ladder.on(FIRST)
    before = measured(ladder.office, FIRST)[FINANCE]

    ladder.send("T01")

    after = measured(ladder.office, FIRST)[FINANCE]
    assert (before.notices, after.notices) == (0, 1)
    assert (before.digests, after.digests) == (1, 1)


def test_a_digest_taken_back_before_it_went_is_no_burden(zhanggong: Office) -> None:
    tick(zhanggong, today=ROUND_DAY)
    with zhanggong.transaction() as session:
        for message in session.exec(select(Message)):
            message.state = MessageState.WITHDRAWN
            session.add(message)

    units = measured(zhanggong, ROUND_DAY)

    assert {(one.digests, one.reminders) for one in units.values()} == {(0, 0)}


def test_a_cap_holds_digests_back_and_lists_what_they_would_have_told(
    zhanggong: Office,
) -> None:
    tick(zhanggong, today=ROUND_DAY)
    capped = with_cap(zhanggong.policy, 1)
    with zhanggong.transaction() as session:
        post = Post(
            office=the_office(session),
            policy=capped,
            today=date(2024, 12, 11),
            now=zhanggong.now(),
        )

        assert queue_digests(session, post) == 0
        assert burden.capped(session, post.office.id, capped, today=post.today)
