"""Putting a page together: its words, the frame round it, and what is wrong with a form on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import HTMLResponse, Response

from portal.errors import FormError
from portal.forms import KEY_FIELD, TOKEN_FIELD, TOKEN_HEADER
from portal.menu import Group, menu_of
from portal.static_files import addresses
from portal.visits import Visit, fresh_key
from supervision.errors import DubanError
from templates import pages

UNPROCESSABLE = 422


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """What stands round every page; `faults` are told above the form and beside its fields."""

    title: str
    files: Mapping[str, str]
    here: str = ""
    menu: tuple[Group, ...] = ()
    full_name: str = ""
    said: str = ""
    form_token: str = ""
    form_key: str = ""
    token_field: str = TOKEN_FIELD
    token_header: str = TOKEN_HEADER
    key_field: str = KEY_FIELD
    faults: Mapping[str, str] = field(default_factory=dict)  # "" for what is of no one field


def show(
    visit: Visit,
    template: str,
    title: str,
    *,
    error: DubanError | None = None,
    **words: Any,  # noqa: ANN401 - whatever the template names
) -> Response:
    """Return a page of `templates/portal/`; with an error, the same page saying what is wrong."""
    person = visit.signed_in
    frame = Frame(
        title=title,
        files=addresses(),
        here=visit.request.url.path,
        menu=menu_of(person.actor) if person else (),
        full_name=person.full_name if person else "",
        said=visit.said(),
        form_token=visit.form_token,
        form_key=fresh_key(),
        faults={} if error is None else faults_of(error),
    )
    text = pages.page(template, {"frame": frame, **words})
    return HTMLResponse(text, 200 if error is None else UNPROCESSABLE)


def faults_of(error: DubanError) -> Mapping[str, str]:
    """Return what is wrong, by field."""
    return error.faults if isinstance(error, FormError) else {"": in_words(error)}


def in_words(error: DubanError) -> str:
    """Return what happened and what to do, leaving out what only helps at the command line."""
    return f"{str(error).rstrip('。')}。{error.advice_elsewhere}"


def bare(title: str, template: str, status: int, **words: Any) -> Response:  # noqa: ANN401
    """Return a page that knows nobody: the same for whoever asks."""
    frame = Frame(title=title, files=addresses())
    return HTMLResponse(pages.page(template, {"frame": frame, **words}), status)
