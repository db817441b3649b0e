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
