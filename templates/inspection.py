"""What an office's own template lacks: refused, wrong, or merely not as GB/T 9704 has it."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from docxtpl import DocxTemplate

from supervision.errors import NotConfiguredError
from supervision.vocabulary import PaperKind
from templates.complaints import in_chinese
from templates.door import refusals
from templates.environments import FAULTS, PaperEnvironment, names_of
from templates.gbt9704 import deviations
from templates.lint import WORDS
from templates.render import filled_in
from templates.samples.papers import shapes

MOST_PRINTED = 2**20  # characters of one part, from the short words of the samples


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One thing wrong with a template; a warning does not keep it from being used."""

    text: str
    is_warning: bool = False


def faults(kind: PaperKind, content: bytes) -> list[Fault]:
    """Return what is wrong with a template of a kind, the gravest first; nothing of it runs."""
    refused = [Fault(text=f"不能作为模板：{reason}") for reason in refusals(content)]
    if refused:
        return refused
    environment = PaperEnvironment(most=MOST_PRINTED)
    try:
        template = DocxTemplate(BytesIO(content))
        used = set(template.get_undeclared_template_variables(environment))
    except FAULTS as error:
        return [Fault(text=f"标签有误：{in_chinese(error)}")]
    wrong = list(_words(kind, used))
    return wrong or [*_shapes(kind, content)]


def _words(kind: PaperKind, used: set[str]) -> Iterator[Fault]:
    words = WORDS[kind]
    stated = names_of(words)
    unknown = sorted(used - stated)
    for name in unknown:
        yield Fault(text=f"没有“{name}”这个词")
    if unknown:
        yield Fault(text=f"可用的词：{'、'.join(sorted(stated))}", is_warning=True)
    for name in sorted(words.required - used):
        yield Fault(text=f"缺少必须有的词“{name}”")


def _shapes(kind: PaperKind, content: bytes) -> Iterator[Fault]:
    """Try a template with every sample of its kind and hold what comes out to the standard."""
    said = set()
    for words in shapes().values():
        if words.paper is not kind:
            continue
        try:
            made = filled_in(content, words, name=kind.label, most=MOST_PRINTED)
        except NotConfiguredError as error:
            yield Fault(text=f"填不进样例：{error}")
            return
        for found in deviations(made):
            said.add(f"与GB/T 9704不符，{found.rule}：{found.found}")
    for text in sorted(said):
        yield Fault(text=text, is_warning=True)
