"""A paper as PDF: the page is filled as the standard has it, and nothing is left running."""

import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pytest

from services.pdf import STAND_INS, Pdf, missing_fonts, office_program, pdf_of
from supervision.errors import DubanError
from supervision.vocabulary import PaperKind
from templates import render
from templates.paper import measures
from templates.paper.writing import blank, write
from templates.samples import notices, rounds
from templates.samples.papers import BY_KIND
from templates.words import PaperWords

WRITER = Path("/usr/lib/libreoffice/program/libswlo.so")
FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
pytestmark = [
    pytest.mark.skipif(
        office_program() is None or not WRITER.exists(), reason="LibreOffice Writer is not here"
    ),
    pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not here"),
    pytest.mark.skipif(not FONT.exists(), reason="no Chinese font is here"),
]
LOWER_EDGE = (measures.HEIGHT - measures.BOTTOM) * measures.MILLIMETRE  # of the type area, in pt
WORD = re.compile(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)<')


@dataclass(frozen=True)
class Word:
    page: int
    top: float
    bottom: float
    text: str


def text_of(pdf: Pdf, *options: str) -> str:
    command = ["pdftotext", *options, "-", "-"]
    return subprocess.run(
        command, input=pdf.content, capture_output=True, check=True
    ).stdout.decode()


def words_in(pdf: Pdf) -> list[Word]:
    pages = text_of(pdf, "-bbox").split("<page ")[1:]
    return [
        Word(page, float(top), float(bottom), text)
        for page, content in enumerate(pages, start=1)
        for top, bottom, text in WORD.findall(content)
    ]


def of(words: PaperWords) -> Pdf:
    return pdf_of(render.paper(words))


def filler(characters: int) -> Pdf:
    document = blank("版面")
    write(document, "国" * characters, measures.ADDRESSEE)
    buffer = BytesIO()
    document.save(buffer)
    return pdf_of(buffer.getvalue())


def test_a_page_holds_22_lines_of_28_characters() -> None:
    pages = text_of(filler(22 * 28 + 1), "-layout").split("\f")

    lines = [line.strip() for line in pages[0].splitlines() if "国" in line]
    assert [len(line) for line in lines] == [28] * 22
    assert pages[1].count("国") == 1


def test_a_list_of_codes_goes_on_in_the_line_and_is_broken_between_two_codes() -> None:
    codes = "、".join(f"T{number:02}" for number in range(1, 30))
    document = blank("版面")
    write(document, f"区城管局29项（{codes}）。", measures.ADDRESSEE)
    buffer = BytesIO()
    document.save(buffer)

    first, second, *_ = text_of(pdf_of(buffer.getvalue()), "-layout").split("\n")

    assert "项（T01、T02、" in first
    assert re.match(r"\s*T\d\d、", second)


def test_a_pdf_says_which_fonts_it_does_not_have(caplog: pytest.LogCaptureFixture) -> None:
    pdf = filler(1)

    assert pdf.content.startswith(b"%PDF-")
    assert pdf.substituted == missing_fonts()
    assert set(pdf.substituted) <= set(STAND_INS)
    assert all(font in pdf.remark and font in caplog.text for font in pdf.substituted)


def test_every_font_that_papers_name_has_a_stand_in() -> None:
    assert set(STAND_INS) == set(measures.FONTS)


def test_a_pdf_in_the_papers_own_fonts_needs_no_remark() -> None:
    assert Pdf(content=b"", substituted=()).remark == ""


@pytest.mark.parametrize("words", [notices.blue, rounds.circular, rounds.summary])
def test_the_imprint_lies_on_the_lower_edge_of_the_last_page(words: PaperWords) -> None:
    found = words_in(of(words))

    printed = next(word for word in found if word.text.endswith("印发"))
    assert printed.page == max(word.page for word in found)
    assert printed.bottom == pytest.approx(LOWER_EDGE, abs=8)


@pytest.mark.parametrize("more", range(6))
def test_neither_signature_nor_imprint_stands_on_a_page_without_text(more: int) -> None:
    """However long the text is: one page after the other fills up, line by line."""
    steps = tuple(f"第{number}项打算。" for number in range(2 + 3 * more))

    found = words_in(of(replace(rounds.summary, next_steps=steps)))

    last = max(word.page for word in found)
    assert any(word.page == last and "打算" in word.text for word in found)
    signed = [word for word in found if word.text.startswith("（联系人")]
    assert [word.page for word in signed] == [last]
    printed = next(word for word in found if word.text.endswith("印发"))
    assert signed[0].bottom < printed.top


def test_page_1_of_a_letter_bears_no_number_and_the_others_do() -> None:
    pages = text_of(of(notices.company), "-layout").split("\f")

    assert re.search(r"—\s*\d+\s*—", pages[0]) is None
    assert re.search(r"—\s*2\s*—", pages[1])


@pytest.mark.parametrize(
    "kind",
    [PaperKind.SUPERVISION, PaperKind.CIRCULAR, PaperKind.DISPATCH],
    ids=lambda kind: kind.value,
)
def test_a_red_head_is_numbered_from_page_1(kind: PaperKind) -> None:
    pages = text_of(of(BY_KIND[kind]), "-layout").split("\f")[:-1]

    numbers = [re.findall(r"—\s*(\d+)\s*—", page) for page in pages]
    assert numbers == [[str(number)] for number in range(1, len(pages) + 1)]


def running_in(folder: Path) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(process.read_bytes().decode(errors="replace"))
        except OSError:  # it ended meanwhile
            continue
    return [line for line in found if str(folder) in line]


def test_a_conversion_that_takes_too_long_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = render.paper(notices.blue)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    with pytest.raises(DubanError, match="没有完成"):
        pdf_of(content, seconds=0.2)

    assert running_in(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_conversions_at_the_same_time_do_not_meet() -> None:
    content = render.paper(notices.blue)

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(pdf_of, [content, content]))

    assert [pdf.content[:5] for pdf in made] == [b"%PDF-", b"%PDF-"]
