"""Whatever its format, the issued plan is read the same; only its places are counted otherwise."""

from collections.abc import Callable
from pathlib import Path

import pytest

from supervision.errors import NotConfiguredError
from tasks_catalog.extract import read_plan
from tasks_catalog.model import ReadPlan
from tests.office_programs import NEEDS_WRITER
from tests.tasks_catalog import office_files
from tests.tasks_catalog.sample_files import WRITERS

DOCUMENTS = Path(__file__).parent / "documents"


def _without_places(plan: ReadPlan) -> dict[str, object]:
    content = plan.to_json()
    for thing in [*content["work_items"], *content["indicators"], *content["measures"]]:
        del thing["source"]["line"]
    content["narrative"] = [line["text"] for line in content["narrative"]]
    del content["findings"]
    return content


@pytest.fixture(scope="module")
def printed() -> dict[str, object]:
    return _without_places(read_plan(office_files.PLAN))


@pytest.mark.parametrize(
    ("name", "write"),
    [
        pytest.param("plan.docx", office_files.write_word, id="Word"),
        pytest.param("plan.xlsx", office_files.write_workbook, id="Excel"),
    ],
)
def test_the_plan_with_real_merged_cells_is_read_as_from_its_text(
    tmp_path: Path, printed: dict[str, object], name: str, write: Callable[[Path], None]
) -> None:
    write(tmp_path / name)

    assert _without_places(read_plan(tmp_path / name)) == printed


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        pytest.param("utf-8", b"", id="UTF-8"),
        pytest.param("utf-8", b"\xef\xbb\xbf", id="UTF-8 with mark"),
        pytest.param("gb18030", b"", id="GB18030"),
        pytest.param("utf-16-le", b"\xff\xfe", id="UTF-16 little-endian"),
        pytest.param("utf-16-be", b"\xfe\xff", id="UTF-16 big-endian"),
        pytest.param("utf-16-le", b"", id="UTF-16 without mark"),
    ],
)
def test_the_plan_is_read_in_every_encoding_that_offices_use(
    tmp_path: Path, printed: dict[str, object], encoding: str, mark: bytes
) -> None:
    text = office_files.PLAN.read_text(encoding="utf-8")
    path = tmp_path / "plan.txt"
    path.write_bytes(mark + text.encode(encoding))

    assert _without_places(read_plan(path)) == printed


def _what_is_said(plan: ReadPlan) -> dict[str, object]:
    content = plan.to_json()
    for thing in [*content["work_items"], *content["indicators"], *content["measures"]]:
        del thing["source"]
    kept = ("plan", "work_items", "indicators", "measures", "units", "unread")
    return {name: content[name] for name in kept}


@pytest.mark.parametrize(
    ("name", "original"),
    [
        pytest.param("division.pdf", "division.docx", id="PDF"),
        pytest.param("two_lists.pdf", "two_lists.docx", id="PDF with two lists"),
        pytest.param(
            "roles_in_a_cell.pdf", "roles_in_a_cell.docx", id="PDF with quotes of another font"
        ),
        pytest.param(
            "division.doc",
            "division.docx",
            id="old Word",
            marks=NEEDS_WRITER,
        ),
        pytest.param("projects.ods", "projects.xlsx", id="OpenDocument"),
    ],
)
def test_a_plan_says_the_same_in_another_format(tmp_path: Path, name: str, original: str) -> None:
    WRITERS[original](tmp_path / original)

    assert _what_is_said(read_plan(DOCUMENTS / name)) == _what_is_said(
        read_plan(tmp_path / original)
    )


def test_dates_of_old_workbooks_are_reported_because_their_precision_is_lost() -> None:
    plan = read_plan(DOCUMENTS / "projects.xls")

    assert plan.work_items[1].deadline_text == "2025年6月1日"
    assert any("旧版表格的日期" in finding.text for finding in plan.findings)


def test_old_word_documents_say_what_is_missing_without_libreoffice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(NotConfiguredError, match="LibreOffice"):
        read_plan(DOCUMENTS / "division.doc")
