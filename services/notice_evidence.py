"""Pieces of evidence by the number a person gives: the beginning of their hash."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from db import notice_answers
from db.plan_tables import Plan
from supervision.errors import UsageError


def evidence_named(session: Session, plan: Plan, names: Sequence[str]) -> tuple[UUID, ...]:
    """Return the pieces of evidence of a plan's items that are meant; UsageError for unknown ones.

    `duban evidence list` prints each with the hash of its content; its first digits will do.
    """
    found = [_one(session, plan, name.strip().lower()) for name in names]
    return tuple(found)


def _one(session: Session, plan: Plan, name: str) -> UUID:
    there = notice_answers.evidence_beginning(session, plan.id, name) if name else []
    if len(there) != 1:
        what = "不止一件" if there else "没有"
        raise UsageError(
            f"编号以“{name}”开头的佐证{what}", advice="用 duban evidence list 查看佐证编号。"
        )
    return there[0]
