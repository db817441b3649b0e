"""延期初审、延期审批: a later date as it was asked for, and what is said to it."""

from portal.decision_sheets import Act, Blank, Facts, Sheet, Taking
from portal.phrases import When
from services import extensions
from services.decisions import Situation
from supervision.extensions import review_due_on
from supervision.policy import Policy
from supervision.vocabulary import ExtensionLack, Permission


def _hand(taking: Taking) -> extensions.Hand:
    visit = taking.visit
    return extensions.Hand(
        actor=visit.actor, as_of=visit.today, now=visit.office.now(), policy=visit.office.policy
    )


def _review(taking: Taking) -> str:
    extensions.review(taking.session, taking.item, _hand(taking), opinion=taking.said["opinion"])
    return "的延期申请已初审，待签发人审批。"


def _approve(taking: Taking) -> str:
    document = taking.said["document"]
    row = extensions.decide(
        taking.session, taking.item, _hand(taking), approves=True, document=document
    )
    return f"已同意延至{row.new_due_on}，原定期限保留在案。"


def _refuse(taking: Taking) -> str:
    reason = taking.said["reason"]
    extensions.decide(taking.session, taking.item, _hand(taking), approves=False, reason=reason)
    return "的延期申请未予同意，期限不变。"


def _facts(situation: Situation, when: When) -> Facts:
    row = situation.extension
    if row is None:
        return []
    lacks = "；".join(lack.label for lack in ExtensionLack if lack in row.lacks)
    return [
        ("申请延到", when.day(row.new_due_on)),
        ("申请人", f"{row.asked_by}，{when.day(row.asked_on)}"),
        ("延期理由", row.reason),
        ("目前进展", row.progress),
        ("不符合规定之处", lacks or "没有"),
        ("初审意见", _opinion(situation, when)),
    ]


def _opinion(situation: Situation, when: When) -> str:
    row = situation.extension
    if row is None or row.reviewed_on is None:
        return "尚未初审"
    return f"{row.review_opinion}——{row.reviewed_by}，{when.day(row.reviewed_on)}"


def _until(situation: Situation, when: When, policy: Policy) -> str:
    row = situation.extension
    if row is None:
        return "没有规定日期"
    return f"初审 {when.until(review_due_on(row.asked_on, policy, when.calendar))}"


def _second(situation: Situation, name: str) -> str:
    row = situation.extension
    had_a_hand = row is not None and name in (row.asked_by, row.reviewed_by)
    return "您已经手过本次申请，须由另一名签发人审批" if had_a_hand else ""


def _to_review(situation: Situation) -> bool:
    return situation.extension is not None and situation.extension.reviewed_by is None


def _to_decide(situation: Situation) -> bool:
    return situation.extension is not None and situation.extension.reviewed_by is not None


SHEETS = (
    Sheet(
        path="extension/review",
        title="延期初审",
        label="初审延期申请",
        permission=Permission.REVIEW_EXTENSION,
        is_open=_to_review,
        over="没有待初审的延期申请。",
        until=_until,
        facts=_facts,
        shows_proof=True,
        acts=(
            Act(
                name="",
                permission=Permission.REVIEW_EXTENSION,
                title="初审意见",
                button="提交初审意见",
                take=_review,
                note="初审只提意见，由签发人决定是否同意。",
                blanks=(Blank(name="opinion", label="初审意见", required=True),),
            ),
        ),
    ),
    Sheet(
        path="extension/decision",
        title="延期审批",
        label="审批延期申请",
        permission=Permission.DECIDE_EXTENSION,
        is_open=_to_decide,
        over="没有待审批的延期申请；未经初审的请先由办公室初审。",
        facts=_facts,
        shows_proof=True,
        acts=(
            Act(
                name="approve",
                permission=Permission.DECIDE_EXTENSION,
                title="同意延期",
                button="同意延期",
                take=_approve,
                stands_back=_second,
                blanks=(
                    Blank(
                        name="document",
                        label="批复文号",
                        kind="line",
                        required=True,
                        hint="如 章无废办〔2025〕9号",
                    ),
                ),
            ),
            Act(
                name="refuse",
                permission=Permission.DECIDE_EXTENSION,
                title="不同意延期",
                button="不同意延期",
                take=_refuse,
                stands_back=_second,
                blanks=(Blank(name="reason", label="不同意的理由", required=True),),
            ),
        ),
    ),
)
