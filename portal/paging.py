"""Lists that go over many pages: which page is asked for, and the address of the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request

PAGE = 25
MOST_DIGITS = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Pager:
    """Where a person is in a list; the filters stay in the address."""

    total: int
    number: int  # from 1
    path: str
    asked: Mapping[str, str]

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max((self.total + PAGE - 1) // PAGE, 1)

    @property
    def first_row(self) -> int:
        """The number of the first row on the page."""
        return (self.number - 1) * PAGE + 1

    def to(self, number: int) -> str:
        """Return the address of another page of the same list."""
        return f"{self.path}?{urlencode({**self.asked, 'page': number})}"


def offset_of(request: Request) -> int:
    """Return how many rows come before the page that is asked for."""
    return (number_of(request) - 1) * PAGE


def number_of(request: Request) -> int:
    """Return which page is asked for; the first when that is no number."""
    text = request.query_params.get("page", "1")
    is_number = text.isascii() and text.isdigit() and 0 < len(text) <= MOST_DIGITS
    return max(int(text), 1) if is_number else 1


def pager(request: Request, total: int) -> Pager:
    """Return where a person is in a list of so many rows."""
    asked = {name: text for name, text in request.query_params.items() if name != "page"}
    number = number_of(request)
    return Pager(total=total, number=number, path=request.url.path, asked=asked)
