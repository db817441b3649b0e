"""Papers that are drawn up say what the database says, and nothing about what is not there."""

from datetime import date

import pytest
from sqlmodel import Session

from services import extensions
from services.drafting.desk import Desk
from services.drafting.dispatch_notices import dispatch_notice
from services.drafting.duty_lists import duty_list
from services.drafting.extension_replies import extension_reply
from services.drafting.papers import drawn
from services.drafting.receipts import receipt
from services.drafting.reminder_letters import reminder_letter
from services.drafting.summaries import summary
from services.extensions import Hand, Wish
from services.moves import item_shown
from services.office import Office
from services.round_status import round_of
from services.tick import tick
from supervision.errors import UsageError
from supervision.halves import span_named
from supervision.vocabulary import Decision, ItemState, Role
from tests.builders import FINANCE, THE_OFFICE, adopt_plan, an_item, change_item, item_of
from tests.people import head, person, the_plan
from tests.reporting import CLOSES, DUE, HOUSING, OPENS, PERIOD, hand_in

REGISTERED = "章无废办〔2025〕5号"


def at_desk(office: Office, session: Session, as_of: date = OPENS, number: str = "") -> Desk:
    return Desk(
        session=session,
        plan=the_plan(session),
        policy=office.policy,
        as_of=as_of,
        number=number,
    )


class TestDispatchNotice:
    def test_its_annex_counts_what_each_unit_owes(self, reporting: Office) -> None:
        with reporting.reading() as session:
            desk = at_desk(reporting, session)

            words = dispatch_notice(desk, round_of(session, desk.plan, PERIOD))

        assert {unit.unit: unit.codes for unit in words.units} == {
            FINANCE: ("T01", "P01"),
            HOUSING: ("T02",),
        }
        assert words.owed == 3
        assert (words.opens_on, words.due_on) == (OPENS, DUE)

    def test_without_a_number_it_is_a_draft_without_a_date(self, reporting: Office) -> None:
        with reporting.reading() as session:
            desk = at_desk(reporting, session)

            words = dispatch_notice(desk, round_of(session, desk.plan, PERIOD))

        assert words.is_draft
        assert words.issued_on is None

    def test_with_the_number_of_the_register_it_is_dated(self, reporting: Office) -> None:
        with reporting.reading() as session:
            desk = at_desk(reporting, session, number=REGISTERED)

            words = dispatch_notice(desk, round_of(session, desk.plan, PERIOD))

        assert (words.is_draft, words.number, words.issued_on) == (False, REGISTERED, OPENS)

    def test_the_same_words_give_the_same_file(self, reporting: Office) -> None:
        with reporting.reading() as session:
            desk = at_desk(reporting, session)
            words = dispatch_notice(desk, round_of(session, desk.plan, PERIOD))

            first = drawn(reporting, desk, words, about=PERIOD)
            second = drawn(reporting, desk, words, about=PERIOD)

        assert first.content == second.content
        assert first.stem == f"季度调度通知 {PERIOD}"


class TestDutyList:
    def test_it_tells_what_a_unit_leads_from_what_it_supports(self, reporting: Office) -> None:
        with reporting.reading() as session:
            words = duty_list(at_desk(reporting, session), HOUSING)

        assert [item.code for item in words.leads] == ["T02"]
        assert [(item.code, item.others) for item in words.supports] == [
            ("T01", f"{FINANCE}（牵头）、各镇（街道）")
        ]

    def test_a_collective_stands_as_its_first_units_and_their_number(
        self, zhanggong: Office
    ) -> None:
        with zhanggong.reading() as session:
            words = duty_list(at_desk(zhanggong, session, date(2024, 3, 5)), "区城管局")

        found = next(item for item in words.supports if item.code == "T02")
        assert found.others == f"{THE_OFFICE}（牵头）、区发改委、区住建局等30个单位"

    def test_the_issued_plan_gives_the_city_bureau_its_indicators(self, zhanggong: Office) -> None:
        with zhanggong.reading() as session:
            words = duty_list(at_desk(zhanggong, session, date(2024, 3, 5)), "区城管局")

        assert len(words.leads) == 13
        assert "生活垃圾回收利用率" in [indicator.name for indicator in words.indicators]
        assert all(measure.text for measure in words.measures)

    def test_an_unknown_unit_is_refused(self, reporting: Office) -> None:
        with reporting.reading() as session, pytest.raises(UsageError, match="没有"):
            duty_list(at_desk(reporting, session), "区不存在局")


class TestReceipt:
    def test_it_lists_what_came_in_and_what_is_still_owed(self, reporting: Office) -> None:
        hand_in(reporting, percent=40)

        with reporting.reading() as session:
            desk = at_desk(reporting, session)
            words = receipt(desk, round_of(session, desk.plan, PERIOD), FINANCE)

        assert [(line.code, line.percent, line.state) for line in words.lines] == [
            ("T01", "40%", "已报")
        ]
        assert words.missing == ("P01",)
        assert words.received_at == reporting.now()

    def test_nothing_came_in_nothing_is_certified(self, reporting: Office) -> None:
        with reporting.reading() as session:
            desk = at_desk(reporting, session)

            with pytest.raises(UsageError, match="尚未报送"):
                receipt(desk, round_of(session, desk.plan, PERIOD), FINANCE)


