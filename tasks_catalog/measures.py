"""Pure: numbered paragraphs that name who is responsible to measures (举措)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tasks_catalog.blocks import Paragraph
from tasks_catalog.columns import Column
from tasks_catalog.deadlines import read_deadline
from tasks_catalog.duties import Reader, who
from tasks_catalog.model import ReadMeasure, Source
from tasks_catalog.outline import Node, clean, first_sentence
from tasks_catalog.responsibility import Duty, duty_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMeasure:
    """A paragraph and its duty, before units have their final names."""

    node: Node
    duty: Duty
    paragraphs: Sequence[Paragraph]  # all that belong to it, the numbered one first


def measures_in(roots: Iterable[Node]) -> Iterator[FoundMeasure]:
    """Yield the paragraphs that name somebody, in print order.

    The duty may stand in the paragraph itself or in an unnumbered one after it. What stands
    below a measure belongs to its text, unless something there names somebody of its own.
    """
    for root in roots:
        for node in root.walk():
            paragraphs = [node.paragraph, *node.plain]
            texts = [clean(paragraph.text) for paragraph in paragraphs]
            duties = [duty_of(text) for text in texts]
            if not any(duties):
                continue
            yield _measure(node, texts, duties)


def _measure(node: Node, texts: Sequence[str], duties: Sequence[Duty | None]) -> FoundMeasure:
    whole = Duty("")
    kept = [duty.text if duty else text for text, duty in zip(texts, duties, strict=True)]
    for duty in duties:
        if duty:
            whole = whole.before(duty, text="")
    whole.text = "\n".join(text for text in kept if text)
    return FoundMeasure(node=node, duty=whole, paragraphs=[node.paragraph, *node.plain])


def measure_of(
    found: FoundMeasure, *, number: int, section: str, reader: Reader, year: int | None
) -> ReadMeasure:
    """Return the measure; only a printed deadline dates it, never a year in its text."""
    duty, above = who(found.duty.parts, reader), found.node.ancestors[-2:]
    deadline_text = found.duty.parts.get(Column.DEADLINE) or None
    return ReadMeasure(
        number=number,
        path=found.node.path,
        section=above[0].heading if above else None,
        subsection=above[1].heading if len(above) > 1 else None,
        title=_title(found),
        text=found.duty.text,
        responsible_units=duty.responsible_units,
        lead_units=duty.lead_units,
        supporting_units=duty.supporting_units,
        shared_by_function=duty.shared_by_function,
        deadline_text=deadline_text,
        due_on=read_deadline(deadline_text, year=year).due_on if deadline_text else None,
        source=Source(
            section=section, line=found.node.paragraph.line, raw=dict(found.duty.printed)
        ),
    )


def _title(found: FoundMeasure) -> str:
    duty = duty_of(found.node.words)
    return first_sentence(duty.text if duty else found.node.words)
