"""销号初审、销号复核: what was done with its proof beside it; passed on, graded or sent back."""

from portal.decision_sheets import Act, Blank, Facts, Sheet, Taking
from portal.phrases import When
from services import close_outs
from services.decisions import Situation
from supervision.vocabulary import Grade, Permission, word_named


def _review(taking: Taking) -> str:
    close_outs.review(taking.session, taking.item, taking.hand, opinion=taking.said["opinion"])
    return "的销号申请已初审，待另一名审核人或签发人复核。"


def _decide(taking: Taking) -> str:
    grade: Grade = word_named(Grade, taking.said["grade"])
    opinion = taking.said["opinion"]
    close_outs.decide(taking.session, taking.item, taking.hand, grade=grade, opinion=opinion)
    return f"已销号，等次{grade.label}。"


def _send_back(taking: Taking) -> str:
    close_outs.send_back(
        taking.session, taking.item, taking.hand, reason=taking.said["return_reason"]
    )
    return "已退回重办，从今天起继续计算期限。"


def _facts(situation: Situation, when: When) -> Facts:
    row = situation.close_out
    if row is None:
        return []
    told = [
        ("申请人", f"{row.asked_by}，{when.day(row.asked_on)}（第{row.ordinal}次申请）"),
        ("完成情况", row.summary),
        ("材料核对", f"还缺{'、'.join(situation.lacks)}" if situation.lacks else "材料齐备"),
    ]
    if row.reviewed_on is not None:
        said = f"{row.review_opinion}——{row.reviewed_by}，{when.day(row.reviewed_on)}"
        told.append(("初审意见", said))
    return told


def _second(situation: Situation, name: str) -> str:
    row = situation.close_out
    had_a_hand = row is not None and name in (row.asked_by, row.reviewed_by)
    return "您已申请或初审过本次销号，须由另一名审核人或签发人复核" if had_a_hand else ""


SEND_BACK = Act(
    name="return",
    permission=Permission.RETURN_CLOSE_OUT,
    title="退回重办",
    button="退回重办",
    take=_send_back,
    blanks=(
        Blank(
            name="return_reason",
            label="退回理由",
            required=True,
            hint="写明缺什么、要补什么，承办单位据此重办。",
        ),
    ),
)

SHEETS = (
    Sheet(
        path="close-out/review",
        title="销号初审",
        label="初审销号申请",
        permission=Permission.REVIEW_CLOSE_OUT,
        is_open=lambda it: it.close_out is not None and it.close_out.reviewed_by is None,
        over="没有待初审的销号申请。",
        facts=_facts,
        shows_proof=True,
        acts=(
            Act(
                name="",
                permission=Permission.REVIEW_CLOSE_OUT,
                title="初审通过",
                button="初审通过，转复核",
                take=_review,
                blanks=(Blank(name="opinion", label="初审意见", required=True),),
            ),
            SEND_BACK,
        ),
    ),
    Sheet(
        path="close-out/decision",
        title="销号复核",
        label="复核销号申请",
        permission=Permission.DECIDE_CLOSE_OUT,
        is_open=lambda it: it.close_out is not None and it.close_out.reviewed_by is not None,
        over="没有待复核的销号申请；未经初审的请先办理初审。",
        facts=_facts,
        shows_proof=True,
        acts=(
            Act(
                name="",
                permission=Permission.DECIDE_CLOSE_OUT,
                title="同意销号",
                button="同意销号",
                take=_decide,
                stands_back=_second,
                note="须由申请人、初审人以外的另一人办理。",
                blanks=(
                    Blank(
                        name="grade", label="等次", kind="choice", required=True, words=tuple(Grade)
                    ),
                    Blank(name="opinion", label="复核意见", hint="可不填，不填即“同意销号”。"),
                ),
            ),
            SEND_BACK,
        ),
    ),
)
