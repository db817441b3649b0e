"""A notice as a person finds it on its page: the paper, its matters, and what he may do with it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from db import accounts, evidence, notice_answers, notice_sheets
from db.life_tables import EvidenceFile
from db.notice_tables import NoticeAnswer, NoticeSheet
from db.plan_tables import Plan, Unit, WorkItem
from db.record_tables import Notice
from services import notice_papers
from services.notice_guards import Matters
from services.notice_rights import concerned, require_for
from services.notice_sheets import DraftSheet, drafted, form_of, kind_name, remark_for
from services.office import Office
from services.plans import the_office
from supervision.notice_life import NOTICE_MOVES
from supervision.rights import Actor, Concerned, NotAllowedError
from supervision.sight import is_of_a_unit, sees_all
from supervision.vocabulary import NoticeMove, NoticeState, Permission, Rung
from templates.paper_view import Block, blocks

OFFERED = (
    NoticeMove.SIGN,
    NoticeMove.ISSUE,
    NoticeMove.DELIVER,
    NoticeMove.ACKNOWLEDGE,
    NoticeMove.ANSWER,
    NoticeMove.ACCEPT,
    NoticeMove.TAKE_BACK,
    NoticeMove.VOID,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundNotice:
    """A paper that somebody may see; `sheet` is None while it is a draft."""

    plan: Plan
    unit: Unit
    sheet: NoticeSheet | None
    draft: DraftSheet | None
    matters: Matters
    concerned: Concerned

    @property
    def named_by(self) -> UUID:
        """The notice that names the paper in addresses: the same one that lists name it by."""
        return min((notice.id for notice, *_ in self.matters), key=str)

    @property
    def rung(self) -> Rung:
        """The rung of the paper."""
        return self.matters[0][0].rung

    @property
    def kind(self) -> str:
        """What the paper is called: 蓝色督办通知."""
        form = self.sheet.form if self.sheet else form_of(self.unit.kind, self.rung)
        return kind_name(self.rung, form)


@dataclass(frozen=True, kw_only=True, slots=True)
class MatterView:
    """One matter of a paper with its last answer and the evidence that was given with it."""

    notice: Notice
    item: WorkItem
    days_overdue: int
    answer: NoticeAnswer | None
    proof: tuple[EvidenceFile, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeView:
    """A paper's page."""

    found: FoundNotice
    matters: list[MatterView]
    paper: list[Block]
    remark: str
    can: frozenset[NoticeMove]
    names: Mapping[str, str]  # of accounts, as people are called


def seen_notice(
    session: Session, actor: Actor, notice_id: UUID, *, to_act: bool = False
) -> FoundNotice | None:
    """Return the paper that a notice is on, None when the actor may not see it.

    A unit sees what was sent to it: papers with a number, of which it is the answering unit. To
    act on a paper, its sheet is locked until the transaction ends.
    """
    notice = session.get(Notice, notice_id)
    if notice is None:
        return None
    plan = session.get_one(Plan, notice.plan_id)
    if plan.office_id != the_office(session).id:
        return None
    found = _on_paper(session, plan, notice, to_act=to_act)
    return found if found is not None and _sees(actor, found) else None


def _on_paper(session: Session, plan: Plan, notice: Notice, *, to_act: bool) -> FoundNotice | None:
    draft, sheet = None, None
    if notice.sheet_id is not None:
        lock = True if to_act else None
        sheet = session.get_one(NoticeSheet, notice.sheet_id, with_for_update=lock)
        matters: Matters = notice_sheets.matters(session, sheet.id)
        unit = session.get_one(Unit, sheet.unit_id)
    else:
        papers = drafted(session, plan)
        draft = next((one for one in papers if _holds(one, notice.id)), None)
        if draft is None:  # withdrawn, or its item was settled meanwhile
            return None
        matters = notice_sheets.named(session, [line.notice_id for line in draft.drafts])
        unit = session.get_one(Unit, draft.drafts[0].unit_id)
    about = concerned(session, unit, [item for _, item in matters])
    return FoundNotice(
        plan=plan, unit=unit, sheet=sheet, draft=draft, matters=matters, concerned=about
    )


