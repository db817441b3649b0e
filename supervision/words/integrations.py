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


class Problem(Word):
    """What can be wrong with a request of another system; the value is its stable error code."""

    UNAUTHORIZED = "unauthorized", "没有有效的令牌"
    SCOPE_MISSING = "scope_missing", "令牌没有这项用途"
    NOT_ALLOWED = "not_allowed", "无权办理"
    NOT_HERE = "not_here", "没有这项内容"
    NO_SUCH_METHOD = "no_such_method", "不支持这种请求方式"
    INVALID = "invalid", "请求内容无法识别"
    REFUSED = "refused", "未能办理"
    CONFLICT = "conflict", "现状不允许这样办理"
    KEY_REUSED = "key_reused", "幂等键已用于另一项请求"
    TOO_LARGE = "too_large", "请求内容过大"
    TOO_MANY = "too_many", "请求过于频繁"
    BUSY = "busy", "系统暂时繁忙"
    DISK_FULL = "disk_full", "服务器磁盘已满"
    FAULT = "fault", "系统出错"
