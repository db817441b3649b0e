"""Pure: what a column of a table holds, told by its heading, in any order of columns."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum


class Column(StrEnum):
    """The columns that plans print; OTHER is kept as printed and not interpreted."""

    NUMBER = "number"  # 序号
    GROUP = "group"  # 领域、专班
    SYSTEM = "system"  # 体系
    TITLE = "title"
    CONTENT = "content"
    DEADLINE = "deadline"
    RESPONSIBLE = "responsible"
    LEAD = "lead"
    SUPPORTING = "supporting"
    INVESTMENT = "investment"
    LEVEL1 = "level1"
    LEVEL2 = "level2"
    NAME = "name"  # of an indicator
    MEASURED_IN = "measured_in"
    BASELINE = "baseline"
    TARGET = "target"
    REMARK = "remark"
    OTHER = "other"


# Read from top to bottom: a narrower heading stands before a wider one.
HEADINGS: tuple[tuple[str, Column], ...] = (
    (r"^(序号|编号|项目序号|任务序号|号|No\.?)$", Column.NUMBER),
    (r"^一级指标", Column.LEVEL1),
    (r"^二级指标", Column.LEVEL2),
    (r"^(三级指标|指标|指标名称|具体指标|主要指标|考核指标|评价指标)$", Column.NAME),
    (r"^指标(类别|类型|分类)$", Column.LEVEL1),
    (r"^(单位|计量单位|指标单位)$", Column.MEASURED_IN),
    (r"现状|基期|基准值|基数|基础值|^\d{4}年(实际|完成|现状)", Column.BASELINE),
    (r"目标值|^(目标|规划目标|指标值|考核目标|年度目标值)$|^\d{4}年(目标|规划)", Column.TARGET),
    (r"领导|联系人|联系电话|进展|进度|佐证|完成情况", Column.OTHER),
    (r"投资|资金|金额|造价|概算", Column.INVESTMENT),
    (
        r"(完成|办结|整改|建成|实施|推进|办理|落实|起止|建设)?(时限|时间|期限|年限|工期|周期)|时间节点|完成日期",
        Column.DEADLINE,
    ),
    (r"牵头|主办|第一责任|主要责任|承办", Column.LEAD),
    (r"配合|协办|协同|参与|参加", Column.SUPPORTING),
    (r"责任(单位|部门|主体|分工|科室|处室|人)?$|责任(单位|部门|主体)", Column.RESPONSIBLE),
    (r"(落实|实施|建设|项目|业主|执行|承担)(单位|部门|主体|业主)|业主", Column.RESPONSIBLE),
    (r"^(备注|说明|附注)", Column.REMARK),
    (r"体系", Column.SYSTEM),
    (r"领域|专班|类别|分类|类型|板块|方面|所属|^一级|^类$|行业", Column.GROUP),
    (r"内容|举措|措施|要求|目标|做法|规模|标准|路径", Column.CONTENT),
    (r"任务|项目|事项|工作|要点|工程|清单|问题|名称|行动", Column.TITLE),
)
HEADING_RULES = tuple((re.compile(pattern), column) for pattern, column in HEADINGS)
# What distinguishes a heading row from any other row with short words in it.
TELLING = frozenset(Column) - {Column.OTHER, Column.REMARK, Column.GROUP, Column.SYSTEM}
LABELS = (Column.LEVEL1, Column.LEVEL2, Column.GROUP, Column.SYSTEM, Column.TITLE)
ROLES = (Column.RESPONSIBLE, Column.LEAD, Column.SUPPORTING)
LONGEST_HEADING = 16


def column_of(heading: str) -> Column:
    """Return what a heading such as 完成时限 or 目标值（2025年） announces."""
    plain = re.sub(r"[\s★●]|（[^）]*）|\([^)]*\)", "", heading)
    for rule, column in HEADING_RULES:
        if rule.search(plain):
            return column
    return Column.OTHER


def is_heading_row(words: Sequence[str]) -> bool:
    """Tell whether these cells head a table: short, and at least two different known columns."""
    printed = [text for text in words if text]
    if any(len(text) > LONGEST_HEADING for text in printed):
        return False
    known = {column_of(text) for text in printed} & TELLING
    return len(known) > 1 and not any(re.fullmatch(r"\d+", text) for text in printed)


def settle(headings: Mapping[int, str]) -> dict[int, Column]:
    """Return the column at each grid position, each but OTHER at most once.

    Where two headings announce the same thing, the wider stands to the left: of 重点任务 and
    具体任务 the first is the title and the second the content.
    """
    columns = {place: column_of(text) for place, text in headings.items()}
    if Column.TARGET not in columns.values() or Column.NAME not in columns.values():
        columns = {place: _outside_indicators(column) for place, column in columns.items()}
    _give_title_and_content(columns)
    _keep_first_of_each(columns)
    return columns


def _outside_indicators(column: Column) -> Column:
    """Read 指标, 目标 and 单位 in a table that is no indicator system."""
    plain = {
        Column.NAME: Column.CONTENT,
        Column.TARGET: Column.CONTENT,
        Column.LEVEL1: Column.GROUP,
        Column.LEVEL2: Column.SYSTEM,
        Column.MEASURED_IN: Column.RESPONSIBLE,
        Column.BASELINE: Column.OTHER,
    }
    return plain.get(column, column)


def _give_title_and_content(columns: dict[int, Column]) -> None:
    """Spread several columns of the same sort over group, title and content."""
    titles = [place for place in sorted(columns) if columns[place] is Column.TITLE]
    contents = [place for place in sorted(columns) if columns[place] is Column.CONTENT]
    if not titles and len(contents) > 1:
        columns[contents[0]] = Column.TITLE
    elif len(titles) > 1 and not contents:
        columns[titles[-1]] = Column.CONTENT
        titles = titles[:-1]
    if len(titles) > 1:
        columns[titles[0]] = Column.SYSTEM if Column.GROUP in columns.values() else Column.GROUP


def _keep_first_of_each(columns: dict[int, Column]) -> None:
    seen: set[Column] = set()
    for place in sorted(columns):
        if columns[place] in seen:
            columns[place] = Column.OTHER
        seen.add(columns[place])
