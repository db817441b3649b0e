from decimal import Decimal

import pytest

from supervision.closing import NotReadyToCloseError, Proof, lacking, require_proof
from supervision.closing import require_second_person as require_second
from supervision.rights import NotAllowedError
from supervision.vocabulary import EvidenceKind, ItemKind

TASK, PROJECT = ItemKind.TASK, ItemKind.PROJECT
PHOTO, ACCEPTANCE = EvidenceKind.PHOTO, EvidenceKind.ACCEPTANCE
MONEY = Decimal("120.50")


@pytest.mark.parametrize(
    ("proof", "missing"),
    [
        pytest.param(Proof(kind=TASK, evidence=()), ["佐证材料（至少一件）"], id="nothing"),
        pytest.param(Proof(kind=TASK, evidence=(PHOTO,)), [], id="one piece for a task"),
        pytest.param(
            Proof(kind=PROJECT, evidence=(PHOTO,), invested_wan=MONEY),
            ["验收（竣工）报告"],
            id="a project without acceptance",
        ),
        pytest.param(
            Proof(kind=PROJECT, evidence=(ACCEPTANCE,)), ["投资完成额"], id="without its money"
        ),
        pytest.param(
            Proof(kind=PROJECT, evidence=(ACCEPTANCE,), invested_wan=Decimal(0)),
            [],
            id="nothing spent is a figure too",
        ),
        pytest.param(
            Proof(kind=PROJECT, evidence=()),
            ["佐证材料（至少一件）", "验收（竣工）报告", "投资完成额"],
            id="a project with nothing at all",
        ),
    ],
)
def test_what_closing_out_lacks_is_said_all_at_once(proof: Proof, missing: list[str]) -> None:
    assert lacking(proof) == missing
    if missing:
        with pytest.raises(NotReadyToCloseError, match="、".join(missing).replace("（", ".")):
            require_proof(proof)


@pytest.mark.parametrize(
    ("name", "did"),
    [pytest.param("li", "初审", id="the reviewer"), pytest.param("zhang", "申请", id="the asker")],
)
def test_nobody_decides_what_he_asked_for_or_reviewed(name: str, did: str) -> None:
    with pytest.raises(NotAllowedError, match=f"“{name}”已{did}过"):
        require_second(name, asked_by="zhang", reviewed_by="li")

    require_second("wang", asked_by="zhang", reviewed_by="li")