def _holds(draft: DraftSheet, notice_id: UUID) -> bool:
    return any(line.notice_id == notice_id for line in draft.drafts)


def _sees(actor: Actor, found: FoundNotice) -> bool:
    if sees_all(actor):
        return True
    was_sent = found.sheet is not None and found.sheet.number is not None
    return was_sent and is_of_a_unit(actor) and actor.unit_id in found.concerned.answering


def notice_view(
    session: Session, office: Office, actor: Actor, found: FoundNotice, *, today: date
) -> NoticeView:
    """Return a paper's page for an actor who may see it."""
    sponsor = found.unit.sponsor_unit_id
    name = None if sponsor is None else session.get_one(Unit, sponsor).name
    return NoticeView(
        found=found,
        matters=list(_matters(session, found, today=today)),
        paper=blocks(paper_file(session, office, found, today=today)[1]),
        remark=remark_for(found.unit.kind, name),
        can=frozenset(_can(session, actor, found)),
        names={
            each.name: each.full_name for each in accounts.of_office(session, found.plan.office_id)
        },
    )


def paper_file(
    session: Session, office: Office, found: FoundNotice, *, today: date
) -> tuple[str, bytes]:
    """Return the name and the content of a paper's Word file: as kept, or marked 草稿."""
    codes = [item.code for _, item in found.matters]
    source = found.sheet or found.draft
    assert source is not None  # it is one or the other
    number = found.sheet.number_text if found.sheet else None
    name = f"{notice_papers.file_stem(number, found.unit.name, codes, source)}.docx"
    if isinstance(source, NoticeSheet):
        return name, notice_papers.content(session, office, found.plan, source)
    return name, notice_papers.preview(session, office, found.plan, source, today=today)


def _matters(session: Session, found: FoundNotice, *, today: date) -> Iterator[MatterView]:
    rows = notice_answers.of_notices(session, [notice.id for notice, _ in found.matters])
    answers = {row.notice_id: row for row in rows}  # the last version stands
    for notice, item in found.matters:
        answer = answers.get(notice.id)
        given = set() if answer is None else {UUID(text) for text in answer.evidence_ids}
        files = evidence.of_item(session, item.id) if given else []
        late = 0 if item.due_on is None else max((today - item.due_on).days, 0)
        yield MatterView(
            notice=notice,
            item=item,
            days_overdue=late,
            answer=answer,
            proof=tuple(file for file in files if file.id in given),
        )


def _can(session: Session, actor: Actor, found: FoundNotice) -> Iterator[NoticeMove]:
    states = {found.sheet.state if found.sheet else NoticeState.DRAFT}
    matter_states = {notice.state for notice, _ in found.matters}
    for move in OFFERED:
        rule = NOTICE_MOVES[move]
        there = states if rule.of_paper else matter_states
        if there & rule.from_states and _is_allowed(session, rule.permission, actor, found):
            yield move


def _is_allowed(
    session: Session, permission: Permission | None, actor: Actor, found: FoundNotice
) -> bool:
    assert permission is not None  # of all moves that are offered
    try:
        require_for(session, found.plan, permission, actor, found.concerned)
    except NotAllowedError:
        return False
    return True


def evidence_to_give(session: Session, found: FoundNotice) -> list[tuple[WorkItem, EvidenceFile]]:
    """Return the evidence that may be given with an answer: what the matters have."""
    return [
        (item, file) for _, item in found.matters for file in evidence.of_item(session, item.id)
    ]


def to_answer(
    session: Session, found: FoundNotice, given: Collection[UUID]
) -> Iterator[tuple[WorkItem, tuple[UUID, ...]]]:
    """Give the matters that may be answered, each with those of the given evidence that are its."""
    for notice, item in found.matters:
        if notice.state in NOTICE_MOVES[NoticeMove.ANSWER].from_states:
            theirs = (file.id for file in evidence.of_item(session, item.id))
            yield item, tuple(file_id for file_id in theirs if file_id in given)
