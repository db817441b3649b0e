"""Pure: from the printed words about who and when to units, roles and dates."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tasks_catalog.columns import ROLES, Column
from tasks_catalog.responsibility import LABEL, duty_of
from tasks_catalog.units import Responsibility, read_responsibility

Parts = Mapping[Column, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What holds for a whole document: its variants of names, and whether the first leads."""

    aliases: Mapping[str, str] = field(default_factory=dict)
    first_is_lead: bool = False

    def read(self, phrase: str) -> Responsibility:
        """Return the reading of one phrase."""
        return read_responsibility(phrase, aliases=self.aliases, first_is_lead=self.first_is_lead)


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who answers for something, over all columns or labels that say it."""

    responsible_units: list[str]
    lead_units: list[str]
    supporting_units: list[str]
    lead_is_inferred: bool
    shared_by_function: bool
    open_list: bool


def who(parts: Parts, reader: Reader) -> Who:
    """Return the units of a row or a paragraph; columns of their own outrank the words in them.

    With a 牵头 column the units of a 责任 column support; without one it is read by itself.
    """
    roles = _by_label(parts)
    read = {column: reader.read(words) for column, words in roles.items() if words}
    own, lead_column = read.get(Column.RESPONSIBLE), read.get(Column.LEAD)
    every = list(
        dict.fromkeys(unit for reading in read.values() for unit in reading.responsible_units)
    )
    leads = lead_column.responsible_units if lead_column else own.lead_units if own else ()
    shared = any(reading.shared_by_function for reading in read.values())
    supporting = [unit for unit in every if unit not in leads]
    if shared and not leads:  # nobody leads, so nobody supports but those printed under 配合
        supporting = (
            list(read[Column.SUPPORTING].responsible_units) if Column.SUPPORTING in read else []
        )
    return Who(
        responsible_units=every,
        lead_units=list(leads),
        supporting_units=supporting,
        lead_is_inferred=not lead_column and bool(own and own.lead_is_inferred),
        shared_by_function=shared,
        open_list=any(reading.open_list for reading in read.values()),
    )


def _by_label(parts: Parts) -> dict[Column, str]:
    """Return the roles; a cell that holds labels itself (牵头单位：…) is read by them."""
    roles: dict[Column, str] = {}
    for column in (column for column in parts if column in ROLES):
        labelled = duty_of(parts[column]) if LABEL.search(parts[column]) else None
        said = labelled.parts if labelled else {column: parts[column]}
        for role, words in said.items():
            if role in ROLES:
                roles[role] = "、".join(filter(None, (roles.get(role), words)))
    return roles
