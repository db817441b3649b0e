"""Stable keys of acts: built from ids and ISO dates, never from formatted text.

Each key is a unique column, so the database refuses what was done already (R29). A million rows
get their keys inside the database: where `Hex` stands, an id is 32 hexadecimal digits, or the
database's expression for them, which `+` joins just as well. So each form is stated once.
"""

from datetime import date
from functools import reduce
from operator import add
from typing import Any, TypeVar
from uuid import UUID

from supervision.vocabulary import Rung

Hex = TypeVar("Hex", bound=Any)
OUT_OF_FORCE_MARK = "#"  # before the id, in the key of a notice that leaves its rung to another


def act_key(about: Hex, rule: str, step: str, period: str, unit: Hex) -> Hex:
    """Key of one thing told to one unit: (object, rule, step, period, unit).

    The unit stands first, so that what one unit is told lies together where keys are stored.
    """
    return _joined(unit, f"/{period}/{rule}/{step}/", about)


def digest_key(office: UUID, unit: UUID, day: date) -> str:
    """Key of the one digest a unit gets on a working day (R27)."""
    return f"digest/{office.hex}/{unit.hex}/{day.isoformat()}"


def notice_key(work_item: Hex, rung: Rung, cycle: int) -> Hex:
    """Key of the one notice of an item, rung and cycle (V2)."""
    return _joined(work_item, f"/{rung}/{cycle}")


def document_number(word: str, year: int, number: int) -> str:
    """Return a number as papers print it (GB/T 9704): 〔full year〕, no leading zero."""
    return f"{word}〔{year}〕{number}号"


def round_key(plan: UUID, period: str) -> str:
    """Key of a plan's round of one quarter."""
    return f"{plan.hex}/{period}"


def _joined(first: Hex, *rest: Any) -> Hex:  # noqa: ANN401 - texts, or expressions for texts
    """Return the parts one after the other, in Python or in the database."""
    return reduce(add, rest, first)
