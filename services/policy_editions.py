"""The rules a ladder goes by: those in force when its first notice was drafted (R30)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, select

from db.bulk import insert_new
from db.notice_tables import PolicyEdition
from supervision.policy import LadderRules, Policy


def keep(session: Session, policy: Policy, *, today: date) -> None:
    """Keep the rules in force under their version; the same version is kept once."""
    row = {"version": policy.version, "rules": _stated(policy), "recorded_on": today}
    insert_new(session, PolicyEdition, [row])


def rules_of(session: Session, version: str, policy: Policy) -> LadderRules:
    """Return the ladder's rules as a version had them.

    A rule that version did not know yet, or a version from before editions were kept, is taken from
    the policy in force.
    """
    if version == policy.version:
        return policy
    stored = session.exec(select(PolicyEdition).where(PolicyEdition.version == version)).first()
    known: Mapping[str, Any] = {} if stored is None else stored.rules
    return LadderRules.model_validate({**_stated(policy), **known})


def _stated(policy: Policy) -> dict[str, Any]:
    return policy.model_dump(mode="json", by_alias=True)
