"""What the codes in vendors' answers mean; one that is missing or unknown never means sent."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from notifications.message import Outcome, Verdict

MINUTE, TEN_MINUTES = 60, 600
_LONGEST_REASON = 300
Codes = Mapping[int, tuple[Verdict, str, int]]


def _table(codes: Mapping[int, tuple[Verdict, str]], **rests: Mapping[int, int]) -> Codes:
    limited = {code: (Verdict.LIMITED, "发送过快", rest) for code, rest in rests["limited"].items()}
    return MappingProxyType({code: (*said, MINUTE) for code, said in codes.items()} | limited)


_ANY = {0: (Verdict.ACCEPTED, ""), -1: (Verdict.DEFERRED, "系统繁忙")}
_ANY_LIMIT = {11232: MINUTE, 9499: MINUTE}
# work.weixin.qq.com, 群机器人 and 全局错误码
WECOM: Codes = _table(
    _ANY
    | {
        40058: (Verdict.REFUSED, "参数不合规"),
        45002: (Verdict.REFUSED, "内容过长"),
        93000: (Verdict.REFUSED, "机器人地址无效"),
        93004: (Verdict.REFUSED, "机器人已停用"),
        93008: (Verdict.REFUSED, "机器人不在群中"),
    },
    limited=_ANY_LIMIT | {45009: MINUTE, 45033: MINUTE},
)
# open.dingtalk.com, 自定义机器人; beyond its limit a robot is blocked for ten minutes
DINGTALK: Codes = _table(
    _ANY
    | {
        300001: (Verdict.REFUSED, "机器人地址无效"),
        310000: (Verdict.REFUSED, "签名、关键词或地址校验未通过"),
        400101: (Verdict.REFUSED, "机器人不存在"),
        400102: (Verdict.REFUSED, "机器人已停用"),
    },
    limited=_ANY_LIMIT | {130101: TEN_MINUTES, 410100: TEN_MINUTES, 45009: MINUTE},
)
# docs/gateway.md
GATEWAY: Codes = _table(
    {
        0: (Verdict.ACCEPTED, ""),
        1001: (Verdict.REFUSED, "没有这个收件人"),
        1002: (Verdict.REFUSED, "内容不予接收"),
        3001: (Verdict.DEFERRED, "暂不接收"),
    },
    limited={2001: MINUTE},
)


def outcome_of(answer: Mapping[str, Any], codes: Codes, *, code_name: str, words: str) -> Outcome:
    """Return what an answer means; `code_name` and `words` are the members that hold its code.

    An unknown code is a refusal: what it refuses is not known, so nothing is tried again blindly.
    """
    code = answer.get(code_name)
    if isinstance(code, bool) or not isinstance(code, int):
        return Outcome(verdict=Verdict.IN_DOUBT, reason=f"答复中没有 {code_name}，不能确认已收")
    verdict, meaning, rest = codes.get(code, (Verdict.REFUSED, "未知代码", MINUTE))
    said = " ".join(str(answer.get(words, "")).split())
    reason = " ".join(filter(None, (f"{code_name} {code}", meaning, said)))
    return Outcome(verdict=verdict, reason=reason[:_LONGEST_REASON], wait_seconds=rest)