class TestExtensionReply:
    @pytest.fixture
    def asked(self, office: Office) -> Office:
        """An office whose T01 asked for a later date, in time."""
        adopt_plan(office, an_item(due_on=date(2024, 12, 31)), baseline_on=date(2024, 3, 4))
        change_item(office, "T01", state=ItemState.IN_PROGRESS)
        with office.transaction() as session:
            wish = Wish(new_due_on=date(2025, 3, 31), reason="待市级规划", progress="已有初稿")
            hand = Hand(
                actor=head(session),
                as_of=date(2024, 12, 20),
                now=office.now(),
                policy=office.policy,
            )
            extensions.ask(session, the_plan(session), item_of(session, "T01"), hand, wish)
        return office

    def _decide(self, office: Office, *, approves: bool) -> None:
        with office.transaction() as session:
            item = item_of(session, "T01")
            day = date(2024, 12, 23)
            reviewer = Hand(
                actor=person(session, "li", Role.OFFICE),
                as_of=day,
                now=office.now(),
                policy=office.policy,
            )
            extensions.review(session, item, reviewer, opinion="属实")
            approver = Hand(
                actor=person(session, "wang", Role.APPROVER),
                as_of=day,
                now=office.now(),
                policy=office.policy,
            )
            decision = Decision.APPROVED if approves else Decision.REFUSED
            extensions.decide(
                session, item, approver, approves=approves, reason=decision.label, document="1号"
            )

    @pytest.mark.parametrize(
        ("approves", "due_on", "verb"),
        [
            pytest.param(True, date(2025, 3, 31), "关于同意", id="granted: the new date"),
            pytest.param(False, date(2024, 12, 31), "关于不同意", id="refused: the old date"),
        ],
    )
    def test_it_states_the_date_that_holds(
        self, asked: Office, *, approves: bool, due_on: date, verb: str
    ) -> None:
        self._decide(asked, approves=approves)

        with asked.reading() as session:
            desk = at_desk(asked, session, date(2024, 12, 24))
            words = extension_reply(desk, item_shown(session, desk.plan, "T01"))

        assert words.due_on == due_on
        assert words.title.startswith(verb)
        assert words.addressee == FINANCE

    def test_what_is_not_decided_is_not_answered(self, asked: Office) -> None:
        with asked.reading() as session:
            desk = at_desk(asked, session, date(2024, 12, 24))

            with pytest.raises(UsageError, match="没有已审批"):
                extension_reply(desk, item_shown(session, desk.plan, "T01"))


class TestReminderLetter:
    def test_it_names_what_comes_near_and_nothing_overdue(self, office: Office) -> None:
        adopt_plan(
            office,
            an_item("T01", due_on=date(2025, 1, 10)),
            an_item("T02", due_on=date(2024, 12, 31)),
            an_item("T03", due_on=date(2025, 6, 30)),
            baseline_on=date(2024, 3, 4),
        )

        with office.reading() as session:
            desk = at_desk(office, session, date(2025, 1, 2))
            words = reminder_letter(desk, FINANCE, days=30)

        assert [(line.code, line.days_left) for line in words.lines] == [("T01", 8)]

    def test_a_letter_about_nothing_is_not_drawn_up(self, reporting: Office) -> None:
        with reporting.reading() as session, pytest.raises(UsageError, match="没有到期事项"):
            reminder_letter(at_desk(reporting, session), FINANCE, days=3)


class TestSummary:
    def test_it_counts_the_frozen_rounds_of_its_span(self, reporting: Office) -> None:
        hand_in(reporting)
        tick(reporting, today=CLOSES)

        with reporting.reading() as session:
            words = summary(at_desk(reporting, session, CLOSES), span_named("2025H1"))

        assert (words.rounds, words.owed, words.reported) == (1, 3, 1)
        assert words.total.items == 3

    def test_the_lights_and_the_closed_add_up_to_the_items(self, zhanggong: Office) -> None:
        with zhanggong.reading() as session:
            words = summary(at_desk(zhanggong, session, date(2025, 1, 2)), span_named("2024"))

        for row in (words.total, *words.groups):
            lit = row.green + row.blue + row.yellow + row.red + row.grey
            assert row.closed + lit == row.items
        assert sum(group.items for group in words.groups) == words.total.items == 63

    def test_a_span_that_has_not_begun_is_not_summed_up(self, reporting: Office) -> None:
        with reporting.reading() as session, pytest.raises(UsageError, match="尚未开始"):
            summary(at_desk(reporting, session), span_named("2025H2"))

    def test_it_goes_to_the_leading_group(self, reporting: Office) -> None:
        with reporting.reading() as session:
            words = summary(at_desk(reporting, session), span_named("2025H1"))

        assert words.addressee == THE_OFFICE.removesuffix("办公室")
