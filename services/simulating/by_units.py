"""What units do in a replay: sign for, report, ask for more time or to be closed, answer."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from db.plan_tables import WorkItem
from services import close_outs, evidence, extensions, notice_answers, notice_receipts, reports
from services.evidence import Bringing
from services.extensions import Wish
from services.moves import Wanted, move_item
from services.notice_answers import Said
from services.notice_sheets import sheet_named
from services.obligations import obligation_of
from services.report_content import ReportContent
from services.simulating.hands import Turn
from supervision.extensions import months_after
from supervision.periods import year_end
from supervision.vocabulary import Deed, EvidenceKind, ItemKind, Move

WHOLE = 100


def sign_for(turn: Turn) -> None:
    """Sign for the item (签收)."""
    wanted = Wanted(move=Move.ACKNOWLEDGE, actor=turn.head, as_of=turn.day)
    move_item(turn.session, turn.item, wanted, now=turn.office.now())


def report(turn: Turn) -> None:
    """Hand the round's report in, as far as the rule or the calendar says."""
    item = turn.item
    percent = max(_percent(turn, item), turn.percents.get(item.code, 0))
    turn.percents[item.code] = percent
    is_project = item.kind is ItemKind.PROJECT
    said = ReportContent(
        progress=turn.words(f"按计划推进，至{turn.day}累计完成{percent}%"),
        percent=percent,
        invested_wan=(item.investment_wan or Decimal(0)) * percent / WHOLE if is_project else None,
    )
    owed = obligation_of(turn.session, item, turn.waiting.name)
    now = turn.office.now()
    reports.hand_in(turn.session, owed, said, turn.head, as_of=turn.day, now=now)


def _percent(turn: Turn, item: WorkItem) -> int:
    """Return what the rule says, else how much of the item's time has gone by, less its lag."""
    if turn.rule.percent is not None:
        return turn.rule.percent
    end = item.due_on or year_end(turn.plan.period_to or turn.day.year)
    gone = _share(item.adopted_on, end, turn.day)
    return max(0, gone - turn.rule.behind)


def _share(start: date, end: date, day: date) -> int:
    if day >= end:
        return WHOLE
    return int(WHOLE * (day - start) / (end - start))


def ask_extension(turn: Turn) -> None:
    """Ask for a later date, so many months after the present one."""
    item = turn.item
    assert item.due_on is not None  # only dated items are asked about
    wish = Wish(
        new_due_on=months_after(item.due_on, turn.rule.months),
        reason=turn.words("前置条件未具备"),
        progress="正在办理",
    )
    extensions.ask(turn.session, turn.plan, item, turn.hand_on_extension(turn.head), wish)


def ask_close_out(turn: Turn) -> None:
    """Bring evidence and ask for the item to be closed (申请销号)."""
    item = turn.item
    is_project = item.kind is ItemKind.PROJECT
    kind = EvidenceKind.ACCEPTANCE if is_project else EvidenceKind.LEDGER
    text = f"{item.code}办理台账（推演）".encode()
    kept = evidence.kept(turn.office, text, kind=kind, name=f"{item.code}.txt")
    room = turn.office.settings.evidence_unit_mb
    bringing = Bringing(actor=turn.head, as_of=turn.day, most_mb_a_year=room)
    evidence.attach(turn.session, item, kept, bringing, now=turn.office.now())
    close_outs.ask(turn.session, item, turn.hand(turn.head), summary=turn.words("各项内容均已完成"))


def answer(turn: Turn) -> None:
    """Sign for a notice and answer it, for this item."""
    sheet = sheet_named(turn.session, turn.plan, turn.waiting.name)
    hand = turn.hand(turn.head)
    notice_receipts.acknowledge(turn.session, turn.plan, sheet, hand)
    said = Said(body="正在办理", reasons=turn.words("前置条件未具备"))
    codes = [turn.waiting.code]
    notice_answers.answer(turn.session, turn.plan, sheet, hand, said, codes=codes)


OF_UNITS: Mapping[Deed, Callable[[Turn], None]] = MappingProxyType(
    {
        Deed.SIGN_FOR: sign_for,
        Deed.REPORT: report,
        Deed.ASK_EXTENSION: ask_extension,
        Deed.ASK_CLOSE_OUT: ask_close_out,
        Deed.ANSWER: answer,
    }
)
