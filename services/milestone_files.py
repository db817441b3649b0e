"""Year plans as files: a table (.xlsx and what else can be read) or YAML, to targets by quarter."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from services.milestones import PlannedTarget, Target
from supervision.errors import UnreadableDocumentError, UsageError
from supervision.periods import quarter_named
from tasks_catalog.blocks import Row, Table
from tasks_catalog.documents import read_document

CODE, QUARTER, PERCENT, STAGE = COLUMNS = ("编号", "季度", "应达进度", "形象进度")
NEEDED = COLUMNS[:3]
SHARE = re.compile(r"(\d{1,3})(?:\.0+)?\s*[%％]?")
MOST_BYTES = 5_000_000


def read_targets(file: Path) -> list[PlannedTarget]:
    """Return the targets of a year plan; UsageError names the row or entry at fault."""
    if file.suffix.lower() in (".yaml", ".yml"):
        return list(_of_yaml(file))
    tables = [block for block in read_document(file).blocks if isinstance(block, Table)]
    found = [target for table in tables for target in _of_table(table)]
    if not found:
        raise UsageError(
            f"“{file.name}”里没有年度节点", advice=f"首行应为：{'、'.join(COLUMNS)}；每行一个季度。"
        )
    return found


def _of_table(table: Table) -> Iterator[PlannedTarget]:
    """Give the targets of a table whose first row names the columns; other tables have none."""
    heading = {cell.words.rstrip("%％"): cell.column for cell in table.rows[0].cells}
    if any(name not in heading for name in NEEDED):
        return
    columns = {heading[name]: name for name in COLUMNS if name in heading}
    for row in table.rows[1:]:
        values = {columns[cell.column]: cell.words for cell in row.cells if cell.column in columns}
        if any(values.values()):
            _require_typed(row)
            yield _target(values, place=f"第{row.line}行")


def _require_typed(row: Row) -> None:
    if any(cell.computed for cell in row.cells):
        raise UsageError(f"第{row.line}行有公式", advice="请改为直接填写的内容后重新导入。")


def _of_yaml(file: Path) -> Iterator[PlannedTarget]:
    """Give the targets of `{code: {quarter: {percent, stage}}}`, or of a percent alone."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise UsageError(f"“{file.name}”过大", advice="年度节点文件不应超过 5 MB。")
        document = yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise UnreadableDocumentError(
            f"读不到年度节点文件“{file.name}”", advice="请检查文件名和 YAML 格式。"
        ) from error
    for code, quarters in _mapping(document, file.name).items():
        for quarter, said in _mapping(quarters, str(code)).items():
            place = f"{code} {quarter}"
            stated = said if isinstance(said, dict) else {"percent": said}
            values = {
                CODE: str(code),
                QUARTER: str(quarter),
                PERCENT: str(stated.get("percent", "")),
                STAGE: str(stated.get("stage") or ""),
            }
            yield _target(values, place=place)


def _mapping(found: object, place: str) -> dict[Any, Any]:
    if not isinstance(found, dict):
        raise UsageError(
            f"“{place}”不是“编号—季度—进度”的形式",
            advice="应写成：T07 下列 2025Q1，其下列 percent 与 stage。",
        )
    return found


def _target(values: dict[str, str], *, place: str) -> PlannedTarget:
    share = SHARE.fullmatch(values.get(PERCENT, "").strip())
    if share is None:
        raise UsageError(
            f"{place}：应达进度“{values.get(PERCENT, '')}”不是0到100的整数",
            advice="请更正后重新导入。",
        )
    try:
        quarter = quarter_named(values.get(QUARTER, ""))
    except UsageError as error:
        raise UsageError(f"{place}：{error}", advice=error.advice) from error
    return PlannedTarget(
        code=values.get(CODE, "").strip().upper(),
        quarter=quarter,
        target=Target(percent=int(share[1]), stage=values.get(STAGE, "")),
        place=place,
    )
