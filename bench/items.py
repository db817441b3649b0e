"""The work every contender is given: 60 units and N open items, a third of them overdue."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

UNITS = 60
TODAY = date(2025, 5, 15)  # a Thursday between two rounds: no round opens, is due or closes
BASELINE = date(2025, 4, 2)  # the day after the first quarter's round closed

PLACES = ("沙石镇", "章江新区", "水东片区", "峰山脚下", "高铁西站周边", "沿江路一带", "老城南")
WORKS = (
    "生活污水管网改造",
    "老旧小区加装电梯",
    "河道岸线生态修复",
    "充电设施布点建设",
    "夜间经济街区提升",
)
ENDS = ("并投入使用", "并通过竣工验收", "并形成长效管护机制")


@dataclass(frozen=True, slots=True)
class Item:
    """One item: who leads it, who supports, and when it is due."""

    number: int
    title: str
    lead: int  # index of a unit
    supporting: int
    due_on: date

    @property
    def code(self) -> str:
        """The code it bears in the plan."""
        return f"T{self.number:07}"


def unit_name(index: int) -> str:
    """Return the name of one of the units."""
    return f"第{index + 1:02}责任单位（区直部门）"


def unit_mail(index: int) -> str:
    """Return the address of one of the units at the sink."""
    return f"liaison{index + 1:02}@unit.test"


def items(count: int) -> Iterator[Item]:
    """Give that many items; every third is overdue, every 150th comes near its date."""
    for number in range(1, count + 1):
        lead = number // 3 % UNITS
        place, work = PLACES[number % len(PLACES)], WORKS[number % len(WORKS)]
        yield Item(
            number=number,
            title=f"完成{place}{work}（第{number}批）{ENDS[number % len(ENDS)]}",
            lead=lead,
            supporting=(lead + 1 + number % 7) % UNITS,
            due_on=_due_on(number),
        )


def _due_on(number: int) -> date:
    if number % 3 == 0:
        return TODAY - timedelta(days=1 + number // 3 % (TODAY - BASELINE).days)
    if number % 150 == 1:
        return TODAY + timedelta(days=1 + number // 150 % 15)
    return TODAY + timedelta(days=100 + number % 265)
