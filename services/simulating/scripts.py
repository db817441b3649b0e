"""Scripts of a replay: what units and the office do and when, read and held to a form."""

import random
from datetime import date
from pathlib import Path
from typing import Any, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from supervision.errors import UsageError
from supervision.vocabulary import Deed, Grade

SHIPPED = Path(__file__).parent / "scripts"
SILENT = "silent"
COUNTED_BACK = (Deed.REPORT, Deed.MISS, Deed.ASK_EXTENSION, Deed.ASK_CLOSE_OUT)
MOST_BYTES = 2**20
# What pydantic finds wrong, in words for whoever wrote the script.
COMPLAINTS = {
    "missing": "没有写",
    "extra_forbidden": "不是可用的键",
    "enum": "不在可选范围内",
    "date_from_datetime_parsing": "不是日期，应形如 2024-12-20",
    "date_type": "不是日期，应形如 2024-12-20",
    "date_parsing": "不是日期，应形如 2024-12-20",
    "int_parsing": "不是整数",
    "int_type": "不是整数",
    "greater_than_equal": "太小",
    "less_than_equal": "太大",
    "list_type": "应是一个列表",
    "tuple_type": "应是一个列表",
    "string_type": "应是文字",
    "string_too_short": "不能为空",
}


class Rule(BaseModel):
    """One rule: who it is about, what is done, and on which day after or before what calls for it.

    `after` and `before` count working days; with neither it is done the day it can be.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    do: Deed
    on: date | None = None
    after: int = Field(default=0, ge=0, le=500)
    before: int | None = Field(default=None, ge=0, le=500)  # the due day
    chance: int = Field(default=100, ge=1, le=100)  # percent
    items: tuple[str, ...] = ()  # none: every one
    units: tuple[str, ...] = ()
    percent: int | None = Field(default=None, ge=0, le=100)  # of a report; None: by the calendar
    behind: int = Field(default=0, ge=0, le=100)  # points behind the calendar
    months: int = Field(default=3, ge=1, le=12)  # of an extension
    grade: Grade = Grade.GOOD  # of a close-out
    say: str = ""  # the reason or opinion given

    @model_validator(mode="after")
    def _tells_one_day(self) -> Self:
        stated = [name for name in ("on", "after", "before") if name in self.model_fields_set]
        if len(stated) > 1:
            raise ValueError(f"{'、'.join(stated)}只能写一个")
        if self.before is not None and self.do not in COUNTED_BACK:
            raise ValueError(f"“{self.do.label}”没有截止日可倒数，不能写 before")
        return self

    def is_about(self, code: str | None, unit: str | None) -> bool:
        """Return whether the rule concerns an item and a unit; one that names none concerns all."""
        of_items = not self.items or code in self.items
        return of_items and (not self.units or unit in self.units)


class Script(BaseModel):
    """A whole script; of the rules that fit an occasion the first whose chance comes up is done."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=1)
    about: str = ""
    seed: int = 0
    rules: tuple[Rule, ...] = ()

    def is_drawn(self, rule: Rule, occasion: str) -> bool:
        """Return whether a rule's chance comes up on an occasion: the same in every replay."""
        if rule.chance == 100:  # noqa: PLR2004 - percent
            return True
        place = self.rules.index(rule)
        drawn = random.Random(f"{self.seed}/{place}/{occasion}").randrange(100)  # noqa: S311 - a play
        return drawn < rule.chance


def shipped() -> list[str]:
    """Return the names of the scripts that come with duban."""
    return sorted(file.stem for file in SHIPPED.glob("*.yaml"))


def script_named(name: str) -> Script:
    """Return a shipped script by its name, or the one in a file; UsageError says what is wrong."""
    file = SHIPPED / f"{name}.yaml" if name in shipped() else Path(name)
    if not file.is_file():
        raise UsageError(
            f"没有剧本“{name}”",
            advice=f"随附的剧本：{'、'.join(shipped())}；或写出剧本文件的路径。",
        )
    return _read(file)


def _read(file: Path) -> Script:
    if file.stat().st_size > MOST_BYTES:
        raise UsageError(f"剧本 {file.name} 超过 1 MB", advice="请核对是不是剧本文件。")
    try:
        document = yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise UsageError(
            f"剧本 {file.name} 读不懂：{' '.join(str(error).split())}",
            advice="剧本是 YAML 文件，写法见 docs/simulate.md。",
        ) from error
    try:
        return Script.model_validate(document)
    except ValidationError as error:
        faults = "；".join(_fault(fault) for fault in error.errors())
        raise UsageError(
            f"剧本 {file.name} 有误：{faults}", advice="写法见 docs/simulate.md。"
        ) from error


def _fault(fault: ErrorDetails) -> str:
    """Say in Chinese what is wrong and where: 第3条规则的 chance：太大."""
    said = COMPLAINTS.get(fault["type"])
    if fault["type"] == "value_error":
        said = str(fault["ctx"]["error"])
    elif fault["type"] == "enum":
        said = f"“{fault['input']}”不在可选范围内（{_words(fault['loc'])}）"
    return f"{_place(fault['loc'])}：{said or '写法不对'}"


def _words(place: tuple[int | str, ...]) -> str:
    words: Any = Grade if place[-1] == "grade" else Deed
    return "、".join(f"{word.value} {word.label}" for word in words)


def _place(place: tuple[int | str, ...]) -> str:
    if place[:1] != ("rules",) or len(place) == 1:
        return ".".join(map(str, place)) or "全文"
    number = int(place[1]) + 1
    rest = ".".join(map(str, place[2:]))
    return f"第{number}条规则" + (f"的 {rest}" if rest else "")
