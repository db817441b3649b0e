"""A replay as one picture: lights week by week, and below it what each unit was sent each week."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from supervision.vocabulary import Light

HERE = Path(__file__).parent
COLOURS = {
    Light.RED: "#c0392b",
    Light.YELLOW: "#e0a100",
    Light.BLUE: "#2d6cb5",
    Light.GREEN: "#3c8d40",
    Light.GREY: "#b8bcc2",
}
NAMES, CHART, TOTALS = 210, 900, 60  # widths: the units' names, the weeks, a sum at the end
TOP, LIGHTS, BETWEEN, ROW, BELOW = 96, 220, 74, 18, 24  # heights
DARKEST = 5  # messages a week; the busiest colour
NARROWEST = 46  # between two dates below the weeks


@dataclass(frozen=True, kw_only=True, slots=True)
class ReplayPicture:
    """What the picture shows: per week its first day, the items by light, the messages by unit."""

    title: str
    subtitle: str
    weeks: Sequence[date]
    lights: Sequence[Mapping[Light, int]]
    units: Sequence[tuple[str, Sequence[int]]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """One rectangle of the picture, in pixels, with its colour and what it says when asked."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    opacity: float
    says: str


def drawn(picture: ReplayPicture) -> str:
    """Return the picture as SVG: nothing in it is fetched from anywhere, and it needs no script."""
    below = TOP + LIGHTS + BETWEEN
    words = {
        "picture": picture,
        "width": NAMES + CHART + TOTALS,
        "height": below + ROW * len(picture.units) + BELOW,
        "left": NAMES,
        "chart": CHART,
        "top": TOP,
        "foot": TOP + LIGHTS,
        "below": below,
        "row": ROW,
        "legend": [(light.label, COLOURS[light]) for light in COLOURS],
        "most": max((sum(week.values()) for week in picture.lights), default=0),
        "lights": list(_light_boxes(picture)),
        "cells": list(_cells(picture, below)),
        "dates": list(_dates(picture)),
    }
    return _environment().get_template("replay.svg").render(words)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _wide(picture: ReplayPicture) -> float:
    return CHART / max(1, len(picture.weeks))


def _light_boxes(picture: ReplayPicture) -> Iterator[Box]:
    """Give each week's lights, one upon the other, red at the bottom."""
    width = _wide(picture)
    most = max((sum(week.values()) for week in picture.lights), default=0) or 1
    for number, (day, week) in enumerate(zip(picture.weeks, picture.lights, strict=True)):
        foot = float(TOP + LIGHTS)
        for light, colour in COLOURS.items():
            height = LIGHTS * week.get(light, 0) / most
            if height:
                foot -= height
                yield Box(
                    x=round(NAMES + number * width, 2),
                    y=round(foot, 2),
                    width=round(width + 0.3, 2),  # no hair lines between two weeks
                    height=round(height, 2),
                    fill=colour,
                    opacity=1,
                    says=f"{day} {light.label}灯{week[light]}项",
                )


def _cells(picture: ReplayPicture, below: int) -> Iterator[Box]:
    """Give a cell for each week in which a unit was sent anything, the darker the more."""
    width = _wide(picture)
    for row, (unit, weeks) in enumerate(picture.units):
        for number, count in enumerate(weeks):
            if count:
                yield Box(
                    x=round(NAMES + number * width, 2),
                    y=below + row * ROW + 2,
                    width=round(max(width - 0.6, 0.8), 2),
                    height=ROW - 4,
                    fill=COLOURS[Light.BLUE],
                    opacity=round(0.25 + 0.75 * min(count, DARKEST) / DARKEST, 2),
                    says=f"{unit} {picture.weeks[number]}起一周{count}份",
                )


def _dates(picture: ReplayPicture) -> Iterator[tuple[float, str]]:
    """Give the first week of a month with its name, as many as there is room for."""
    width, last = _wide(picture), float("-inf")
    months = None
    for number, day in enumerate(picture.weeks):
        at = NAMES + number * width
        if (day.year, day.month) != months and at - last >= NARROWEST:
            last = at
            yield round(at, 2), f"{day.year}-{day.month:02d}"
        months = (day.year, day.month)
