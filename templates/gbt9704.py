"""Whether a produced Word file is an official paper by GB/T 9704-2012, as far as a machine can see.

What only the eye can judge (the seal, the fall of lines) is not here; the figures stand in
`templates.paper.measures`, with their sources in docs/adr/0014.
"""

from collections.abc import Callable, Iterator

from templates.standard import lettering, page, wording
from templates.standard.reading import Deviation, Paper

CHECKS: tuple[Callable[[Paper], Iterator[Deviation]], ...] = (
    page.page,
    page.grid,
    page.numbers,
    lettering.fonts,
    lettering.signs,
    lettering.red_parts,
    lettering.titles,
    wording.number,
    wording.addressee,
    wording.days,
    wording.annexes,
    wording.imprint,
)


def deviations(content: bytes) -> list[Deviation]:
    """Return where a Word file departs from the standard; an empty list when it keeps it.

    The parts of a paper are known by the styles of this house; one that uses none of them is told
    so, since nothing can be said of its fonts. A form or a list is held to page and letters only.
    """
    paper = Paper(content)
    return [found for check in CHECKS for found in check(paper)]
