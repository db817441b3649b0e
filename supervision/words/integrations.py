"""Words for integrations: what another system may do over the interface."""

from supervision.words.base import Word


class Scope(Word):
    """What a token may be used for; it has those it was given and no other."""

    READ_ITEMS = "read_items", "查看事项"
    READ_OVERDUE = "read_overdue", "查看逾期清单"
    READ_ROUNDS = "read_rounds", "查看调度和应报"
    READ_REPORTS = "read_reports", "查看报送"
    READ_NOTICES = "read_notices", "查看通知文书"
    READ_CIRCULARS = "read_circulars", "查看督查通报"
    ACKNOWLEDGE = "acknowledge", "签收事项"
    WRITE_REPORTS = "write_reports", "填报进展"
    ASK_EXTENSION = "ask_extension", "申请延期"
    EXPORT_RESULTS = "export_results", "导出考核数据"
