"""The reviewed catalogue of a plan as YAML: load it, save it, compare two editions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from supervision.errors import UnreadableDocumentError
from tasks_catalog.model import ReadPlan, Responsible

# Findings are found anew from what was read, so they are no part of what was reviewed.
NOT_REVIEWED = {"findings"}
# Who answers and where it stands come last in an entry, after what it is.
LAST = (*Responsible.model_fields, "lead_is_inferred", "source")
HEADING = """\
# 经审核的清单：由“{title}”原文读出。
# 按规则推定、待办公室确认：direction（指标方向）；lead_is_inferred（列名首位推定为牵头单位）。
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that two editions state differently.

    `code` is T01, P01, I01, M二（一）1（1）, a unit's name or `plan`. Where the whole entry came
    or went, `field` is None and `before` or `after` is None.
    """

    code: str
    field: str | None
    before: Any
    after: Any


def load(path: Path) -> ReadPlan:
    """Return the catalogue at `path`; raises `UnreadableDocumentError` if it is none."""
    try:
        return ReadPlan.model_validate(
            yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        )
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError, RecursionError) as error:
        raise UnreadableDocumentError(
            f"“{path}”不是可用的清单文件：{_first_line(error)}",
            advice="请用 duban plan read 重新生成，或改正所指的那一行后重试。",
        ) from error


def _first_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        return f"{place or '内容'}（{first['msg']}）"
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def save(plan: ReadPlan, path: Path) -> None:
    """Write the catalogue for people to read; what is empty or default is left out."""
    content = plan.model_dump(
        mode="json", by_alias=True, exclude_defaults=True, exclude=NOT_REVIEWED
    )
    for entry in [*content.get("work_items", []), *content.get("measures", [])]:
        for name in LAST:
            if name in entry:
                entry[name] = entry.pop(name)
    words = yaml.dump(
        {"schema": plan.schema_name} | content,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=100,
    )
    path.write_text(HEADING.format(title=plan.plan.title) + words, encoding="utf-8")


class _Dumper(yaml.CSafeDumper):
    """Shows a text of several lines as it is printed."""


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def compare(old: ReadPlan, new: ReadPlan) -> list[Difference]:
    """Return what the newer edition states differently, in the order of the older one.

    Places in the document (`source`) are left out: a line that moved changes nothing.
    """
    before, after = _entries(old), _entries(new)
    return [
        difference
        for code in dict.fromkeys([*before, *after])
        for difference in _differences(code, before.get(code), after.get(code))
    ]


def _entries(plan: ReadPlan) -> dict[str, dict[str, Any]]:
    content = plan.to_json()
    entries = {"plan": content["plan"]}
    entries |= {item["code"]: item for item in content["work_items"]}
    entries |= {f"I{row['number']:02d}": row for row in content["indicators"]}
    entries |= {f"M{measure['path']}": measure for measure in content["measures"]}
    return entries | {unit["name"]: unit for unit in content["units"]}


def _differences(
    code: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> Iterator[Difference]:
    if before is None or after is None:
        yield Difference(code=code, field=None, before=before, after=after)
        return
    for field in before:
        if field != "source" and before[field] != after[field]:
            yield Difference(code=code, field=field, before=before[field], after=after[field])
