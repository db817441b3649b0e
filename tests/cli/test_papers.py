"""`duban paper` writes the papers of the issued plan as files a person can sign."""

from pathlib import Path

import pytest

from tests.commands import Duban

QUARTER = "2024Q1"


def test_a_paper_without_a_number_is_written_as_a_draft(started: Duban, tmp_path: Path) -> None:
    started("tick", "--as-of", "2024-03-11")

    ran = started("paper", "dispatch", QUARTER, "--out", "文书", "--as-of", "2024-03-11", "--json")

    assert ran.code == 0
    assert ran.answer["number"] == ""
    assert (tmp_path / "文书" / f"季度调度通知 {QUARTER}.docx").stat().st_size > 10_000


def test_a_paper_with_its_number_bears_it_in_its_name(started: Duban, tmp_path: Path) -> None:
    ran = started(
        "paper", "reminder", "区城管局", "--as-of", "2025-12-10",
        "--number", "章无废办函〔2025〕3号", "--out", "文书",
    )  # fmt: skip

    assert ran.code == 0
    assert (tmp_path / "文书" / "章无废办函〔2025〕3号 提醒函 区城管局.docx").exists()
    assert "草稿" not in ran.out + ran.err


def test_a_list_of_duties_is_no_draft(started: Duban) -> None:
    ran = started("paper", "duties", "区城管局", "--out", "文书")

    assert ran.code == 0
    assert "草稿" not in ran.out + ran.err


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        pytest.param(("receipt", QUARTER, "区城管局"), "没有2024Q1的调度", id="no round"),
        pytest.param(("extension", "T33"), "没有已审批的延期申请", id="nothing decided"),
        pytest.param(("summary", "2024Q1"), "不是半年或年度", id="no span"),
        pytest.param(("duties", "区不存在局"), "没有", id="no such unit"),
    ],
)
def test_what_cannot_be_drawn_up_is_refused_and_nothing_written(
    started: Duban, tmp_path: Path, asked: tuple[str, ...], said: str
) -> None:
    ran = started("paper", *asked, "--out", "文书")

    assert ran.code == 2
    assert said in ran.err
    assert not (tmp_path / "文书").exists()
