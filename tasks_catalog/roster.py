"""Pure: the units that a document names, each under one name."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tasks_catalog.model import ReadUnit
from tasks_catalog.unit_names import canonical_names, unit_kind
from tasks_catalog.units import read_responsibility


def aliases_in(phrases: Iterable[str]) -> dict[str, str]:
    """Return variant -> canonical name over all phrases of one document."""
    mentions = Counter(
        unit for phrase in phrases for unit in read_responsibility(phrase).responsible_units
    )
    return canonical_names(mentions)


def roster(named: Iterable[Sequence[str]], aliases: Mapping[str, str]) -> list[ReadUnit]:
    """Return the units by first mention; `named` holds one list of units per thing, in order."""
    mentions = Counter(unit for units in named for unit in dict.fromkeys(units))
    return [
        ReadUnit(
            name=name,
            kind=unit_kind(name),
            aliases=[variant for variant, canonical in aliases.items() if canonical == name],
            mentions=count,
        )
        for name, count in mentions.items()
    ]
