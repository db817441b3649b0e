"""Draws the pages of two sample papers for docs/papers.md: `python -m bench.paper_pictures`.

Needs LibreOffice and poppler's pdftoppm; says so and draws nothing where one is missing.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from services.pdf import office_program, pdf_of
from supervision.vocabulary import PaperKind
from templates.render import paper
from templates.samples.papers import BY_KIND

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
DRAWN = (PaperKind.SUPERVISION, PaperKind.CIRCULAR)
DOTS = "64"  # per inch: a page then takes some 30 kB


def draw(kind: PaperKind, folder: Path) -> list[Path]:
    """Draw every page of a paper's sample and return the files."""
    pdf = pdf_of(paper(BY_KIND[kind]))
    with tempfile.TemporaryDirectory() as room:
        source = Path(room) / "paper.pdf"
        source.write_bytes(pdf.content)
        stem = str(folder / kind.value)
        subprocess.run(["pdftoppm", "-r", DOTS, "-png", str(source), stem], check=True)
    return sorted(folder.glob(f"{kind.value}-*.png"))


def main() -> None:
    """Draw them all anew."""
    if office_program() is None or shutil.which("pdftoppm") is None:
        sys.exit("没有安装 LibreOffice 或 pdftoppm，未绘制图片。")
    PICTURES.mkdir(parents=True, exist_ok=True)
    for kind in DRAWN:
        for file in PICTURES.glob(f"{kind.value}-*.png"):
            file.unlink()
        for file in draw(kind, PICTURES):
            print(f"{file.name}: {file.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
