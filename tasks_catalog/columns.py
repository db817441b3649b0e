"""Pure: what a column of a table holds, told by its heading, in any order of columns."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache


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
    OTHER = "other"


BODY = r"(单位|部门|主体|科室|处室|股室|机构|方)"
# Read from top to bottom: a narrower heading stands before a wider one.
HEADINGS: tuple[tuple[str, Column], ...] = (
    (r"^(项目|任务|工作|指标)?(序号|编号|序)$|^(号|No\.?)$", Column.NUMBER),
    (r"^一级指标", Column.LEVEL1),
    (r"^二级指标", Column.LEVEL2),
    (r"^指标(类别|类型|分类|体系|领域)$", Column.LEVEL1),
    (r"^(三级|四级|具体|主要|考核|评价|核心|量化|建设|创建)?指标(名称|项|内容)?$", Column.NAME),
    (r"^(计量|指标|度量)?单位$", Column.MEASURED_IN),
    (rf"(牵头|主办|承办|第一责任|主要责任|主责|主管责任){BODY}", Column.LEAD),
    (rf"(配合|协办|协同|协助|参与|参加|支持|协作){BODY}", Column.SUPPORTING),
    (rf"(责任|落实|实施|执行|承担|推进|完成|整改|办理){BODY}|责任分工", Column.RESPONSIBLE),
    (r"(建设|项目|业主|申报|运营|投资)(单位|主体|业主|法人)|业主", Column.RESPONSIBLE),
    (
        r"领导|人$|电话|进展|佐证|情况|来源|依据|地点|性质|季度|上半年|下半年|^备注|^说明",
        Column.OTHER,
    ),
    (r"(开始|启动|起始|开工)(时间|日期|年月)", Column.OTHER),
    (r"现状|基期|基准|基数|基础值|^\d{4}年(实际|完成|基数|数据)", Column.BASELINE),
    (
        r"目标值|^(目标|规划目标|指标值|考核目标|规划值)$|^\d{4}年?度?(目标|规划|计划)",
        Column.TARGET,
    ),
    (r"总投资|投资总额|投资(规模|估算|概算|额)|^投资$", Column.INVESTMENT),
    (r"投资|资金|金额|造价|概算", Column.INVESTMENT),
    (
        r"时限|时间|期限|年限|工期|周期|时段|(完成|办结|竣工|建成|截止|整改)日期|进度安排",
        Column.DEADLINE,
    ),
    (r"^(牵头|主办|主责|责任(主体)?|配合|协办)$", Column.RESPONSIBLE),
    (r"体系|^二级|^子类", Column.SYSTEM),
    (r"领域|专班|类别|分类|类型|板块|方面|所属|^一级|^大类|^类$|行业|专题", Column.GROUP),
    (r"内容|举措|措施|做法|要求|目标|规模|标准|路径|成效|成果", Column.CONTENT),
    (r"任务|项目|事项|工作|要点|工程|清单|问题|名称|行动|活动|政策", Column.TITLE),
)
SEVERAL_ROLES = re.compile(rf"牵头.*(配合|协办|责任{BODY})|主协办|主办.*协办")  # 牵头（配合）单位
HEADING_RULES = tuple((re.compile(pattern), column) for pattern, column in HEADINGS)
# Of several headings for the same column the one that matches earliest here is taken.
PREFERRED: Mapping[Column, tuple[str, ...]] = {
    Column.CONTENT: ("内容", "举措|措施", "做法", "要求", "目标", "规模"),
    Column.TITLE: ("任务名称|项目名称", "具体", "任务|项目|事项"),
    Column.INVESTMENT: ("总投资|投资总额",),
    Column.DEADLINE: ("完成|办结|竣工|建成|截止", "时限"),
    Column.RESPONSIBLE: ("责任",),
}
IN_INDICATORS = {Column.GROUP: Column.LEVEL1, Column.SYSTEM: Column.LEVEL2}
NAMES_WORK = re.compile(r"任务|工作|项目|事项|要点|实事|问题|清单")  # not 行动, 工程: those group
LABELS = (Column.LEVEL1, Column.LEVEL2, Column.GROUP, Column.SYSTEM, Column.TITLE)
ROLES = (Column.RESPONSIBLE, Column.LEAD, Column.SUPPORTING)
TEXTS = (Column.TITLE, Column.CONTENT, Column.NAME)
# What distinguishes a row of headings from any other row with short words in it.
TELLING = frozenset(Column) - {Column.OTHER, Column.GROUP, Column.SYSTEM}
LONGEST_HEADING = 16
BRACKETED = re.compile(r"（[^）]*）|\([^)]*\)|[\s★●:：]")


@lru_cache(maxsize=4096)
def column_of(heading: str) -> Column:
    """Return what a heading such as 完成时限 or 目标值（2025年） announces."""
    plain = BRACKETED.sub("", heading)
    whole = re.sub(r"[\s（）()]", "", heading)
    if SEVERAL_ROLES.search(whole):
        return Column.RESPONSIBLE
    for rule, column in HEADING_RULES:
        if rule.search(plain):
            return column
    return Column.OTHER


def is_heading_row(words: Sequence[str]) -> bool:
    """Tell whether these cells head a table: short, and at least two different known columns."""
    printed = [BRACKETED.sub("", text) for text in words if text]
    if any(len(text) > LONGEST_HEADING for text in printed):
        return False
    if any(re.search(r"[。；，]|[：:].", text) for text in words):  # a sentence, or 责任单位：某局
        return False
    known = {column_of(text) for text in words if text} & TELLING
    return len(known) > 1 and not any(text.isdigit() for text in printed)


def settle(headings: Mapping[int, str]) -> dict[int, Column]:
    """Return the column at each grid position; only those for units may stand several times.

    Where two headings announce the same thing, the wider stands to the left: of 重点任务 and
    具体任务 the first is the group or the title, the second the title or the content.
    """
    columns = {place: column_of(text) for place, text in headings.items()}
    _read_years(columns, headings)
    if Column.TARGET not in columns.values() or Column.NAME not in columns.values():
        columns = {place: _outside_indicators(column) for place, column in columns.items()}
    else:
        columns = {place: IN_INDICATORS.get(column, column) for place, column in columns.items()}
        _keep_last_target(columns, headings)
    _give_title_and_content(columns, headings)
    _keep_one_of_each(columns, headings)
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


def _read_years(columns: dict[int, Column], headings: Mapping[int, str]) -> None:
    """Read columns headed by years alone, beside indicators: the last one holds the target."""
    if Column.NAME in columns.values() and Column.TARGET not in columns.values():
        years = [place for place, text in headings.items() if re.fullmatch(r"\d{4}年?", text)]
        columns.update(dict.fromkeys(years, Column.TARGET))


def _keep_last_target(columns: dict[int, Column], headings: Mapping[int, str]) -> None:
    """Take the target of the last year where several years have one."""
    targets = [place for place in columns if columns[place] is Column.TARGET]
    last = max(targets, key=lambda place: (re.findall(r"\d{4}", headings[place]), place))
    columns.update({place: Column.OTHER for place in targets if place != last})


def _give_title_and_content(columns: dict[int, Column], headings: Mapping[int, str]) -> None:
    """Spread several columns of the same sort over group, title and content."""
    titles = [place for place in sorted(columns) if columns[place] is Column.TITLE]
    contents = [place for place in sorted(columns) if columns[place] is Column.CONTENT]
    if not titles and len(contents) > 1:
        columns[contents[0]] = Column.TITLE
    elif len(titles) > 1 and not contents and NAMES_WORK.search(headings[titles[-2]]):
        columns[titles[-1]] = Column.CONTENT
        titles = titles[:-1]
    if len(titles) > 1:
        columns[titles[0]] = Column.SYSTEM if Column.GROUP in columns.values() else Column.GROUP


def _keep_one_of_each(columns: dict[int, Column], headings: Mapping[int, str]) -> None:
    for column in set(columns.values()) - {Column.OTHER, Column.LEAD, Column.SUPPORTING}:
        places = [place for place in sorted(columns) if columns[place] is column]
        ranks = {place: _rank(column, headings[place]) for place in places}
        best = min(places, key=lambda place: (ranks[place], place))
        for place in places:
            same_words = headings[place] == headings[best]  # one heading over two columns
            several = column in ROLES and ranks[place] == ranks[best]
            if place != best and not several and not same_words:
                columns[place] = Column.OTHER


def _rank(column: Column, heading: str) -> int:
    wishes = PREFERRED.get(column, ())
    fits = (at for at, wish in enumerate(wishes) if re.search(wish, heading))
    return next(fits, len(wishes))
