"""What a password must be, by profile: 等保 asks for composition, ASVS for length alone."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from supervision.errors import UsageError
from supervision.known_passwords import is_well_known
from supervision.vocabulary import Word

CLASSES = (re.compile(r"[a-z]"), re.compile(r"[A-Z]"), re.compile(r"[0-9]"), re.compile(r"[^\w\s]"))
CLASSES_NEEDED = 3
TELLING_NAME = 4  # a shorter name stands in a random password by chance
MOST_CHARACTERS = 256  # hashing a book costs the server, not the guesser


class PasswordProfile(Word):
    """Which rules hold for passwords; the office chooses one."""

    DENGBAO = "dengbao", "等保二级"
    ASVS = "asvs", "ASVS"


LEAST: Mapping[PasswordProfile, int] = MappingProxyType(
    {PasswordProfile.DENGBAO: 10, PasswordProfile.ASVS: 15}
)


class WeakPasswordError(UsageError):
    """The password does not meet the profile: the message says which part is missing."""


def require_strong(password: str, *, profile: PasswordProfile, name: str) -> None:
    """Raise WeakPasswordError unless the password meets the profile.

    Sources: GB/T 22239-2019 (口令复杂度) for 等保, OWASP ASVS 5.0 6.2.1 and 6.2.5 for ASVS.
    """
    least = LEAST[profile]
    if not least <= len(password) <= MOST_CHARACTERS:
        raise WeakPasswordError(f"密码应为{least}至{MOST_CHARACTERS}个字符", advice="请重新设置。")
    if len(name) >= TELLING_NAME and name.casefold() in password.casefold():
        raise WeakPasswordError("密码不能包含账号名", advice="请重新设置。")
    if len(set(password)) <= least // 2:
        raise WeakPasswordError("密码中重复字符太多", advice="请重新设置。")
    if is_well_known(password):
        raise WeakPasswordError("这是常见的密码", advice="请换一个不含常用词、键盘顺序和年份的。")
    held = sum(bool(found.search(password)) for found in CLASSES)
    if profile is PasswordProfile.DENGBAO and held < CLASSES_NEEDED:
        raise WeakPasswordError(
            "密码须含大写字母、小写字母、数字、符号中的三类", advice="请重新设置。"
        )
