"""What an item must have before it can be closed out (R25), and who may not judge it (R26)."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from supervision.errors import UsageError
from supervision.rights import NotAllowedError
from supervision.vocabulary import EvidenceKind, ItemKind


class NotReadyToCloseError(UsageError):
    """Something the close-out needs is not there yet; the message lists all of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """What an item has to show: its evidence, and the investment its latest report states."""

    kind: ItemKind
    evidence: Collection[EvidenceKind]
    invested_wan: Decimal | None = None


def require_proof(proof: Proof) -> None:
    """Raise NotReadyToCloseError unless an item has all that closing it out needs."""
    missing = lacking(proof)
    if missing:
        raise NotReadyToCloseError(
            f"申请销号还缺{'、'.join(missing)}",
            advice="佐证用 duban evidence add 上传，投资完成额在进展报送中填写。",
        )


def lacking(proof: Proof) -> list[str]:
    """Return what is missing: any evidence; for a project acceptance and investment as well."""
    missing = [] if proof.evidence else ["佐证材料（至少一件）"]
    if proof.kind is ItemKind.PROJECT:
        if EvidenceKind.ACCEPTANCE not in proof.evidence:
            missing.append("验收（竣工）报告")
        if proof.invested_wan is None:
            missing.append("投资完成额")
    return missing


def require_second_person(name: str, *, asked_by: str, reviewed_by: str | None) -> None:
    """Raise NotAllowedError unless the decision is by another than who asked and who reviewed."""
    if name in (asked_by, reviewed_by):
        did = "初审" if name == reviewed_by else "申请"
        raise NotAllowedError(
            f"“{name}”已{did}过本次销号，不能再复核",
            advice="请由另一名不属于责任单位的审核人或签发人复核。",
        )
