"""Forms as they come in: bounded before they are parsed, ours, and read field by field."""

import asyncio
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar
from urllib.parse import urlsplit

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.types import Message, Receive

from portal.errors import ForeignFormError, FormError, TooLargeError, TooSlowError
from services.settings import AT_HOME, Settings
from supervision.vocabulary import Word

SomeWord = TypeVar("SomeWord", bound=Word)
BLOCK = 1024 * 1024
TEXT_LIMIT = BLOCK  # of a form without files
ROOM_FOR_FIELDS = BLOCK  # beside the file of a form that brings one
MOST_FIELDS = 100
MOST_FILES = 1
SECONDS_TO_ARRIVE = 120
TOKEN_FIELD = "form_token"  # noqa: S105 - the name of a field
TOKEN_HEADER = "X-Form-Token"  # noqa: S105 - the name of a header
KEY_FIELD = "form_key"


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    """A file that came with a form; its name is what the person called it."""

    name: str
    data: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Posted:
    """What a form brought."""

    fields: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return a text as typed, without blanks around it; empty when it is not there."""
        return self.fields.get(name, "").strip()

    def digest(self, *about: str) -> str:
        """Return a key for this form with this content, and nothing else."""
        parts = [*about, *(f"{name}={text}" for name, text in sorted(self.fields.items()))]
        files = (hashlib.sha256(upload.data).hexdigest() for upload in self.files.values())
        joined = "\0".join([*parts, *files])
        return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()


class Reading:
    """Reads the fields of a form and collects what is wrong with them."""

    def __init__(self, posted: Posted) -> None:
        self.posted = posted
        self.faults: dict[str, str] = {}

    def text(self, name: str, label: str) -> str:
        """Return a text that must be there."""
        found = self.posted.text(name)
        if not found:
            self.faults[name] = f"请填写{label}"
        return found

    def optional(self, name: str) -> str | None:
        """Return a text that may be left empty."""
        return self.posted.text(name) or None

    def whole_number(self, name: str, label: str) -> int | None:
        """Return a whole number, None when the field is empty."""
        found = self.posted.text(name)
        if not found:
            return None
        if not (found.isascii() and found.isdigit() and len(found) < 10):  # noqa: PLR2004
            self.faults[name] = f"{label}应为整数，如 60"
            return None
        return int(found)

    def amount(self, name: str, label: str) -> Decimal | None:
        """Return an amount, None when the field is empty."""
        found = self.posted.text(name)
        try:
            return Decimal(found) if found else None
        except InvalidOperation:
            self.faults[name] = f"{label}应为数字，如 1200.5"
            return None

    def day(self, name: str, label: str) -> date:
        """Return a day that must be there."""
        try:
            return date.fromisoformat(self.posted.text(name))
        except ValueError:
            self.faults[name] = f"请填写{label}，如 2025-03-31"
            return date.min

    def file(self, name: str, label: str) -> Upload:
        """Return a file that must be there."""
        found = self.posted.files.get(name)
        if found is None:
            self.faults[name] = f"请选择{label}"
            return Upload(name="", data=b"")
        return found

    def one_of(self, name: str, label: str, words: Sequence[SomeWord]) -> SomeWord:
        """Return which of these words was chosen; the first one stands in for none."""
        found = next((word for word in words if word.value == self.posted.text(name)), None)
        if found is None:
            self.faults[name] = f"请选择{label}"
            return words[0]
        return found

    def require_sound(self) -> None:
        """Raise FormError when anything could not be read."""
        if self.faults:
            raise FormError(self.faults)


def refuse_foreign(request: Request, settings: Settings) -> None:
    """Raise ForeignFormError for a form that a page of another site sent."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise ForeignFormError("表单来自其他网站")
    origin = request.headers.get("Origin")
    if origin is not None and origin not in _own_origins(request, settings):
        raise ForeignFormError("表单来自其他网站")


def _own_origins(request: Request, settings: Settings) -> tuple[str, ...]:
    if settings.portal_is_public:
        parts = urlsplit(settings.portal_url)
        return (f"{parts.scheme}://{parts.netloc}",)
    return tuple(f"http://{name}:{request.url.port or 80}" for name in AT_HOME)


def is_own(posted: Posted, request: Request, expected: str) -> bool:
    """Return whether a form carries the token its page was given, as a field or from the script."""
    given = posted.fields.get(TOKEN_FIELD) or request.headers.get(TOKEN_HEADER, "")
    return hmac.compare_digest(given.encode(), expected.encode())


async def posted(request: Request, *, largest: int = TEXT_LIMIT) -> Posted:
    """Return what the form brought; TooLargeError before more than `largest` bytes are read."""
    bounded = Request(request.scope, _counted(request, largest))
    try:
        async with asyncio.timeout(SECONDS_TO_ARRIVE):
            form = await bounded.form(
                max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=TEXT_LIMIT
            )
            fields, files = {}, {}
            for name, value in form.multi_items():
                if not isinstance(value, UploadFile):
                    fields[name] = value
                elif value.filename:
                    files[name] = Upload(name=value.filename, data=await value.read())
            await form.close()
    except TimeoutError as error:
        raise TooSlowError("表单传输过慢", advice="请检查网络后重试。") from error
    return Posted(fields=fields, files=files)


def _counted(request: Request, largest: int) -> Receive:
    """Return the request's channel, which stops as soon as too much came through it."""
    declared = request.headers.get("Content-Length", "0")
    if not declared.isdigit() or int(declared) > largest:
        raise _too_large(largest)
    came = 0

    async def receive() -> Message:
        nonlocal came
        message = await request.receive()
        came += len(message.get("body", b""))
        if came > largest:
            raise _too_large(largest)
        return message

    return receive


def _too_large(largest: int) -> TooLargeError:
    return TooLargeError(
        f"提交的内容超过{largest // BLOCK}MB", advice="请压缩文件或精简文字后重试。"
    )
