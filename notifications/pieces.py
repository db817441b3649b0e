"""Splits what is too long for one chat message at the ends of list items, counted in bytes."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from supervision.vocabulary import ChannelKind

# Bytes of UTF-8 in one text: WeCom refuses more than 2,048, DingTalk more than 20,000.
MOST_BYTES: Mapping[ChannelKind, int] = MappingProxyType(
    {
        ChannelKind.WECOM_ROBOT: 2048,
        ChannelKind.WECOM_APP: 2048,
        ChannelKind.DINGTALK_ROBOT: 18_000,
    }
)
_ITEM = re.compile(
    r"(?=^(?:[-*•] |\d+[.、)）]|[（(]?[一二三四五六七八九十]+[）)、]))", re.MULTILINE
)
_MARK = "（{}/{}）"
_MARK_BYTES = len(_MARK.format(999, 999).encode()) + 1


def pieces_of(subject: str, text: str, *, most_bytes: int) -> list[str]:
    """Return the message in pieces of at most so many bytes, each marked （1/2） if several.

    A piece ends between list items where it can, else between lines, else between characters. The
    subject stands over each.
    """
    whole = f"{subject}\n{text.strip()}"
    if len(whole.encode()) <= most_bytes:
        return [whole]
    subject = _first_bytes(subject, most_bytes // 4)
    room = most_bytes - len(subject.encode()) - _MARK_BYTES - 1
    found = list(_packed(text.strip(), room))
    return [
        f"{subject}{_MARK.format(number, len(found))}\n{piece}"
        for number, piece in enumerate(found, start=1)
    ]


def count_pieces(subject: str, text: str, kind: ChannelKind) -> int:
    """Return how many messages a channel makes of it."""
    most = MOST_BYTES.get(kind)
    return 1 if most is None else len(pieces_of(subject, text, most_bytes=most))


def _packed(text: str, room: int) -> Iterator[str]:
    """Give as many whole parts at a time as there is room for."""
    held = ""
    for part in _parts(text, room):
        if held and len((held + part).rstrip().encode()) > room:
            yield held.rstrip()
            held = ""
        held += part
    if held.strip():
        yield held.rstrip()


def _parts(text: str, room: int) -> Iterator[str]:
    """Give list items, lines of those that are too long, and cut lines of those."""
    for item in _ITEM.split(text):
        if len(item.encode()) <= room:
            yield item
            continue
        for line in item.splitlines(keepends=True):
            while line:
                head = _first_bytes(line, room)
                yield head
                line = line[len(head) :]  # noqa: PLW2901 - what is left of it


def _first_bytes(text: str, most: int) -> str:
    """Return the beginning of a text that fits, never half a character."""
    return text.encode()[:most].decode(errors="ignore")
