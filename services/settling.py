"""Settling a plan before it is adopted: what the office decided on each finding, as YAML."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from supervision.errors import UnreadableDocumentError, UsageError
from supervision.vocabulary import DeadlineKind, Severity
from tasks_catalog.model import Finding, ReadItem, ReadPlan, ReadUnit
from tasks_catalog.unit_names import unit_kind

HEADING = """\
# 核对结果。settled：每处存疑怎样处理（写一句话）；留空的视为未核对。
# items：对个别事项的更正；sponsors：企业的督导单位；members：集体名称包含哪些单位。
"""


class ItemRuling(BaseModel):
    """What the office corrects on one item; what is not given stays as read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lead_units: list[str] | None = None
    supporting_units: list[str] | None = None
    due_on: date | None = None


class Settlement(BaseModel):
    """Everything the office decided before adopting."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    settled: dict[str, str | None] = Field(default_factory=dict)
    items: dict[str, ItemRuling] = Field(default_factory=dict)
    sponsors: dict[str, str] = Field(default_factory=dict)
    members: dict[str, list[str]] = Field(default_factory=dict)


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
    blank: dict[str, Any] = {"settled": {finding.id: "" for finding in read.findings}}
    text = yaml.dump(blank, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    file.write_text(HEADING + text, "utf-8")
    return len(read.findings)


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
    unknown = [code for code in settlement.items if code not in codes]
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
    changed: dict[str, Any] = {}
    if ruling.lead_units is not None:
        changed |= {"lead_units": ruling.lead_units, "lead_is_inferred": False}
        rest = [name for name in item.responsible_units if name not in ruling.lead_units]
        changed["supporting_units"] = rest
    if ruling.supporting_units is not None:
        changed["supporting_units"] = ruling.supporting_units
    if ruling.due_on is not None:
        changed |= {"due_on": ruling.due_on, "deadline_kind": DeadlineKind.DAY}
    named = {**item.model_dump(), **changed}
    changed["responsible_units"] = _all_named(named)
    return item.model_copy(update=changed)


def _all_named(stated: Mapping[str, Any]) -> list[str]:
    """Return every unit of an item once: leads, supporting ones, then the others as printed."""
    order = (*stated["lead_units"], *stated["supporting_units"], *stated["responsible_units"])
    return list(dict.fromkeys(order))
