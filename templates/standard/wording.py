"""Checks of set phrases: number, addressee, dates, annexes, imprint."""

import re
from collections.abc import Iterator
from datetime import date

from docx.oxml.ns import qn
from docx.table import Table

from templates.paper import measures
from templates.paper.measures import (
    ADDRESSEE,
    ANNEX_LABEL,
    ANNEX_TITLE,
    ANNEXES,
    ANNEXES_NEXT,
    COPIED,
    DATE,
    IMPRINT,
    LETTER_NUMBER,
    NUMBER,
    SEALED_DATE,
    SEALED_NAME,
)
from templates.standard.reading import Deviation, Paper, text_of

NUMBER_FORM = re.compile(r"[\u4e00-\u9fff]+〔\d{4}〕[1-9]\d*号")
DAY_FORM = re.compile(r"(\d{4})年([1-9]\d?)月([1-9]\d?)日")
DRAFT = re.compile(r"（草稿.*）")
NO_DAY_YET = re.compile(r"\s*年\s*月\s*日")
ANNEX_FORM = re.compile(r"(?:附件：)?(?:(\d+)\.)?(.+)")


def number(paper: Paper) -> Iterator[Deviation]:
    """Give a 发文字号 that is not of the form 机关代字〔2025〕3号."""
    if not paper.is_official:
        return
    found = text_of(paper.styled(NUMBER, LETTER_NUMBER))
    if not found or not found[0]:
        yield Deviation(rule="发文字号", found="没有发文字号")
    for text in filter(None, found):
        if not (NUMBER_FORM.fullmatch(text) or DRAFT.fullmatch(text)):
            yield Deviation(
                rule="发文字号", found=f"“{text}”，应如 章无废督〔2025〕1号（六角括号、不编虚位）"
            )


def addressee(paper: Paper) -> Iterator[Deviation]:
    """Give a 主送 that does not end in a full-width colon."""
    for text in text_of(paper.styled(ADDRESSEE)):
        if not text.endswith("：") or text == "：":
            yield Deviation(rule="主送机关", found=f"“{text}”，应以全角冒号结尾")


def days(paper: Paper) -> Iterator[Deviation]:
    """Give a 成文日期 that is missing, is no day, or has leading zeros."""
    found = text_of(paper.styled(DATE, SEALED_DATE))
    if paper.is_official and not found:
        yield Deviation(rule="成文日期", found="没有成文日期")
    for text in found:
        if not (_is_day(text) or NO_DAY_YET.fullmatch(text)):
            yield Deviation(rule="成文日期", found=f"“{text}”，应如 2025年4月8日")


def _is_day(text: str) -> bool:
    parts = DAY_FORM.fullmatch(text)
    if parts is None:
        return False
    try:
        date(*map(int, parts.groups()))
    except ValueError:
        return False
    return True


def annexes(paper: Paper) -> Iterator[Deviation]:
    """Give where 附件说明 and the annexes that follow do not agree."""
    texts = text_of(paper.styled(ANNEXES, ANNEXES_NEXT))
    parts = [part for part in map(ANNEX_FORM.fullmatch, texts) if part is not None]
    names = [part[2] for part in parts]
    orders = [part[1] for part in parts]
    if orders not in ([None], [str(place) for place in range(1, len(parts) + 1)]):
        yield Deviation(rule="附件说明", found="附件顺序号不连续")
    if any(name[-1] in "。；，" for name in names):
        yield Deviation(rule="附件说明", found="附件名称后有标点")
    titles = text_of(paper.styled(ANNEX_TITLE))
    if sorted(names) != sorted(titles):
        yield Deviation(
            rule="附件", found=f"附件说明{len(names)}件，所附{len(titles)}件，或者名称不一致"
        )
    if len(paper.styled(ANNEX_LABEL)) != len(titles):
        yield Deviation(rule="附件", found="附件首页没有“附件”二字")


def imprint(paper: Paper) -> Iterator[Deviation]:
    """Give where 版记 is not as it should: its phrases, its rules, its place."""
    for text in filter(None, text_of(paper.styled(COPIED))):
        if not (text.startswith("抄送：") and text.endswith("。")):
            yield Deviation(rule="抄送", found=f"“{text}”，应为“抄送：……。”")
    printed = [line for line in paper.styled(IMPRINT) if line.text.strip()]
    for line in printed:
        day = line.text.split("\t")[-1].removesuffix("印发")
        if line.text.endswith("印发") and not _is_day(day):
            yield Deviation(rule="印发日期", found=f"“{day}”，应如 2025年4月8日印发")
    for table in paper.document.tables:
        if paper.style_of(table.cell(0, 0).paragraphs[0]) in (COPIED, IMPRINT):
            yield from _imprint_table(table, is_letter=paper.is_letter)
    if paper.styled(SEALED_NAME) and not paper.is_letter and not printed:
        yield Deviation(rule="版记", found="没有印发机关和印发日期")


def _imprint_table(table: Table, *, is_letter: bool) -> Iterator[Deviation]:
    properties = table._tbl.tblPr  # noqa: SLF001 - floating tables have no API
    place = properties.find(qn("w:tblpPr"))
    if place is None or place.get(qn("w:tblpYSpec")) != "bottom":
        yield Deviation(rule="版记", found="不在版心最下方")
    sizes = {
        side: (properties.xpath(f"w:tblBorders/w:{side}/@w:sz") or ["0"])[0]
        for side in ("top", "bottom", "insideH")
    }
    outer, inner = ("0", "0") if is_letter else map(str, (measures.OUTER_RULE, measures.INNER_RULE))
    if sizes != {"top": outer, "bottom": outer, "insideH": inner}:
        wanted = "函的版记不加分隔线" if is_letter else "首末应为0.35毫米，中间0.25毫米"
        yield Deviation(rule="版记分隔线", found=f"粗细不对，{wanted}")
