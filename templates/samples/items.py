"""Sample words of papers about one unit's items, one item, or what is doubtful in a plan."""

from datetime import date

from supervision.vocabulary import Decision
from templates.samples.frame import MARK, PLAN, PLAN_NUMBER, issued
from templates.words import (
    CloseOutWords,
    DutiesWords,
    DutyIndicator,
    DutyItem,
    DutyMeasure,
    ExtensionWords,
    FindingLine,
    FindingPart,
    FindingsWords,
    ProofLine,
)

SORTING = "编制生活垃圾分类专项规划"

extension = ExtensionWords(
    **issued("章无废办复〔2025〕1号", date(2025, 10, 20), copied_to=("区政府督查室",)),
    title="关于同意生活垃圾分类专项规划编制任务延期的批复",
    addressee="区城管局",
    plan_title=PLAN,
    plan_number=PLAN_NUMBER,
    code="T33",
    item_title=SORTING,
    decision=Decision.APPROVED,
    asked_on=date(2025, 10, 13),
    reason="规划须待市级规划印发后衔接修改",
    due_on_before=date(2025, 10, 31),
    due_on=date(2025, 12, 31),
    opinion="延期期间请按月报送进展。",
)

duties = DutiesWords(
    office=MARK,
    unit="区城管局",
    plan_title=PLAN,
    plan_number=PLAN_NUMBER,
    as_of=date(2024, 3, 11),
    leads=(
        DutyItem(
            code="T33",
            title=SORTING,
            content="完善分类投放、分类收集、分类运输、分类处理体系，明确各阶段目标和设施布局。",
            deadline_text="2025年",
            others="区发改委、区住建局",
        ),
        DutyItem(
            code="P12",
            title="大件垃圾拆解分拣中心项目",
            content="建设大件垃圾拆解分拣中心1座。",
            deadline_text="2025年",
            others="",
        ),
    ),
    supports=(
        DutyItem(
            code="T44",
            title="常态化开展建筑垃圾联合执法",
            content="对建筑工地、运输车辆和消纳场所开展联合检查。",
            deadline_text="2025年",
            others="区住建局（牵头）",
        ),
    ),
    indicators=(
        DutyIndicator(code="I25", name="生活垃圾填埋比", baseline="1.1%", target="3%"),
        DutyIndicator(code="I10", name="生活垃圾清运量", baseline="27.25万吨", target="32.16万吨"),
    ),
    measures=(
        DutyMeasure(code="（五）2（1）", text="健全生活垃圾分类制度，完善分类收运处置体系。"),
    ),
)

close_out = CloseOutWords(
    plan_title=PLAN,
    code="P06",
    kind="项目",
    title="危险废物集中收集贮存转运中心项目",
    content="建设标准化贮存仓库1100平方米，年收集转运小微企业危险废物3000吨。",
    lead_units="章贡生态环境局",
    supporting_units="章贡高新区管委会",
    deadline_text="2023年",
    due_on="2023年12月31日",
    asked_by="陈某某",
    asked_on=date(2024, 3, 12),
    closed_on=date(2024, 3, 20),
    lateness="逾期72天",
    grade="合格",
    summary="仓库主体、配套设施和信息化系统均已建成，通过竣工验收并投入运行。",
    invested="198万元（总投资200万元）",
    evidence=(
        ProofLine(kind="验收报告", name="竣工验收报告.pdf", vouched_by=""),
        ProofLine(kind="线下说明", name="现场核查记录", vouched_by="赵某某"),
    ),
    reviewed_by="刘某某",
    reviewed_on=date(2024, 3, 14),
    review_opinion="材料齐全，同意销号。",
    decided_by="周某某",
    decision_opinion="同意销号。",
)

findings = FindingsWords(
    plan_title=PLAN,
    plan_number=PLAN_NUMBER,
    items=63,
    indicators=50,
    measures=61,
    unread=0,
    parts=(
        FindingPart(
            heading="一、前后矛盾，须先确定以哪一处为准",
            label="前后矛盾",
            findings=(
                FindingLine(
                    number=1,
                    text="“无废细胞”创建数量，正文与指标清单不一致。",
                    quotes=("正文：创建65个以上", "附件1第34项：100"),
                    settled="以附件1为准（2024年3月5日，办公室）。",
                ),
            ),
        ),
        FindingPart(
            heading="二、存疑，请逐项核对",
            label="存疑",
            findings=(
                FindingLine(
                    number=2, text="P19没有项目名称。", quotes=("附件3第19行",), settled=""
                ),
            ),
        ),
    ),
    as_of=date(2024, 3, 6),
)
