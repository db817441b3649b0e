"""Pure: how well the text of a cell fits the column it would stand in."""

import re

from tasks_catalog.columns import ROLES, Column

NUMBER = re.compile(r"[\d０-９]+")
AMOUNT = re.compile(r"[\d,，.０-９]+|[-—/]")
DATED = re.compile(
    r"(力争|争取|于|到|至|在|自|从|截至|预计|计划|原则上|分阶段|按)?\S{0,2}"
    r"(\d{2,4}[年.\-/]|\d{1,2}月|年底|月底|年内|全年|持续|长期|每[年季月半周]|立即|立行|常态|即日|近期|—|-)"
)
MEASURED_IN = re.compile(r"[^\d。，]{1,8}")
VALUE = re.compile(r"[^。]{1,20}")
# One name alone; what only refers to something (以下简称…) is none.
UNIT_NAME = re.compile(
    r"(?!以下|下称|简称|包括|含|如|即|不含|除|由于|见|详见)[\u4e00-\u9fff×Xx“”（）()·]{2,25}"
    r"(局|委|办|室|厅|镇|乡|街道|部|会|社|院|队|中心|公司|集团|政府|单位|部门|行|站|所|处|区|校|医院|等)"
)
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
LONGEST_DEADLINE = 30
# A sentence is no label, a figure no name.
LABEL = re.compile(r"[^。]{1,40}")
WORDED = re.compile(r".*[\u4e00-\u9fff]{2}.*", re.DOTALL)


def fitness(text: str, column: Column) -> int:
    """Return 1 where the text looks like the column's, -1 where not, 0 for an empty cell."""
    if not text:
        return 0
    if column in SHAPES:
        return 1 if SHAPES[column].fullmatch(text) else -1
    if column is Column.DEADLINE:
        return 1 if DATED.match(text) and len(text) <= LONGEST_DEADLINE else -1
    if column in ROLES:
        return 1 if UNITS.search(text) and not DATED.match(text) else -1
    if column in {Column.NAME, Column.TITLE, Column.CONTENT}:
        return 1 if WORDED.fullmatch(text) else -1
    return 1 if LABEL.fullmatch(text) and not AMOUNT.fullmatch(text) else -1
