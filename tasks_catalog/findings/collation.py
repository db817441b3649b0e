"""A plan laid side by side with itself: what the rules of the report look things up in."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from supervision.vocabulary import ItemKind, UnitKind
from tasks_catalog.links import Link, indicator_code, links_of
from tasks_catalog.model import ReadIndicator, ReadItem, ReadMeasure, ReadPlan
from tasks_catalog.same_work import wording_of
from tasks_catalog.targets import Promise, promised
from tasks_catalog.wording import Wording

_PLACES = re.compile(r"^(?:[\u4e00-\u9fff]{2,4}?[省市县州旗]|[\u4e00-\u9fff]{2,3}?区)+")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,3}?[省市县州旗区]")


@dataclass(frozen=True)
class Collation:
    """The plan and what belongs together in it, each worked out once."""

    plan: ReadPlan

    @cached_property
    def tasks(self) -> list[ReadItem]:
        """Return the tasks in print order."""
        return [item for item in self.plan.work_items if item.kind is ItemKind.TASK]

    @cached_property
    def projects(self) -> list[ReadItem]:
        """Return the projects in print order."""
        return [item for item in self.plan.work_items if item.kind is ItemKind.PROJECT]

    @cached_property
    def measures(self) -> Mapping[str, ReadMeasure]:
        """Return the measures by their path."""
        return {measure.path: measure for measure in self.plan.measures}

    @cached_property
    def listed(self) -> Mapping[str, ReadItem | ReadIndicator]:
        """Return items and indicators by their code."""
        items = {item.code: item for item in self.plan.work_items}
        return items | {indicator_code(row): row for row in self.plan.indicators}

    @cached_property
    def links(self) -> Mapping[str, list[Link]]:
        """Return the links of each item and indicator, by its code."""
        by_code: dict[str, list[Link]] = defaultdict(list)
        for link in links_of(self.plan):
            by_code[link.code].append(link)
        return by_code

    @cached_property
    def wording(self) -> Wording:
        """Return how much each pair of characters tells in this plan."""
        return wording_of(self.plan)

    @cached_property
    def promised(self) -> list[tuple[Promise, list[ReadIndicator]]]:
        """Return the figures of the body, each with the indicators that measure it."""
        return promised(self.plan, self.wording)

    @cached_property
    def unit_kinds(self) -> Mapping[str, UnitKind]:
        """Return what sort of body each unit is, by its name."""
        return {unit.name: unit.kind for unit in self.plan.units}

    @cached_property
    def places(self) -> list[str]:
        """Return the places that the plan is for, the widest first: 赣州市, 章贡区."""
        for text in (self.plan.plan.issuer or "", self.plan.plan.title):
            if opening := _PLACES.match(text):
                return _PLACE.findall(opening[0])
        return []

    def without_place(self, name: str) -> str:
        """Return a name without the places of the plan or a lone level (区) in front."""
        for place in self.places:
            name = name.removeprefix(place)
        return re.sub(r"^[全我]?[省市区县](?=[^\s]{4})", "", name)
