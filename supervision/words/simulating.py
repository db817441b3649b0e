"""Words for replays: what a script may have units and the office do."""

from supervision.words.base import Word


class Deed(Word):
    """One kind of thing somebody does on a day of a replay."""

    SIGN_FOR = "sign_for", "签收事项"
    REPORT = "report", "按季报送"
    MISS = "miss", "不报送"
    ASK_EXTENSION = "ask_extension", "申请延期"
    ASK_CLOSE_OUT = "ask_close_out", "申请销号"
    ANSWER = "answer", "签收并答复通知"
    SETTLE = "settle", "核定基线待核事项"
    ACCEPT_REPORT = "accept_report", "审定报送"
    SEND_REPORT_BACK = "send_report_back", "退回报送"
    GRANT_EXTENSION = "grant_extension", "同意延期"
    REFUSE_EXTENSION = "refuse_extension", "不同意延期"
    CLOSE_OUT = "close_out", "同意销号"
    RETURN_CLOSE_OUT = "return_close_out", "退回重办"
    ISSUE_NOTICE = "issue_notice", "签发并印发通知"
    ACCEPT_ANSWER = "accept_answer", "采纳答复"
    RETURN_ANSWER = "return_answer", "退回答复"
    CLOSE_ROUND = "close_round", "关闭调度"
