"""What people do with a notice: sign, issue, hand over, sign for, answer, review, void."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from portal.forms import Reading
from portal.notice_access import OfNotice, notice_of
from portal.notice_pages import show_notice
from portal.visits import Visit
from services import notice_answers, notice_issuing, notice_receipts, notice_signing
from services.close_outs import Hand
from services.form_answers import Answer
from services.notice_answers import Said
from services.notice_views import FoundNotice, to_answer
from supervision.errors import UsageError
from supervision.vocabulary import Permission

pages = APIRouter()
P = Permission
Signer = Annotated[Visit, Depends(OfNotice(permission=P.SIGN_NOTICE))]
Issuer = Annotated[Visit, Depends(OfNotice(permission=P.ISSUE_NOTICE))]
Messenger = Annotated[Visit, Depends(OfNotice(permission=P.DELIVER_BY_HAND))]
Receiver = Annotated[Visit, Depends(OfNotice(permission=P.ACKNOWLEDGE_NOTICE))]
Answerer = Annotated[Visit, Depends(OfNotice(permission=P.ANSWER_NOTICE))]
Reviewer = Annotated[Visit, Depends(OfNotice(permission=P.REVIEW_ANSWER))]
Voider = Annotated[Visit, Depends(OfNotice(permission=P.VOID_NOTICE))]
Work = Callable[[Any, FoundNotice, Hand], str]


@pages.post("/notices/{notice_id}/sign")
def sign(visit: Signer) -> Response:
    """Sign a draft (签发)."""

    def work(session: Any, found: FoundNotice, hand: Hand) -> str:  # noqa: ANN401
        if found.draft is None:
            raise UsageError("这份通知已经签发", advice="请看下面的办理情况。")
        notice_signing.sign(session, found.plan, found.draft, hand, visit.office.policy)
        return "已签发，待办公室编号印发。"

    return _done(visit, work)


@pages.post("/notices/{notice_id}/issue")
def issue(visit: Issuer) -> Response:
    """Give the signed paper its number and send it (编号印发)."""

    def work(session: Any, found: FoundNotice, hand: Hand) -> str:  # noqa: ANN401
        issued = notice_issuing.issue(session, visit.office, found.plan, _sheet(found), hand)
        after = "已排入发件箱" if issued.message_id else "请人工呈送后登记送达"
        return f"已印发，文号{issued.sheet.number_text}，{after}。"

    return _done(visit, work)


@pages.post("/notices/{notice_id}/deliver")
def deliver(visit: Messenger) -> Response:
    """Put on record that the paper was handed over (送达)."""
    reading = Reading(visit.form)

    def work(session: Any, found: FoundNotice, hand: Hand) -> str:  # noqa: ANN401
        how = reading.text("how", "送达方式和签收人")
        reading.require_sound()
        sheet = _sheet(found)
        notice_receipts.deliver_by_hand(session, found.plan, sheet, hand, how=how)
        due = f"答复期限到{sheet.reply_due_on}。" if sheet.reply_due_on else ""
        return f"已登记送达。{due}"

    return _done(visit, work)


@pages.post("/notices/{notice_id}/acknowledge")
def acknowledge(visit: Receiver) -> Response:
    """Sign for the paper (签收)."""

    def work(session: Any, found: FoundNotice, hand: Hand) -> str:  # noqa: ANN401
        sheet = _sheet(found)
        notice_receipts.acknowledge(session, found.plan, sheet, hand)
        due = f"，请在{sheet.reply_due_on}前答复" if sheet.reply_due_on else ""
        return f"已签收{due}。"

    return _done(visit, work)


@pages.post("/notices/{notice_id}/answer")
def answer(visit: Answerer) -> Response:
    """Answer the paper, all of it or one matter (答复)."""
    reading = Reading(visit.form)

    def work(session: Any, found: FoundNotice, hand: Hand) -> str:  # noqa: ANN401
        said, asked = _said(reading), _codes(visit)
        rows = [
            row
            for item, theirs in to_answer(session, found, said.evidence_ids)
            if asked is None or item.code in asked
            for row in notice_answers.answer(
                session,
                found.plan,
                _sheet(found),
                hand,
                replace(said, evidence_ids=theirs),
                codes=[item.code],
            )
        ]
        if not rows:
            raise UsageError("没有等待答复的事项", advice="请看各事项的办理情况。")
        late = "（已过答复期限）" if any(row.is_late for row in rows) else ""
        return f"已答复{len(rows)}项{late}，待审核。"

    return _done(visit, work)


@pages.post("/notices/{notice_id}/review")
def review(visit: Reviewer) -> Response:
    """Accept what was answered, or send it back (采纳、退回)."""
    reading = Reading(visit.form)

    def work(session: Any, found: FoundNotice, hand: Hand) -> str:  # noqa: ANN401
        accepts = visit.form.text("decision") == "accept"
        opinion = reading.optional("opinion") if accepts else reading.text("opinion", "退回理由")
        reading.require_sound()
        rows = notice_answers.review(
            session,
            found.plan,
            _sheet(found),
            hand,
            accepts=accepts,
            opinion=opinion or "",
            codes=_codes(visit),
        )
        return f"已{'采纳' if accepts else '退回'}{len(rows)}项答复。"

    return _done(visit, work)


@pages.post("/notices/{notice_id}/void")
def void(visit: Voider) -> Response:
    """Void the paper, or take back a signature that has no number yet (作废、撤回签发)."""
    reading = Reading(visit.form)

    def work(session: Any, found: FoundNotice, hand: Hand) -> str:  # noqa: ANN401
        reason = reading.text("reason", "理由")
        reading.require_sound()
        sheet = _sheet(found)
        notice_receipts.void(session, found.plan, sheet, hand, reason=reason)
        return "已作废，文号保留。" if sheet.number_text else "已撤回签发，退为草稿。"

    return _done(visit, work)


def _done(visit: Visit, work: Work) -> Response:
    """Do it once, and lead back to the paper; what is refused is told on it."""

    def once(session: Any) -> Answer:  # noqa: ANN401 - the services' own session
        found = notice_of(visit, session, to_act=True)
        hand = Hand(actor=visit.actor, as_of=visit.today, now=visit.office.now())
        told = work(session, found, hand)
        return Answer(location=f"/notices/{found.named_by}", message=told)

    try:
        return visit.once(once)
    except UsageError as error:
        return show_notice(visit, error)


def _sheet(found: FoundNotice) -> Any:  # noqa: ANN401 - a row of the services
    if found.sheet is None:
        raise UsageError("这份通知还是草稿", advice="请先由签发人签发。")
    return found.sheet


def _codes(visit: Visit) -> list[str] | None:
    return [visit.form.text("item")] if visit.form.text("item") else None


def _said(reading: Reading) -> Said:
    body = reading.text("body", "办理情况")
    reasons = reading.text("reasons", "未按期完成的原因")
    promised: date | None = None
    if reading.posted.text("promised_on"):
        promised = reading.day("promised_on", "承诺完成日期")
    given = [name.removeprefix("proof-") for name in reading.posted.fields if name[:6] == "proof-"]
    reading.require_sound()
    try:
        evidence_ids = tuple(UUID(text) for text in given)
    except ValueError as error:
        raise UsageError("所选佐证无法识别", advice="请回到通知重新选择。") from error
    return Said(body=body, reasons=reasons, promised_on=promised, evidence_ids=evidence_ids)
