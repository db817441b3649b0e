"""Where a title breaks: at words, in lines of like length, never leaving a stump (GB/T 9704)."""

from functools import cache
from itertools import pairwise

LINE = 20  # characters of 2号 that the type area holds
NEVER = 1000
BREAK, ODD_BREAK = 6, 12  # most words have two characters
# Words that titles of such papers are made of: none is torn apart.
WORDS = (
    "领导小组办公室", "领导小组", "人民政府", "实施方案", "工作方案", "推进情况", "进展情况",
    "督办通知", "督办函", "督查通报", "季度调度", "调度通知", "约谈建议", "责任清单", "工作总结",
    "第一季度", "第二季度", "第三季度", "第四季度", "上半年", "下半年", "年度",
    "无废城市", "逾期", "限期", "事项", "任务", "项目", "办理", "建设", "工作", "推进", "情况",
    "关于", "印发", "通知", "通报", "批复", "建议", "总结", "督办", "督查", "调度", "提醒", "约谈",
    "负责", "完成", "时限", "延期", "同意", "报送", "进展", "开展", "生态", "环境", "城市", "计划",
    "蓝色", "黄色", "红色", "单位", "主要", "有关", "尽快", "加快",
)  # fmt: skip
OPENING, CLOSING = "《“（〔〈", "》”）〕〉，、。：；"
# A line may not begin with what belongs to the word before it.
SURE = "的和" + OPENING + CLOSING + "0123456789"
CLINGS = "的了和等号年月日季"


def in_lines(title: str, *, longest: int = LINE) -> str:
    """Return a title with line breaks at words; one that fits on a line stays as it is.

    Breaks that the title has already are kept.
    """
    if "\n" in title or width(title) <= longest:
        return title
    lines = -(-width(title) // longest)
    breaks = _best(title, int(lines), longest)
    ends = [0, *breaks, len(title)]
    return "\n".join(title[start:end] for start, end in pairwise(ends))


def width(text: str) -> float:
    """Return how many characters wide a text is; letters and digits take half of one."""
    return sum(0.5 if sign.isascii() else 1 for sign in text)


def _best(title: str, lines: int, longest: int) -> tuple[int, ...]:
    """Return the places of the breaks that cost least; one more line when words ask for it."""
    mean = width(title) / lines
    torn = _inside_words(title)

    @cache
    def rest(start: int, left: int) -> tuple[float, tuple[int, ...]]:
        if left == 1:
            return _unevenness(title[start:], mean, longest), ()
        options = []
        for end in range(start + 1, len(title) - left + 2):
            cost, breaks = rest(end, left - 1)
            here = _unevenness(title[start:end], mean, longest) + _cost(title, end, torn)
            options.append((here + cost, (end, *breaks)))
        return min(options)

    cost, breaks = rest(0, lines)
    if cost >= NEVER and lines < len(title):
        return _best(title, lines + 1, longest)
    return breaks


def _unevenness(line: str, mean: float, longest: int) -> float:
    return NEVER if width(line) > longest else (width(line) - mean) ** 2


def _cost(title: str, place: int, torn: set[int]) -> float:
    """Return what a break before the sign at a place costs; after 的 or a quotation it is cheap."""
    before, after = title[place - 1], title[place]
    if place in torn or before in OPENING or after in CLOSING:
        return NEVER
    if before.isascii() and after.isascii():
        return NEVER
    if after in CLINGS or title[:place] == "关于":
        return NEVER / 2
    if before in "的，、》”）" or after in "《“（":
        return 0
    return BREAK if _is_even(title, place, torn) else ODD_BREAK


def _is_even(title: str, place: int, torn: set[int]) -> bool:
    """Tell whether whole words of two characters lie between a place and the last sure one."""
    start = place
    while start > 0 and start - 1 not in torn and title[start - 1] not in SURE:
        start -= 1
    return (place - start) % 2 == 0


def _inside_words(title: str) -> set[int]:
    """Return the places that lie inside a known word or in brackets short enough for a line."""
    torn = set()
    for word in WORDS:
        start = title.find(word)
        while start >= 0:
            torn |= set(range(start + 1, start + len(word)))
            start = title.find(word, start + 1)
    start = title.find("（")
    while start >= 0:
        end = title.find("）", start)
        torn |= set(range(start + 1, end + 1))
        start = title.find("（", start + 1)
    return torn
