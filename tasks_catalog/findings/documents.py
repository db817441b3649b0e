"""The rule that a document to be made bears one name in the body and in the lists."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from supervision.vocabulary import Severity
from tasks_catalog.document_names import DocumentName, document_names
from tasks_catalog.findings.collation import Collation
from tasks_catalog.findings.printed import called, code_of, finding
from tasks_catalog.model import Finding, ReadItem, ReadMeasure

# 农药包装废弃物使用回收 and 农药包装废弃物回收处置 reach 0.8; other subjects stay near 0.6.
_ALIKE = 0.7
_REORDERED = 2.0
_EQUAL = 3.0


@dataclass(frozen=True, slots=True)
class _Named:
    """A document that some place of the plan says to make; `bare` is without the plan's place."""

    thing: ReadItem | ReadMeasure
    name: DocumentName
    bare: str

    @property
    def stem(self) -> str:
        return self.bare.removesuffix(self.name.kind)


def documents(collation: Collation) -> Iterator[Finding]:
    """Find documents that body and lists, or title and content, call by different names."""
    in_lists = {
        item.code: [*_made(collation, item, item.title), *_made(collation, item, item.content)]
        for item in collation.tasks
    }
    in_body = _by_nearest(collation, in_lists)
    for code, own in in_lists.items():
        names = [*_one_document(own), *in_body[code]]
        if len({named.bare for named in names}) > 1:
            yield _differs(names)


def _made(collation: Collation, thing: ReadItem | ReadMeasure, text: str) -> Iterator[_Named]:
    for name in document_names(text):
        if name.made:
            yield _Named(thing, name, collation.without_place(name.bare))


def _by_nearest(
    collation: Collation, in_lists: Mapping[str, Sequence[_Named]]
) -> Mapping[str, list[_Named]]:
    """Return the documents of the body by the task that makes the one most like it."""
    nearest: dict[str, list[_Named]] = defaultdict(list)
    every = [(code, named) for code, names in in_lists.items() for named in names]
    for measure in collation.plan.measures:
        for named in _made(collation, measure, measure.text):
            scored = [(_likeness(named, other), code) for code, other in every]
            best = max(scored, key=lambda row: row[0], default=(0.0, ""))
            if best[0] >= _ALIKE:
                nearest[best[1]].append(named)
    return nearest


def _likeness(one: _Named, other: _Named) -> float:
    if one.bare == other.bare:
        return _EQUAL
    if sorted(one.bare) == sorted(other.bare):
        return _REORDERED
    return Indel.normalized_similarity(one.stem, other.stem)


def _one_document(own: Sequence[_Named]) -> list[_Named]:
    """Return the names in an item that mean the first one: reordered, longer, of another kind."""
    if not own:
        return []
    first = own[0]
    return [
        named
        for named in own
        if sorted(named.bare) == sorted(first.bare)
        or first.stem in named.stem
        or named.stem in first.stem
    ]


def _differs(names: Sequence[_Named]) -> Finding:
    """Return the finding; every form of the name is quoted once, with where it stands."""
    forms = {named.bare: named for named in reversed(names)}
    ordered = list(reversed(forms.values()))
    places = list(dict.fromkeys(code_of(named.thing) for named in ordered))
    said = "；".join(f"{called(named.thing)}写作“{named.name.printed}”" for named in ordered)
    return finding(
        f"names.document:{code_of(names[0].thing)}",
        Severity.WARNING,
        places,
        f"看来是同一份文件，名称却不一致：{said}。请确定正式名称，按此印发和销号。",
        [named.name.printed for named in ordered],
    )
