"""Sample words of a round's papers and of those that tell all units how the plan stands."""

from datetime import date, datetime, timedelta, timezone

from templates.samples.frame import COPIED, MARK, PLAN, PLAN_NUMBER, issued
from templates.words import (
    CircularWords,
    DispatchWords,
    ItemStanding,
    NamedItem,
    NamedReports,
    ReceiptLine,
    ReceiptWords,
    Standing,
    SummaryWords,
    UnitOwes,
)

ALL_UNITS = "各镇人民政府、街道办事处，区政府有关部门，驻区、区属有关单位"
SHANGHAI = timezone(timedelta(hours=8))

dispatch = DispatchWords(
    **issued("章无废办〔2024〕5号", date(2024, 3, 11), copied_to=COPIED),
    title="关于开展2024年第一季度“无废城市”建设工作调度的通知",
    addressee=ALL_UNITS,
    attachments=("2024年第一季度应报事项一览表",),
    plan_title=PLAN,
    plan_number=PLAN_NUMBER,
    period="2024年第一季度",
    opens_on=date(2024, 3, 11),
    support_due_on=date(2024, 3, 20),
    due_on=date(2024, 3, 25),
    units=(
        UnitOwes(unit="章贡生态环境局", codes=("T07", "T08", "T15", "T16", "P06")),
        UnitOwes(unit="区城管局", codes=("T30", "T31", "T33", "T34", "P12", "P13")),
        UnitOwes(unit="区工信局", codes=("T05", "T09")),
        UnitOwes(unit="水东镇", codes=("P09",)),
    ),
)

receipt = ReceiptWords(
    office=MARK,
    unit="区城管局",
    plan_title=PLAN,
    period="2024年第一季度",
    due_on=date(2024, 3, 25),
    received_at=datetime(2024, 3, 22, 16, 5, tzinfo=SHANGHAI),
    way="调度表上传",
    reported_by="李某某",
    signed_by="张某某",
    lines=(
        ReceiptLine(code="T30", title="建立生活垃圾分类考核制度", percent="40%", state="已报送"),
        ReceiptLine(code="T31", title="完善再生资源回收网络", percent="—", state="已报送"),
    ),
    missing=("P12", "P13"),
    hash="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
)


def _standing(name: str, *counts: int) -> Standing:
    items, closed, green, blue, yellow, red, grey = counts
    return Standing(
        name=name,
        items=items,
        closed=closed,
        green=green,
        blue=blue,
        yellow=yellow,
        red=red,
        grey=grey,
    )


TOTAL = _standing("合计", 63, 9, 30, 3, 12, 5, 4)
GROUPS = (
    _standing("领导小组办公室", 4, 4, 0, 0, 0, 0, 0),
    _standing("工业领域", 15, 1, 8, 1, 3, 2, 0),
    _standing("危险废物", 10, 1, 5, 0, 2, 1, 1),
    _standing("农业领域", 11, 1, 7, 0, 2, 0, 1),
    _standing("生活领域", 14, 1, 6, 1, 3, 2, 1),
    _standing("建筑领域", 9, 1, 4, 1, 2, 0, 1),
)
UNITS = (
    _standing("章贡生态环境局", 12, 2, 6, 1, 2, 1, 0),
    _standing("区城管局", 13, 1, 7, 1, 2, 2, 0),
    _standing("区农业农村局", 7, 1, 5, 0, 1, 0, 0),
    _standing("区住建局", 5, 0, 3, 1, 1, 0, 0),
)
BEHIND = (
    NamedItem(
        code="T07",
        title="制定工业固体废物申报登记的相关管理文件",
        lead_unit="章贡生态环境局",
        why="2024年底到期，至今未申请销号",
    ),
    NamedItem(
        code="T33",
        title="编制生活垃圾分类专项规划",
        lead_unit="区城管局",
        why="落后序时进度35个百分点",
    ),
)
ROWS = (
    ("T01", "制定《赣州市章贡区“无废城市”建设实施方案》", "领导小组办公室", "2024年2月"),
    ("T02", "成立章贡区“无废城市”建设工作领导小组", "领导小组办公室", "2024年3月"),
    ("T03", "完善章贡区“无废细胞”创建标准体系", "领导小组办公室", "2024年5月"),
    ("T04", "制定章贡区“无废城市”建设宣传工作方案", "区委宣传部", "2024年5月"),
    ("T07", "制定工业固体废物申报登记的相关管理文件", "章贡生态环境局", "2024年"),
    ("T33", "编制生活垃圾分类专项规划", "区城管局", "2025年"),
)
STATES = (
    ("—", "灰", "已销号"),
    ("—", "灰", "已销号"),
    ("100%", "绿", "申请销号"),
    ("80%", "绿", "办理中"),
    ("60%", "红", "办理中"),
    ("15%", "红", "办理中"),
)

circular = CircularWords(
    **issued("章无废督〔2025〕2号", date(2025, 1, 10), copied_to=COPIED),
    title="关于2024年第四季度“无废城市”建设工作推进情况的督查通报",
    addressee=ALL_UNITS,
    attachments=("2024年第四季度事项办理情况表",),
    plan_title=PLAN,
    plan_number=PLAN_NUMBER,
    period="2024年第四季度",
    as_of=date(2025, 1, 2),
    total=TOTAL,
    due_this_year=12,
    closed_this_year=9,
    owed=54,
    reported=50,
    late=(NamedReports(unit="区城管局", codes=("T30", "T31")),),
    missing=(
        NamedReports(unit="区住建局", codes=("T39", "T40", "T41")),
        NamedReports(unit="水东镇", codes=("P09",)),
    ),
    groups=GROUPS,
    units=UNITS,
    ahead=(
        NamedItem(
            code="T03",
            title="完善章贡区“无废细胞”创建标准体系",
            lead_unit="领导小组办公室",
            why="提前完成",
        ),
    ),
    behind=BEHIND,
    demands=(
        "压实责任。各牵头单位主要负责人要亲自过问，对逾期事项逐项明确办结时间。",
        "按时报送。未报送单位于2025年1月17日前补报，并书面说明原因。",
        "加强督办。对连续两个季度未报送的，由办公室提请领导小组约谈。",
    ),
    items=tuple(
        ItemStanding(
            code=code,
            title=title,
            lead_unit=unit,
            deadline_text=deadline,
            progress=progress,
            light=light,
            state=state,
        )
        for (code, title, unit, deadline), (progress, light, state) in zip(
            ROWS, STATES, strict=True
        )
    ),
)

summary = SummaryWords(
    **issued("章无废办〔2025〕2号", date(2025, 1, 15), copied_to=COPIED),
    title="2024年度“无废城市”建设督办工作总结",
    addressee="区“无废城市”建设工作领导小组",
    plan_title=PLAN,
    plan_number=PLAN_NUMBER,
    period="2024年度",
    as_of=date(2025, 1, 2),
    total=TOTAL,
    rounds=4,
    owed=210,
    reported=198,
    meetings=4,
    inspections=6,
    notices=3,
    groups=GROUPS,
    done=circular.ahead,
    behind=BEHIND,
    next_steps=(
        "对已到期未销号事项实行台账管理，逐月调度。",
        "提前核实2025年到期事项的序时进度，防止集中逾期。",
    ),
)
