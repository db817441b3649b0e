"""`duban template`: an office sees what its own Word file lacks before it is used."""

import json
from pathlib import Path

import pytest
from docx import Document

from cli.main import main


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["template", *arguments])
    return int(left.value.code or 0)


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DUBAN_DATA_DIR", str(tmp_path / "var"))
    return tmp_path / "var"


def test_the_shipped_template_can_be_used(capsys: pytest.CaptureFixture[str]) -> None:
    code = run("lint", "督办通知")

    assert code == 0
    assert "可以使用" in capsys.readouterr().out


def test_a_file_that_lacks_words_is_named_with_what_it_lacks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "own.docx"
    document = Document()
    document.add_paragraph("{{ mark }}{{ tilte }}")
    document.save(str(file))

    code = run("lint", str(file), "--kind", "supervision", "--json")

    answer = json.loads(capsys.readouterr().out)
    texts = [fault["text"] for fault in answer["templates"][0]["faults"]]
    assert code == 3
    assert answer["schema"] == "duban.template_lint/1"
    assert "没有“tilte”这个词" in texts
    assert "缺少必须有的词“title”" in texts


def test_a_template_is_exported_edited_and_listed_as_the_offices_own(
    data_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = data_folder / "templates" / "circular" / "document.docx"

    assert run("export", "circular", str(file)) == 0
    assert run("list", "--json") == 0

    own = [one for one in json.loads(capsys.readouterr().out)["templates"] if one["is_own"]]
    assert [one["kind"] for one in own] == ["circular"]


def test_an_export_says_in_json_where_it_went(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "document.docx"

    assert run("export", "circular", str(file), "--json") == 0

    answer = json.loads(capsys.readouterr().out)
    assert (answer["kind"], answer["file"]) == ("circular", str(file))
    assert file.exists()


def test_a_kind_there_is_none_of_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("lint", "通告") == 2
    assert "没有“通告”这种文书" in capsys.readouterr().err
