"""The figures of GB/T 9704-2012 as Word keeps them, and the one look of each part of a paper.

The grid was found by rendering: exact 28.95 pt and 0.25 pt less between characters give 22 lines of
28 characters; Word's own grid of characters (`linesAndChars`) does not.
"""

from dataclasses import dataclass

# The paper, in mm: the type area is 156 x 225.
WIDTH, HEIGHT = 210, 297
TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26
LINES, CHARACTERS = 22, 28
LINE = 28.95  # pt, exact: 22 of them in the type area
LINE_PITCH = 579  # the same in twentieths of a point, for the grid
TIGHTEN = -5  # twentieths of a point between characters
EM = 15.75  # pt that one character of the text takes
MILLIMETRE = 72 / 25.4  # pt
TYPE_AREA_WIDTH = WIDTH - LEFT - RIGHT  # mm
TYPE_AREA = TYPE_AREA_WIDTH * MILLIMETRE  # pt

# Sizes by their Chinese names, in pt.
ERHAO, SANHAO, SIHAO, XIAOSI = 22, 16, 14, 12
TITLE_LINE = 36
TABLE_LINE = 18
IMPRINT_LINE = 24

FANGSONG = "仿宋_GB2312"
KAITI = "楷体_GB2312"
HEITI = "黑体"
SONGTI = "宋体"
XIAOBIAOSONG = "方正小标宋简体"
FONTS = (XIAOBIAOSONG, FANGSONG, KAITI, HEITI, SONGTI)
RED = "E60012"

# Distances, in mm.
MARK_BELOW_TYPE_AREA = 35  # 发文机关标志: its upper edge below that of the type area
RULE_BELOW = 4  # from the number (of a 函: from the mark) to the red rule
LETTER_MARK_FROM_TOP = 30
LETTER_RULE_FROM_BOTTOM = 20
LETTER_RULE = 170  # as long as this, in the middle of the paper
FOOTER_FROM_BOTTOM = 25  # the dash of the number then stands 7 mm below the type area

# Rules of the 版记, in eighths of a point: 0.35 mm outside, 0.25 mm inside.
OUTER_RULE, INNER_RULE = 8, 6
RED_RULE = 16
DOUBLE_RULE = 24


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How a part of a paper is set: lengths in characters of its own size, distances in pt."""

    font: str = FANGSONG
    points: float = SANHAO
    line: float = LINE  # exact, in pt
    at: str = "both"
    first: float = 0  # first line; less than nothing hangs
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    red: bool = False
    stays_with_next: bool = False
    starts_page: bool = False
    rule_below: bool = False
    on_grid: bool = True


MARK = "发文机关标志"
NUMBER = "发文字号"
TITLE = "公文标题"
ADDRESSEE = "主送机关"
TEXT = "公文正文"
HEADING = "公文一级标题"
SUBHEADING = "公文二级标题"
ANNEXES = "附件说明"
ANNEXES_NEXT = "附件说明续行"
SEALED_NAME, SEALED_DATE = "署名（盖章）", "成文日期（盖章）"
NAME, DATE = "署名", "成文日期"
CONTACT = "附注"
ANNEX_LABEL, ANNEX_TITLE = "附件标识", "附件标题"
IMPRINT, COPIED = "版记", "抄送"
PAGE_NUMBER_ODD, PAGE_NUMBER_EVEN = "页码（单页）", "页码（双页）"
CELL, CELL_CENTRED, CELL_HEAD = "表格文字", "表格文字（居中）", "表头"
TABLE_NOTE = "表注"
FORM_TITLE, SUBTITLE = "单证标题", "单证副题"
QUOTE = "引文"
ANCHOR = "版记位置"
LETTER_MARK, LETTER_NUMBER, LETTER_FOOT = "函发文机关标志", "函发文字号", "函首页下线"

LOOKS: dict[str, Look] = {
    MARK: Look(font=XIAOBIAOSONG, points=36, line=44, at="center", red=True,
               before=MARK_BELOW_TYPE_AREA * MILLIMETRE - 4, after=2 * LINE, on_grid=False),
    NUMBER: Look(at="center", rule_below=True, after=2 * LINE),
    TITLE: Look(font=XIAOBIAOSONG, points=ERHAO, line=TITLE_LINE, at="center", after=LINE,
                stays_with_next=True, on_grid=False),
    ADDRESSEE: Look(),
    TEXT: Look(first=2),
    HEADING: Look(font=HEITI, first=2, stays_with_next=True),
    SUBHEADING: Look(font=KAITI, first=2, stays_with_next=True),
    QUOTE: Look(font=KAITI, first=2),
    ANNEXES: Look(left=6, first=-4, before=LINE),
    ANNEXES_NEXT: Look(left=6, first=-1),
    SEALED_NAME: Look(at="right", before=2 * LINE, stays_with_next=True),
    SEALED_DATE: Look(at="right", right=4, stays_with_next=True),
    NAME: Look(at="right", right=2, before=LINE, stays_with_next=True),
    DATE: Look(at="right", right=2, stays_with_next=True),
    CONTACT: Look(first=2, stays_with_next=True),  # with 版记, never alone on a page
    ANNEX_LABEL: Look(font=HEITI, starts_page=True, after=LINE, stays_with_next=True),
    ANNEX_TITLE: Look(font=XIAOBIAOSONG, points=ERHAO, line=TITLE_LINE, at="center",
                      after=LINE / 2, stays_with_next=True, on_grid=False),
    COPIED: Look(points=SIHAO, line=IMPRINT_LINE, left=4, right=1, first=-3, on_grid=False),
    IMPRINT: Look(points=SIHAO, line=IMPRINT_LINE, at="left", left=1, right=1, on_grid=False),
    PAGE_NUMBER_ODD: Look(font=SONGTI, points=SIHAO, line=18, at="right", right=1, on_grid=False),
    PAGE_NUMBER_EVEN: Look(font=SONGTI, points=SIHAO, line=18, at="left", left=1, on_grid=False),
    CELL: Look(points=XIAOSI, line=TABLE_LINE, at="left", on_grid=False),
    CELL_CENTRED: Look(points=XIAOSI, line=TABLE_LINE, at="center", on_grid=False),
    CELL_HEAD: Look(font=HEITI, points=XIAOSI, line=TABLE_LINE, at="center", on_grid=False),
    TABLE_NOTE: Look(points=XIAOSI, line=22, at="left", on_grid=False),
    SUBTITLE: Look(font=KAITI, at="center", after=LINE / 2),
    FORM_TITLE: Look(font=XIAOBIAOSONG, points=ERHAO, line=TITLE_LINE, at="center", after=LINE / 2,
                     stays_with_next=True, on_grid=False),
    LETTER_MARK: Look(font=XIAOBIAOSONG, points=30, line=36, at="center", red=True,
                      on_grid=False),
    LETTER_NUMBER: Look(at="right", before=14, after=2 * LINE),
    LETTER_FOOT: Look(points=2, line=6, on_grid=False),
    ANCHOR: Look(points=1, line=1, on_grid=False),
}  # fmt: skip
