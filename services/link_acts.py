"""What a one-time link does, once: each act goes through the service that pages use, in one piece.

The link is locked, judged and used up in the transaction of the act: of two who send it at the
same moment one acts, and whatever is refused leaves the link as it was.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlmodel import Session

from db import notice_sheets
from db.link_tables import OneTimeLink
from db.notice_tables import NoticeSheet
from db.plan_tables import Plan, WorkItem
from db.record_tables import Obligation, Round
from services import links, notice_answers, notice_receipts, report_drafts
from services.close_outs import Hand
from services.moves import Wanted, move_item
from services.notice_answers import Said
from services.notice_sheets import kind_name
from services.office import Office
from services.report_content import ReportContent
from services.report_drafts import Pen
from services.report_forms import review_reason
from services.sight import seen_item
from supervision.errors import UsageError
from supervision.periods import quarter_named
from supervision.rights import Actor
from supervision.vocabulary import LinkPurpose, LinkStanding, Move


class LinkGoneError(UsageError):
    """The link does nothing any more; `standing` says why, and the person is told what to do."""

    def __init__(self, standing: LinkStanding) -> None:
        super().__init__("链接已失效")
        self.standing = standing


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """What a link is about, as its page shows it."""

    purpose: LinkPurpose
    bound_to: str
    title: str
    due_on: date | None = None
    item: WorkItem | None = None
    sheet: NoticeSheet | None = None
    items: tuple[WorkItem, ...] = ()  # that a notice names
    quarter: str = ""
    typed: Mapping[str, str] | None = None  # of a report: the draft, or what was said last
    needs_head: bool = False
    sent_back_for: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What the person brought with the form; only what the link's purpose asks for is read."""

    typed: Mapping[str, str]
    content: Callable[[], ReportContent]
    said: Callable[[], Said]


@contextmanager
def live_link(
    office: Office, session: Session, token: str, *, to_act: bool = False
) -> Iterator[OneTimeLink]:
    """Give a link that stands, and use it up at the end if it was opened to act."""
    link = links.found(session, token, to_act=to_act)
    if link is None:
        raise LinkGoneError(LinkStanding.REVOKED)
    standing = links.standing_of(session, link, now=office.now())
    if standing is not LinkStanding.LIVE:
        raise LinkGoneError(standing)
    yield link
    if to_act:
        link.used_at = office.now()
        session.add(link)
        session.flush()


def is_known(session: Session, token: str) -> bool:
    """Return whether there ever was such a link."""
    return links.found(session, token) is not None


def matter_of(session: Session, office: Office, link: OneTimeLink) -> Matter:
    """Return what a link is about; reading it changes nothing."""
    if link.purpose is LinkPurpose.SIGN_IN:
        return Matter(purpose=link.purpose, bound_to=link.bound_to, title="登录督办网页")
    if link.purpose in (LinkPurpose.RECEIVE_NOTICE, LinkPurpose.ANSWER_NOTICE):
        return _notice(session, link)
    if link.purpose is LinkPurpose.REPORT:
        return _report(session, office, link)
    item = session.get_one(WorkItem, link.about_id)
    return Matter(
        purpose=link.purpose,
        bound_to=link.bound_to,
        title=f"签收 {item.code} {item.title}",
        due_on=item.due_on,
        item=item,
    )


def _notice(session: Session, link: OneTimeLink) -> Matter:
    sheet = session.get_one(NoticeSheet, link.about_id)
    named = kind_name(sheet.rung, sheet.form)
    act = "签收" if link.purpose is LinkPurpose.RECEIVE_NOTICE else "答复"
    return Matter(
        purpose=link.purpose,
        bound_to=link.bound_to,
        title=f"{act}{named} {sheet.number_text}",
        due_on=sheet.reply_due_on,
        sheet=sheet,
        items=tuple(item for _, item in notice_sheets.matters(session, sheet.id)),
    )


def _report(session: Session, office: Office, link: OneTimeLink) -> Matter:
    owed = session.get_one(Obligation, link.about_id)
    item, its_round = (
        session.get_one(WorkItem, owed.work_item_id),
        session.get_one(Round, owed.round_id),
    )
    pen = _pen(office, links.bound_actor(session, link))
    return Matter(
        purpose=link.purpose,
        bound_to=link.bound_to,
        title=f"填报 {item.code} {item.title}",
        due_on=its_round.due_on,
        item=item,
        quarter=quarter_named(its_round.period).label,
        typed=report_drafts.typed_so_far(session, owed, link.unit_id),
        needs_head=report_drafts.needs_head(session, pen),
        sent_back_for=review_reason(session, owed),
    )


def act(session: Session, office: Office, link: OneTimeLink, given: Given) -> str:
    """Do what the link is for, and return what the person is told; raises what services raise."""
    return ACTS[link.purpose](session, office, link, given)


def _acknowledge(session: Session, office: Office, link: OneTimeLink, given: Given) -> str:
    del given
    actor = links.bound_actor(session, link)
    found = seen_item(session, actor, link.about_id, to_act=True)
    if found is None:  # it was given to another unit since
        raise LinkGoneError(LinkStanding.SETTLED)
    wanted = Wanted(move=Move.ACKNOWLEDGE, actor=actor, as_of=office.today())
    move_item(session, found[0], wanted, now=office.now())
    return f"已签收 {found[0].code} {found[0].title}。"


def _hand_in(session: Session, office: Office, link: OneTimeLink, given: Given) -> str:
    content, pen = given.content(), _pen(office, links.bound_actor(session, link))
    owed = session.get_one(Obligation, link.about_id, with_for_update=True)
    report_drafts.keep_draft(session, owed, given.typed, pen)
    done = report_drafts.submit(session, owed, content, pen)
    return "已报送，待办公室审核。" if done else "已送本单位负责人审签，审签后报出。"


def _receive(session: Session, office: Office, link: OneTimeLink, given: Given) -> str:
    del given
    sheet, plan, hand = _paper(session, office, link)
    notice_receipts.acknowledge(session, plan, sheet, hand)
    due = f"，请本单位负责人在{sheet.reply_due_on}前答复" if sheet.reply_due_on else ""
    return f"已签收 {sheet.number_text}{due}。"


def _answer(session: Session, office: Office, link: OneTimeLink, given: Given) -> str:
    said = given.said()
    sheet, plan, hand = _paper(session, office, link)
    rows = notice_answers.answer(session, plan, sheet, hand, said)
    late = "（已过答复期限）" if any(row.is_late for row in rows) else ""
    return f"已答复{len(rows)}项{late}，待审核。"


def _paper(session: Session, office: Office, link: OneTimeLink) -> tuple[NoticeSheet, Plan, Hand]:
    sheet = session.get_one(NoticeSheet, link.about_id, with_for_update=True)
    actor = links.bound_actor(session, link)
    hand = Hand(actor=actor, as_of=office.today(), now=office.now())
    return sheet, session.get_one(Plan, sheet.plan_id), hand


def _pen(office: Office, actor: Actor) -> Pen:
    return Pen(actor=actor, as_of=office.today(), now=office.now())


ACTS: Mapping[LinkPurpose, Callable[[Any, Office, OneTimeLink, Given], str]] = MappingProxyType(
    {
        LinkPurpose.ACKNOWLEDGE: _acknowledge,
        LinkPurpose.REPORT: _hand_in,
        LinkPurpose.RECEIVE_NOTICE: _receive,
        LinkPurpose.ANSWER_NOTICE: _answer,
    }
)
