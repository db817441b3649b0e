"""Editions of the policy: kept once, and read back as the ladder of their day had them."""

from datetime import date

from sqlmodel import select

from db.notice_tables import PolicyEdition
from services import policy_editions
from services.office import Office
from supervision.policy import Policy
from supervision.vocabulary import Rung

DAY = date(2025, 1, 2)


def changed(policy: Policy, yellow: int) -> Policy:
    """Return a policy that gives another time to answer a yellow notice."""
    windows = policy.reply_windows.value.model_copy(update={"yellow": yellow})
    rule = policy.reply_windows.model_copy(update={"value": windows})
    return policy.model_copy(update={"reply_windows": rule})


def test_a_version_is_kept_once_and_read_back_whole(office: Office) -> None:
    old, new = office.policy, changed(office.policy, 2)
    with office.transaction() as session:
        for _ in range(2):
            policy_editions.keep(session, old, today=DAY)

        assert len(session.exec(select(PolicyEdition)).all()) == 1
        there = policy_editions.rules_of(session, old.version, new)

    assert (there.reply_days(Rung.YELLOW), new.reply_days(Rung.YELLOW)) == (5, 2)


def test_the_policy_in_force_stands_in_for_what_a_version_did_not_know(office: Office) -> None:
    old = PolicyEdition(version="old", rules={}, recorded_on=DAY)
    old.rules = {"R18": changed(office.policy, 7).reply_windows.model_dump(mode="json")}
    with office.transaction() as session:
        session.add(old)
        session.flush()

        there = policy_editions.rules_of(session, "old", office.policy)

    assert there.reply_days(Rung.YELLOW) == 7
    assert there.interviews == office.policy.interviews


def test_a_version_from_before_editions_were_kept_goes_by_the_policy_in_force(
    office: Office,
) -> None:
    with office.reading() as session:
        there = policy_editions.rules_of(session, "never kept", office.policy)

    assert there.first_rung == office.policy.first_rung
