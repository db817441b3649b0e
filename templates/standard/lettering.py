"""Checks of the letters: font and size of every part, red where red belongs, Chinese signs."""

from collections.abc import Iterator

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from templates.paper import measures
from templates.paper.measures import (
    KAITI,
    LETTER_MARK,
    LOOKS,
    MARK,
    NUMBER,
    TEXT,
    TITLE,
)
from templates.standard.reading import Deviation, Paper, is_chinese
from templates.titles import LINE, width

FITTED = (MARK, LETTER_MARK)  # the office sets their size
LEADS = {TEXT: KAITI}  # a heading of the second order may begin the text itself
SHORTEST = 4  # characters of a title's last line
OPEN_TO_LATIN = "“”‘’…—"


def fonts(paper: Paper) -> Iterator[Deviation]:
    """Give the parts that are not in their font and size, each once."""
    for name, look in LOOKS.items():
        found = next((odd for line in paper.styled(name) for odd in _odd(paper, line, name)), None)
        if found is not None:
            font, points = found
            yield Deviation(
                rule="字体",
                found=f"{name}为{font or '未定'}{points:g}磅，应为{look.font}{look.points:g}磅",
            )
    if not paper.styled(*LOOKS):
        yield Deviation(rule="字体", found=f"没有使用“{TEXT}”等样式，字体无从核对")


def _odd(paper: Paper, line: Paragraph, name: str) -> Iterator[tuple[str, float]]:
    """Give font and size of the runs that differ from what the part should have."""
    look = LOOKS[name]
    for run in line.runs:
        found = paper.letters_of(run, line)
        points = found[1] if name in FITTED else look.points
        fits = found[0] in (look.font, LEADS.get(name)) and found[1] == points
        if run.text.strip() and not fits:
            yield found


def signs(paper: Paper) -> Iterator[Deviation]:
    """Give the runs whose “ ” would take the Latin font, and be half as wide."""
    for line in paper.body:
        for run in line.runs:
            if any(sign in run.text for sign in OPEN_TO_LATIN) and not is_chinese(run):
                yield Deviation(rule="标点", found=f"“{run.text[:12]}…”中的标点会用西文字体")
                return


def red_parts(paper: Paper) -> Iterator[Deviation]:
    """Give what is not red of mark and rule, and a rule that is missing."""
    for mark in paper.styled(MARK, LETTER_MARK):
        if not _is_red(mark):
            yield Deviation(rule="发文机关标志", found="不是红色")
    if paper.is_letter:
        rules = [kind for line in paper.margins for kind in _rules(line) if kind != "single"]
        if sorted(rules) != ["thickThinSmallGap", "thinThickSmallGap"]:
            yield Deviation(rule="红色双线", found="首页上下各应有一条：上粗下细、上细下粗")
    elif paper.is_official and not any(_rules(line) for line in paper.styled(NUMBER)):
        yield Deviation(rule="红色分隔线", found="发文字号之下没有红色分隔线")


def _is_red(line: Paragraph) -> bool:
    own = line._p.xpath(".//w:rPr/w:color/@w:val")  # noqa: SLF001 - one question for all runs
    style = [] if line.style is None else line.style.element.xpath("w:rPr/w:color/@w:val")
    return bool(own or style) and set(own or style) <= {measures.RED, "FF0000"}


def _rules(line: Paragraph) -> list[str]:
    """Return the kinds of the red rules below a paragraph."""
    own = line._p.find(qn("w:pPr"))  # noqa: SLF001 - borders have no API
    style = None if line.style is None else line.style.element.find(qn("w:pPr"))
    found = []
    for holder in (own, style):
        below = [] if holder is None else holder.xpath("w:pBdr/w:bottom")
        found += [one.get(qn("w:val")) for one in below if _colour(one) in (measures.RED, "FF0000")]
    return found


def _colour(border: object) -> str:
    return str(getattr(border, "get")(qn("w:color")))  # noqa: B009 - an element of lxml


def titles(paper: Paper) -> Iterator[Deviation]:
    """Give titles whose lines are too long, or end in a stump."""
    for title in paper.styled(TITLE):
        lines = title.text.split("\n")
        if any(width(line) > LINE for line in lines):
            yield Deviation(rule="标题", found="一行放不下，会在词中断开")
        if len(lines) > 1 and width(lines[-1]) < SHORTEST:
            yield Deviation(rule="标题", found=f"末行只有“{lines[-1]}”")
