"""The default template of a 季度调度通知: who reports what, how, and by when."""

from docx.document import Document as WordFile

from supervision.vocabulary import PaperKind
from templates.defaults.official import official
from templates.paper.foot import annex_page
from templates.paper.measures import HEADING
from templates.paper.tables import Column, table
from templates.paper.writing import write

COLUMNS: tuple[Column, ...] = (
    ("序号", 12, "{{ loop.index }}", True),
    ("牵头单位", 44, "{{ each.unit }}", False),
    ("应报项数", 22, "{{ each.count }}", True),
    ("事项编号", 78, "{{ each.codes | join('、') }}", False),
)


def build() -> WordFile:
    """Return the template; its tags are the words of `DispatchWords`."""
    return official(PaperKind.DISPATCH, _body, annex=_owed)


def _body(document: WordFile) -> None:
    write(
        document,
        "为掌握《{{ plan_title }}》{% if plan_number %}（{{ plan_number }}）{% endif %}"
        "实施进展，定于{{ opens_on | chinese_day }}起开展{{ period }}工作调度。"
        "现将有关事项通知如下：",
    )
    write(document, "一、报送范围", HEADING)
    write(document, "本季度应报事项{{ owed }}项，由牵头单位逐项报送，具体见附件。")
    write(document, "二、报送内容", HEADING)
    write(
        document,
        "本季进展、累计进度和形象进度、存在问题、需协调事项、下步计划，"
        "并附佐证材料；项目另报累计完成投资。上季已报内容已预先填好，只需更新。",
    )
    write(document, "三、报送时限", HEADING)
    write(
        document,
        "配合单位于{{ support_due_on | chinese_day }}前将配合情况送牵头单位；"
        "牵头单位于{{ due_on | chinese_day }}前汇总，经单位主要负责人审签后报送。",
    )
    write(document, "四、有关要求", HEADING)
    write(document, "请如实填报，一事项一季度只报一次。逾期未报送的，列入当期督查通报。")


def _owed(document: WordFile) -> None:
    annex_page(document)
    table(document, COLUMNS, each="each in units")
