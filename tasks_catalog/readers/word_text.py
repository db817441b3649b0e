"""The text of one Word paragraph, and what in it does not belong to the flow."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from tasks_catalog.readers.package import attribute, child, local

SKIPPED = {"pPr", "rPr", "sdtPr", "sdtEndPr", "tcPr", "trPr", "tblPr", "instrText", "rt"}
BESIDE = {
    "txbxContent": "文本框",
    "del": "已删除的修订",
    "delText": "已删除的修订",
    "moveFrom": "已移走的修订",
}
PICTURES = {"blip", "imagedata"}
INSERTED = {"ins", "moveTo"}
PRINTS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(slots=True)
class ParagraphText:
    """What is printed in the flow, and text beside it with its kind."""

    parts: list[str] = field(default_factory=list)
    asides: list[tuple[str, str]] = field(default_factory=list)
    inserted: list[str] = field(default_factory=list)  # tracked, not yet accepted

    @property
    def text(self) -> str:
        """Return the flow as one text."""
        return "".join(self.parts)


def read_text(paragraph: ET.Element) -> ParagraphText:
    """Return the text of a paragraph through all its wrappers; nothing is passed over unseen."""
    found = ParagraphText()
    for element in paragraph:
        _read(element, found)
    return found


def _read(element: ET.Element, found: ParagraphText) -> None:
    name = local(element)
    if name in SKIPPED:
        return
    if kind := _kind_beside(element):
        found.asides.append((all_text(element), kind))
    elif name in PICTURES:
        found.asides.append(("（图片，其中的文字没有读）", "图片"))
    elif (printed := _printed(element)) is not None:
        found.parts.append(printed)
    else:
        if name in INSERTED:
            found.inserted.append(all_text(element))
        for inner in _one_form(element):
            _read(inner, found)


def _kind_beside(element: ET.Element) -> str | None:
    if local(element) == "r" and _is_hidden(element):
        return "隐藏的文字"
    return BESIDE.get(local(element))


def _is_hidden(run: ET.Element) -> bool:
    vanish = child(run, "rPr", "vanish")
    return vanish is not None and attribute(vanish, "val") not in {"0", "false", "off"}


def _printed(element: ET.Element) -> str | None:
    """Return what an element prints by itself, None for one that holds others."""
    name = local(element)
    if name == "t":
        return element.text or ""
    if name == "sym":
        return _symbol(element)
    return PRINTS.get(name)


def _symbol(element: ET.Element) -> str:
    """Return a symbol by its code; those of symbol fonts lie in a private area and say nothing."""
    code = attribute(element, "char") or ""
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "" if "\ud800" <= character <= "\uf8ff" else character


def _one_form(element: ET.Element) -> Iterable[ET.Element]:
    """Return the children; of several forms of the same content only the first."""
    return list(element)[:1] if local(element) == "AlternateContent" else element


def all_text(element: ET.Element) -> str:
    """Return every text under an element, of repeated forms only the first."""
    name = local(element)
    if name in SKIPPED:
        return ""
    if name in {"t", "delText"}:
        return element.text or ""
    inner = "".join(all_text(each) for each in _one_form(element))
    return inner + "\n" if name in {"p", "br"} else inner
