"""Words for the ladder and its notices."""

from supervision.words.base import Word


class Rung(Word):
    """How often an item was asked after (督办梯级, R17)."""

    NONE = "none", "无"
    REMINDER = "reminder", "提醒"
    BLUE = "blue", "蓝色督办"
    YELLOW = "yellow", "黄色督办"
    RED = "red", "红色督办"
    INTERVIEW = "interview", "约谈建议"


class NoticeState(Word):
    """The life of a supervision notice."""

    DRAFT = "draft", "草稿"
    SIGNED = "signed", "已签发"
    ISSUED = "issued", "已编号印发"
    DELIVERED = "delivered", "已送达"
    ACKNOWLEDGED = "acknowledged", "已签收"
    ANSWERED = "answered", "已答复"
    ACCEPTED = "accepted", "已采纳"
    LAPSED = "lapsed", "逾期未复"
    SUPERSEDED = "superseded", "已升级"
    WITHDRAWN = "withdrawn", "已撤回"
    VOIDED = "voided", "已作废"


class NoticeMove(Word):
    """How a supervision notice goes from one state to another; each is an event on record."""

    SIGN = "sign_notice", "签发"
    TAKE_BACK = "take_back_notice", "撤回签发"
    ISSUE = "issue_notice", "编号印发"
    DELIVER = "deliver_notice", "送达"
    ACKNOWLEDGE = "acknowledge_notice", "签收"
    ANSWER = "answer_notice", "答复"
    ACCEPT = "accept_answer", "采纳答复"
    RETURN_ANSWER = "return_answer", "退回答复"
    LAPSE = "lapse_notice", "逾期未复"
    SUPERSEDE = "supersede_notice", "升级"
    WITHDRAW = "withdraw_notice", "撤回草稿"
    VOID = "void_notice", "作废"


class NumberSeries(Word):
    """What is numbered by itself, without gaps, in every year."""

    NOTICE = "notice", "督办文书"
    CIRCULAR = "circular", "督查通报"


class CircularState(Word):
    """The life of a circular (通报)."""

    DRAFT = "draft", "草稿"
    SIGNED = "signed", "已签发"
    PUBLISHED = "published", "已印发"
