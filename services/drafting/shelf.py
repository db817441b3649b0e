"""The papers that can be drawn up, each asked for by the few words a form brings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from db import units
from services.drafting.desk import Desk
from services.drafting.dispatch_notices import dispatch_notice
from services.drafting.duty_lists import duty_list
from services.drafting.extension_replies import extension_reply
from services.drafting.papers import Drawn, drawn
from services.drafting.receipts import receipt
from services.drafting.reminder_letters import reminder_letter
from services.drafting.summaries import summary
from services.moves import item_shown
from services.office import Office
from services.plans import chosen, the_office, the_plan
from services.round_status import round_of
from supervision.halves import span_named
from templates.words import PaperWords


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What a paper is to be about; what it does not need stays empty."""

    plan: str | None = None  # None: the only one there is
    period: str = ""
    unit: str = ""
    code: str = ""
    span: str = ""
    number: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sort:
    """A sort of paper: what it is for, which words it asks for, and how it is drawn up."""

    name: str
    label: str
    purpose: str
    needs: tuple[str, ...]
    words: Callable[[Desk, Wish], PaperWords]
    is_numbered: bool = True


SORTS: Mapping[str, Sort] = {
    sort.name: sort
    for sort in (
        Sort(
            name="dispatch",
            label="季度调度通知",
            purpose="通知各单位本季应报什么、何时报",
            needs=("period",),
            words=lambda desk, wish: dispatch_notice(
                desk, round_of(desk.session, desk.plan, wish.period)
            ),
        ),
        Sort(
            name="duties",
            label="单位责任清单",
            purpose="一个单位牵头、配合的事项，指标和举措",
            needs=("unit",),
            words=lambda desk, wish: duty_list(desk, wish.unit),
            is_numbered=False,
        ),
        Sort(
            name="receipt",
            label="报送回执",
            purpose="一个单位本轮报了什么、还差什么",
            needs=("period", "unit"),
            words=lambda desk, wish: receipt(
                desk, round_of(desk.session, desk.plan, wish.period), wish.unit
            ),
            is_numbered=False,
        ),
        Sort(
            name="extension",
            label="延期批复",
            purpose="答复一项已审批的延期申请",
            needs=("code",),
            words=lambda desk, wish: extension_reply(
                desk, item_shown(desk.session, desk.plan, wish.code)
            ),
        ),
        Sort(
            name="reminder",
            label="提醒函",
            purpose="提醒一个单位抓紧办理临近到期的事项",
            needs=("unit",),
            words=lambda desk, wish: reminder_letter(desk, wish.unit),
        ),
        Sort(
            name="summary",
            label="工作总结",
            purpose="半年、年度的办理、调度、督办情况和下步打算",
            needs=("span",),
            words=lambda desk, wish: summary(desk, span_named(wish.span)),
        ),
    )
}


def draw(session: Session, office: Office, sort: Sort, wish: Wish, *, as_of: date) -> Drawn:
    """Return the paper as a Word file; UsageError says what is missing or cannot be."""
    desk = Desk(
        session=session,
        plan=the_plan(session, wish.plan),
        policy=office.policy,
        as_of=as_of,
        number=wish.number if sort.is_numbered else "",
    )
    about = " ".join(getattr(wish, need) for need in sort.needs)
    return drawn(office, desk, sort.words(desk, wish), about=about)


def unit_names(session: Session) -> list[str]:
    """Return the names of all units, in the plan's order."""
    return [unit.name for unit in units.of_office(session, the_office(session).id)]


def plan_names(session: Session) -> dict[str, str]:
    """Return the title of each plan by its code."""
    return {plan.code: plan.title for plan in chosen(session, None)}
