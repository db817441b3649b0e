"""Pure: the words in or after a paragraph that say who answers for it and by when."""

import re
from dataclasses import dataclass, field

from tasks_catalog.columns import Column
from tasks_catalog.fitness import UNITS

PAIRS = {"〕": "〔", "）": "（", ")": "(", "］": "［", "]": "[", "】": "【"}
LABEL = re.compile(
    r"(?P<label>"
    r"(?P<lead>(?:牵头|主办|承办|第一责任|主要责任)(?:单位|部门|科室)?)"
    r"|(?P<supporting>(?:配合|协办|协同|协助|参与|参加)(?:单位|部门|科室)?)"
    r"|(?P<responsible>(?:责任|落实|实施)(?:单位|部门|主体|科室))"
    r"|(?P<deadline>(?:完成|办结|整改|建成)?(?:时限|期限|时间)(?:节点)?)"
    r")\s*[：:]\s*"
)
LABELLED = ("lead", "supporting", "responsible", "deadline")
SAYS_WHO = re.compile(r"牵头|配合|分工负责|负责$|落实$")
DATED_CLAUSE = re.compile(r"(?:\d{4}年|\d{1,2}月|每[年季月]|持续|长期)\S{0,12}")
SEPARATORS = "；;，,。、 \u3000"
SENTENCE_BEFORE = "。；;！\n \u3000"


@dataclass(slots=True)
class Duty:
    """Who and when, as a paragraph says it; `text` is the paragraph without those words."""

    text: str
    printed: dict[str, str] = field(default_factory=dict)  # label -> words, as printed
    parts: dict[Column, str] = field(default_factory=dict)

    def before(self, later: "Duty", *, text: str) -> "Duty":
        """Return both as one, this one printed first."""
        return Duty(text, self.printed | later.printed, self.parts | later.parts)


def duty_of(paragraph: str) -> Duty | None:
    """Return what a paragraph says about who and when, or None where it names nobody.

    Read are brackets of any kind at its end, several in a row too, with labels (责任单位：…) or
    without (某局牵头，某局配合), and labels that open a sentence outside brackets.
    """
    duty = Duty(paragraph.rstrip())
    while bracket := _last_bracket(duty.text):
        start, inside = bracket
        said = _said(inside)
        if said is None:
            break
        duty = said.before(duty, text=duty.text[:start].rstrip())
    if not duty.parts:
        duty = _open_labels(duty)
    return duty if duty.parts else None


def _last_bracket(text: str) -> tuple[int, str] | None:
    """Return where the bracket that ends the text begins, and its inside; brackets may nest."""
    text = text.rstrip(SEPARATORS)
    if not text or text[-1] not in PAIRS:
        return None
    closing, opening, depth = text[-1], PAIRS[text[-1]], 0
    for place in range(len(text) - 1, -1, -1):
        depth += (text[place] == closing) - (text[place] == opening)
        if depth == 0:
            return place, text[place + 1 : -1].strip()
    return None


def _open_labels(duty: Duty) -> Duty:
    """Read labels that open a sentence of their own, outside brackets."""
    for label in LABEL.finditer(duty.text):
        start = label.start()
        if start == 0 or duty.text[start - 1] in SENTENCE_BEFORE:
            return _labelled(duty.text[start:]).before(duty, text=duty.text[:start].rstrip())
    return duty


def _said(phrase: str) -> Duty | None:
    """Return what the inside of a bracket says, or None where it says neither who nor when."""
    return _labelled(phrase) if LABEL.search(phrase) else _unlabelled(phrase)


def _labelled(phrase: str) -> Duty:
    duty = Duty("")
    labels = list(LABEL.finditer(phrase))
    ends = [label.start() for label in labels[1:]] + [len(phrase)]
    for label, end in zip(labels, ends, strict=True):
        words = phrase[label.end() : end].strip(SEPARATORS)
        column = next(Column(name) for name in LABELLED if label[name])
        duty.parts[column] = words
        duty.printed[label["label"]] = words
    return duty


def _unlabelled(phrase: str) -> Duty | None:
    clauses = [clause.strip() for clause in re.split(r"[，,；;。]", phrase) if clause.strip()]
    dated = [clause for clause in clauses if DATED_CLAUSE.fullmatch(clause)]
    if not SAYS_WHO.search(phrase) and not _lists_units(clauses, dated):
        return None
    who = phrase
    for clause in dated:
        who = who.replace(clause, "").strip(SEPARATORS)
    parts = {Column.RESPONSIBLE: who} | ({Column.DEADLINE: dated[0]} if dated else {})
    return Duty("", {"责任单位": phrase}, parts)


def _lists_units(clauses: list[str], dated: list[str]) -> bool:
    names = [name for clause in clauses if clause not in dated for name in clause.split("、")]
    return bool(names) and all(UNITS.search(name.strip()) for name in names)
