"""Words for what is asked for and shown: evidence, decisions, meetings."""

from supervision.words.base import Word


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

    @property
    def of_review(self) -> str:
        """What is said of something handed in: what was not accepted goes back (退回)."""
        return "退回" if self is Decision.REFUSED else self.label


class ExtensionLack(Word):
    """What an extension that was asked for lacks by R22."""

    NO_DATE = "no_date", "原无期限"
    NOT_LATER = "not_later", "未晚于现时限"
    AGAIN = "again", "次数已满"
    TOO_LONG = "too_long", "延期过长"
    LATE = "late", "申请过迟"
    EXPIRED = "expired", "到期后申请"
    PAST_PLAN = "past_plan", "超出规划期"


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
