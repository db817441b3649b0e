"""What stands in one cell that came back: its value, or why it cannot be taken."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from templates.workbooks.cells import canonical, cell_text
from templates.workbooks.columns import Column, Holds
from templates.workbooks.words import Value

FORMULA, ERROR = "f", "e"  # openpyxl's letters for what a cell holds
ALL_OF_IT = 100
CENTS = 2
MOST_WAN = Decimal(10) ** 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A cell's address, what it shows, the value read from it, and the fault in Chinese."""

    address: str
    shown: str
    value: Value = None
    fault: str = ""


class _FaultError(ValueError):
    """The cell cannot be taken; the message says why."""


def entry(column: Column, cell: Any, address: str) -> Entry:  # noqa: ANN401 - openpyxl's own
    """Return what a cell says; a formula is never evaluated, nor is its stored result taken."""
    value = getattr(cell, "value", None)
    kind = getattr(cell, "data_type", "n")
    if kind == FORMULA or not isinstance(value, (str, int, float, date, type(None))):
        shown = value if isinstance(value, str) else getattr(value, "text", None) or "公式"
        return Entry(address=address, shown=str(shown), fault="是公式，请改为直接填写的内容")
    if kind == ERROR:
        return Entry(address=address, shown=str(value), fault="是错误值，请重新填写")
    shown = _shown(value)
    try:
        return Entry(address=address, shown=shown, value=_value(column, cell, shown))
    except _FaultError as fault:
        return Entry(address=address, shown=shown, fault=str(fault))


def _shown(value: Any) -> str:  # noqa: ANN401 - whatever a cell may hold
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat() if not value.time().minute else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return canonical(value)


def _value(column: Column, cell: Any, shown: str) -> Value:  # noqa: ANN401 - openpyxl's own
    if not shown:
        return None
    if column.holds is Holds.TEXT or not column.is_open:
        return cell_text(shown)
    number = _number(cell, shown)
    return _share(number) if column.holds is Holds.SHARE else _amount(number)


def _number(cell: Any, shown: str) -> Decimal:  # noqa: ANN401 - openpyxl's own
    """Return a number however it was typed: 60, 60%, ６０, or 0.6 shown as a percentage."""
    typed = unicodedata.normalize("NFKC", shown).replace(",", "").strip()
    try:
        number = Decimal(typed.removesuffix("%").strip())
    except InvalidOperation:
        raise _FaultError(f"“{shown}”不是数字") from None
    if not number.is_finite():
        raise _FaultError(f"“{shown}”不是数字")
    as_percentage = "%" in str(getattr(cell, "number_format", None) or "")
    return number * ALL_OF_IT if as_percentage and not isinstance(cell.value, str) else number


def _share(number: Decimal) -> int:
    if not 0 <= number <= ALL_OF_IT:
        raise _FaultError(f"{number:f} 不在 0 到 100 之间")
    if number != number.to_integral_value():
        raise _FaultError(f"{number:f} 不是整数，请填 0 到 100 的整数（如 60 表示 60%）")
    return int(number)


def _amount(number: Decimal) -> Decimal:
    if not 0 <= number < MOST_WAN:
        raise _FaultError(f"{number:f} 不是有效金额，请按万元填写不小于 0 的数")
    rounded = round(number, CENTS)
    if rounded != number:
        raise _FaultError(f"{number:f} 多于两位小数")
    return rounded
