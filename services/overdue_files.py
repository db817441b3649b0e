"""Lists of items as files that a supervisor pulls: .xlsx, .csv and .docx, one row per item."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from services.items import ListedItem
from services.pulling import Pulled
from supervision.vocabulary import Rung
from templates.lists.csv_list import csv_list
from templates.lists.word_list import word_list
from templates.lists.words import ListLine, ListWords
from templates.lists.xlsx_list import xlsx_list

WRITERS: Mapping[str, Callable[[ListWords], bytes]] = MappingProxyType(
    {"xlsx": xlsx_list, "csv": csv_list, "docx": word_list}
)


def words_of(pulled: Pulled) -> ListWords:
    """Return what the files of a list say, in the order the items are in."""
    narrowed_to, historic = pulled.asked.in_words, pulled.historic
    parts = (
        f"截至{pulled.as_of}",
        f"共{len(pulled.items)}项" + (f"，其中基线待核{historic}项" if historic else ""),
        f"筛选：{narrowed_to}" if narrowed_to else "",
    )
    return ListWords(
        title="逾期事项清单" if pulled.asked.overdue_only else "事项清单",
        subtitle="　　".join(part for part in parts if part),
        lines=tuple(_line(number, item) for number, item in enumerate(pulled.items, start=1)),
    )


def _line(number: int, item: ListedItem) -> ListLine:
    return ListLine(
        light=item.light,
        cells=(
            number,
            item.code,
            item.title,
            item.working_group,
            _lead(item),
            item.deadline_text,
            None if item.due_on is None else item.due_on.isoformat(),
            item.days_overdue or None,
            item.state.label,
            f"{item.light.label}（{item.rule}）",
            item.reason,
            None if item.rung is Rung.NONE else item.rung.label,
            item.progress_percent,
            "基线待核" if item.historic else None,
        ),
    )


def _lead(item: ListedItem) -> str:
    lead = item.lead_unit or "、".join(item.responsible_units)
    return f"{lead}（督导：{item.sponsor_unit}）" if item.sponsor_unit else lead


def write(pulled: Pulled, files: Mapping[str, Path | None]) -> list[Path]:
    """Write a list into the files that are asked for, by format; return those written."""
    words, written = words_of(pulled), []
    for suffix, file in files.items():
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(WRITERS[suffix](words))
            written.append(file)
    return written
