"""Words for what is opened without signing in: one-time links, and feeds of one's own."""

from supervision.words.base import Word


class LinkPurpose(Word):
    """The one thing that a link does for the person it was sent to."""

    ACKNOWLEDGE = "acknowledge", "签收事项"
    REPORT = "report", "填报事项"
    RECEIVE_NOTICE = "receive_notice", "签收通知"
    ANSWER_NOTICE = "answer_notice", "答复通知"
    SIGN_IN = "sign_in", "登录"


class LinkStanding(Word):
    """Whether a link still does its one thing, and if not, why."""

    LIVE = "live", "可用"
    USED = "used", "已用过"
    ENDED = "ended", "已过期"
    SETTLED = "settled", "事已办结"  # done on the portal, by somebody else, or no longer asked
    REVOKED = "revoked", "已撤销"


class FeedKind(Word):
    """What a person subscribes to with a program of his own."""

    DEADLINES = "deadlines", "本单位时限日历"
    OVERSIGHT = "oversight", "逾期通知与通报"
