"""Sample words of the ladder's papers."""

from datetime import date

from supervision.vocabulary import Rung
from templates.samples.frame import PLAN, PLAN_NUMBER, issued, letter
from templates.words import (
    InterviewMatter,
    InterviewWords,
    LetterWords,
    NoticeStep,
    ReminderLine,
    ReminderWords,
    SupervisionLine,
    SupervisionWords,
)

END_OF_2024 = date(2024, 12, 31)
RECORDS = "制定工业固体废物申报登记的相关管理文件"
WASTE_RULES = "制定小微企业危险废物收集管理文件"
CAMPAIGN = "开展固体废物非法转移倾倒专项整治"

reminder = ReminderWords(
    **issued("章无废办函〔2024〕12号", date(2024, 12, 16)),
    title="关于做好临期任务办理工作的提醒函",
    addressee="区工信局",
    plan_title=PLAN,
    plan_number=PLAN_NUMBER,
    as_of=date(2024, 12, 16),
    lines=(
        ReminderLine(
            code="T07",
            title=RECORDS,
            deadline_text="2024年",
            due_on=END_OF_2024,
            days_left=15,
            state="办理中，已完成60%",
        ),
        ReminderLine(
            code="T08",
            title=CAMPAIGN,
            deadline_text="2024年",
            due_on=END_OF_2024,
            days_left=15,
            state="",
        ),
    ),
    reply_due_on=date(2024, 12, 20),
)

blue = SupervisionWords(
    **issued("章无废督〔2025〕1号", date(2025, 1, 2), copied_to=("区政府督查室",)),
    title="关于限期办理“无废城市”建设逾期任务的督办通知（蓝色）",
    addressee="区工信局",
    rung=Rung.BLUE,
    plan_title=PLAN,
    plan_number=PLAN_NUMBER,
    as_of=date(2025, 1, 2),
    lines=(
        SupervisionLine(
            code="T07",
            title=RECORDS,
            deadline_text="2024年",
            due_on=END_OF_2024,
            days_overdue=2,
            demand="请一并报送已申报登记企业名单",
        ),
        SupervisionLine(
            code="T08",
            title=CAMPAIGN,
            deadline_text="2024年",
            due_on=END_OF_2024,
            days_overdue=2,
            demand="",
        ),
        SupervisionLine(
            code="P04",
            title="年产3万吨废旧锂电池综合利用项目",
            deadline_text="2024年",
            due_on=END_OF_2024,
            days_overdue=2,
            demand="",
        ),
    ),
    reply_days=10,
    reply_due_on=date(2025, 1, 16),
)

red = SupervisionWords(
    **issued("章无废督〔2025〕9号", date(2025, 2, 17), copied_to=("区政府督查室",)),
    title="关于限期办理工业固体废物申报登记管理文件制定任务的督办通知（红色）",
    addressee="区工信局",
    rung=Rung.RED,
    plan_title=PLAN,
    plan_number=PLAN_NUMBER,
    as_of=date(2025, 2, 17),
    lines=(
        SupervisionLine(
            code="T07",
            title=RECORDS,
            deadline_text="2024年",
            due_on=END_OF_2024,
            days_overdue=48,
            demand="请于2025年2月底前完成送审。",
        ),
    ),
    reply_days=3,
    reply_due_on=date(2025, 2, 20),
    previous_number="章无废督〔2025〕4号",
)

company = LetterWords(
    **letter("章无废函〔2025〕3号", date(2025, 1, 2), copied_to=("区政府督查室", "区工信局")),
    title="关于商请加快办理“无废城市”建设逾期项目的函（蓝色）",
    addressee="方大集团",
    rung=Rung.BLUE,
    plan_title=PLAN,
    plan_number=PLAN_NUMBER,
    as_of=date(2025, 1, 2),
    lines=(
        SupervisionLine(
            code="P04",
            title="年产3万吨废旧锂电池综合利用项目",
            deadline_text="2024年",
            due_on=END_OF_2024,
            days_overdue=2,
            demand="",
        ),
        SupervisionLine(
            code="P18",
            title="园区屋顶光伏建设项目",
            deadline_text="2024年",
            due_on=END_OF_2024,
            days_overdue=2,
            demand="请注明并网时间",
        ),
    ),
    reply_days=10,
    reply_due_on=date(2025, 1, 16),
    via="区工信局",
)

interview = InterviewWords(
    **issued("章无废办〔2025〕6号", date(2025, 2, 24)),
    title="关于约谈区工信局主要负责人的建议",
    addressee="区“无废城市”建设工作领导小组",
    plan_title=PLAN,
    plan_number=PLAN_NUMBER,
    as_of=date(2025, 2, 24),
    unit="区工信局",
    person="主要负责人",
    interviewer="领导小组组长或者副组长",
    grounds="红色督办通知答复期限届满未答复",
    matters=(
        InterviewMatter(
            code="T07",
            title=RECORDS,
            content="按省、市要求组织产废企业开展申报登记，逐步梳理本辖区内工业固体废物产生源。",
            deadline_text="2024年",
            due_on=END_OF_2024,
            days_overdue=55,
            progress="2024年第四季度报送：已形成初稿，完成60%。",
            problem="未报送。",
            steps=(
                NoticeStep(
                    number="章无废督〔2025〕1号",
                    rung="蓝色督办",
                    issued_on=date(2025, 1, 2),
                    reply_due_on=date(2025, 1, 16),
                    outcome="逾期未复",
                ),
                NoticeStep(
                    number="章无废督〔2025〕4号",
                    rung="黄色督办",
                    issued_on=date(2025, 1, 20),
                    reply_due_on=date(2025, 1, 27),
                    outcome="逾期未复",
                ),
                NoticeStep(
                    number="章无废督〔2025〕9号",
                    rung="红色督办",
                    issued_on=date(2025, 2, 17),
                    reply_due_on=None,
                    outcome="逾期未复",
                ),
            ),
        ),
    ),
    demands=(
        "说明未按期完成的原因和未答复督办通知的原因。",
        "明确办结时间和具体责任人，约谈后5个工作日内报送整改措施。",
    ),
)
