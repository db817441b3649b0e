"""Cuts a phrase about responsibility into names, separators and the words that give a role."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

_HELD = "[\ue000-\uf8ff]"
_END = rf"(?=[、，；。/|]|{_HELD}?$)"
_DO = (
    r"(?:负责(?!人)|落实|推进|实施|抓好|做好|抓总|共同|分别|协同|组织|配合|具体|开展|办理|完成"
    r"|指导|统筹|协调|制定|汇总|牵头|(?:有关|相关|各项)?工作|并|的){0,12}"
)
_BODY = r"(?:责任)?(?:单位|部门|科室|机构|主体)"
_COLON = rf"{_HELD}?(?:：|(?<=单位)[为是](?!牵头)|(?<=部门)[为是](?!牵头))"

# 排第一位的为牵头单位, 第一责任单位为牵头单位; but 市第一医院牵头 is a unit that leads
FIRST_LEADS = (
    r"(?:(?:排名?|列|居|位居|位列|排序|排列)(?:在|于|为)?(?:第一|第1|首|最前|前)"
    r"|第一(?:位|个|责任|家|名|顺位|单位)|首(?:位|个|家))"
    r"[^，；。、：]{0,12}(?:[为是即系][^，；。、：]{0,4}|[的者]|单位)(?:牵头|主办|主责|负总责)"
)


class Sort(Enum):
    """What a word in a phrase about responsibility does."""

    NAME = "name"
    FIRST_LEADS = "first_leads"  # 排第一位的为牵头单位
    SEPARATOR = "separator"  # 、 ，
    BREAK = "break"  # ； 。
    LEAD_LABEL = "lead_label"  # 牵头单位：
    SUPPORTING_LABEL = "supporting_label"  # 配合单位：
    RESPONSIBLE_LABEL = "responsible_label"  # 责任单位：
    OTHER_LABEL = "other_label"  # 完成时限：, 责任领导：, 督导单位：
    BY_FUNCTION = "by_function"  # … 按职责分工负责
    LEADS = "leads"  # … 牵头
    SUPPORTS = "supports"  # … 配合
    RESPONSIBLE = "responsible"  # … 负责
    GUIDES = "guides"  # … 指导
    TOGETHER_WITH = "together_with"  # … 会同 …


_SORTS: tuple[tuple[Sort, tuple[str, ...]], ...] = (
    (
        Sort.FIRST_LEADS,
        (rf"(?:逐项|其中|各项)?(?:以|按)?{FIRST_LEADS}(?:责任)?(?:单位|部门)?：?",),
    ),
    (
        Sort.OTHER_LABEL,
        (
            r"(?:责任|牵头|分管|包抓|包保|挂点|督办|联系|主管|负责){0,2}(?:[区县市省]级?)?(?:领导|同志)：",
            r"(?:责任|负责|联系|经办)人：|联系电话：|备注：",
            r"(?:完成|办结|整改|建成|办理|实施|工作)?(?:时限|期限|时间|时间节点|进度)(?:要求)?：",
            r"(?:督导|督办|验收|监督|督查|考核|监管)(?:单位|部门)：",
            r"(?:工作|整改|主要)?(?:目标|任务|措施|内容)：",
        ),
    ),
    (
        Sort.LEAD_LABEL,
        (
            rf"(?:总|共同|责任)?(?:牵头|主办|主责)(?:{_BODY}|负责单位)?{_COLON}",
            rf"(?:主要|第一|首要)责任(?:单位|部门|主体){_COLON}",
        ),
    ),
    (
        Sort.SUPPORTING_LABEL,
        (
            rf"(?:主要)?(?:配合|协办|协助|协同|参与|参加|会办|联办|协作|指导|成员)(?:{_BODY})?{_COLON}",
        ),
    ),
    (
        Sort.RESPONSIBLE_LABEL,
        (
            (
                r"(?:(?:责任|承办|落实|实施|承担|建设|业主|任务|主管|执行|涉及|项目)"
                rf"(?:单位|部门|主体|科室|业主)(?:及分工)?|单位|部门){_COLON}"
            ),
            rf"(?:责任|职责|任务)?分工{_HELD}?：",
        ),
    ),
    (
        Sort.BY_FUNCTION,
        (
            (
                r"(?:按照?|依据?|根据|结合|依照|立足)"
                r"(?:各自|本|自身|部门|单位|工作|相关|有关|法定){0,3}的?"
                rf"(?:职责|职能|职权|分工|任务){{1,3}}(?:分工|范围|权限)?[，、]?{_DO}"
            ),
            rf"(?:分工|分别|分头)负责{_DO}|各负其责|各司其职",
        ),
    ),
    (
        Sort.LEADS,
        (
            rf"(?:为|是|作为)(?:牵头|主办|主责)(?:单位|部门){_DO}",
            rf"(?:共同|联合|总|具体|负责)?(?:牵头|主办|负总责|总负责|抓总|主责)(?:单位|部门)?{_DO}",
            rf"(?:负责)?统筹(?:协调|推进|负责){0, 3}{_END}",
        ),
    ),
    (
        Sort.TOGETHER_WITH,
        (r"会同", r"(?<=[局委部办府厅院会司团])(?:联合|商)(?=[省市州区县旗各有相])"),
    ),
    (
        Sort.SUPPORTS,
        (
            rf"(?:为|是|作为)(?:配合|协办|参与)(?:单位|部门){_DO}",
            (
                r"(?:积极|密切|全力|予以|给予|做好|协同)?(?:配合|协助|(?<![政科侨作文])协办(?!公)|参与|参加)"
                rf"(?:单位|部门)?{_DO}"
            ),
            rf"(?:协同|支持){_END}",
        ),
    ),
    (
        Sort.GUIDES,
        (
            (
                r"(?:负责)?(?:业务|加强)?(?:指导|督导|监督|督促|督办|协调|调度){1,4}"
                rf"(?:落实|推进|实施)?{_END}"
            ),
        ),
    ),
    (
        Sort.RESPONSIBLE,
        (
            rf"(?:共同|具体|组织|各自|抓好|做好)?负责(?!人){_DO}",
            (
                r"(?:共同|具体|组织|抓好|做好|负责|分别|协同|认真|抓){0,4}"
                rf"(?:落实|实施|承办|承担|推进|执行|办理)(?:到位)?{_END}"
            ),
        ),
    ),
    (Sort.BREAK, (r"[；。]",)),
    (Sort.SEPARATOR, (r"[、，/|]",)),
)
_WORD = re.compile(
    "|".join(f"(?P<w{i}>{'|'.join(patterns)})" for i, (_, patterns) in enumerate(_SORTS))
)


@dataclass(frozen=True, slots=True)
class Word:
    """One part of a phrase, with its sort."""

    sort: Sort
    text: str


def words(text: str) -> Iterator[Word]:
    """Yield the parts of a flat phrase in order; together they are the phrase."""
    place = 0
    for match in _WORD.finditer(text):
        if match.start() > place:
            yield Word(Sort.NAME, text[place : match.start()])
        yield Word(_SORTS[int((match.lastgroup or "w0")[1:])][0], match[0])
        place = match.end()
    if place < len(text):
        yield Word(Sort.NAME, text[place:])
