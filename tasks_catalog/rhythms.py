"""How often a recurring duty falls due (每季度, 每两个月, 一年一次)."""

import re

_UNITS = (
    ("学期", "school_term"),
    ("半年", "half_year"),
    ("年", "year"),
    ("季", "quarter"),
    ("月", "month"),
    ("旬", "ten_days"),
    ("周", "week"),
    ("星期", "week"),
    ("天", "day"),
    ("日", "day"),
)
_SAME = {(6, "month"): "half_year", (3, "month"): "quarter", (12, "month"): "year"} | {
    (2, "quarter"): "half_year",
    (7, "day"): "week",
}


def rhythm_of(word: str) -> str | None:
    """Return "year", "half_year", "quarter", "month", "week" … for one word of rhythm.

    Longer steps carry their number ("2_months"); None for 定期, which names no step.
    """
    unit = next((name for sign, name in _UNITS if sign in word), None)
    found = re.search(r"[每隔逐]个?(\d{1,2}|双)", word)
    step = 1 if not found else 2 if found[1] == "双" else int(found[1])
    if unit is None or step <= 1:
        return unit
    return _SAME.get((step, unit), f"{step}_{unit}s")
