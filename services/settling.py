"""Settling a plan before it is adopted: what the office decided on each finding, as YAML."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from supervision.errors import UnreadableDocumentError, UsageError
from supervision.vocabulary import DeadlineKind, HistoricRuling, Severity
from tasks_catalog.model import Finding, ReadItem, ReadPlan, ReadUnit
from tasks_catalog.unit_names import unit_kind

HEADING = """\
# 核对结果。settled：每处存疑怎样处理（写一句话）；留空的视为未核对。
# items：对个别事项的更正；sponsors：企业的督导单位；members：集体名称包含哪些单位。
# historic：基线日前已到期的事项，how 填 done（已完成）或 afresh（未完成，重新起算），why 填依据。
"""
NEVER_READ = "这一行没有读懂，不在任何清单里；请核对是否有要督办的内容。"
PLAIN = ("title", "content", "working_group", "investment_wan", "deadline_kind")
UNDATED = (
    DeadlineKind.CONTINUING,
    DeadlineKind.RECURRING,
    DeadlineKind.EVENT,
    DeadlineKind.NONE,
)


class ItemRuling(BaseModel):
    """What the office corrects on one item; what is not given stays as read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lead_units: list[str] | None = None
    supporting_units: list[str] | None = None
    title: str | None = None
    content: str | None = None
    working_group: str | None = None
    investment_wan: float | None = Field(default=None, ge=0)  # 万元
    deadline_kind: DeadlineKind | None = None
    due_on: date | None = None  # to the day, unless `deadline_kind` says otherwise


class HistoricWord(BaseModel):
    """What the office says of an item that was due before the baseline, and on what grounds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    how: HistoricRuling
    why: str = Field(min_length=1)


class Settlement(BaseModel):
    """Everything the office decided before adopting."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    settled: dict[str, str | None] = Field(default_factory=dict)
    items: dict[str, ItemRuling] = Field(default_factory=dict)
    sponsors: dict[str, str] = Field(default_factory=dict)
    members: dict[str, list[str]] = Field(default_factory=dict)
    historic: dict[str, HistoricWord] = Field(default_factory=dict)


def with_unread(read: ReadPlan) -> ReadPlan:
    """Return the plan with a finding for every line that no rule understood."""
    unread = [
        Finding(
            id=f"unread:{line.line}",
            severity=Severity.WARNING,
            where=f"原文第{line.line}行",
            text=NEVER_READ,
            quotes=[line.text],
        )
        for line in read.unread
    ]
    return read.model_copy(update={"findings": [*read.findings, *unread]})


def read_settlement(file: Path) -> Settlement:
    """Return what a settlement file says; UnreadableDocumentError names the line at fault."""
    try:
        document = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
        return Settlement.model_validate(document or {})
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise UnreadableDocumentError(
            f"读不了核对文件“{file.name}”：{str(error).splitlines()[0]}",
            advice="请改正后重试；空白样式可由 duban plan findings --settlement 生成。",
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise UsageError(
            f"核对文件“{file.name}”的 {place} 有误：{first['msg']}", advice="请改正后重试。"
        ) from error


def write_blank(read: ReadPlan, file: Path) -> int:
    """Write a settlement to fill in, one line per finding; return how many there are."""
    findings = with_unread(read).findings
    blank: dict[str, Any] = {"settled": {finding.id: "" for finding in findings}}
    text = yaml.dump(blank, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    file.write_text(HEADING + text, "utf-8")
    return len(findings)


def unsettled(read: ReadPlan, settlement: Settlement) -> list[Finding]:
    """Return the findings nobody has decided on yet; notes need no decision."""
    decided = {name for name, how in settlement.settled.items() if how and how.strip()}
    return [
        finding
        for finding in read.findings
        if finding.severity is not Severity.NOTE and finding.id not in decided
    ]


def apply(read: ReadPlan, settlement: Settlement) -> ReadPlan:
    """Return the plan with the office's corrections; UsageError for a code it does not have."""
    codes = {item.code for item in read.work_items}
    unknown = [code for code in (*settlement.items, *settlement.historic) if code not in codes]
    if unknown:
        raise UsageError(f"核对文件提到的事项 {unknown[0]} 不在计划中", advice="请核对编号。")
    items = [_ruled(item, settlement.items.get(item.code)) for item in read.work_items]
    named = [name for item in items for name in item.responsible_units]
    named += settlement.sponsors.values()
    named += [name for members in settlement.members.values() for name in members]
    known = {unit.name for unit in read.units}
    fresh = [name for name in dict.fromkeys(named) if name not in known]
    units = [*read.units, *(ReadUnit(name=name, kind=unit_kind(name)) for name in fresh)]
    return read.model_copy(update={"work_items": items, "units": units})


def _ruled(item: ReadItem, ruling: ItemRuling | None) -> ReadItem:
    if ruling is None:
        return item
    changed = {name: value for name in PLAIN if (value := getattr(ruling, name)) is not None}
    if ruling.deadline_kind in UNDATED:
        changed["due_on"] = None
    if ruling.due_on is not None:
        changed["due_on"] = ruling.due_on
        changed["deadline_kind"] = ruling.deadline_kind or DeadlineKind.DAY
    return item.model_copy(update=changed | _units_ruled(item, ruling))


def _units_ruled(item: ReadItem, ruling: ItemRuling) -> dict[str, Any]:
    """Return what a ruling makes of an item's units.

    Where it names both leads and supporting ones, they are all there are: the item was given to
    others. Where it names one sort, the others stay as printed.
    """
    leads, supporting = ruling.lead_units, ruling.supporting_units
    changed: dict[str, Any] = {}
    if leads is not None:
        rest = [name for name in item.responsible_units if name not in leads]
        changed |= {"lead_units": leads, "lead_is_inferred": False, "supporting_units": rest}
    if supporting is not None:
        changed["supporting_units"] = supporting
    named = {**item.model_dump(), **changed}
    order = [*named["lead_units"], *named["supporting_units"]]
    if leads is None or supporting is None:
        order += item.responsible_units
    return changed | {"responsible_units": list(dict.fromkeys(order))}
