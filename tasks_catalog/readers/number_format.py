"""Pure: a number as a workbook shows it, by its format: no more and no less precise."""

import re
from datetime import date, timedelta

# Formats that a file names by number only (ECMA-376, 18.8.30, and its Chinese additions).
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "yyyy-m-d", 15: "d-mmm-yy", 16: "m-d", 17: "yyyy-m", 22: "yyyy-m-d h:mm",
    27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日",
    36: "yyyy年m月", 50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日",
    55: "yyyy年m月", 56: "m月d日", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
QUOTED = re.compile(r'\[[^\]]*\]|\\.|_.|\*.|"')
DAY_ZERO = date(1899, 12, 30)  # so that day 60 and later agree with the calendar
DAY_ZERO_1904 = date(1904, 1, 1)
LAST_DAY = 2_958_465  # 9999-12-31


def shown(number: float, form: str, *, since_1904: bool = False) -> str:
    """Return what the cell shows; `form` is its number format, empty for the general one."""
    code = QUOTED.sub("", form.split(";", maxsplit=1)[0]).lower()
    code = re.sub(r"am/pm|h+(?:[:时]?m+)?|m+:?s+|s+", "", code)  # the time of day dates nothing
    if re.search(r"[ymd]", code) and "0" not in code and "general" not in code:
        return _date(number, code, since_1904=since_1904)
    if "%" in code:
        return _rounded(number * 100, code) + "%"
    return _rounded(number, code)


def _date(number: float, code: str, *, since_1904: bool) -> str:
    """Return the parts of the date that the format shows: a month stays a month."""
    if not 0 <= number <= LAST_DAY:
        return _rounded(number, "")
    zero = DAY_ZERO_1904 if since_1904 else DAY_ZERO
    try:
        day = zero + timedelta(days=int(number))
    except OverflowError:
        return _rounded(number, "")
    text = f"{day.year}年" if "y" in code else ""
    if "m" in code:
        text += f"{day.month}月"
    return text + (f"{day.day}日" if "d" in code else "")


def _rounded(number: float, code: str) -> str:
    """Return the figure with the decimals that the format asks for, without thousands marks."""
    decimals = re.search(r"\.(0+)", code)
    if decimals:
        return f"{number:.{len(decimals[1])}f}"
    if "0" in code:
        return f"{number:.0f}"
    return f"{number:.15g}" if abs(number) < 1e15 else f"{number:.0f}"  # noqa: PLR2004
