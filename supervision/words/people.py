"""Words for accounts: roles and what each may do."""

from supervision.words.base import Word


class Role(Word):
    """What an account may do (process.md §1); a person may hold several."""

    OFFICE = "office", "调度员"
    APPROVER = "approver", "签发人"
    REVIEWER = "reviewer", "审核人"
    LIAISON = "liaison", "承办单位联络员"
    HEAD = "head", "承办单位负责人"
    SUPERVISOR = "supervisor", "督查"
    AUDITOR = "auditor", "审计员"
    ADMINISTRATOR = "administrator", "管理员"


class Permission(Word):
    """What can be allowed or refused to an account; the table is `supervision/rights.py`."""

    READ_ITEMS = "read_items", "查看事项"
    ACKNOWLEDGE = "acknowledge", "签收事项"
    REPORT = "report", "填报进展"
    CONTRIBUTE = "contribute", "报送配合情况"
    REVIEW_REPORT = "review_report", "审核报送"
    ADD_EVIDENCE = "add_evidence", "上传佐证"
    ASK_CLOSE_OUT = "ask_close_out", "申请销号"
    REVIEW_CLOSE_OUT = "review_close_out", "初审销号"
    RETURN_CLOSE_OUT = "return_close_out", "退回销号申请"
    DECIDE_CLOSE_OUT = "decide_close_out", "复核销号"
    ASK_EXTENSION = "ask_extension", "申请延期"
    REVIEW_EXTENSION = "review_extension", "初审延期"
    DECIDE_EXTENSION = "decide_extension", "审批延期"
    SUSPEND = "suspend_item", "暂缓事项"
    CANCEL = "cancel_item", "撤项"
    REOPEN = "reopen_item", "重新办理事项"
    SETTLE_HISTORIC = "settle_historic", "核定基线前事项"
    RUN_ROUNDS = "run_rounds", "开启和关闭调度"
    PLAN_MILESTONES = "plan_milestones", "安排年度节点"
    RECORD_MEETING = "record_meeting", "登记会议"
    RECORD_INSPECTION = "record_inspection", "登记督导检查"
    DISPUTE = "dispute_item", "提出异议"
    ANSWER_DISPUTE = "answer_dispute", "答复异议"
    CONCLUDE_YEAR = "conclude_year", "作年度小结"
    ARCHIVE = "archive_item", "归档事项"
    READ_RECORD = "read_record", "查阅审计记录"
    MANAGE_ACCOUNTS = "manage_accounts", "管理账号"
