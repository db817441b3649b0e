"""A picture of stacked bars as SVG, for paper: patterns beside colours, all numbers written out."""

from collections.abc import Iterator
from dataclasses import dataclass

from supervision.vocabulary import Light
from templates.pages import page
from templates.wording.statistics import BarWords, PictureWords

WIDTH, HEIGHT = 720, 360
LEFT, RIGHT, TOP, BOTTOM = 24, 16, 48, 64
WIDEST = 72
READABLE = 14  # of a part's height: below it a number would not fit
ORDER = (Light.RED, Light.YELLOW, Light.BLUE, Light.GREEN, Light.GREY)  # from the ground up


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One part of a bar, where it stands."""

    light: Light
    count: int
    x: float
    y: float
    width: float
    height: float

    @property
    def is_readable(self) -> bool:
        """Whether its number fits into it."""
        return self.height >= READABLE


@dataclass(frozen=True, kw_only=True, slots=True)
class Foot:
    """What stands under and over a bar."""

    label: str
    total: int
    middle: float
    top: float


def stacked_bars(words: PictureWords) -> str:
    """Return the picture; one without bars says so."""
    placed = [_placed(words, number) for number in range(len(words.bars))]
    drawn = {
        "words": words,
        "parts": [part for parts, _ in placed for part in parts],
        "feet": [foot for _, foot in placed],
        "lights": ORDER,
        "width": WIDTH,
        "height": HEIGHT,
        "ground": HEIGHT - BOTTOM,
        "left": LEFT,
        "right": WIDTH - RIGHT,
    }
    return page("stacked_bars.svg", drawn)


def _placed(words: PictureWords, number: int) -> tuple[list[Part], Foot]:
    bar = words.bars[number]
    room = (WIDTH - LEFT - RIGHT) / len(words.bars)
    width = min(room * 0.6, WIDEST)
    middle = LEFT + room * (number + 0.5)
    scale = (HEIGHT - TOP - BOTTOM) / max(*(each.total for each in words.bars), 1)
    parts = list(_parts(bar, scale, middle - width / 2, width))
    top = HEIGHT - BOTTOM - bar.total * scale
    return parts, Foot(label=bar.label, total=bar.total, middle=round(middle, 1), top=round(top, 1))


def _parts(bar: BarWords, scale: float, x: float, width: float) -> Iterator[Part]:
    counts, ground = dict(bar.counts), float(HEIGHT - BOTTOM)
    for light in ORDER:
        height = counts.get(light, 0) * scale
        if height:
            ground -= height
            yield Part(
                light=light,
                count=counts[light],
                x=round(x, 1),
                y=round(ground, 1),
                width=round(width, 1),
                height=round(height, 1),
            )
