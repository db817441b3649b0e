"""Folds the ways a deadline can be printed into one: digits, dashes, numerals, short forms."""

import re
import unicodedata

import cn2an

_SPACES = re.compile(r"[\s\u200b-\u200d\ufeff]+")
_QUOTES = re.compile(r"[“”\"‘’'「」『』《》*★]+")
_DASHES = re.compile(r"[-—–‐‑‒―−~─﹣]+|(?<=\d)一(?=\d)")
_CLOCK = re.compile(r"(?<=\d)[T ]+\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?Z?")
_HOUR = re.compile(r"(?<=[日号])(?:上午|下午|晚)?\d{1,2}(?:[时点](?:\d\d分)?|:\d\d)")

_YEAR_NUMERAL = re.compile(r"[二一][〇零○Oo0九][〇零○Oo0一二三四五六七八九]{2}(?=年|$|[-至到])")
# 一月一调度, 一年两次: a rhythm, no date
_EACH = re.compile(r"(?<![\d十第])[一1](年|季度?|月|周|日|天)[一两二三四1-9](?![月日号十个\d]|季)")
_ROMAN = ("I", "II", "III", "IV")
_ROMAN_QUARTER = re.compile(r"(?<![A-Z])(?:IV|I{1,3})(?=季度)")
_SPAN_OF_MONTHS = re.compile(r"(?<![每\d十])([一两二三四五六])月(?=[之以]?内)")
_NUMERAL = re.compile(
    r"(?<![一二三四五六七八九十])(?:[二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
    r"(?=[年月日号天周旬]|个|季|星期|小时|工作日|半年|次"
    r"|[-至到、,和及]第?[一二三四五六七八九十]{1,3}(?:[-至到、,和及]|月|日|号|季))"
)

# What is printed, and how it is written out; order matters.
_NUMBER_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), written)
    for pattern, written in (
        # 20240630, 202406, 2024.06.30, 2024-25年, 2024/6, 6.30
        (r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)", r"\1年\2月\3日"),
        (r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(?!\d)", r"\1年\2月"),
        (r"(?<!\d)(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?![\d月])[日号]?", r"\1年\3月\4日"),
        (r"(?<!\d)(\d\d)(\d\d)-(\d\d)年", r"\1\2年-\1\3年"),
        (r"(?<!\d)(\d{4})[-./](\d{1,2})(?![\d年])月?", r"\1年\2月"),
        (r"(?<![\d.])(\d{1,2})[./](\d{1,2})(?![\d.月年%个])[日号]?", r"\1月\2日"),
        # 1-6月, 6、9、12月, 1-15日, 1至3季度: the unit stands once, after the last number
        (r"(?<!\d)(\d{1,2})([-至到、,和及])(?=(?:\d{1,2}[-至到、,和及])*\d{1,2}月)", r"\1月\2"),
        (r"(?<!\d)(\d{1,2})([-至到、,和及])(?=(?:\d{1,2}[-至到、,和及])*\d{1,2}[日号])", r"\1日\2"),
        (
            r"第?(?<!\d)([1-4])([-至到、,和及])(?=(?:第?[1-4][-至到、,和及])*第?[1-4]季)",
            r"\1季度\2",
        ),
    )
)


def fold(text: str) -> str:
    """Return `text` as the deadline grammar reads it: half width, no spaces, digits for numerals.

    ２０２４．６, 2024/6 and 二〇二四年六月 all become 2024年6月. The caller bounds the length.
    """
    phrase = _CLOCK.sub("", unicodedata.normalize("NFKC", text).strip())
    phrase = _QUOTES.sub("", _SPACES.sub("", phrase))
    phrase = _YEAR_NUMERAL.sub(_digits, phrase)
    phrase = re.sub(r"(?<=\d)[Oo](?=\d)", "0", _DASHES.sub("-", phrase))
    phrase = _ROMAN_QUARTER.sub(lambda match: str(_ROMAN.index(match[0]) + 1), phrase)
    phrase = _EACH.sub(r"每\1", phrase)
    phrase = _SPAN_OF_MONTHS.sub(r"\1个月", phrase)
    phrase = _NUMERAL.sub(_number, phrase)
    phrase = _HOUR.sub("", phrase)
    for pattern, written in _NUMBER_FORMS:
        phrase = pattern.sub(written, phrase)
    return phrase


def _digits(match: re.Match[str]) -> str:
    return "".join(str(max("〇一二三四五六七八九".find(sign), 0)) for sign in match[0])


def _number(match: re.Match[str]) -> str:
    return str(cn2an.cn2an(match[0], "smart"))  # "smart" knows 两
