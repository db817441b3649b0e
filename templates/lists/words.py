"""What a list of items says as a file, the same in every format: headings, rows, the light of each.

A list is pulled to be worked with (`duban overdue --xlsx`); it is no paper and nobody signs it.
"""

from dataclasses import dataclass

from supervision.vocabulary import Light

Value = str | int | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading and its share of the page's width."""

    heading: str
    width: int


COLUMNS = (
    Column("序号", 6),
    Column("编号", 8),
    Column("任务/项目", 28),
    Column("专班", 10),
    Column("牵头单位", 16),
    Column("完成时限", 11),
    Column("现到期日", 15),
    Column("逾期天数", 8),
    Column("状态", 8),
    Column("状态灯+规则", 13),
    Column("判灯依据", 30),
    Column("督办梯级", 9),
    Column("进度%", 7),
    Column("备注", 10),
)
LIGHT_COLUMN = 9  # 状态灯+规则


@dataclass(frozen=True, kw_only=True, slots=True)
class ListLine:
    """One row: a value per column, and the light that colours it."""

    light: Light
    cells: tuple[Value, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ListWords:
    """Everything a list says: a title, what it was narrowed to and counts, and its rows."""

    title: str
    subtitle: str
    lines: tuple[ListLine, ...]
