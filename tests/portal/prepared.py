"""One office on the issued plan with something on every page: what the browser tests walk through.

It is the twelfth of December 2024: the third quarter is over, the fourth is being reported on.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import Session, select

from db.dossiers import units_of
from db.plan_tables import Contact
from db.record_tables import Message
from services import close_outs, extensions, report_drafts, reports
from services.extensions import Wish
from services.historic_words import Clerk
from services.item_events import Said, dispute
from services.item_views import plan_of
from services.obligations import obligation_of
from services.office import Office
from services.plan_drafts import start
from services.plan_uploads import read_upload
from services.report_content import ReportContent
from services.report_drafts import Pen
from supervision.extensions import months_after
from supervision.rights import Actor
from supervision.vocabulary import ContactPost, MessageState, Move, Role
from tests.builders import item_of
from tests.clock import Clock
from tests.noticing import Ladder
from tests.people import hand, head, move, prove, unit_id
from tests.portal.conftest import give_account
from tests.reporting import dispatcher, liaison

LAST, TODAY = date(2024, 9, 12), date(2024, 12, 12)
LAST_QUARTER, QUARTER = "2024Q3", "2024Q4"
BUREAU, NOTIFIED, BUILDER = "章贡生态环境局", "区委宣传部", "区城管局"
REPORTED, DRAFTED, PROJECT = "T07", "T16", "P12"
ASKS_LATER, GRANTED_SOON, ASKS_TO_CLOSE, TO_GRADE, DISPUTES = "T08", "T09", "T10", "T11", "T12"
HISTORIC, NOTIFIED_OF, TO_SIGN = "T01", "T04", "T02"
THE_DOCUMENT = Path(__file__).resolve().parents[2] / "tasks_catalog/plans/zhanggong/plan.txt"
REFUSED = "550 5.1.1 没有这个邮箱：收件人已停用"
OFFICER, BOSS, KEEPER, AUDITOR = "diaoduyuan", "qianfaren", "guanli", "shenji"
WATCHER, WRITER, CHIEF, ANSWERER, CITY = "ducha", "lianluoyuan", "fuzeren", "xuanchuan", "chengguan"


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody with an account."""

    roles: tuple[Role, ...]
    unit: str | None = None


PEOPLE = {
    OFFICER: Person(roles=(Role.OFFICE, Role.APPROVER, Role.REVIEWER)),
    BOSS: Person(roles=(Role.APPROVER,)),
    KEEPER: Person(roles=(Role.ADMINISTRATOR,)),
    AUDITOR: Person(roles=(Role.AUDITOR,)),
    WATCHER: Person(roles=(Role.SUPERVISOR,)),
    WRITER: Person(roles=(Role.LIAISON,), unit=BUREAU),
    CHIEF: Person(roles=(Role.HEAD,), unit=BUREAU),
    ANSWERER: Person(roles=(Role.HEAD,), unit=NOTIFIED),
    CITY: Person(roles=(Role.HEAD,), unit=BUILDER),
}


def prepare(office: Office, clock: Clock) -> None:
    """Let two quarters pass in an office that has adopted the plan, up to this morning."""
    ladder = Ladder(office, clock)
    ladder.on(LAST)
    _report(office, LAST_QUARTER, "完成申报登记195家，检查产废单位40家次。", percent=60)
    ladder.on(TODAY)
    _report(office, QUARTER, "完成申报登记213家，较上季新增18家。", percent=85)
    _keep_a_draft(office)
    for code in (ASKS_LATER, GRANTED_SOON):
        _ask_later(office, code)
    for code in (ASKS_TO_CLOSE, TO_GRADE):
        _ask_to_close(office, code)
    _review(office)
    _object(office)
    _refuse_a_message(office)
    _bring_a_plan(office)
    ladder.send(NOTIFIED_OF)
    for name, who in PEOPLE.items():
        give_account(office, name, *who.roles, unit=who.unit)


