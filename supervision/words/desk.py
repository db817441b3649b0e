"""Words for the office's own pages: what waits at its desk."""

from supervision.words.base import Word


class DeskList(Word):
    """What waits for the office, its reviewers and those who sign: each is a list of items."""

    REPORTS = "reports", "报送待审核"
    ANSWERS = "answers", "督办答复待审核"
    CLOSE_OUT_REVIEWS = "close_out_reviews", "销号申请待初审"
    CLOSE_OUT_DECISIONS = "close_out_decisions", "销号申请待复核"
    EXTENSION_REVIEWS = "extension_reviews", "延期申请待初审"
    EXTENSION_DECISIONS = "extension_decisions", "延期申请待审批"
    DISPUTES = "disputes", "交办异议待答复"
    HISTORIC = "historic", "历史事项待核定"
    SUSPENDED = "suspended", "暂缓事项复核日期已到"
    DRAFTS = "drafts", "督办通知草稿待签发"
    SIGNED = "signed", "督办通知已签发待印发"
    ISSUED = "issued", "督办通知已印发未送达"
    SILENT = "silent", "报送逾期，待电话催报"


class RoundShow(Word):
    """What the items of a round are narrowed to: each number of its board is one of these."""

    OWED = "owed", "应报"
    REPORTED = "reported", "已报待审"
    ACCEPTED = "accepted", "已审"
    SENT_BACK = "sent_back", "退回"
    LATE = "late", "迟报"
    MISSING = "missing", "未报"
    UNREPORTED = "unreported", "尚未报送"
