"""Words for the quarterly dispatch: rounds, reports that are owed, workbooks, sweeps and days."""

from supervision.words.base import Word


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
    CIRCULARS = "circulars", "督查通报起草"
