"""Passwords that everybody tries first, known by how they are made and not by a list of them.

Lists of the most used passwords hold almost none that has ten characters of three kinds; those
that people then choose are the same words with a capital, a sign and a year. What is left of such
a one without its words, runs along the keyboard and years is next to nothing.
"""

import re

LEFT_AT_LEAST = 4  # characters that are of its owner's own making [own]
SHORTEST_RUN = 3
AS_LETTERS = str.maketrans("0134578@$!|", "oleastbasil")
YEAR = re.compile(r"(?:19|20)\d\d")
WORDS = (
    "password", "passwd", "pass", "welcome", "admin", "administrator", "root", "user", "guest",
    "test", "login", "letmein", "secret", "master", "system", "manager", "server", "office",
    "iloveyou", "loveyou", "love", "dragon", "monkey", "football", "sunshine", "princess",
    "hello", "summer", "winter", "spring", "autumn", "china", "beijing", "shanghai", "ganzhou",
    "zhanggong", "jiangxi", "duban", "ducha", "zhengfu", "bangong", "wufei", "wufeichengshi",
    "mima", "woaini", "woaiwo", "nihao", "zhongguo", "wang", "huawei", "taobao", "weixin",
    "changeme", "default", "computer", "internet", "windows", "google", "superman", "batman",
)  # fmt: skip
ROWS = (
    "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "!qaz@wsx#edc$rfv%tgb^yhn&ujm*ik(ol)p",
    "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujmikolp", "!@#$%^&*()",
)  # fmt: skip
LINES = (*ROWS, *(row[::-1] for row in ROWS))


def is_well_known(password: str) -> bool:
    """Return whether a password is made of nothing but what everybody would try."""
    plain = password.casefold()
    readings = (
        _without_lines(_without_words(plain)),
        _without_lines(_without_words(plain.translate(AS_LETTERS))),
        _without_words(_without_lines(plain).translate(AS_LETTERS)),
    )
    return any(sum(map(str.isalnum, own)) < LEFT_AT_LEAST for own in readings)


def _without_words(text: str) -> str:
    for word in sorted(WORDS, key=len, reverse=True):
        text = text.replace(word, " ")
    return text


def _without_lines(text: str) -> str:
    """Return a text without years, runs, and what is the same three times over."""
    return re.sub(r"(.)\1{2,}", " ", _without_runs(YEAR.sub(" ", text)))


def _without_runs(text: str) -> str:
    """Return a text without what goes along a row of the keyboard, the alphabet or the digits."""
    left, start = "", 0
    while start < len(text):
        end = start + SHORTEST_RUN
        if not _is_run(text[start:end]):
            left, start = left + text[start], start + 1
            continue
        while end < len(text) and _is_run(text[start : end + 1]):
            end += 1
        left, start = left + " ", end
    return left


def _is_run(text: str) -> bool:
    return len(text) >= SHORTEST_RUN and any(text in line for line in LINES)
