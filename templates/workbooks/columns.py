"""The columns of the dispatch table (调度表): what each says, how wide it is, who may write it.

They are those of process.md section 6; short facts that belong together share a column, each on its
own line, so that a page in landscape can still be read. Widths are digits of the body font.
"""

from dataclasses import dataclass
from enum import StrEnum

ID, REVISION, SEAL = "_id", "_rev", "_seal"  # hidden: whose row it is, of which version, untouched?
HIDDEN = (ID, REVISION, SEAL)
REQUIRED = "\n（必填）"  # ends the heading of a column that may not stay empty


class Holds(StrEnum):
    """What a cell holds, which decides how it is written, validated and read back."""

    TEXT = "text"
    SHARE = "share"  # percent, a whole number from 0 to 100
    AMOUNT = "amount"  # 万元, two places


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column; `key` names the fact in `Line.facts` or the field of a report in `Line.said`."""

    key: str
    heading: str
    width: float
    holds: Holds = Holds.TEXT
    is_open: bool = False  # the unit fills it in
    projects_only: bool = False
    hint: str = ""


COLUMNS = (
    Column(key="code", heading="编号\n来源", width=6.5),
    Column(key="group", heading="专班\n体系", width=7.5),
    Column(key="title", heading="任务/项目", width=11),
    Column(key="content", heading="工作内容及目标", width=22),
    Column(key="due", heading="完成时限\n到期日", width=10.5),
    Column(key="lead", heading="牵头", width=9),
    Column(key="supporting", heading="配合", width=9),
    Column(
        key="progress",
        heading=f"本季进展{REQUIRED}",
        width=26,
        is_open=True,
        hint="写本季做了什么、到了哪一步。已预填上次内容的，请改成本季的。",
    ),
    Column(
        key="percent",
        heading="累计\n进度%",
        width=5,
        holds=Holds.SHARE,
        is_open=True,
        hint="0 到 100 的整数，不写百分号。",
    ),
    Column(key="pace", heading="应达进度\n偏差节点", width=8),
    Column(
        key="stage",
        heading="形象进度",
        width=8,
        is_open=True,
        hint="可从下拉列表中选，也可自己写。",
    ),
    Column(
        key="problems", heading="存在问题", width=12, is_open=True, hint="进度回退的须写明原因。"
    ),
    Column(
        key="help_wanted",
        heading="需协调事项",
        width=10,
        is_open=True,
        hint="写明请谁协调什么。",
    ),
    Column(
        key="next_step",
        heading="下步计划",
        width=12,
        is_open=True,
        hint="写明下一季做到哪一步。",
    ),
    Column(
        key="evidence_note",
        heading="佐证说明",
        width=8.5,
        is_open=True,
        hint="写材料名称、文号；文件另行上传。",
    ),
    Column(key="investment", heading="总投资万元\n完成率", width=8, projects_only=True),
    Column(
        key="invested_wan",
        heading="累计完成\n投资万元",
        width=8,
        holds=Holds.AMOUNT,
        is_open=True,
        projects_only=True,
        hint="开工以来累计数，单位万元；只填项目。",
    ),
    Column(key="light", heading="状态灯\n及规则", width=9),
    Column(key="reported", heading="填报人\n时间状态", width=10),
)
OPEN_COLUMNS = tuple(column for column in COLUMNS if column.is_open)


def columns_for(*, with_projects: bool) -> tuple[Column, ...]:
    """Return the columns of a table; those of projects stand only where there is one."""
    return tuple(column for column in COLUMNS if with_projects or not column.projects_only)
