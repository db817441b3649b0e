"""`duban round workbook`: the issued plan's tables out, filled in, looked at, taken in once."""

from pathlib import Path

import pytest

from tests.commands import Duban
from tests.dispatch_tables import filled, sheet_of

BUREAU, IN_ROUND = "区城管局", ("--as-of", "2024-12-12")
EXPORT = ("round", "workbook", "export", "--round", "2024Q4", *IN_ROUND)
FILE = f"2024Q4_{BUREAU}_调度表.xlsx"
IMPORT = ("round", "workbook", "import", FILE, "--as", "liu", *IN_ROUND)
SAID: dict[tuple[str, str], str | float | None] = {
    ("T30", "progress"): "已在全区推行登记",
    ("T30", "percent"): 80,
}


@pytest.fixture
def dispatched(started: Duban) -> Duban:
    """`duban` in 2024Q4, with a liaison of the bureau for city management."""
    for arguments in (
        ("user", "add", "admin", "--name", "管理员", "--role", "administrator"),
        (
            "user",
            "add",
            "liu",
            "--name",
            "刘",
            "--role",
            "liaison",
            "--unit",
            BUREAU,
            "--as",
            "admin",
        ),
        ("tick", *IN_ROUND),
    ):
        ran = started(*arguments)
        assert ran.code == 0, ran.err
    return started


def fill_in(cells: dict[tuple[str, str], str | float | None]) -> None:
    Path(FILE).write_bytes(filled(Path(FILE).read_bytes(), cells))


def test_every_unit_that_owes_a_report_gets_a_workbook(dispatched: Duban) -> None:
    ran = dispatched(*EXPORT, "--all", "--out", "表", "--json")

    files = [Path(file) for file in ran.answer["files"]]
    assert ran.answer["schema"] == "duban.workbooks/1"
    assert len(files) == 21
    rows = sum(sheet_of(file.read_bytes()).max_row - 3 for file in files)
    assert rows == 63


def test_a_filled_in_workbook_is_shown_then_reported_then_known(dispatched: Duban) -> None:
    dispatched(*EXPORT, "--unit", BUREAU)
    fill_in(SAID)

    looked = dispatched(*IMPORT, "--dry-run", "--json")
    done = dispatched(*IMPORT, "--json")
    again = dispatched(*IMPORT, "--json")

    assert (looked.code, done.code, again.code) == (0, 0, 0)
    row = next(row for row in looked.answer["rows"] if row["code"] == "T30")
    assert [(cell["column"], cell["fate"]) for cell in row["cells"]] == [
        ("本季进展", "added"),
        ("累计进度%", "added"),
    ]
    assert looked.answer["dry_run"] is True
    assert done.answer["done"]["handed_in"] == ["T30"]
    assert again.answer["done"]["handed_in"] == []
    assert len(again.answer["done"]["unchanged"]) == 13


def test_people_see_every_cell_and_what_came_of_it(dispatched: Duban) -> None:
    dispatched(*EXPORT, "--unit", BUREAU)
    fill_in(SAID | {("T31", "progress"): "=1+1", ("T31", "title"): "改了名"})

    ran = dispatched(*IMPORT)

    assert ran.code == 3
    assert "已在全区推行登记" in ran.out
    assert "是公式，请改为直接填写的内容" in ran.out
    assert "锁定，忽略" in ran.out
    assert "已报送 1 项，无变化 11 项，不予报送 1 项" in ran.out


def test_a_stale_row_waits_until_somebody_says_overwrite(dispatched: Duban) -> None:
    dispatched(*EXPORT, "--unit", BUREAU)
    fill_in(SAID)
    dispatched("report", "hand-in", "T30", "--progress", "另行报送", "--as", "liu", *IN_ROUND)

    refused = dispatched(*IMPORT, "--json")
    done = dispatched(*IMPORT, "--overwrite", "t30", "--json")

    assert refused.code == 3
    assert refused.answer["done"]["refused"][0]["code"] == "T30"
    assert done.answer["done"]["handed_in"] == ["T30"]


@pytest.mark.parametrize(
    ("what", "name"),
    [
        pytest.param(("--summary",), "2024Q4_调度汇总表.xlsx", id="the round"),
        pytest.param(("--item", "p07"), "2024Q4_P07_事项单.xlsx", id="an item"),
    ],
)
def test_the_round_and_an_item_have_sheets_of_their_own(
    dispatched: Duban, what: tuple[str, ...], name: str
) -> None:
    ran = dispatched(*EXPORT, *what)

    assert ran.out == f"{name}\n"
    assert Path(name).stat().st_size > 5_000


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        pytest.param(EXPORT, 2, "请指明导出哪一种表", id="no kind of table"),
        pytest.param((*EXPORT, "--all", "--summary"), 2, "请指明导出哪一种表", id="two kinds"),
        pytest.param((*EXPORT, "--unit", "区财政局"), 2, "没有应报事项", id="a unit owing nothing"),
        pytest.param(IMPORT, 2, "没有文件", id="a file that is not there"),
        pytest.param(
            ("round", "workbook", "import", "duban.toml", "--as", "liu"),
            1,
            "已损坏",
            id="no workbook",
        ),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    dispatched: Duban, arguments: tuple[str, ...], code: int, why: str
) -> None:
    Path("duban.toml").write_text("", "utf-8")

    ran = dispatched(*arguments)

    assert ran.code == code
    assert why in ran.err
