"""清单核对报告: what is doubtful in a plan, adopted or not, and how the office settled it."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from db import plans
from db.plan_tables import PlanEdition
from services.office import Office
from services.plans import chosen
from supervision.errors import NotConfiguredError
from supervision.vocabulary import Severity
from tasks_catalog.model import Finding, ReadPlan
from templates import render
from templates.words import FindingLine, FindingPart, FindingsWords

HEADINGS = {
    Severity.ERROR: "一、前后矛盾，须先确定以哪一处为准",
    Severity.WARNING: "二、存疑，请逐项核对",
    Severity.NOTE: "三、提示，供办公室参考",
}


def adopted_plan(office: Office, code: str | None) -> ReadPlan:
    """Return an adopted plan as its latest edition was read, findings included."""
    edition = _edition(office, code)
    read = ReadPlan.model_validate(edition.content)
    findings = [Finding.model_validate(finding) for finding in edition.findings]
    return read.model_copy(update={"findings": findings})


def settled_of(office: Office, code: str | None) -> dict[str, str]:
    """Return how the findings of an adopted plan were settled."""
    return dict(_edition(office, code).settled)


def _edition(office: Office, code: str | None) -> PlanEdition:
    with office.reading() as session:
        adopted = chosen(session, code)
        if not adopted:
            raise NotConfiguredError("还没有采纳任何计划", advice="请先运行 duban init。")
        edition = plans.editions_of(session, adopted[0].id)[-1]
        session.expunge(edition)
        return edition


def report(
    read: ReadPlan, settled: Mapping[str, str], *, today: date, folder: Path | None = None
) -> bytes:
    """Return the report as a Word file; `folder` holds the office's own templates, if any."""
    words = FindingsWords(
        plan_title=read.plan.title,
        plan_number=read.plan.document_number or "",
        items=len(read.work_items),
        indicators=len(read.indicators),
        measures=len(read.measures),
        unread=len(read.unread),
        parts=tuple(_parts(read, settled)),
        as_of=today,
    )
    return render.paper(words, folder=folder)


def _parts(read: ReadPlan, settled: Mapping[str, str]) -> Iterator[FindingPart]:
    number = 0
    for severity, heading in HEADINGS.items():
        lines = []
        for finding in read.findings:
            if finding.severity is severity:
                number += 1
                lines.append(_line(number, finding, settled.get(finding.id, "")))
        if lines:
            yield FindingPart(heading=heading, label=severity.label, findings=tuple(lines))


def _line(number: int, finding: Finding, settled: str) -> FindingLine:
    return FindingLine(
        number=number, text=finding.text, quotes=tuple(finding.quotes), settled=settled
    )
