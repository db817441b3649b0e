"""The words of the field, once: each stored value beside the Chinese label that people see."""

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A stored value that knows its Chinese label; a member without one cannot be written."""

    label: str  # 中文名称

    def __new__(cls, value: str, label: str) -> Self:
        """Keep the label beside the value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class ItemKind(Word):
    """What the plan lists and duban supervises."""

    TASK = "task", "任务"
    PROJECT = "project", "项目"


class ItemState(Word):
    """The seven states of a work item (`docs/glossary.md`); moves stand in one table."""

    REGISTERED = "registered", "已立项"
    ASSIGNED = "assigned", "已交办"
    IN_PROGRESS = "in_progress", "办理中"
    SUBMITTED = "submitted", "申请销号"
    CLOSED = "closed", "已销号"
    SUSPENDED = "suspended", "暂缓"
    CANCELLED = "cancelled", "撤项"


class DeadlineKind(Word):
    """How precisely the plan says when; precision is kept, never invented."""

    DAY = "day", "到日"
    MONTH = "month", "到月"
    YEAR = "year", "到年"
    CONTINUING = "continuing", "持续开展"
    RECURRING = "recurring", "定期"
    RANGE = "range", "时段"
    EVENT = "event", "以事件为准"
    NONE = "none", "未写时限"
    UNCLEAR = "unclear", "时限不明"


class UnitKind(Word):
    """What sort of body a unit is; it decides how it is addressed and whether it can be reached."""

    BUREAU = "bureau", "区直部门"
    PARTY = "party", "党委部门"
    BRANCH = "branch", "分局、垂直管理单位"
    COMMITTEE = "committee", "管委会"
    TOWN = "town", "镇（街道）"
    COMPANY = "company", "企业"
    COLLECTIVE = "collective", "集体名称"
    OFFICE = "office", "领导小组办公室"
    OTHER = "other", "其他"


class Relation(Word):
    """How a unit stands to a work item."""

    LEAD = "lead", "牵头"
    SUPPORTING = "supporting", "配合"
    RESPONSIBLE = "responsible", "按职责分工负责"
    SPONSOR = "sponsor", "督导"


class Direction(Word):
    """Which way an indicator is to move."""

    AT_LEAST = "at_least", "不低于"
    AT_MOST = "at_most", "不高于"
    HOLD = "hold", "保持"
    QUALITATIVE = "qualitative", "定性"


class Mark(Word):
    """The plan's own mark on an indicator."""

    REQUIRED = "required", "★必选"
    FEATURED = "featured", "●特色"


class Severity(Word):
    """How much a finding about a plan matters."""

    ERROR = "error", "错误"
    WARNING = "warning", "存疑"
    NOTE = "note", "提示"


class Light(Word):
    """How an item stands today (状态灯); derived, never stored as truth."""

    GREY = "grey", "灰"
    GREEN = "green", "绿"
    BLUE = "blue", "蓝"
    YELLOW = "yellow", "黄"
    RED = "red", "红"


class Rung(Word):
    """How often an item was asked after (督办梯级, R17)."""

    NONE = "none", "无"
    REMINDER = "reminder", "提醒"
    BLUE = "blue", "蓝色督办"
    YELLOW = "yellow", "黄色督办"
    RED = "red", "红色督办"
    INTERVIEW = "interview", "约谈建议"


class RoundState(Word):
    """The life of a quarterly dispatch round."""

    PLANNED = "planned", "未到期"
    OPEN = "open", "调度中"
    CLOSED = "closed", "已截止"
    MISSED = "missed", "错过未开"


class ObligationState(Word):
    """The life of one report that is owed (应报)."""

    OPEN = "open", "应报"
    REPORTED = "reported", "已报"
    ACCEPTED = "accepted", "已审"
    SENT_BACK = "sent_back", "退回"
    MISSED = "missed", "未报"
    LIFTED = "lifted", "免报"  # its item was closed or suspended before the round ended


