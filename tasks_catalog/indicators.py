"""Pure: rows of an indicator system to indicators, with the direction proposed by rule."""

import re

from supervision.vocabulary import Direction, Mark
from tasks_catalog.columns import Column
from tasks_catalog.duties import Reader, who
from tasks_catalog.figures import integer
from tasks_catalog.model import ReadIndicator, Source
from tasks_catalog.rows import WholeRow

MARKS = {"★": Mark.REQUIRED, "●": Mark.FEATURED}
FIGURE = re.compile(r"[><＞＜≥≤≧≦=＝约±+]*\s*-?[\d.,，]+\s*\S{0,6}")
# 要压减的量: what a plan means to limit, unless the figure counts the decrease itself.
TO_LIMIT = re.compile(
    r"(产生|排放|消耗|使用)强度|填埋比|填埋率|填埋量|清运量|产生量|排放量|贮存量|能耗|死亡"
)
COUNTS_DECREASE = re.compile(r"下降|降低|减少|削减|压减|零增长")
CEILING = re.compile(r"^\s*[<＜≤≦]|以[下内]$|不[高大]于|不超过|控制在")
FLOOR = re.compile(r"^\s*[>＞≥≧]|以上$|不[低少小]于|达到")


def indicator_of(row: WholeRow, *, section: str, reader: Reader) -> ReadIndicator:
    """Return the indicator that a row states; texts stay as printed, without ★ and ●."""
    values = row.values
    name, mark = _name_and_mark(values.get(Column.NAME, ""))
    baseline, target = values.get(Column.BASELINE), values.get(Column.TARGET)
    return ReadIndicator(
        number=integer(values.get(Column.NUMBER, "")) or row.number,
        level1=values.get(Column.LEVEL1) or None,
        level2=values.get(Column.LEVEL2) or None,
        name=name,
        mark=mark,
        unit=values.get(Column.MEASURED_IN) or None,
        baseline_text=baseline or None,
        target_text=target or None,
        direction=direction_of(name, baseline or "", target or ""),
        responsible_units=who(values, reader).responsible_units,
        source=Source(section=section, row=row.number, line=row.line, raw=dict(row.printed)),
    )


def _name_and_mark(printed: str) -> tuple[str, Mark | None]:
    found = next((mark for sign, mark in MARKS.items() if sign in printed), None)
    return re.sub(r"[★●]", "", printed).strip(), found


def direction_of(name: str, baseline: str, target: str) -> Direction:
    """Return which way the indicator is to move, as the rule of the house proposes it.

    Equal to the present value: hold; a text: qualitative; a ratio, amount or strength of waste
    to be limited, or a printed ceiling: at most; else at least.
    """
    if target and target == baseline:
        return Direction.HOLD
    if not FIGURE.fullmatch(target):
        return Direction.QUALITATIVE
    if CEILING.search(target):
        return Direction.AT_MOST
    if FLOOR.search(target):
        return Direction.AT_LEAST
    limits = TO_LIMIT.search(name) and not COUNTS_DECREASE.search(name)
    return Direction.AT_MOST if limits else Direction.AT_LEAST
