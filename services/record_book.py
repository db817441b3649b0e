"""审计: the record as an auditor reads it, in words; what is about nobody's item included."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from sqlmodel import Session

from db import events, record_pages
from db.record_pages import Wanted
from db.record_tables import Event
from services import dossiers
from services.office import SHANGHAI
from services.plans import the_office
from supervision.vocabulary import (
    ItemState,
    MessageState,
    NoticeState,
    Role,
    RoundState,
    Word,
)

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "work_item": "事项",
        "notice": "督办通知",
        "message": "消息",
        "account": "账号",
        "token": "接口令牌",
        "office": "办公室",
        "unit": "单位",
        "round": "季度调度",
        "plan": "计划",
        "plan_draft": "计划核对稿",
        "sweep": "每日处理",
    }
)
# Acts that are about no item and so have no word among those of items.
ACTS: Mapping[str, str] = MappingProxyType(
    {
        "resend_message": "重发消息",
        "park_message": "留待人工处理",
        "call_unit": "电话告知",
        "import_contacts": "导入联系人",
        "set_sponsor": "登记督导单位",
        "contact_left": "登记离任",
        "add_account": "建立账号",
        "grant_role": "授予角色",
        "revoke_role": "收回角色",
        "disable_account": "停用账号",
        "end_sessions": "退出登录",
        "add_token": "建立接口令牌",
        "revoke_token": "撤销接口令牌",
        "change_password": "修改密码",
        "confirm_baseline": "确认基线",
        "set_channel": "设置渠道",
        "add_channel": "登记渠道",
        "remove_channel": "停用渠道",
        "hand_in": "报送进展",
        "open_round": "开启调度",
        "close_round": "关闭调度",
        "remind_round": "催报",
        "adopt_edition": "采纳修订版",
        "take_in_document": "上传计划文件",
        "settle_findings": "核对存疑",
        "correct_item": "更正事项",
        "appoint_unit": "登记督导单位或成员",
        "rule_historic": "核定历史事项",
        "set_baseline": "改定督办起始日",
        "adopt_plan": "确认立项",
        "drop_draft": "放弃核对稿",
        "cancel": "撤项",
        "publish_year": "登记放假安排",
        "sign_in": "登录",
        "sign_out": "退出登录",
        "rotate_keys": "更换密钥",
        "sweep_rounds": "每日处理：季度调度",
        "sweep_judging": "每日处理：判定",
        "sweep_digests": "每日处理：提醒",
        "sweep_notices": "每日处理：督办梯级",
    }
)
# What particulars are called; one without a word is shown as it is stored.
FACTS: Mapping[str, str] = MappingProxyType(
    {
        "account": "账号",
        "token": "令牌",
        "scopes": "用途",
        "expires_on": "到期日",
        "roles": "角色",
        "role": "角色",
        "code": "编号",
        "historic": "基线待核",
        "address": "来自",
        "covered_from": "处理起始日",
        "added": "新增",
        "policy": "规则版本",
        "unit": "单位",
        "kind": "种类",
        "channel": "渠道",
        "copy": "新消息编号",
        "people": "联系人数",
        "addresses": "邮箱数",
        "sponsors": "督导单位数",
        "spoke_to": "接听人",
        "person": "人员",
        "left_on": "离任日期",
        "ended": "退出处数",
        "before": "改动前",
        "after": "改动后",
        "shown": "渠道地址",
        "period": "季度",
        "findings": "存疑",
        "ruling": "处理",
        "file": "文件",
        "plan": "计划代码",
        "items": "事项数",
        "codes": "编号",
    }
)
SAID = {True: "是", False: "否", None: "无"}
STATES: tuple[type[Word], ...] = (ItemState, NoticeState, RoundState, MessageState, Role)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """Which entries are asked for; None asks for all. The day is the one it was written on."""

    actor: str | None = None
    act: str | None = None
    kind: str | None = None
    day: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One entry in words; `facts` are the particulars, each as name and text."""

    number: int
    at: datetime
    as_of: date
    actor: str
    act: str
    kind: str
    change: str
    why: str
    facts: Sequence[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Anchored:
    """An anchor: how long the record was on a day, and the hash of its last entry."""

    day: date
    number: int
    hash: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Book:
    """A stretch of the entries asked for, the words they may be narrowed by, and the anchors."""

    total: int
    lines: Sequence[Line]
    acts: Mapping[str, str]
    kinds: Mapping[str, str]
    anchors: Sequence[Anchored]


def book(session: Session, asked: Asked, *, skip: int, most: int) -> Book:
    """Return a stretch of the entries asked for, the latest first."""
    office_id, wanted = the_office(session).id, _wanted(asked)
    found = record_pages.stretch(session, office_id, wanted, offset=skip, limit=most)
    return Book(
        total=record_pages.count(session, office_id, wanted),
        lines=[_line(event) for event in found],
        acts={act: act_in_words(act) for act in record_pages.acts(session, office_id)},
        kinds={kind: KINDS.get(kind, kind) for kind in record_pages.kinds(session, office_id)},
        anchors=[
            Anchored(day=made.day, number=made.sequence, hash=made.hash)
            for made in reversed(events.anchors(session, office_id))
        ],
    )


def _wanted(asked: Asked) -> Wanted:
    begins = None if asked.day is None else datetime.combine(asked.day, time(), SHANGHAI)
    ends = None if begins is None else begins + timedelta(days=1)
    return Wanted(
        actor=asked.actor, act=asked.act, about_kind=asked.kind, since=begins, before=ends
    )


def _line(event: Event) -> Line:
    change = " → ".join(_in_words(state) for state in (event.before, event.after) if state)
    return Line(
        number=event.sequence,
        at=event.at,
        as_of=event.as_of,
        actor=event.actor,
        act=act_in_words(event.act),
        kind=KINDS.get(event.about_kind, event.about_kind),
        change=change,
        why=event.why or "",
        facts=[f"{FACTS.get(name, name)}：{_said(value)}" for name, value in event.facts.items()],
    )


def _said(value: object) -> str:
    """Return a particular as people write it."""
    if isinstance(value, list):
        return "、".join(_said(each) for each in value) or "无"
    if value is None or isinstance(value, bool):
        return SAID[value]
    return _in_words(str(value))


def _in_words(stored: str) -> str:
    words = (word for words in STATES for word in words if word.value == stored)
    return next((word.label for word in words), stored)


def act_in_words(act: str) -> str:
    """Return how people call an act; one without a word is shown as it is stored."""
    return ACTS.get(act) or dossiers.label_of(act)
