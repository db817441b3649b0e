"""Pure: how well the text of a cell fits the column it would stand in."""

import re

from tasks_catalog.columns import Column

NUMBER = re.compile(r"[\d０-９]+")
AMOUNT = re.compile(r"[\d,，.０-９]+|[-—/]")
DATED = re.compile(r"\d{2,4}年|\d月|月底|年底|持续|长期|每[年季月]|立即|常态|全年|—|-")
MEASURED_IN = re.compile(r"[^\d。，]{1,8}")
VALUE = re.compile(r"[^。]{1,20}")
UNITS = re.compile(
    r"[局委办镇乡部会社院校队]$|公司|集团|单位|政府|街道|中心|管委|负责|医院|大队|支队|联合会|有关|部门"
)
SHAPES: dict[Column, re.Pattern[str]] = {
    Column.NUMBER: NUMBER,
    Column.INVESTMENT: AMOUNT,
    Column.MEASURED_IN: MEASURED_IN,
    Column.BASELINE: VALUE,
    Column.TARGET: VALUE,
}
HOLDS: dict[Column, re.Pattern[str]] = {
    Column.DEADLINE: DATED,
    Column.RESPONSIBLE: UNITS,
    Column.LEAD: UNITS,
    Column.SUPPORTING: UNITS,
}
# A sentence is no label, a figure no name.
LABEL = re.compile(r"[^。]{1,40}")
WORDED = re.compile(r".*[\u4e00-\u9fff]{2}.*", re.DOTALL)


def fitness(text: str, column: Column) -> int:
    """Return 1 where the text looks like the column's, -1 where not, 0 for an empty cell."""
    if not text:
        return 0
    if column in SHAPES:
        return 1 if SHAPES[column].fullmatch(text) else -1
    if column in HOLDS:
        return 1 if HOLDS[column].search(text) else -1
    if column in {Column.NAME, Column.TITLE, Column.CONTENT}:
        return 1 if WORDED.fullmatch(text) else -1
    return 1 if LABEL.fullmatch(text) and not AMOUNT.fullmatch(text) else -1
