"""Notices and circulars as an Atom feed (RFC 4287) for feed readers."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from templates.environments import NOT_IN_XML
from templates.wording.feeds import FeedEntryWords, FeedWords

ATOM = "http://www.w3.org/2005/Atom"


def atom_file(words: FeedWords) -> bytes:
    """Return the feed as UTF-8 XML, newest entry first as given."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    _text(feed, "id", words.feed_id)
    _text(feed, "title", words.title)
    _text(feed, "updated", _moment(words.changed_at))
    _text(_part(feed, "author"), "name", words.author)
    if words.url:
        _part(feed, "link", href=words.url)
    for each in words.entries:
        _entry(feed, each)
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def _entry(feed: ET.Element, words: FeedEntryWords) -> None:
    entry = _part(feed, "entry")
    _text(entry, "id", words.entry_id)
    _text(entry, "title", words.title)
    _text(entry, "published", _moment(words.published_at))
    _text(entry, "updated", _moment(words.changed_at))
    _text(entry, "content", words.body).set("type", "text")
    if words.url:
        _part(entry, "link", href=words.url)


def _part(parent: ET.Element, name: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{ATOM}}}{name}", attributes)


def _text(parent: ET.Element, name: str, text: str) -> ET.Element:
    part = _part(parent, name)
    part.text = text.translate(NOT_IN_XML)
    return part


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
