"""The default template of the answer to an extension asked for (延期批复)."""

from docx.document import Document as WordFile

from supervision.vocabulary import PaperKind
from templates.defaults.official import official
from templates.paper.writing import write


def build() -> WordFile:
    """Return the template; its tags are the words of `ExtensionWords`."""
    return official(PaperKind.EXTENSION, _body)


def _body(document: WordFile) -> None:
    write(
        document,
        "你单位{{ asked_on | chinese_day }}关于《{{ plan_title }}》"
        "{% if plan_number %}（{{ plan_number }}）{% endif %}中“{{ item_title }}”（{{ code }}）"
        "延期的申请收悉。经研究，批复如下：",
    )
    write(document, "{%p if decision.value == 'approved' %}")
    write(
        document,
        "一、鉴于{{ reason }}，同意该事项完成时限由{{ due_on_before | chinese_day }}"
        "延至{{ due_on | chinese_day }}。原定时限仍予保留备查。",
    )
    write(document, "二、请你单位抓紧办理，确保在延期后的时限前办结销号，原则上不再延期。")
    write(document, "{%p else %}")
    write(
        document,
        "一、你单位所提理由为“{{ reason }}”，经审核不同意延期，"
        "该事项完成时限仍为{{ due_on_before | chinese_day }}。",
    )
    write(document, "二、请你单位采取有效措施，按原定时限办结销号。")
    write(document, "{%p endif %}")
    write(document, "{%p if opinion %}")
    write(document, "三、{{ opinion }}")
    write(document, "{%p endif %}")
    write(document, "此复。")
