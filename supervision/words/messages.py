"""Words for what is sent, by what way, and what became of it."""

from supervision.words.base import Word


class Topic(Word):
    """Under which heading of a digest something is told."""

    RETURNED = "returned", "退回重报"
    REPORT = "report", "应报"
    SUPPORT = "support", "会同"
    SIGNING = "signing", "待签收"
    OVERDUE = "overdue", "逾期"
    NEAR = "near", "临期"


class MessageKind(Word):
    """What a message is for."""

    DIGEST = "digest", "每日提醒汇总"
    NOTICE = "notice", "督办通知"
    CIRCULAR = "circular", "督查通报"
    ALARM = "alarm", "运行告警"
    SIGN_IN = "sign_in", "登录链接"


class MessageState(Word):
    """Where a message is in the outbox; only the recipient's own side makes it `sent`."""

    PENDING = "pending", "待发"
    SENDING = "sending", "发送中"
    SENT = "sent", "对方已接收"
    REFUSED = "refused", "对方拒收"
    PARKED = "parked", "待人工处理"
    WITHDRAWN = "withdrawn", "已撤回"
    IN_DOUBT = "in_doubt", "结果不明"
    HANDED_OVER = "handed_over", "已交出，未确认"  # a channel that never says what became of it
    TOLD = "told", "已电话告知"


class ChannelKind(Word):
    """By what way a message reaches a unit."""

    FILE = "file", "文件"
    MAIL = "mail", "电子邮件"
    WECOM_ROBOT = "wecom_robot", "企业微信群机器人"
    WECOM_APP = "wecom_app", "企业微信应用"
    DINGTALK_ROBOT = "dingtalk_robot", "钉钉群机器人"
    GATEWAY = "gateway", "政务平台"
    SMS = "sms", "短信"
    OTHER = "other", "其他渠道"


class ContactPost(Word):
    """Whom a unit has named for duban to reach, in the order they are tried (R27)."""

    LIAISON = "liaison", "联络员"
    DEPUTY = "deputy", "副联络员"
    HEAD = "head", "负责人"
