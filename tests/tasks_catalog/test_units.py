import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks_catalog.units import read_responsibility, says_first_is_lead


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("区工信局、区发改委、章贡生态环境局", "区工信局 区发改委 章贡生态环境局"),
        (
            "区工信局，区发改委,市财政局；市审计局/市统计局",
            "区工信局 区发改委 市财政局 市审计局 市统计局",
        ),
        ("区发改委\n区工信局", "区发改委 区工信局"),
        ("区发改委　区工信局 区财政局", "区发改委 区工信局 区财政局"),
        ("区 发 改 委、区 工 信 局", "区发改委 区工信局"),
        ("区市场监\n管局、区财政局", "区市场监管局 区财政局"),
        ("区工信局\n区发展和改革\n委员会", "区工信局 区发展和改革委员会"),
        ("市自然资源局\n章贡分局、区财政局", "市自然资源局章贡分局 区财政局"),
        ("1.区发改委；2.区工信局", "区发改委 区工信局"),
        ("1、区发改委 2、区工信局", "区发改委 区工信局"),
        ("（1）区发改委（2）区工信局。", "区发改委 区工信局"),
        ("区发改委、区工信局、区发改委", "区发改委 区工信局"),
        ("各镇(街道)", "各镇（街道）"),
        ("各县（市、区）人民政府，市直有关部门", "各县（市、区）人民政府 市直有关部门"),
        ("各县、区人民政府", "各县、区人民政府"),
        ("各乡（镇）、街道、县直各单位", "各乡（镇）、街道 县直各单位"),
        ("各镇、各街道", "各镇 各街道"),
        ("区“放管服、双随机”工作专班、区司法局", "区“放管服、双随机”工作专班 区司法局"),
        (
            "区委办公室（区档案局）、市生态环境局（章贡分局）",
            "区委办公室（区档案局） 市生态环境局（章贡分局）",
        ),
        ("江西某某（集团）有限公司、方大集团", "江西某某（集团）有限公司 方大集团"),
        ("区人大常委会办公室、区政协办公室", "区人大常委会办公室 区政协办公室"),
        (
            "自由贸易试验区管委会、和平区教育局、和县人民政府",
            "自由贸易试验区管委会 和平区教育局 和县人民政府",
        ),
    ],
)
def test_each_name_of_a_list_is_found_once_as_printed(text: str, units: str) -> None:
    assert read_responsibility(text).responsible_units == tuple(units.split())


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("区工信局和区财政局", "区工信局 区财政局"),
        ("区发改委及相关部门", "区发改委 相关部门"),
        ("教育部与财政部以及审计署", "教育部 财政部 审计署"),
        ("区工业和信息化局及区发展和改革委员会", "区工业和信息化局 区发展和改革委员会"),
        ("区住房和城乡建设局", "区住房和城乡建设局"),
        ("区文化广电和旅游局", "区文化广电和旅游局"),
        ("区人力资源和社会保障局", "区人力资源和社会保障局"),
        ("区林业局、以及区水利局", "区林业局 区水利局"),
    ],
)
def test_a_conjunction_parts_names_only_between_whole_names(text: str, units: str) -> None:
    assert read_responsibility(text).responsible_units == tuple(units.split())


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("水东镇、沙石镇、沙河镇人民政府", "水东镇人民政府 沙石镇人民政府 沙河镇人民政府"),
        ("水东、沙石、沙河镇人民政府", "水东镇人民政府 沙石镇人民政府 沙河镇人民政府"),
        ("水西和沙河镇", "水西镇 沙河镇"),
        ("解放街道、赣江街道办事处", "解放街道办事处 赣江街道办事处"),
        ("水东镇、赣江街道办事处", "水东镇 赣江街道办事处"),
        ("大余、上犹、崇义县人民政府", "大余县人民政府 上犹县人民政府 崇义县人民政府"),
        ("赣州经开区、蓉江新区管委会", "赣州经开区管委会 蓉江新区管委会"),
        ("各镇人民政府、街道办事处", "各镇人民政府 各街道办事处"),
        ("省、市、县发展改革委", "省发展改革委 市发展改革委 县发展改革委"),
        ("市、县（区）生态环境局", "市生态环境局 县（区）生态环境局"),
        ("市发展改革委、财政局、生态环境局", "市发展改革委 市财政局 市生态环境局"),
        ("省发展改革委、工业和信息化厅", "省发展改革委 省工业和信息化厅"),
        ("区委宣传部、组织部、教体局", "区委宣传部 区委组织部 区教体局"),
        ("区发改、教育、公安局", "区发改委 区教育局 区公安局"),
        ("区发改、工信等部门", "区发改部门 区工信部门"),
        ("区发改委、章贡生态环境局、水务集团", "区发改委 章贡生态环境局 水务集团"),
        ("市财政局、建设银行赣州分行", "市财政局 建设银行赣州分行"),
        ("城市建设局、财政局", "城市建设局 财政局"),
        ("国家税务总局赣州市税务局、财政局", "国家税务总局赣州市税务局 财政局"),
        ("发展改革委、财政部", "发展改革委 财政部"),
        ("各省、自治区、直辖市人民政府", "各省、自治区、直辖市人民政府"),
        ("各县（市、区）党委和政府", "各县（市、区）党委和政府"),
        ("教育、财政等部门和各乡镇人民政府", "教育部门 财政部门 各乡镇人民政府"),
        ("水东镇、水西镇等镇人民政府", "水东镇人民政府 水西镇人民政府"),
        ("国网赣州供电公司、移动、联通公司", "国网赣州供电公司 移动公司 联通公司"),
    ],
)
def test_what_neighbours_share_is_completed_where_the_text_makes_it_plain(
    text: str, units: str
) -> None:
    assert read_responsibility(text).responsible_units == tuple(units.split())


