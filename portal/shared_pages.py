"""Pages that say the same to everybody who may see them: only the frame is a person's own."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import Response

from db.remembered import remembered
from portal.screens import show
from portal.visits import Visit
from supervision.errors import DubanError
from templates import pages


def show_shared(
    visit: Visit,
    template: str,
    title: str,
    words: Callable[[Any], Mapping[str, Any]],
    *,
    error: DubanError | None = None,
) -> Response:
    """Return a page whose content follows from its address, the day and the database alone.

    The content is put together once, from the words that `words` reads in a session, and shown to
    everybody until something in the database changes: it must hold nothing that is a person's own,
    so no form that is sent.
    """
    key = template, visit.request.url.query, visit.today
    with visit.office.reading() as session:
        content = remembered(
            session, key, lambda: pages.fragment(template, "content", words(session))
        )
    return show(visit, "shared.html", title, error=error, content=content)
