"""One PDF page as drawn: every piece of text with its place, and the ruled lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import Any

from pypdf import PageObject

# The positions of the single strings are nowhere in pypdf's public interface, and without them
# “ and ” set in another font land beside the words they belong to. The tests read such a file.
from pypdf._text_extraction._layout_mode._fixed_width_page import recurse_to_target_op
from pypdf._text_extraction._layout_mode._text_state_manager import TextStateManager
from pypdf.generic import ContentStream

from tasks_catalog.readers.drawing import Page, Rule, Text

THIN = 2.5  # points: a rectangle this thin is a ruled line
STROKES = {b"S", b"s", b"B", b"B*", b"b", b"b*"}
FILLS = {b"f", b"F", b"f*"}
UNMOVED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Operation = tuple[list[Any], bytes]
Matrix = tuple[float, ...]
Point = tuple[float, float]


def drawn(page: PageObject) -> Page:
    """Return what a page shows; a page turned in the file is turned back."""
    if page.rotation:
        page.transfer_rotation_to_content()
    contents = page.get_contents()
    if contents is None:
        return Page()
    operations = ContentStream(contents, page.pdf, "bytes").operations
    found = Page(texts=_texts(page, operations))
    _Pen(found).draw(operations)
    return found


def _texts(page: PageObject, operations: Sequence[Operation]) -> list[Text]:
    """Return the texts of the page itself, or by the slower way where a form holds some of them."""
    strings = chain(operations, [([], b"Q")])
    fonts = page._layout_mode_fonts()  # noqa: SLF001 - see the import above
    _, shown = recurse_to_target_op(strings, TextStateManager(), b"Q", fonts, strip_rotated=False)
    texts = [
        Text(each.tx, each.ty, each.font_height or 1.0, each.text, each.displaced_tx)
        for each in shown
        if each.text.strip()
    ]
    visited = _visited(page)
    return texts if _letters(texts) >= _letters(visited) else visited


def _letters(texts: Iterable[Text]) -> int:
    return sum(len("".join(text.words.split())) for text in texts)


def _visited(page: PageObject) -> list[Text]:
    texts: list[Text] = []

    def visit(words: str, matrix: list[float], own: list[float], _font: Any, size: float) -> None:  # noqa: ANN401
        if words.strip():
            x, y = _moved((own[4], own[5]), tuple(matrix))
            height = abs(size * (own[3] or own[1]) * (matrix[3] or matrix[1])) or 1.0
            texts.append(Text(x, y, height, words.strip("\n"), None))

    page.extract_text(visitor_text=visit)
    return texts


def _moved(point: Point, matrix: Matrix) -> Point:
    x, y = point
    return (
        x * matrix[0] + y * matrix[2] + matrix[4],
        x * matrix[1] + y * matrix[3] + matrix[5],
    )


def _combined(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that applies the first, then the second."""
    a, b, c, d, e, f = first
    corner, across, up = _moved((e, f), second), _moved((a, b), second), _moved((c, d), second)
    x, y = second[4], second[5]
    return (across[0] - x, across[1] - y, up[0] - x, up[1] - y, *corner)


@dataclass(slots=True)
class _Pen:
    """Draws lines and boxes; only what is stroked or filled becomes a ruled line."""

    page: Page
    matrix: Matrix = UNMOVED
    kept: list[Matrix] = field(default_factory=list)
    segments: list[tuple[Point, Point]] = field(default_factory=list)
    boxes: list[tuple[Point, Point]] = field(default_factory=list)
    at: Point = (0.0, 0.0)
    start: Point = (0.0, 0.0)

    def draw(self, operations: Iterable[Operation]) -> None:
        """Follow the operations of a page."""
        for operands, name in operations:
            if name in {b"q", b"Q", b"cm"}:
                self._turn(name, operands)
            elif name in {b"m", b"l", b"h", b"re"}:
                self._move(name, [float(number) for number in operands])
            elif name in STROKES | FILLS | {b"n"}:
                self._show(strokes=name in STROKES, fills=name in FILLS)
                self.segments, self.boxes = [], []

    def _turn(self, name: bytes, operands: list[Any]) -> None:
        if name == b"q":
            self.kept.append(self.matrix)
        elif name == b"Q":
            self.matrix = self.kept.pop() if self.kept else UNMOVED
        else:
            self.matrix = _combined(tuple(float(number) for number in operands), self.matrix)

    def _move(self, name: bytes, numbers: list[float]) -> None:
        if name == b"re":
            x, y, width, height = numbers
            ends = _moved((x, y), self.matrix), _moved((x + width, y + height), self.matrix)
            self.boxes.append(ends)
            return
        end = self.start if name == b"h" else _moved((numbers[0], numbers[1]), self.matrix)
        if name == b"m":
            self.start = end
        else:
            self.segments.append((self.at, end))
        self.at = end

    def _show(self, *, strokes: bool, fills: bool) -> None:
        """Keep thin boxes however painted, edges only where stroked; clipping shows nothing."""
        for one, other in self.boxes:
            if strokes:
                for edge in _edges(one, other):
                    self._rule(*edge)
            elif fills:
                self._rule(one, other)
        if strokes:
            for one, other in self.segments:
                self._rule(one, other)
        elif fills and self.segments:
            xs = [x for pair in self.segments for x, _ in pair]
            ys = [y for pair in self.segments for _, y in pair]
            self._rule((min(xs), min(ys)), (max(xs), max(ys)))

    def _rule(self, one: Point, other: Point) -> None:
        """Add a ruled line, if what lies between the two corners is thin."""
        (left, right), (low, high) = sorted((one[0], other[0])), sorted((one[1], other[1]))
        if high - low <= THIN < right - left:
            self.page.across.append(Rule((low + high) / 2, left, right))
        elif right - left <= THIN < high - low:
            self.page.down.append(Rule((left + right) / 2, low, high))


def _edges(one: Point, other: Point) -> Iterable[tuple[Point, Point]]:
    (x0, y0), (x1, y1) = one, other
    return pairwise(((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)))