class NoticeState(Word):
    """The life of a supervision notice."""

    DRAFT = "draft", "草稿"
    SIGNED = "signed", "已签发"
    ISSUED = "issued", "已编号印发"
    DELIVERED = "delivered", "已送达"
    ACKNOWLEDGED = "acknowledged", "已签收"
    ANSWERED = "answered", "已答复"
    ACCEPTED = "accepted", "已采纳"
    LAPSED = "lapsed", "逾期未复"
    SUPERSEDED = "superseded", "已升级"
    WITHDRAWN = "withdrawn", "已撤回"
    VOIDED = "voided", "已作废"


class Topic(Word):
    """Under which heading of a digest something is told."""

    RETURNED = "returned", "退回重报"
    REPORT = "report", "应报"
    SUPPORT = "support", "会同"
    SIGNING = "signing", "待签收"
    OVERDUE = "overdue", "逾期"
    NEAR = "near", "临期"


class MessageKind(Word):
    """What a message is for."""

    DIGEST = "digest", "每日提醒汇总"


class MessageState(Word):
    """Where a message is in the outbox; only the recipient's own side makes it `sent`."""

    PENDING = "pending", "待发"
    SENDING = "sending", "发送中"
    SENT = "sent", "对方已接收"
    REFUSED = "refused", "对方拒收"
    PARKED = "parked", "待人工处理"
    WITHDRAWN = "withdrawn", "已撤回"
    IN_DOUBT = "in_doubt", "结果不明"


class ChannelKind(Word):
    """By what way a message reaches a unit."""

    FILE = "file", "文件"
    MAIL = "mail", "电子邮件"


class ContactPost(Word):
    """Whom a unit has named for duban to reach, in the order they are tried (R27)."""

    LIAISON = "liaison", "联络员"
    DEPUTY = "deputy", "副联络员"
    HEAD = "head", "负责人"


class DayKind(Word):
    """What the State Council's notice makes of a day."""

    WORKDAY = "workday", "工作日"
    WEEKEND = "weekend", "周末"
    HOLIDAY = "holiday", "法定节假日"
    MAKEUP = "makeup", "调休上班"

    @property
    def is_worked(self) -> bool:
        """Whether offices work on such a day."""
        return self in (DayKind.WORKDAY, DayKind.MAKEUP)


class SweepPart(Word):
    """The parts of one daily sweep, in their order."""

    ROUNDS = "rounds", "季度调度"
    JUDGING = "judging", "逾期与临期判定"
    DIGESTS = "digests", "提醒汇总"
    NOTICES = "notices", "督办通知起草"


class Role(Word):
    """What an account may do (process.md §1); a person may hold several."""

    OFFICE = "office", "调度员"
    APPROVER = "approver", "签发人"
    REVIEWER = "reviewer", "审核人"
    LIAISON = "liaison", "承办单位联络员"
    HEAD = "head", "承办单位负责人"
    SUPERVISOR = "supervisor", "督查"
    AUDITOR = "auditor", "审计员"
    ADMINISTRATOR = "administrator", "管理员"


class Move(Word):
    """How a work item goes from one state to another; each is an event on record."""

    ACKNOWLEDGE = "acknowledge", "签收"
    SUBMIT = "submit", "申请销号"
    SEND_BACK = "send_back", "退回重办"
    CLOSE_OUT = "close_out", "销号"
    SUSPEND = "suspend", "暂缓"
    RESUME = "resume", "恢复办理"
    CANCEL = "cancel", "撤项"
    REOPEN = "reopen", "重新办理"
    RESTART = "restart", "基线核定后起算"


class Need(Word):
    """What a move must bring with it."""

    EVIDENCE = "evidence", "佐证材料"
    REASON = "reason", "理由"
    DOCUMENT = "document", "文号"
    REVIEW_DATE = "review_date", "复核日期"
    GRADE = "grade", "等次"


class ItemEvent(Word):
    """What happens to an item without changing its state; it stands on record like a move."""

    DISPUTE = "dispute", "交办异议"
    ANSWER_DISPUTE = "answer_dispute", "答复异议"
    MERGE = "merge", "合并"
    TAKE_IN = "take_in", "并入"
    CONCLUDE_YEAR = "conclude_year", "年度小结"
    ARCHIVE = "archive", "归档"


class Grade(Word):
    """How well an item was carried out, given when it is closed."""

    EXCELLENT = "excellent", "优秀"
    GOOD = "good", "良好"
    PASSED = "passed", "合格"
    FAILED = "failed", "不合格"


