"""Words for the papers an office makes (documents.md §1.3)."""

from supervision.words.base import Word


class PaperKind(Word):
    """Which paper it is; the value is the folder of its template in `templates/notices/`."""

    REMINDER = "reminder", "提醒函"
    SUPERVISION = "supervision", "督办通知"
    LETTER = "letter", "督办函"
    INTERVIEW = "interview", "约谈建议"
    DISPATCH = "dispatch", "季度调度通知"
    CIRCULAR = "circular", "督查通报"
    SUMMARY = "summary", "工作总结"
    DUTIES = "duties", "单位责任清单"
    RECEIPT = "receipt", "报送回执"
    EXTENSION = "extension", "延期批复"
    CLOSE_OUT = "close_out", "销号单"
    FINDINGS = "findings", "清单核对报告"
