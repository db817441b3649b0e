"""The text an entry's hash is made of, the same from Python and from the database itself.

Python writes it when an entry is put on record; to verify a million entries the database builds it,
one text a row, which is ten times cheaper than reading rows. A hash says by which form it was made,
as hashes of passwords do: `2:` before its digits, or digits alone for the first form. The form is
in the text as well, so no entry can pass for one of another form. See docs/adr/0013.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from supervision.errors import UsageError

FORM = "2"
MARK = f"{FORM}:"  # what hashes of this form begin with
SEPARATOR = "\x1f"  # stands in no stated text, so that a text divides in one way only
STATED = (
    "sequence", "previous_hash", "office_id", "actor", "act", "about_kind", "about_id",
    "before", "after", "at", "as_of", "why", "document", "facts",
)  # fmt: skip
OPTIONAL = frozenset({"before", "after", "why", "document"})
SEPARATORS = len(STATED)
THERE = "="  # before what may be missing: "=" is an empty text, nothing at all a missing one
UNFIT = (SEPARATOR, "\x00")

# How PostgreSQL writes what SQLite keeps as text anyway, exactly as SQLAlchemy stored it there. Of
# a day before our era to_char would leave the era out: the whole text is then empty instead.
_ERA = "'0001-01-01 00:00+00'"
IN_POSTGRESQL = MappingProxyType(
    {
        "office_id": "replace(CAST(office_id AS text), '-', '')",
        "about_id": "replace(CAST(about_id AS text), '-', '')",
        "at": f"CASE WHEN at >= {_ERA} THEN"
        " to_char(timezone('UTC', at), 'YYYY-MM-DD HH24:MI:SS.US') END",
        "as_of": "CASE WHEN as_of >= '0001-01-01' THEN"
        " to_char(CAST(as_of AS timestamp), 'YYYY-MM-DD') END",
        "facts": "CAST(facts AS text)",
    }
)


def link_hash(row: Mapping[str, Any]) -> str:
    """Return the hash of an entry with everything it states, the hash before it included.

    UsageError for a text that holds what none may: NUL, the separator, half a character.
    """
    stated = [_text_of(name, row[name]) for name in STATED]
    try:
        text = SEPARATOR.join([FORM, *stated]).encode()
    except UnicodeEncodeError:
        raise _unfit() from None
    if any(sign in said for said in stated for sign in UNFIT):
        raise _unfit()
    return MARK + hashlib.sha256(text).hexdigest()


def _text_of(name: str, value: Any) -> str:  # noqa: ANN401 - as columns hold it, or as text already
    """Return a value as the database writes it; an archive holds moments, days and ids so."""
    said: str
    match value:
        case None:
            return ""
        case UUID():
            said = value.hex
        case datetime():
            said = value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
        case date():
            said = value.isoformat()
        case dict():
            said = json.dumps(value)  # as SQLAlchemy stores it
        case _:
            said = str(value)
    return THERE + said if name in OPTIONAL else said


def _unfit() -> UsageError:
    return UsageError(
        "文字中有不能存入记录的控制字符或残缺字符", advice="请删去看不见的字符后重试。"
    )


def text_in(database: str) -> str:
    """Return what to select for an entry's text and its hash.

    SQLite gives the text as bytes, since it may be made to hold as text what is none. It is empty
    where a column holds what cannot have been put there by us.
    """
    native = IN_POSTGRESQL if database == "postgresql" else {}
    parts = [f"'{FORM}'"]
    for name in STATED:
        value = native.get(name, name)
        if name in OPTIONAL:
            parts.append(f"coalesce('{SEPARATOR}{THERE}' || {value}, '{SEPARATOR}')")
        else:
            parts.append(f"'{SEPARATOR}' || {value}")
    text = f"coalesce({' || '.join(parts)}, '')"
    return f"{text if database == 'postgresql' else f'CAST({text} AS BLOB)'}, hash"


def columns_in(database: str) -> str:
    """Return what to select for an entry's columns as text, for `restored` to read."""
    native = IN_POSTGRESQL if database == "postgresql" else {}
    columns = (f'{native.get(name, name)} AS "{name}"' for name in STATED)
    return ", ".join((*columns, "hash"))


def restored(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry of which some columns are text; an empty one where they cannot be ours."""
    try:
        at = datetime.fromisoformat(row["at"])
        facts = row["facts"]
        return {
            **row,
            "office_id": UUID(row["office_id"]),
            "about_id": UUID(row["about_id"]),
            "at": at.replace(tzinfo=UTC) if at.tzinfo is None else at,
            "facts": json.loads(facts) if isinstance(facts, str) else facts,
        }
    except (AttributeError, KeyError, TypeError, ValueError):
        return {}


def has_hash(row: Mapping[str, Any]) -> bool:
    """Return whether an entry bears its own hash, of whichever form it was made."""
    stored = str(row["hash"])
    try:
        return stored == (link_hash(row) if stored.startswith(MARK) else first_form_hash(row))
    except (KeyError, UsageError):  # not one of our making
        return False


def first_form_hash(row: Mapping[str, Any]) -> str:
    """Return the hash as it was made up to the first release: of the row as JSON."""
    stated = {key: value for key, value in row.items() if key not in ("id", "hash")}
    text = json.dumps(stated, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
