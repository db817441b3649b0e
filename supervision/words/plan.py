"""Words for what a plan says: its items, deadlines, units and indicators."""

from supervision.words.base import Word


class ItemKind(Word):
    """What the plan lists and duban supervises."""

    TASK = "task", "任务"
    PROJECT = "project", "项目"


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


class PlanDraftState(Word):
    """What became of a document that was taken in to be settled."""

    OPEN = "open", "核对中"
    ADOPTED = "adopted", "已立项"
    DROPPED = "dropped", "已放弃"


class Ruling(Word):
    """How the office settled what was doubtful in a document."""

    ACCEPTED = "accepted", "照原文采纳"
    NOTED = "noted", "另行处理"
    CORRECTED = "corrected", "已更正"
    REASSIGNED = "reassigned", "已改由其他单位"


class HistoricRuling(Word):
    """What the office knows of an item that was due before the baseline."""

    DONE = "done", "已完成，由牵头单位凭佐证销号"
    AFRESH = "afresh", "未完成，重新起算"