@pytest.mark.parametrize(
    ("text", "leads", "supporting"),
    [
        ("由区发改委牵头，区工信局、区财政局配合", "区发改委", "区工信局 区财政局"),
        ("区发改委、区工信局共同牵头，区财政局参与", "区发改委 区工信局", "区财政局"),
        ("区发改委牵头；区财政局协办；各镇（街道）负责落实", "区发改委", "区财政局 各镇（街道）"),
        ("区发改委会同区工信局、区财政局负责", "区发改委", "区工信局 区财政局"),
        ("区发改委（会同区工信局、区财政局）", "区发改委", "区工信局 区财政局"),
        ("区政府负总责，各镇抓落实", "区政府", "各镇"),
        ("以区发改委为牵头单位，区工信局为配合单位", "区发改委", "区工信局"),
        ("区发改委（牵头）、区工信局（配合）、区财政局", "区发改委", "区工信局 区财政局"),
        ("区工信局、区发改委（牵头）", "区发改委", "区工信局"),
        ("牵头单位：区发改委；配合单位：区工信局、区财政局", "区发改委", "区工信局 区财政局"),
        ("牵头单位 区发改委 配合单位 区工信局", "区发改委", "区工信局"),
        ("牵头单位:区发改委\n责任单位:区发改委,区工信局", "区发改委", "区工信局"),
        ("【牵头单位】区发改委【配合单位】区工信局", "区发改委", "区工信局"),
        ("〔牵头单位：区发改委〕〔配合单位：区工信局〕", "区发改委", "区工信局"),
        ("主办：区发改委；协办：区工信局", "区发改委", "区工信局"),
        ("牵头单位为区发改委，配合单位为区工信局", "区发改委", "区工信局"),
        ("牵头责任单位：区发改委。协同责任单位：区工信局等。", "区发改委", "区工信局"),
        ("区发改委、区工信局，逐项列第一位的为牵头单位，下同", "区发改委", "区工信局"),
        ("牵头领导：李某；牵头单位：区教体局；责任人：王某", "区教体局", ""),
        ("区发改委、区工信局（排第一位的为牵头单位，下同）", "区发改委", "区工信局"),
        ("责任单位（第一责任单位为牵头单位）：区发改委、区工信局", "区发改委", "区工信局"),
        ("市住建局指导，各县（市、区）人民政府落实", "各县（市、区）人民政府", "市住建局"),
        ("区城管局负责，区住建局配合", "区城管局", "区住建局"),
        ("（区排水中心牵头，市第一医院配合）", "区排水中心", "市第一医院"),
    ],
)
def test_printed_roles_are_kept(text: str, leads: str, supporting: str) -> None:
    read = read_responsibility(text)

    assert read.lead_units == tuple(leads.split())
    assert read.supporting_units == tuple(supporting.split())
    assert not read.lead_is_inferred


@pytest.mark.parametrize(
    "text",
    [
        "区发改委、区工信局",
        "区发改委、区工信局负责",
        "〔责任单位：区发改委、区工信局〕",
        "责任单位：区发改委；配合单位：区工信局",
    ],
)
def test_the_first_of_a_plain_list_leads(text: str) -> None:
    read = read_responsibility(text)

    assert (read.lead_units, read.supporting_units) == (("区发改委",), ("区工信局",))


def test_a_lead_that_nobody_calls_one_is_marked_as_inferred() -> None:
    assert read_responsibility("区发改委、区工信局").lead_is_inferred
    assert not read_responsibility("区发改委").lead_is_inferred
    assert not read_responsibility("区发改委、区工信局", first_is_lead=True).lead_is_inferred


@pytest.mark.parametrize(
    "text",
    [
        "区发改委、区工信局按职责分工负责",
        "区发改委、区工信局按照各自职责分工抓好落实",
        "区发改委、区工信局（按职责分工负责）",
        "区发改委、区工信局分别负责",
        "区发改委、区工信局依职责负责",
    ],
)
def test_work_shared_by_function_has_no_lead(text: str) -> None:
    read = read_responsibility(text)

    assert read.shared_by_function
    assert (read.lead_units, read.supporting_units) == ((), ())
    assert read.responsible_units == ("区发改委", "区工信局")


