"""An office keeps templates of its own beside the shipped ones."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from services.checking import report
from services.importing import read_any
from services.own_templates import export, inspect_file, inspected, kind_named, listed
from services.settings import BUNDLED_PLAN, Settings
from supervision.errors import UsageError
from supervision.vocabulary import PaperKind


def test_a_kind_is_known_by_either_name() -> None:
    assert kind_named("supervision") is kind_named("督办通知") is PaperKind.SUPERVISION
    with pytest.raises(UsageError, match="没有“通告”这种文书"):
        kind_named("通告")


def test_an_exported_template_is_in_force_once_it_lies_in_its_place(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    assert not any(one.is_own for one in listed(settings))

    file = export(PaperKind.LETTER, settings.templates / "letter" / "document.docx")

    own = [one for one in listed(settings) if one.is_own]
    assert [(one.kind, one.file) for one in own] == [(PaperKind.LETTER, file)]
    assert [one.faults for one in inspected(settings, kind=PaperKind.LETTER)] == [()]


def test_an_export_never_overwrites_a_file(tmp_path: Path) -> None:
    file = tmp_path / "letter.docx"
    file.write_bytes(b"edited for a week")

    with pytest.raises(UsageError, match="已经存在"):
        export(PaperKind.LETTER, file)
    assert file.read_bytes() == b"edited for a week"


def test_a_file_says_by_its_folder_which_paper_it_is_for(tmp_path: Path) -> None:
    in_place = export(PaperKind.RECEIPT, tmp_path / "receipt" / "document.docx")
    elsewhere = export(PaperKind.RECEIPT, tmp_path / "mine.docx")

    assert inspect_file(in_place).kind is PaperKind.RECEIPT
    assert inspect_file(elsewhere, PaperKind.RECEIPT).is_usable
    with pytest.raises(UsageError, match="看不出"):
        inspect_file(elsewhere)


def test_a_report_is_made_from_the_offices_own_template(tmp_path: Path) -> None:
    export(PaperKind.FINDINGS, tmp_path / "own.docx")
    document = Document(str(tmp_path / "own.docx"))
    document.paragraphs[0].runs[0].text = "本办清单核对表"
    (tmp_path / "findings").mkdir()
    document.save(str(tmp_path / "findings" / "document.docx"))
    read = read_any(BUNDLED_PLAN / "plan.txt")

    made = report(read, {}, today=date(2024, 3, 6), folder=tmp_path)

    assert Document(BytesIO(made)).paragraphs[0].text == "本办清单核对表"
