"""Pure: the passage of the document that something read comes from, with what stands round it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tasks_catalog.blocks import Document
from tasks_catalog.findings.printed import called
from tasks_catalog.ledger import printed_lines
from tasks_catalog.links import indicator_code
from tasks_catalog.model import Finding, ReadPlan, Source
from tasks_catalog.outline import clean

SPAN = re.compile(r"([TPI])(\d+)-\1(\d+)")
OF_A_LINE = re.compile(r"(?:原文)?第(\d+)[行处]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A row or paragraph as printed: `cells` by heading; what is printed before and after it."""

    code: str  # T01, I04, a measure's path; empty for a line that is none of them
    called: str
    section: str
    line: int
    cells: Sequence[tuple[str, str]]
    before: str
    after: str


def places_in(plan: ReadPlan) -> dict[str, tuple[str, Source]]:
    """Return what each code of the plan is called and where it stands."""
    found = {item.code: (called(item), item.source) for item in plan.work_items}
    found |= {indicator_code(row): (called(row), row.source) for row in plan.indicators}
    return found | {measure.path: (called(measure), measure.source) for measure in plan.measures}


def codes_of(finding: Finding, plan: ReadPlan) -> list[str]:
    """Return the codes of the items, indicators and measures that a finding is about."""
    places = places_in(plan)
    named = [code for part in finding.where.split(" / ") for code in _spread(part)]
    found = [code for code in named if code in places]
    if not found:
        found = [quote for quote in finding.quotes if quote in places]
    if not found:
        found = list(_by_row_or_unit(finding.where, plan))
    return list(dict.fromkeys(found))


def _spread(part: str) -> list[str]:
    """Return P01 to P19 for P01-P19."""
    match = SPAN.fullmatch(part)
    if match is None:
        return [part]
    return [f"{match[1]}{number:02d}" for number in range(int(match[2]), int(match[3]) + 1)]


def _by_row_or_unit(where: str, plan: ReadPlan) -> Iterator[str]:
    for item in plan.work_items:
        row = f"{item.source.section}第{item.source.row}行"
        if where == row or where in item.responsible_units:
            yield item.code


def passage_of(document: Document, plan: ReadPlan, code: str) -> Passage:
    """Return the passage that what bears a code was read from; KeyError for an unknown code."""
    name, source = places_in(plan)[code]
    before, _, after = _around(document, source.line)
    return Passage(
        code=code,
        called=name,
        section=source.section,
        line=source.line,
        cells=list(_printed(source.raw)),
        before=before,
        after=after,
    )


def passages_of(document: Document, plan: ReadPlan, finding: Finding) -> list[Passage]:
    """Return every passage that a finding is about; the line itself where it is of no item."""
    codes = codes_of(finding, plan)
    if codes:
        return [passage_of(document, plan, code) for code in codes]
    match = OF_A_LINE.fullmatch(finding.where)
    if match is None:
        return []
    before, text, after = _around(document, int(match[1]))
    cells = [("原文", text or "；".join(finding.quotes))]
    return [
        Passage(
            code="",
            called=finding.where,
            section="",
            line=int(match[1]),
            cells=cells,
            before=before,
            after=after,
        )
    ]


def _printed(raw: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((heading, clean(text).replace("\n", "")) for heading, text in raw.items())


def _around(document: Document, line: int) -> tuple[str, str, str]:
    """Return what is printed before, at and after a place."""
    before = text = ""
    for there, texts in printed_lines(document):
        words = " | ".join(part for part in map(clean, texts) if part)
        if not words:
            continue
        if there > line:
            return before, text, words
        if there == line and not text:
            text = words
        elif there < line:
            before = words
    return before, text, ""
