"""What every paper says of itself: number, addressee, signature and imprint (GB/T 9704)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from supervision.vocabulary import PaperKind


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperWords:
    """The words of one kind of paper; nothing else reaches its template."""

    paper: ClassVar[PaperKind]
    required: ClassVar[frozenset[str]] = frozenset()  # a template without one of them is refused


# Without these a paper could not be told from a draft, or from another office's.
FRAME = frozenset({"mark", "number", "is_draft", "title", "addressee", "issued_on"})


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficialWords(PaperWords):
    """What a paper under the office's name says beside its text."""

    required: ClassVar[frozenset[str]] = FRAME

    mark: str  # 发文机关标志 and 署名: the office's full name
    number: str  # 发文字号, such as 章无废督〔2025〕1号; empty for a draft
    is_draft: bool  # prints 草稿 across the page, and neither number nor date
    title: str
    addressee: str  # 主送, without the colon
    issued_on: date | None = None  # 成文日期; a draft has none
    contact_name: str = ""
    contact_phone: str = ""
    copied_to: tuple[str, ...] = ()  # 抄送
    printed_on: date | None = None  # 印发日期
    attachments: tuple[str, ...] = ()  # names, in the order of the annexes
