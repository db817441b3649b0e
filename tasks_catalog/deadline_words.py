"""Cuts a folded deadline phrase into words, each with a one-letter sort."""

import re
from dataclasses import dataclass

# Sorts of words; `moments.py` reads dates as patterns over these letters.
_SORTS: tuple[tuple[str, str], ...] = (
    ("F", r"十[一二三四五六七八九]五(?:规划|计划)?(?:时期|期间|期)?(?:[内末底]|收官)?"),
    ("V", r"[每逐隔各](?:个)?(?:\d{1,2}|双)?(?:个)?(?:半年|年|季|月|周|星期|旬|天|日|学期)度?末?"),
    ("V", r"按(?:季度|月度|年度|季|月|周|年)(?!度|计划|工作|目标|要求|任务)"),
    ("V", r"(?:半年|年度?|季度?|月度?|周|旬|日)(?:调度|通报|报告|考核|评估|总结|例会|督查|\d次)"),
    ("V", r"(?<!不)定期"),
    (
        "Y",
        r"(?<!\d)(?:19|20)\d\d(?!\d)年?度?|(?<!\d)[23]\d年度?(?![之以]?内)",
    ),
    ("R", r"今年|本年度?|当年|明年|次年|翌年|去年"),
    (
        "W",
        r"(?<![\d月第])(?:半|\d{1,3})(?:个(?:工作日|自然日|半月|月|季度|星期|小时)|个?半月)(?:[之以]?内)?",
    ),
    ("W", r"(?<![\d月第])\d{1,3}(?:工作日|自然日|日历日|天|小时|星期|周|年)(?:[之以]?内)?"),
    ("W", r"(?<![\d月])(?:\d{1,3}日|半年)[之以]?内"),
    ("A", r"全年度?"),
    ("H", r"[上下]半年"),
    ("Q", r"第?(?<!\d)[1-4]季度?|Q[1-4]"),
    ("M", r"(?<!\d)\d{1,2}月份?"),
    ("D", r"(?<!\d)\d{1,2}[日号]"),
    ("T", r"[上中下]旬"),
    ("N", r"年[底末终]|年度?[之以]?内|年度末"),
    ("E", r"[底末终](?![数线层部端])|[之以]?内"),
    (
        "L",
        r"[A-Za-z]{1,4}(?:季度|月|日)|学[年期]|开学|第\d{1,2}周|[春夏秋冬]季?节?|元旦|清明|五一|端午|中秋|国庆|十一|汛期?|[暑寒]假|暑期|两会",
    ),
    ("L", r"年?初(?![步期级审])|年?中(?=$|[前,;、。完之以])|中期"),
    (
        "S",
        r"[-至到](?:今|长期|持续|常态)|及(?:以后|今后|后续|长期)|起(?![草步动来到伏])|开始|以来|至今",
    ),
    ("U", r"左右|[之以]后|后(?![续期备勤])"),
    ("B", r"(?:[之以])?前(?![期述端瞻沿往])"),
    ("G", r"启动|开工|动工|着手"),
    ("C", r"[-至到]"),
    (",", r"[,;、。:()\[\]〔〕【】|/]"),
)
_WORD = re.compile("|".join(f"(?P<w{i}>{pattern})" for i, (_, pattern) in enumerate(_SORTS)))
_OTHER = "x"


@dataclass(frozen=True, slots=True)
class Words:
    """A phrase cut into words: `sorts` holds one letter for each of `texts`.

    F five-year plan, V rhythm, Y year, R year said by reference, W span of time, A whole year,
    H half-year, Q quarter, M month, D day, T ten days, N end of an unnamed year, E end, L a
    season, feast or early part, S since, U after, B before, G the start of work, C from-to,
    a comma for any mark, x for anything else.
    """

    texts: tuple[str, ...]
    sorts: str

    def of_sort(self, sort: str) -> list[str]:
        """Return the words of one sort, in order."""
        return [text for text, own in zip(self.texts, self.sorts, strict=True) if own == sort]


def cut(phrase: str) -> Words:
    """Return the words of a folded phrase; together they are the phrase."""
    texts, sorts, place = [], [], 0
    for match in _WORD.finditer(phrase):
        if match.start() > place:
            texts.append(phrase[place : match.start()])
            sorts.append(_OTHER)
        texts.append(match[0])
        sorts.append(_SORTS[int((match.lastgroup or "w0")[1:])][0])
        place = match.end()
    if place < len(phrase):
        texts.append(phrase[place:])
        sorts.append(_OTHER)
    return Words(tuple(texts), "".join(sorts))
