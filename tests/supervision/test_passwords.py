"""What is taken for a password and what is not, under both profiles: sixty cases (SEC5)."""

from contextlib import nullcontext

import pytest

from supervision.passwords import PasswordProfile, WeakPasswordError, require_strong

LENGTH, NAME, REPEATED = "个字符", "账号名", "重复字符太多"
CLASSES, KNOWN, FINE = "三类", "常见的密码", ""
DENGBAO = {
    "Chun-Tian-2025": FINE,
    "Lv-Shui-2025": FINE,
    "chuang7Qian-ming": FINE,
    "月光Ming-Yue-9": FINE,
    "tr0ub4dor&Hen": FINE,
    "Xy7-Xy8-Xz9": FINE,
    ("Lv-Shui-7." * 26)[:256]: FINE,
    "Chang-gxj-2025": FINE,  # a short name may stand in a password by chance
    "Qiu-Tian-7": FINE,  # ten
    "Qiu-Tia-7": LENGTH,  # nine
    "": LENGTH,
    "Aa1-": LENGTH,
    ("Lv-Shui-7." * 26)[:257]: LENGTH,
    "Zhangsan-Ming-7": NAME,
    "ming-ZHANGSAN-7": NAME,
    "Aa1Aa1Aa1Aa1": REPEATED,
    "A1-A1-A1-A1-": REPEATED,
    "chuangqianming": CLASSES,
    "CHUANGQIANMING": CLASSES,
    "CHUANGqianming": CLASSES,
    "chuang7qian8ming": CLASSES,
    "58201947361": CLASSES,
    "chuang-qian-ming": CLASSES,
    "Password@2025": KNOWN,
    "P@ssw0rd12345": KNOWN,
    "Admin@123456": KNOWN,
    "1qaz@WSX3edc": KNOWN,
    "Qwertyuiop1!": KNOWN,
    "Duban@20252025": KNOWN,
    "Abcdefg123!": KNOWN,
}
ASVS = {
    "qing shan lv shui": FINE,
    "chuangqianmingyue": FINE,
    "床前明月光疑是地上霜举头望明": LENGTH,  # fourteen
    "床前明月光疑是地上霜举头望明月": FINE,
    "correct horse battery staple": FINE,
    "5820194736150284": FINE,
    "CHUANGQIANMINGYUE": FINE,
    "chuang  qian  ming": FINE,
    "no kinds are asked of it": FINE,
    "na" * 7 + "-lv shui qing": FINE,
    "chang gxj chang jiu": FINE,
    "fifteen letters": FINE,  # fifteen
    "fourteen lette": LENGTH,
    "Lv-Shui-2025": LENGTH,
    "": LENGTH,
    "mn7-" * 64: REPEATED,
    "mn7-" * 64 + "x": LENGTH,
    "zhangsan zai gan zhou": NAME,
    "gan zhou ZhangSan zai": NAME,
    "a" * 20: REPEATED,
    "ababababababababab": REPEATED,
    "abcabcabcabcabcabc": REPEATED,
    "password password": KNOWN,
    "passwordpasswordpass": REPEATED,
    "iloveyou iloveyou": KNOWN,
    "qwertyuiopasdfghjkl": KNOWN,
    "1234567890abcdefghij": KNOWN,
    "administrator2025": KNOWN,
    "welcome to shanghai": KNOWN,
    "1qaz2wsx3edc4rfv": KNOWN,
}
CASES = [
    *((PasswordProfile.DENGBAO, password, fault) for password, fault in DENGBAO.items()),
    *((PasswordProfile.ASVS, password, fault) for password, fault in ASVS.items()),
]


def test_there_are_sixty() -> None:
    assert (len(DENGBAO), len(ASVS)) == (30, 30)


@pytest.mark.parametrize(("profile", "password", "fault"), CASES)
def test_a_password_is_taken_or_refused_for_its_reason(
    profile: PasswordProfile, password: str, fault: str
) -> None:
    expected = pytest.raises(WeakPasswordError, match=fault) if fault else nullcontext()

    with expected:
        require_strong(password, profile=profile, name="zhangsan")


@pytest.mark.parametrize("name", ["gxj", "gx"])
def test_a_short_name_may_stand_in_a_password_by_chance(name: str) -> None:
    require_strong("Chang-gxj-2025", profile=PasswordProfile.DENGBAO, name=name)
