"""Words for the portal's pages: what stands on a unit's list of things to do."""

from supervision.words.base import Word


class TodoPart(Word):
    """The parts of a unit's list (我的待办), the most pressing first."""

    RETURNED = "returned", "退回重报"
    TO_APPROVE = "to_approve", "待审签"
    OVERDUE = "overdue", "已逾期"
    TO_REPORT = "to_report", "待报"
    TO_SIGN = "to_sign", "待签收"
    TO_SUPPORT = "to_support", "待提供配合情况"
    NEAR = "near", "临期"
    REPORTED = "reported", "已报"
