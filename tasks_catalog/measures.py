"""Pure: paragraphs that name who is responsible to measures (举措)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tasks_catalog.blocks import Paragraph
from tasks_catalog.columns import TEXTS, Column, column_of
from tasks_catalog.deadlines import read_deadline
from tasks_catalog.duties import Reader, who
from tasks_catalog.model import ReadMeasure, Source
from tasks_catalog.outline import Node, clean, first_sentence, numbering
from tasks_catalog.remarks import is_remark
from tasks_catalog.responsibility import LABEL, Duty, duty_of

LONGEST_HEADING = 40
# 保障措施: parts of a plan that say how it is carried on, not what is to be done.
SAFEGUARDS = re.compile(r"保障|组织领导|组织实施|工作要求|有关要求|相关要求|工作机制")
NOTHING = "\0"  # stands after a number that has no words of its own, so that it is seen as one


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundMeasure:
    """Paragraphs and their duty, before units have their final names."""

    paragraphs: Sequence[Paragraph]  # all that belong to it, in print order
    duty: Duty
    path: str
    above: Sequence[str]  # headings over it, the topmost first


@dataclass(frozen=True, slots=True)
class _Said:
    """A paragraph and what it says about who and when."""

    paragraph: Paragraph
    duty: Duty | None

    @property
    def closes(self) -> bool:
        """Tell whether it names somebody, so that what follows is something new."""
        return self.duty is not None and self.duty.names_somebody

    @property
    def is_duty_only(self) -> bool:
        """Tell whether it says nothing but who and when."""
        return self.duty is not None and not _unnumbered(self.duty.text + NOTHING).rstrip(NOTHING)

    @property
    def is_one_sentence(self) -> bool:
        """Tell whether its words but the duty are a single sentence."""
        words = _unnumbered(self.duty.text if self.duty else clean(self.paragraph.text))
        return first_sentence(words) == words.rstrip("。；")

    @property
    def is_heading(self) -> bool:
        """Tell whether its words but the duty are one short phrase, not a text."""
        length = len(self.duty.text if self.duty else self.paragraph.text)
        return self.is_one_sentence and length <= LONGEST_HEADING

    @property
    def label(self) -> str | None:
        """Return the label that it opens with, such as 工作内容, if any."""
        if is_remark(self.paragraph.text):  # 联系人：
            return None
        match = LABEL.match(_unnumbered(clean(self.paragraph.text)))
        return match["label"] if match else None


def _unnumbered(text: str) -> str:
    numbered = numbering(text)
    return numbered[2] if numbered else text


def _said(paragraph: Paragraph) -> _Said:
    text = clean(paragraph.text)
    duty = duty_of(text)
    if duty is None and (numbered := numbering(text)):
        duty = duty_of(numbered[2])  # （二）牵头单位：…
    return _Said(paragraph, duty)


def measures_in(roots: Iterable[Node], before: Sequence[Paragraph]) -> Iterator[FoundMeasure]:
    """Yield the paragraphs that name somebody, in print order.

    The duty may stand in the paragraph itself or after it, once for several paragraphs too: a
    numbered list whose last point alone names somebody is one measure of its heading.
    """
    groups = _groups([_said(paragraph) for paragraph in before])
    yield from (_measure(_trimmed(group), path="", above=()) for group in groups)
    for root in roots:
        yield from _in_node(root)


def _in_node(node: Node) -> Iterator[FoundMeasure]:
    own = [_said(paragraph) for paragraph in (node.paragraph, *node.plain)]
    above = [ancestor.heading for ancestor in node.ancestors]
    below = [_said(paragraph) for child in node.children for paragraph in _paragraphs(child)]
    names_below = [said for said in below if said.closes]
    names_here = any(said.closes for said in own)
    if node.children and _belongs_together(node, below, names_here=names_here):
        yield _measure([*own, *below], path=node.path, above=above)
        return
    if own[0].closes and own[0].is_heading and not any(said.closes for said in own[1:]):
        groups = [own]
    else:
        groups = _groups(own)
    if len(groups) > 1 and not own[0].closes:
        groups, above = _groups(own[1:]), [*above, node.heading]  # a heading over several measures
    yield from (_measure(group, path=node.path, above=above) for group in groups)
    if names_below:
        for child in node.children:
            yield from _in_node(child)


def _paragraphs(node: Node) -> Iterator[Paragraph]:
    for each in node.walk():
        yield each.paragraph
        yield from each.plain


def _belongs_together(node: Node, below: Sequence[_Said], *, names_here: bool) -> bool:
    """Tell whether all that stands under a node is one measure with it.

    So it is where the node itself names somebody and nothing below does, where a point of its own
    names somebody (（二）牵头单位：…), or where of several points only the last does, for all.
    """
    closing = [said for said in below if said.closes]
    if names_here or not closing:
        return names_here and not closing
    if any(said.is_duty_only and said.paragraph in _numbered(node) for said in below):
        return True
    several = len(node.children) > 1 and not any(child.children for child in node.children)
    points = node.parent is not None or all(said.is_one_sentence for said in below)
    return several and points and closing == [below[-1]] and not SAFEGUARDS.search(node.heading)


def _numbered(node: Node) -> set[Paragraph]:
    return {child.paragraph for child in node.children}


def _groups(said: Sequence[_Said]) -> list[list[_Said]]:
    """Cut paragraphs after each that names somebody; what says only who and when stays with it.

    Groups in which nobody is named are left out.
    """
    groups: list[list[_Said]] = [[]]
    complete, labels = False, set[str]()
    for each in said:
        label = each.label
        again = label in labels
        if complete and (again or (not each.is_duty_only and not label)):
            groups.append([])
            complete, labels = False, set()
        groups[-1].append(each)
        complete = complete or each.closes
        labels |= {label} if label else set()
    return [group for group in groups if any(each.closes for each in group)]


def _trimmed(group: Sequence[_Said]) -> Sequence[_Said]:
    """Return a group without the titles and the narrative over an unnumbered paragraph."""
    for at, each in enumerate(group):
        if each.label and column_of(each.label) in TEXTS:
            return group[at:]
        if each.closes:
            return group[max(0, at - each.is_duty_only) :]
    return group


def _measure(said: Sequence[_Said], *, path: str, above: Sequence[str]) -> FoundMeasure:
    whole, texts = Duty(""), []
    for each in said:
        if each.duty:
            whole = whole.before(each.duty, text="")
        texts.append(each.duty.text if each.duty else clean(each.paragraph.text))
    whole.text = "\n".join(text for text in texts if text)
    return FoundMeasure(
        paragraphs=[each.paragraph for each in said], duty=whole, path=path, above=above
    )


def measure_of(
    found: FoundMeasure, *, number: int, section: str, reader: Reader, year: int | None
) -> ReadMeasure:
    """Return the measure; only a printed deadline dates it, never a year in its text."""
    duty, above = who(found.duty.parts, reader), found.above[-2:]
    deadline_text = found.duty.parts.get(Column.DEADLINE) or None
    return ReadMeasure(
        number=number,
        path=found.path,
        section=above[0] if above else None,
        subsection=above[1] if len(above) > 1 else None,
        title=_title(found.duty.text),
        text=found.duty.text,
        responsible_units=duty.responsible_units,
        lead_units=duty.lead_units,
        supporting_units=duty.supporting_units,
        shared_by_function=duty.shared_by_function,
        deadline_text=deadline_text,
        due_on=read_deadline(deadline_text, year=year).due_on if deadline_text else None,
        source=Source(
            section=section,
            line=found.paragraphs[0].line,
            raw=found.duty.printed | {"正文": "\n".join(clean(p.text) for p in found.paragraphs)},
        ),
    )


def _title(text: str) -> str:
    """Return the first sentence without its number; of 任务名称：… only the name."""
    words = _unnumbered(text.split("\n", maxsplit=1)[0])
    label = LABEL.match(words)
    if label and column_of(label["label"]) in TEXTS:
        words = words[label.end() :]
    return first_sentence(words)