def test_a_printed_lead_stays_the_lead_of_work_shared_by_function() -> None:
    read = read_responsibility("（区发改委牵头，区工信局、区财政局等按职责分工负责）")

    assert read.lead_units == ("区发改委",)
    assert read.supporting_units == ("区工信局", "区财政局")
    assert read.shared_by_function
    assert read.open_list


@pytest.mark.parametrize(
    "text",
    ["区发改委、区工信局等", "区发改委、区工信局等有关部门", "区发改委、区工信局等8个部门负责"],
)
def test_a_list_that_says_and_others_is_open(text: str) -> None:
    read = read_responsibility(text)

    assert read.open_list
    assert read.responsible_units == ("区发改委", "区工信局")


@pytest.mark.parametrize(
    "text", ["", " ", "无", "—", "/", "责任单位：无", "配合单位：", "。", "同上"]
)
def test_a_blank_names_nobody(text: str) -> None:
    read = read_responsibility(text)

    assert read.responsible_units == read.lead_units == ()
    assert read.why


def test_what_is_no_unit_is_reported_instead_of_listed() -> None:
    read = read_responsibility("责任单位：区发改委；责任领导：张某；完成时限：2025年12月")

    assert read.responsible_units == ("区发改委",)
    assert "张某、2025年12月" in read.why


def test_a_completed_name_is_shown_with_its_reason() -> None:
    assert "补全为市财政局" in read_responsibility("市发改委、财政局").why


def test_aliases_go_before_completion() -> None:
    aliases = {"财政局": "赣州市财政局", "市发改委": "市发展和改革委员会"}

    read = read_responsibility("市发改委、财政局", aliases=aliases)

    assert read.responsible_units == ("市发展和改革委员会", "赣州市财政局")


@pytest.mark.parametrize(
    ("remark", "says_so"),
    [
        ("责任单位（排在第一位的为牵头单位，下同）", True),
        ("第一责任单位为牵头单位", True),
        ("牵头单位列首位", True),
        ("以排名第一的为牵头单位", True),
        ("第一责任单位即为该项任务牵头单位", True),
        ("列第一位的责任单位为牵头单位或汇总单位", True),
        ("市第一医院为牵头单位", False),
        ("区排水中心牵头", False),
        ("牵头单位", False),
        ("责任单位（排名不分先后）", False),
    ],
)
def test_a_remark_over_the_list_can_make_the_first_unit_the_lead(
    remark: str, *, says_so: bool
) -> None:
    assert says_first_is_lead(remark) is says_so


def test_prose_longer_than_any_list_is_refused_with_a_reason() -> None:
    read = read_responsibility("区发改委、" * 20_000)

    assert read.responsible_units == ()
    assert "不像责任单位" in read.why


NAMES = st.sampled_from(
    [
        "区发改委",
        "市住房和城乡建设局",
        "章贡生态环境局",
        "方大集团",
        "水东镇人民政府",
        "区委宣传部",
        "各镇（街道）",
        "县退役军人事务局",
        "区妇联",
        "市交警支队直属大队",
    ]
)


@settings(deadline=None)  # two busy cores are no fault of the grammar
@given(st.lists(NAMES, min_size=1, unique=True), st.sampled_from("、，；,; \n|"))
def test_whole_names_survive_every_separator(names: list[str], separator: str) -> None:
    read = read_responsibility(separator.join(names))

    assert read.responsible_units == tuple(names)


WORDS = [
    *"区市水东镇局委和及与（）“、，；：等各1. \n〕",
    *(
        "区发改委",
        "工信局",
        "各县（市、区）",
        "（牵头）",
        "牵头单位：",
        "单位",
        "部门",
        "配合",
        "会同",
    ),
    *("按职责分工负责", "指导", "落实", "第一位的为牵头单位", "人民政府"),
]


@settings(deadline=None)  # two busy cores are no fault of the grammar
@given(st.lists(st.sampled_from(WORDS), max_size=14).map("".join))
def test_reading_never_fails_and_every_role_is_of_a_unit_that_is_listed(text: str) -> None:
    read = read_responsibility(text)

    assert read.why
    assert set(read.lead_units) | set(read.supporting_units) <= set(read.responsible_units)
    assert not set(read.lead_units) & set(read.supporting_units)


@settings(deadline=None)  # two busy cores are no fault of the grammar
@given(st.text(alphabet="甲乙丙丁戊己庚辛、，；", max_size=30))
def test_no_sign_of_an_unknown_name_is_lost(text: str) -> None:
    kept = "".join(dict.fromkeys(text.replace("，", "、").replace("；", "、").split("、")))

    assert "".join(read_responsibility(text).responsible_units) == kept
