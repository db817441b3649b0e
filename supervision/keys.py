"""Stable keys of acts: built from ids and ISO dates, never from formatted text.

Each key is a unique column, so the database refuses what was done already (R29).
"""

from datetime import date
from uuid import UUID

from supervision.vocabulary import Rung


def act_key(about: UUID, rule: str, step: str, period: str, unit: UUID) -> str:
    """Key of one thing told to one unit: (object, rule, step, period, unit)."""
    return f"{about.hex}/{rule}/{step}/{period}/{unit.hex}"


def digest_key(office: UUID, unit: UUID, day: date) -> str:
    """Key of the one digest a unit gets on a working day (R27)."""
    return f"digest/{office.hex}/{unit.hex}/{day.isoformat()}"


def notice_key(work_item: UUID, rung: Rung, cycle: int) -> str:
    """Key of the one notice of an item, rung and cycle (V2)."""
    return f"{work_item.hex}/{rung}/{cycle}"


def round_key(plan: UUID, period: str) -> str:
    """Key of a plan's round of one quarter."""
    return f"{plan.hex}/{period}"
