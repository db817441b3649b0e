"""What people do about messages: look, send again by another way, set aside, telephone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from db import events, outbox, papers, units
from db.outbox import Entry, Wanted
from db.post_tables import TelephoneCall
from db.record_tables import Message
from db.units import Way
from services import replacing
from services.claims import FORMAL
from services.office import SHANGHAI
from services.outgoing import FORMAL_CHANNELS, file_way
from services.plans import the_office
from supervision.errors import UsageError
from supervision.rights import Actor, require
from supervision.vocabulary import ChannelKind, MessageKind, MessageState, Permission

SETTLED = frozenset({MessageState.SENT, MessageState.TOLD, MessageState.WITHDRAWN})
SHORT = 8  # digits of an id that a list shows


@dataclass(frozen=True, kw_only=True, slots=True)
class Acting:
    """Who acts on the outbox, and when."""

    actor: Actor
    now: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """One message with all that became of it."""

    message: Message
    attempts: list[dict[str, Any]]
    calls: list[dict[str, Any]]
    papers: list[str]
    replaced_by_id: UUID | None


def listed(session: Session, wanted: Wanted) -> list[Entry]:
    """Return the office's messages, those that wait for a person on top."""
    return outbox.listed(session, the_office(session).id, wanted)


def shown(session: Session, name: str) -> Shown:
    """Return a message with its attempts, calls and papers; its id may be cut short."""
    message = message_named(session, name)
    successor = outbox.successor(session, message.id)
    return Shown(
        message=message,
        attempts=[
            row.model_dump(exclude={"id", "message_id"})
            for row in outbox.attempts(session, message.id)
        ],
        calls=[
            row.model_dump(exclude={"id", "message_id"})
            for row in outbox.calls(session, message.id)
        ],
        papers=[paper.file_name for paper in papers.of_message(session, message.id)],
        replaced_by_id=None if successor is None else successor.id,
    )


def message_named(session: Session, name: str) -> Message:
    """Return the message whose id begins so, locked; UsageError when not exactly one does."""
    digits = name.lower().replace("-", "")
    found = (
        outbox.beginning_with(session, the_office(session).id, digits)
        if len(digits) >= SHORT and digits.isalnum()
        else []
    )
    if len(found) != 1:
        raise UsageError(
            f"没有编号为“{name}”的消息" if not found else f"“{name}”不止一条消息",
            advice="用 duban outbox list 查看编号；至少写前8位。",
        )
    return outbox.locked(session, found[0])


def resend(
    session: Session, message: Message, acting: Acting, *, channel: ChannelKind | None
) -> UUID:
    """Queue the message anew, by the channel named or the same way again; return the new one.

    The new row names the one it replaces; what had not gone out yet is withdrawn. UsageError when
    it was delivered, is being sent, was replaced before, or cannot go by that channel.
    """
    require(Permission.RUN_OUTBOX, acting.actor)
    _require_open(session, message)
    way = _way(session, message, channel or message.channel)
    if message.kind in FORMAL and way.kind not in FORMAL_CHANNELS:
        raise UsageError(
            f"正式文书不能经{way.kind.label}发送", advice="可用：电子邮件、政务平台、文件。"
        )
    copy_id = replacing.replace(session, message, way, now=acting.now)
    if copy_id is None:
        raise _replaced()
    if message.state in (MessageState.PENDING, MessageState.IN_DOUBT):
        message.state, message.reason = MessageState.WITHDRAWN, f"已改经{way.kind.label}重发"
        session.add(message)
    facts = {"channel": way.kind, "copy": copy_id.hex, "unit": message.recipient_name}
    _put_on_record(session, message, acting, "resend_message", facts)
    return copy_id


def _way(session: Session, message: Message, kind: ChannelKind) -> Way:
    """Return the way that was used, or the unit's first one by that channel."""
    ways = units.ways_by_unit(session, message.office_id).get(message.unit_id, [])
    of_kind = [way for way in ways if way.kind is kind]
    same = [way for way in of_kind if way.id == message.way_id]
    if same or of_kind:
        return (same or of_kind)[0]
    if kind is ChannelKind.FILE:
        return file_way(message.unit_id)
    there = "、".join(dict.fromkeys(way.kind.label for way in ways)) or "（尚无）"
    raise UsageError(f"该单位没有登记{kind.label}", advice=f"已登记：{there}。")


def park(session: Session, message: Message, acting: Acting, *, reason: str) -> None:
    """Set a message aside until a person decides; it is not sent by itself any more."""
    require(Permission.RUN_OUTBOX, acting.actor)
    _require_open(session, message)
    if not reason.strip():
        raise UsageError("请写明理由", advice="加上 --reason。")
    before = message.state
    message.state, message.reason = MessageState.PARKED, reason.strip()
    session.add(message)
    _put_on_record(session, message, acting, "park_message", {"before": before}, why=reason)


def call(session: Session, message: Message, acting: Acting, *, spoke_to: str, answer: str) -> None:
    """Put a telephone call on record and settle the message: its unit was told by telephone.

    A signed paper is not delivered by that; its delivery is entered where notices are.
    """
    require(Permission.RUN_OUTBOX, acting.actor)
    _require_open(session, message)
    if not (spoke_to.strip() and answer.strip()):
        raise UsageError("请写明接听人和答复", advice="加上 --spoke-to 和 --answer。")
    row = TelephoneCall(
        message_id=message.id,
        called_at=acting.now,
        called_by=acting.actor.name,
        spoke_to=spoke_to.strip(),
        answer=answer.strip(),
    )
    session.add(row)
    message.state = MessageState.TOLD
    message.reason = f"{_moment(acting.now)} 电话告知{row.spoke_to}：{row.answer}"
    session.add(message)
    facts = {"spoke_to": row.spoke_to, "unit": message.recipient_name}
    _put_on_record(session, message, acting, "call_unit", facts, why=row.answer)


def _moment(now: datetime) -> str:
    return now.astimezone(SHANGHAI).strftime("%m-%d %H:%M")


def _require_open(session: Session, message: Message) -> None:
    if message.state in SETTLED:
        raise UsageError(f"这条消息{message.state.label}，无须再办", advice="")
    if message.state is MessageState.SENDING:
        raise UsageError("这条消息正在发送", advice="请稍候再试。")
    if outbox.successor(session, message.id) is not None:
        raise _replaced()


def _replaced() -> UsageError:
    return UsageError("这条消息已由另一条接替", advice="用 duban outbox show 查看接替它的那一条。")


def _put_on_record(
    session: Session,
    message: Message,
    acting: Acting,
    act: str,
    facts: dict[str, Any],
    *,
    why: str | None = None,
) -> None:
    entry = events.Entry(
        actor=acting.actor.name,
        act=act,
        about_kind="message",
        about_id=message.id,
        as_of=acting.now.astimezone(SHANGHAI).date(),
        why=why,
        facts=facts | {"kind": MessageKind(message.kind)},  # type: ignore[call-arg]
    )
    events.append(session, message.office_id, [entry], at=acting.now)
