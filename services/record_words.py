"""What the record's entries are called: acts, what they are about, their particulars."""

from collections.abc import Mapping
from types import MappingProxyType

from services import dossiers
from supervision.vocabulary import (
    EvidenceKind,
    ItemState,
    MessageState,
    NoticeMove,
    NoticeState,
    Role,
    RoundState,
    Rung,
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
        "notice_sheet": "督办通知",
        "circular": "督查通报",
        "link": "一次性链接",
        "obligation": "应报事项",
        "meeting": "会议",
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
        "sweep_circulars": "每日处理：通报",
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
        "absent": "缺席单位",
        "asked_by": "申请人",
        "by_link": "经由链接",
        "decision": "结果",
        "feed": "订阅",
        "how": "方式",
        "inspected_by": "检查人",
        "lacks": "不符合之处",
        "last": "末次",
        "late": "迟报",
        "light": "状态灯",
        "links": "链接",
        "members": "成员",
        "milestones": "年度节点",
        "missed": "未报",
        "ordinal": "第几次",
        "promised_on": "承诺日期",
        "put_right_by": "整改期限",
        "rung": "梯级",
        "secrets": "密钥数",
        "snapshot": "定格校验值",
        "subject": "议题",
        "unsettled": "未处理",
        "version": "版次",
        "content": "内容",
        "hash": "校验值",
        "vouched_by": "见证人",
        "other": "并入事项",
        "answering": "牵头单位",
        "name": "名称",
    }
)
SAID = {True: "是", False: "否", None: "无"}
STATES: tuple[type[Word], ...] = (
    ItemState,
    NoticeState,
    RoundState,
    MessageState,
    Role,
    Rung,
    EvidenceKind,
)


def said(value: object) -> str:
    """Return a particular as people write it."""
    if isinstance(value, list):
        return "、".join(said(each) for each in value) or "无"
    if value is None or isinstance(value, bool):
        return SAID[value]
    return state_in_words(str(value))


def state_in_words(stored: str) -> str:
    """Return how people call a state; what is none is shown as it is stored."""
    words = (word for words in STATES for word in words if word.value == stored)
    return next((word.label for word in words), stored)


def act_in_words(act: str) -> str:
    """Return how people call an act; one without a word is shown as it is stored."""
    if act in ACTS:
        return ACTS[act]
    moves = (move.label for move in NoticeMove if move.value == act)
    return next((f"督办通知{label}" for label in moves), dossiers.label_of(act))


def kind_in_words(kind: str) -> str:
    """Return how people call what an entry is about."""
    return KINDS.get(kind, kind)


def fact_in_words(name: str) -> str:
    """Return how people call a particular."""
    return FACTS.get(name, name)