class EvidenceKind(Word):
    """What a piece of evidence is (R25)."""

    ISSUED_DOCUMENT = "issued_document", "印发文件"
    MINUTES = "minutes", "会议纪要"
    PHOTO = "photo", "照片"
    ACCEPTANCE = "acceptance", "验收报告"
    LEDGER = "ledger", "台账"
    DATA = "data", "数据表"
    THIRD_PARTY = "third_party", "第三方报告"
    OFFLINE = "offline", "线下说明"


class Decision(Word):
    """What was decided of something asked for."""

    OPEN = "open", "待定"
    APPROVED = "approved", "同意"
    REFUSED = "refused", "不同意"
    WITHDRAWN = "withdrawn", "已撤回"


class ExtensionLack(Word):
    """What an extension that was asked for lacks by R22."""

    NO_DATE = "no_date", "原无期限"
    NOT_LATER = "not_later", "未晚于现时限"
    AGAIN = "again", "次数已满"
    TOO_LONG = "too_long", "延期过长"
    LATE = "late", "申请过迟"
    EXPIRED = "expired", "到期后申请"
    PAST_PLAN = "past_plan", "超出规划期"


class CellFate(Word):
    """What becomes of a cell of a workbook (调度表) that a unit sent back."""

    ADDED = "added", "新增"
    CHANGED = "changed", "修改"
    REFUSED = "refused", "不予采用"
    IGNORED = "ignored", "锁定，忽略"
    CONFLICT = "conflict", "两处修改"


class RowFate(Word):
    """What becomes of a row of such a workbook."""

    READY = "ready", "可报送"
    UNCHANGED = "unchanged", "无变化"
    STALE = "stale", "版本已旧"
    REFUSED = "refused", "不予报送"


class MeetingKind(Word):
    """What sort of meeting the plan calls for (S04)."""

    PUSH = "push", "推进会议"
    JOINT = "joint", "联席会议"
    LIAISONS = "liaisons", "联络员例会"


class Presence(Word):
    """Whether a unit came to a meeting; absence without leave counts in the evaluation."""

    PRESENT = "present", "到会"
    ON_LEAVE = "on_leave", "请假"
    ABSENT = "absent", "缺席"


class Permission(Word):
    """What can be allowed or refused to an account; the table is `supervision/rights.py`."""

    READ_ITEMS = "read_items", "查看事项"
    ACKNOWLEDGE = "acknowledge", "签收事项"
    REPORT = "report", "填报进展"
    CONTRIBUTE = "contribute", "报送配合情况"
    REVIEW_REPORT = "review_report", "审核报送"
    ADD_EVIDENCE = "add_evidence", "上传佐证"
    ASK_CLOSE_OUT = "ask_close_out", "申请销号"
    REVIEW_CLOSE_OUT = "review_close_out", "初审销号"
    RETURN_CLOSE_OUT = "return_close_out", "退回销号申请"
    DECIDE_CLOSE_OUT = "decide_close_out", "复核销号"
    ASK_EXTENSION = "ask_extension", "申请延期"
    REVIEW_EXTENSION = "review_extension", "初审延期"
    DECIDE_EXTENSION = "decide_extension", "审批延期"
    SUSPEND = "suspend_item", "暂缓事项"
    CANCEL = "cancel_item", "撤项"
    REOPEN = "reopen_item", "重新办理事项"
    SETTLE_HISTORIC = "settle_historic", "核定基线前事项"
    RUN_ROUNDS = "run_rounds", "开启和关闭调度"
    PLAN_MILESTONES = "plan_milestones", "安排年度节点"
    RECORD_MEETING = "record_meeting", "登记会议"
    RECORD_INSPECTION = "record_inspection", "登记督导检查"
    DISPUTE = "dispute_item", "提出异议"
    ANSWER_DISPUTE = "answer_dispute", "答复异议"
    CONCLUDE_YEAR = "conclude_year", "作年度小结"
    ARCHIVE = "archive_item", "归档事项"
    READ_RECORD = "read_record", "查阅审计记录"
    MANAGE_ACCOUNTS = "manage_accounts", "管理账号"
