"""Pure: printed figures to numbers; what is no figure gives None, never a guess."""

import re
import unicodedata

import cn2an

IN_WAN = {"万元": 1, "亿元": 10_000, "元": 0.0001}  # amounts are kept in 万元
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def integer(text: str) -> int | None:
    """Return a running number such as 12, １２, 12. or 十二."""
    plain = unicodedata.normalize("NFKC", text).strip().strip(".、()")
    if plain.isdecimal():
        return int(plain)
    try:
        return int(cn2an.cn2an(plain, "strict"))
    except ValueError:
        return None


def in_wan(text: str, heading: str) -> int | float | None:
    """Return an amount in 万元; its unit stands in the cell or in the heading, else it is 万元."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    match = re.fullmatch(rf"约?({GROUPED.pattern})(万元|亿元|元|万|亿)?", plain)
    if not match:
        return None
    printed = match[2] or next((unit for unit in IN_WAN if unit in heading), "万元")
    factor = IN_WAN.get(printed) or IN_WAN[f"{printed}元"]
    amount = round(float(match[1].replace(",", "")) * factor, 6)
    return int(amount) if amount.is_integer() else amount
