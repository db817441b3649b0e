"""The default template of a 督办函: to units the office is not over, and to companies."""

from docx.document import Document as WordFile

from supervision.vocabulary import PaperKind
from templates.defaults.official import official
from templates.defaults.supervision import LATE, matters
from templates.paper.measures import HEADING
from templates.paper.writing import write


def build() -> WordFile:
    """Return the template; its tags are the words of `LetterWords`."""
    return official(PaperKind.LETTER, _body, is_letter=True)


def _body(document: WordFile) -> None:
    write(
        document,
        "根据《{{ plan_title }}》{% if plan_number %}（{{ plan_number }}）{% endif %}，"
        "截至{{ as_of | chinese_day }}，贵单位负责的{% if count == 1 %}以下事项{% else %}"
        "下列{{ count }}项事项{% endif %}" + LATE + "，尚未申请销号。"
        "{% if previous_number %}此前已以{{ previous_number }}商请办理，答复时限已过，"
        "事项仍未办结。{% endif %}现将有关事项函告如下：",
    )
    matters(document)
    _requests(document)
    write(document, "特此函告，请予支持并函复。")


def _requests(document: WordFile) -> None:
    """Ask, in the tone between bodies that are not over each other."""
    write(document, "二、商请事项", HEADING)
    write(document, "（一）请贵单位明确责任人和完成时间，加快推进，办结后及时申请销号。")
    write(
        document,
        "（二）请于收到本函之日起{{ reply_days }}个工作日内"
        "{% if reply_due_on %}（{{ reply_due_on | chinese_day }}前）{% endif %}函复办理情况、"
        "未按期完成的原因和预计完成时间。",
    )
    write(document, "{%p if via %}")
    write(document, "（三）本函由{{ via }}转送，请{{ via }}作为督导单位跟踪督促，并对答复把关。")
    write(document, "{%p endif %}")
