"""Plan documents on their way in: taken in as drafts, settled step by step, adopted or dropped."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session

from db import events, plan_drafts, plans
from db.plan_draft_tables import PlanDraft
from services import calendars, historic_words, settling
from services.adoption import Adopted, Adoption
from services.editions import EditionAdopted, take_in
from services.historic_words import Clerk
from services.plan_uploads import Uploaded, packed
from services.plans import the_office
from services.settling import Settlement
from supervision.errors import NotConfiguredError, UsageError
from supervision.rights import require
from supervision.vocabulary import Permission, PlanDraftState, Ruling, Severity
from tasks_catalog.model import Finding, ReadPlan

LONGEST_CODE = 40


class DraftUnknownError(UsageError):
    """There is no draft of that id in this office."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """How a finding was settled: by whom, on which day, in which words."""

    ruling: Ruling
    why: str
    by: str
    on: date

    @property
    def in_words(self) -> str:
        """Return it as the report on findings prints it."""
        return f"{self.ruling.label}：{self.why}（{self.by}，{self.on}）"


def start(
    session: Session, uploaded: Uploaded, clerk: Clerk, *, code: str, baseline_on: date | None
) -> PlanDraft:
    """Keep a document that was read as a draft; the very file for the same plan is the one there.

    Without a day given the plan is supervised from today, or as long as the plan it corrects.
    UsageError for a code that is none, and for a file that was adopted before.
    """
    require(Permission.ADOPT_PLAN, clerk.actor)
    office = the_office(session)
    _refuse_code(code)
    plan = plans.by_code(session, office.id, code)
    editions = [] if plan is None else plans.editions_of(session, plan.id)
    if any(edition.file_hash == uploaded.hash for edition in editions):
        raise UsageError(f"这个文件已经采纳为计划“{code}”", advice="请选择修订后的文件。")
    there = plan_drafts.open_one(session, office.id, code, uploaded.hash)
    if there is not None:
        return there
    draft = PlanDraft(
        office_id=office.id,
        state=PlanDraftState.OPEN,
        code=code,
        file_name=uploaded.name,
        file_hash=uploaded.hash,
        stored_as=uploaded.stored_as,
        baseline_on=baseline_on or clerk.as_of,
        started_by=clerk.actor.name,
        started_at=clerk.now,
        document=packed(uploaded.document),
        content=uploaded.read.to_json(),
        rulings={},
        settlement=Settlement().model_dump(mode="json"),
    )
    session.add(draft)
    session.flush()
    facts = {"file": draft.file_name, "plan": code, "items": len(uploaded.read.work_items)}
    put_on_record(session, draft, clerk, "take_in_document", facts=facts)
    return draft


def _refuse_code(code: str) -> None:
    plain = code.isascii() and code.replace("-", "").isalnum() and code == code.lower()
    if not plain or len(code) > LONGEST_CODE:
        raise UsageError(f"计划代码“{code}”应为小写英文字母、数字", advice="如 wufei-2026。")


def draft_named(session: Session, draft_id: UUID, *, to_act: bool = False) -> PlanDraft:
    """Return the office's draft, locked when it is acted on; DraftUnknownError without it.

    One that is adopted or dropped is not acted on any more: UsageError says which.
    """
    found = plan_drafts.by_id(session, the_office(session).id, draft_id, to_act=to_act)
    if found is None:
        raise DraftUnknownError("没有这份核对稿", advice="用 duban plan draft list 查看。")
    if to_act and found.state is not PlanDraftState.OPEN:
        raise UsageError(f"这份核对稿{found.state.label}，不能再改", advice="请重新上传文件。")
    return found


def latest(session: Session, code: str, *, to_act: bool = False) -> PlanDraft:
    """Return the draft that was started last for a plan of that code, as `draft_named` does."""
    found = plan_drafts.latest(session, the_office(session).id, code)
    if found is None:
        raise DraftUnknownError(
            f"没有代码为“{code}”的核对稿", advice="用 duban plan draft list 查看。"
        )
    return draft_named(session, found, to_act=to_act)


def read_of(draft: PlanDraft) -> ReadPlan:
    """Return the document as it was read."""
    return ReadPlan.model_validate(draft.content)


def settlement_of(draft: PlanDraft) -> Settlement:
    """Return what was decided so far, as a settlement file states it."""
    rulings = {name: said.in_words for name, said in said_of(draft).items()}
    found = Settlement.model_validate(draft.settlement)
    return found.model_copy(update={"settled": rulings})


def said_of(draft: PlanDraft) -> Mapping[str, Said]:
    """Return how each settled finding was settled, by its id."""
    return {
        name: Said(
            ruling=Ruling(said["ruling"]),  # type: ignore[call-arg]
            why=said["why"],
            by=said["by"],
            on=date.fromisoformat(said["on"]),
        )
        for name, said in draft.rulings.items()
    }


def open_findings(draft: PlanDraft, read: ReadPlan) -> list[Finding]:
    """Return the findings that still stand in the way; notes never do."""
    return [
        finding
        for finding in read.findings
        if finding.severity is not Severity.NOTE and finding.id not in draft.rulings
    ]


def corrected(draft: PlanDraft) -> ReadPlan:
    """Return the plan as it would be adopted now."""
    return settling.apply(read_of(draft), settlement_of(draft))


def adopt(session: Session, draft: PlanDraft, clerk: Clerk) -> Adopted | EditionAdopted:
    """Make the draft a plan, or an edition of the one that bears its code; nothing is sent.

    NotConfiguredError while findings stand in the way.
    """
    require(Permission.ADOPT_PLAN, clerk.actor)
    read, settlement = read_of(draft), settlement_of(draft)
    waiting = len(open_findings(draft, read))
    if waiting:
        raise NotConfiguredError(f"还有{waiting}处待处理，不能确认立项", advice="请逐处核对。")
    adoption = Adoption(
        read=corrected(draft),
        code=draft.code,
        file_name=draft.file_name,
        file_hash=draft.file_hash,
        baseline_on=draft.baseline_on,
        actor=clerk.actor.name,
        settled={name: how for name, how in settlement.settled.items() if how},
        sponsors=settlement.sponsors,
        members=settlement.members,
    )
    calendars.seed(session)
    done = take_in(session, adoption, now=clerk.now)
    if isinstance(done, Adopted):
        at_first = replace(clerk, as_of=max(clerk.as_of, draft.baseline_on))
        historic_words.say(session, done.plan_id, settlement.historic, at_first)
    _end(session, draft, clerk, PlanDraftState.ADOPTED)
    put_on_record(session, draft, clerk, "adopt_plan", facts={"plan": draft.code})
    return done


def drop(session: Session, draft: PlanDraft, clerk: Clerk, *, reason: str) -> None:
    """Give a draft up; its file and what was decided stay as they are."""
    require(Permission.ADOPT_PLAN, clerk.actor)
    if not reason.strip():
        raise UsageError("放弃须写明理由", advice="请填写理由。")
    _end(session, draft, clerk, PlanDraftState.DROPPED)
    put_on_record(session, draft, clerk, "drop_draft", why=reason)


def _end(session: Session, draft: PlanDraft, clerk: Clerk, state: PlanDraftState) -> None:
    draft.state, draft.ended_by, draft.ended_at = state, clerk.actor.name, clerk.now
    session.add(draft)
    session.flush()


def put_on_record(
    session: Session,
    draft: PlanDraft,
    clerk: Clerk,
    act: str,
    *,
    why: str | None = None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Put what was done to a draft on record, in the transaction of the act."""
    entry = events.Entry(
        actor=clerk.actor.name,
        act=act,
        about_kind="plan_draft",
        about_id=draft.id,
        as_of=clerk.as_of,
        why=(why or "").strip() or None,
        document=draft.file_name,
        facts=dict(facts or {}),
    )
    events.append(session, draft.office_id, [entry], at=clerk.now)
