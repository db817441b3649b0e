"""How a value stands in a cell, and the seal that tells later whether anybody touched it."""

import unicodedata
import zlib
from collections.abc import Mapping
from decimal import Decimal

from templates.workbooks.words import Value

MOST_IN_CELL = 32_767  # Excel's limit; more would be left out without a word
CUT = "……（全文见系统）"


def cell_text(text: str) -> str:
    """Return a text as a cell can keep it: no control characters, line ends as one, not too long.

    What comes back from a spreadsheet programme is the same text, so the two can be compared.
    """
    lines = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    shown = "".join(
        letter for letter in lines if letter in "\n\t" or unicodedata.category(letter)[0] != "C"
    ).strip()
    return shown if len(shown) <= MOST_IN_CELL else shown[: MOST_IN_CELL - len(CUT)] + CUT


def canonical(value: Value | float) -> str:
    """Return one text for one value, however a programme stored it: 60, 60.0 and 60.00 are one."""
    if value is None:
        return ""
    if isinstance(value, str):
        return cell_text(value)
    plain = f"{Decimal(str(value)):f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def seal(values: Mapping[str, Value | float]) -> str:
    """Return the seal of a row: a checksum per column, so that a change can be told by its cell.

    It finds slips, not forgers: whoever forges it only mislabels cells of his own row.
    """
    return ",".join(f"{key}:{_checksum(value)}" for key, value in sorted(values.items()))


def sealed(text: str) -> dict[str, str]:
    """Return the checksums of a seal by column; empty for a text that is none."""
    parts = (part.partition(":") for part in text.split(",") if ":" in part)
    return {key: checksum for key, _, checksum in parts}


def is_untouched(seals: Mapping[str, str], key: str, value: Value | float) -> bool:
    """Return whether a cell still holds what it was given out with."""
    return seals.get(key) == _checksum(value)


def _checksum(value: Value | float) -> str:
    return f"{zlib.crc32(canonical(value).encode('utf-8', 'replace')):08x}"