def _report(office: Office, period: str, progress: str, *, percent: int) -> None:
    with office.transaction() as session:
        owed = obligation_of(session, item_of(session, REPORTED), period)
        said = ReportContent(progress=progress, percent=percent, next_step="按季推进。")
        bureau = liaison(session, BUREAU)
        reports.hand_in(session, owed, said, bureau, as_of=office.today(), now=office.now())


def _keep_a_draft(office: Office) -> None:
    with office.transaction() as session:
        owed = obligation_of(session, item_of(session, DRAFTED), QUARTER)
        pen = Pen(actor=liaison(session, BUREAU), as_of=office.today(), now=office.now())
        typed = {"progress": "已完成中试，验收材料报市局。", "percent": "60", "problems": "无"}
        report_drafts.keep_draft(session, owed, typed, pen)


def _lead(session: Session, code: str) -> Actor:
    """Return the head of the unit that answers for an item."""
    found = units_of(session, item_of(session, code).id)
    return head(session, next(unit.name for unit in found if unit.answers))


def _extending(office: Office, actor: Actor) -> extensions.Hand:
    return extensions.Hand(actor=actor, as_of=TODAY, now=office.now(), policy=office.policy)


def _ask_later(office: Office, code: str) -> None:
    with office.transaction() as session:
        item = item_of(session, code)
        wish = Wish(
            new_due_on=months_after(item.due_on or TODAY, 2),
            reason="设备招标流标，须重新组织，预计推迟两个月。",
            progress="已完成前期审批，招标文件修改完毕。",
        )
        theirs = _extending(office, _lead(session, code))
        extensions.ask(session, plan_of(session, item), item, theirs, wish)


def _ask_to_close(office: Office, code: str) -> None:
    with office.reading() as session:
        theirs = _lead(session, code)
        unit = theirs.name.removesuffix("负责人")
    prove(office, code, unit=unit, text=f"{code}的台账")
    with office.transaction() as session:
        move(office, session, code, Move.ACKNOWLEDGE, theirs)
        said = "各项工作内容已全部完成，台账齐全。"
        close_outs.ask(session, item_of(session, code), hand(office, theirs), summary=said)


def _review(office: Office) -> None:
    """Let another dispatcher give the opinions that the approver rests on."""
    with office.transaction() as session:
        other = dispatcher(session)
        later = item_of(session, GRANTED_SOON)
        opinion = "情况属实，建议同意。"
        extensions.review(session, later, _extending(office, other), opinion=opinion)
        closing = item_of(session, TO_GRADE)
        close_outs.review(session, closing, hand(office, other), opinion="材料齐全，建议销号。")


def _object(office: Office) -> None:
    with office.transaction() as session:
        reason = "此项工作已划转其他单位，不属本单位职责。"
        theirs = _lead(session, DISPUTES)
        said = Said(actor=theirs, as_of=TODAY, now=office.now(), reason=reason)
        dispute(session, item_of(session, DISPUTES), said)


def _refuse_a_message(office: Office) -> None:
    """Give the bureau two contacts, and let a message to it have come back."""
    with office.transaction() as session:
        bureau = unit_id(session, BUREAU)
        for post, name in ((ContactPost.LIAISON, "王建国"), (ContactPost.HEAD, "李红")):
            session.add(Contact(unit_id=bureau, post=post, name=name, phone="13800001234"))
        message = session.exec(select(Message).where(Message.unit_id == bureau)).first()
        assert message is not None
        message.state, message.reason = MessageState.REFUSED, REFUSED
        session.add(message)


def _bring_a_plan(office: Office) -> None:
    """Let a plan be on its way in, with all of its doubts still to be settled."""
    uploaded = read_upload(office, THE_DOCUMENT.read_bytes(), name="实施方案.txt")
    with office.transaction() as session:
        clerk = Clerk(actor=dispatcher(session), as_of=TODAY, now=office.now())
        start(session, uploaded, clerk, code="wufei-2025", baseline_on=date(2024, 3, 3))
