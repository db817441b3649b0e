"""`duban notice`, the acts: drafted, signed, issued, delivered, answered, reviewed, voided."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.acting import Acting, Done, acts
from cli.options import ItemCode, Opinion, Reason, day, with_examples
from supervision.vocabulary import Rung, word_named

if TYPE_CHECKING:  # each command imports what it needs, so that all of them start fast
    from db.notice_tables import NoticeSheet

Named = Annotated[
    str,
    typer.Argument(metavar="通知", help="文号（如 章无废办督〔2025〕3号、2025-3）或事项编号"),
]
WantedRung = Annotated[
    str | None,
    typer.Option("--rung", metavar="梯级", help="blue 蓝、yellow 黄、red 红、interview 约谈"),
]
Only = Annotated[
    list[str] | None, typer.Option("--item", metavar="编号", help="只涉及这些事项，可重复")
]
How = Annotated[str, typer.Option("--how", metavar="方式", help="如“专人送达，李四收”")]
Text = Annotated[str, typer.Option("--text", metavar="情况", help="办理情况")]
Promise = Annotated[
    str | None, typer.Option("--promise", metavar="日期", help="承诺在哪一天前办结")
]
Proof = Annotated[
    list[str] | None, typer.Option("--evidence", metavar="佐证", help="佐证编号，可重复")
]
SendBack = Annotated[bool, typer.Option("--send-back", help="退回答复，须写 --opinion")]

DRAFT = with_examples(
    "手工起草督办通知：紧急事项可直接从较高梯级起草；承诺未兑现、作废重发的也由此起草。",
    "duban notice draft T07 --reason 群众反映强烈 --as lisi",
    "duban notice draft T07 --rung red --reason 汛期将至，情况紧急 --as lisi",
)
SIGN = with_examples(
    "签发督办通知：按事项编号指明是哪一份草稿；签发人不得属于责任单位。",
    "duban notice sign T07 --as wangqz",
)
ISSUE = with_examples(
    "印发已签发的通知：编号、成文、存档、进发件箱，一次办成。须已有一次提醒确认送达。",
    "duban notice issue T07 --as lisi",
)
DELIVER = with_examples(
    "登记人工送达；从送达之日起计算答复期限。",
    "duban notice deliver 2025-3 --how 专人送达，李四收 --as lisi",
)
ACKNOWLEDGE = with_examples("承办单位签收通知。", "duban notice acknowledge 2025-3 --as hbj")
ANSWER = with_examples(
    "承办单位负责人答复通知：办理情况、未完成的原因、承诺办结的日期和佐证。",
    "duban notice answer 2025-3 --text 已完成九成 --reason 到货晚 --promise 2025-03-14 --as hbj",
)
REVIEW = with_examples(
    "审核答复：默认采纳，--send-back 退回。审核人不得属于责任单位。",
    "duban notice review 2025-3 --as lisi",
    "duban notice review 2025-3 --item T07 --send-back --opinion 没有说明原因 --as lisi",
)
VOID = with_examples(
    "作废通知：保留文号，该梯级可重新起草。尚未编号的，撤回签发，退为草稿。",
    "duban notice void 2025-3 --reason 主送单位有误 --as wangqz",
)


def add_acts(notice: typer.Typer) -> None:
    """Add these commands to the group `notice`."""
    notice.command("draft", help=DRAFT)(draft)
    notice.command("sign", help=SIGN)(sign)
    notice.command("issue", help=ISSUE)(issue)
    notice.command("deliver", help=DELIVER)(deliver)
    notice.command("acknowledge", help=ACKNOWLEDGE)(acknowledge)
    notice.command("answer", help=ANSWER)(answer)
    notice.command("review", help=REVIEW)(review)
    notice.command("void", help=VOID)(void)


@acts("notice")
def draft(act: Acting, code: ItemCode, *, reason: Reason, rung: WantedRung = None) -> Done:
    """Draft a notice by hand."""
    from services.notice_by_hand import draft_by_hand

    wanted: Rung | None = word_named(Rung, rung) if rung else None
    row = draft_by_hand(
        act.session,
        act.plan,
        act.item(code),
        act.hand(),
        act.office.policy,
        reason=reason,
        rung=wanted,
    )
    answer = {"code": code.upper(), "rung": row.rung, "state": row.state, "why": row.why}
    return Done(told=f"{code.upper()} 已起草{row.rung.label}通知，待签发。", answer=answer)


@acts("notice")
def sign(act: Acting, named: Named) -> Done:
    """Sign a draft."""
    from services.notice_sheets import draft_named
    from services.notice_signing import sign as sign_draft

    found = draft_named(act.session, act.plan, named)
    sheet = sign_draft(act.session, act.plan, found, act.hand(), act.office.policy)
    return _done(act, sheet, "已签发，待编号印发。", warning=found.remark)


@acts("notice")
def issue(act: Acting, named: Named) -> Done:
    """Issue a signed notice."""
    from services.notice_issuing import issue as issue_sheet

    issued = issue_sheet(act.session, act.office, act.plan, _sheet(act, named), act.hand())
    by_hand = issued.message_id is None
    told = "已编号印发，请人工呈送后登记送达。" if by_hand else "已编号印发，已进发件箱。"
    return _done(act, issued.sheet, told, paper=issued.paper.file_name, hash=issued.paper.hash)


@acts("notice")
def deliver(act: Acting, named: Named, *, how: How) -> Done:
    """Put on record that a paper was handed over."""
    from services.notice_receipts import deliver_by_hand

    sheet = _sheet(act, named)
    deliver_by_hand(act.session, act.plan, sheet, act.hand(), how=how)
    due = f"，答复截止 {sheet.reply_due_on}" if sheet.reply_due_on else ""
    return _done(act, sheet, f"已登记送达{due}。")


@acts("notice")
def acknowledge(act: Acting, named: Named) -> Done:
    """Sign for a notice."""
    from services.notice_receipts import acknowledge as sign_for

    sheet = _sheet(act, named)
    sign_for(act.session, act.plan, sheet, act.hand())
    return _done(act, sheet, "已签收。")


@acts("notice")
def answer(
    act: Acting,
    named: Named,
    *,
    text: Text,
    reason: Reason,
    promise: Promise = None,
    evidence: Proof = None,
    item: Only = None,
) -> Done:
    """Answer a notice."""
    from services.notice_answers import Said
    from services.notice_answers import answer as answer_sheet
    from services.notice_evidence import evidence_named

    said = Said(
        body=text,
        reasons=reason,
        promised_on=day(promise) if promise else None,
        evidence_ids=evidence_named(act.session, act.plan, evidence or []),
    )
    sheet = _sheet(act, named)
    rows = answer_sheet(act.session, act.plan, sheet, act.hand(), said, codes=item)
    late = "（已过答复期限）" if any(row.is_late for row in rows) else ""
    return _done(act, sheet, f"已答复 {len(rows)} 项{late}，待审核。")


@acts("notice")
def review(
    act: Acting,
    named: Named,
    *,
    send_back: SendBack = False,
    opinion: Opinion = "",
    item: Only = None,
) -> Done:
    """Accept what was answered, or send it back."""
    from services.notice_answers import review as review_answers

    sheet = _sheet(act, named)
    rows = review_answers(
        act.session,
        act.plan,
        sheet,
        act.hand(),
        accepts=not send_back,
        opinion=opinion,
        codes=item,
    )
    return _done(act, sheet, f"已{'退回' if send_back else '采纳'} {len(rows)} 项答复。")


@acts("notice")
def void(act: Acting, named: Named, *, reason: Reason) -> Done:
    """Void a notice, or take a signature back."""
    from services.notice_receipts import void as void_sheet

    sheet = _sheet(act, named)
    void_sheet(act.session, act.plan, sheet, act.hand(), reason=reason)
    kept = "已作废，文号保留，可重新起草。" if sheet.number_text else "已撤回签发，退为草稿。"
    return _done(act, sheet, kept, names=named)


def _sheet(act: Acting, named: str) -> "NoticeSheet":
    from services.notice_sheets import sheet_named

    return sheet_named(act.session, act.plan, named)


def _done(
    act: Acting,
    sheet: "NoticeSheet",
    told: str,
    *,
    warning: str = "",
    names: str = "",
    **more: Any,  # noqa: ANN401 - fields of the answer
) -> Done:
    """Return what an act on a sheet came to, with the sheet as lists show it."""
    from services.notice_lists import of_sheet

    answer: dict[str, Any] = {"notice": None, **more}
    name = sheet.number_text or names.upper()
    if sheet.number_text or not names:
        shown = of_sheet(act.session, act.office, act.plan, sheet, as_of=act.as_of)
        answer["notice"], name = shown, shown.reference
    return Done(told=f"{name} {told}", answer=answer, warning=warning)
