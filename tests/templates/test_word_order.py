"""Word reads the parts of a paragraph, a run, a table and a section in one order only.

LibreOffice does not mind, so this stands in for Word, which is not on our machines (ECMA-376).
"""

from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from templates import render
from templates.samples.papers import shapes
from templates.words import PaperWords

ORDERS = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers"
        " pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE"
        " autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents"
        " suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle"
        " rPr sectPr pPrChange"
    ),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint"
        " noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u"
        " effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
    ),
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc"
        " tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook"
    ),
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText"
    " vAlign hideMark",
    "sectPr": (
        "headerReference/footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders"
        " lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter"
        " docGrid"
    ),
    "style": (
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed"
        " qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr"
        " tblStylePr"
    ),
}


def misplaced(content: bytes) -> list[str]:
    """Return where in a Word file one element stands after another that should follow it."""
    found = []
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                root = parse_xml(archive.read(name))
                found += [f"{name}: {fault}" for tag in ORDERS for fault in _faults(root, tag)]
    return found


def _faults(root: BaseOxmlElement, tag: str) -> list[str]:
    order = {
        qn(f"w:{child}"): place
        for place, children in enumerate(ORDERS[tag].split())
        for child in children.split("/")  # these stand in any order
    }
    faults = []
    for holder in root.iter(qn(f"w:{tag}")):
        children = [child.tag for child in holder]
        faults += [f"{child} is not known in {tag}" for child in children if child not in order]
        known = [child for child in children if child in order]
        for first, second in pairwise(known):
            if order[first] > order[second]:
                faults.append(f"{second} after {first} in {tag}")
    return faults


@pytest.mark.parametrize("words", shapes().values(), ids=shapes())
def test_a_paper_is_in_the_order_that_word_reads(words: PaperWords) -> None:
    assert misplaced(render.paper(words)) == []


@pytest.mark.parametrize("words", shapes().values(), ids=shapes())
def test_every_table_cell_and_the_text_end_in_a_paragraph(words: PaperWords) -> None:
    with ZipFile(BytesIO(render.paper(words))) as archive:
        root = parse_xml(archive.read("word/document.xml"))

    assert [cell for cell in root.iter(qn("w:tc")) if cell[-1].tag != qn("w:p")] == []
    assert [row for row in root.iter(qn("w:tbl")) if not row.findall(qn("w:tr"))] == []
    last = [child.tag for child in root[0]][-2:]
    assert last == [qn("w:p"), qn("w:sectPr")]
