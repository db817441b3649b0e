"""Words for a work item's life: its states, moves, events and grades."""

from supervision.words.base import Word


class ItemState(Word):
    """The seven states of a work item (`docs/glossary.md`); moves stand in one table."""

    REGISTERED = "registered", "已立项"
    ASSIGNED = "assigned", "已交办"
    IN_PROGRESS = "in_progress", "办理中"
    SUBMITTED = "submitted", "申请销号"
    CLOSED = "closed", "已销号"
    SUSPENDED = "suspended", "暂缓"
    CANCELLED = "cancelled", "撤项"


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
    REASSIGN = "reassign", "改派"


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
    WITHDRAW_EXTENSION = "withdraw_extension", "延期申请失效"
    SET_LIGHT = "set_light", "人工定灯"
    CLEAR_LIGHT = "clear_light", "撤销人工定灯"
    JUDGE_UNABLE = "judge_unable", "判定难以按期"
    REVOKE_UNABLE = "revoke_unable", "撤销难以按期判定"
    SAY_DONE = "say_done", "核对时称已完成"


class Grade(Word):
    """How well an item was carried out, given when it is closed."""

    EXCELLENT = "excellent", "优秀"
    GOOD = "good", "良好"
    PASSED = "passed", "合格"
    FAILED = "failed", "不合格"


class Light(Word):
    """How an item stands today (状态灯); derived, never stored as truth."""

    GREY = "grey", "灰"
    GREEN = "green", "绿"
    BLUE = "blue", "蓝"
    YELLOW = "yellow", "黄"
    RED = "red", "红"
