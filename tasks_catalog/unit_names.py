"""What a unit's name tells by itself: what sort of body it is, and which names are one."""

import re
from collections import defaultdict
from collections.abc import Mapping

from supervision.vocabulary import UnitKind

LEVELS = "省市州盟区县旗"  # 行政层级: the character that opens 市财政局, 区工信局

_NAME_AT_MOST = 200
_OPENING = re.compile(rf"^[{LEVELS}]")
_QUOTES = str.maketrans("", "", "“”\"‘’'「」『』 ")
_WIDTHS = str.maketrans("()[]【】〔〕", "（）（）（）（）")

_ENDINGS = (
    *"局委部办厅署院站所队馆台会司处室科团省市州县区旗镇乡村厂校府",
    *("中心", "街道", "公司", "集团", "大学", "中学", "小学", "供销社", "联社", "合作社", "报社"),
    *("部门", "单位", "企业", "机构", "小组", "专班", "机关", "银行", "分行", "支行"),
    *("农商行", "林场", "农场", "妇联", "残联", "文联", "侨联", "工商联", "社科联", "科协"),
    *("人大", "政协", "记协"),
)
# They end like a unit and are none: 人力资源和社会保障局, 文化市场和旅游局, 城市和交通管理局
_NO_ENDINGS = (
    *("社会", "市场", "广场", "现场", "城市", "都市", "超市", "内部", "全部", "外部", "片区"),
    *("地区", "社团", "景区", "矿区", "山区", "牧区", "教科", "场所", "农村"),
)

# The first rule that finds itself in the name decides, so the narrow ones stand first.
_KINDS: tuple[tuple[UnitKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        # 各镇（街道）, 区直有关部门, 县（市、区）人民政府, 成员单位, 重点企业
        (
            UnitKind.COLLECTIVE,
            r"各|(有关|相关|其他|其它|成员|责任|职能|直属|下属|所属|涉及|驻区|属地|沿线)[^局]{0,2}(部门|单位|企业|科室|方面|镇|乡|街道|县|园区|机构|委办局)",
        ),
        (
            UnitKind.COLLECTIVE,
            r"[省市州区县]直(部门|单位|机关)|企事业单位|[用运建施][人营设工]单位$|企业$|两级",
        ),
        (UnitKind.COLLECTIVE, r"[县市区镇乡](（[县市区镇乡街道、旗]+）)"),
        (
            UnitKind.COLLECTIVE,
            r"^[市县区]?(乡镇|镇街|镇村|街镇|镇|乡|街道|村居|县区|市县|县市区)(人民政府|政府|办事处)?$",
        ),
        (
            UnitKind.OFFICE,
            r"(领导小组|指挥部|联席会议|专班|委员会|安委会)办公室$|(领导小组|专班|指挥部|安委|河长|林长)办$",
        ),
        (
            UnitKind.COMPANY,
            r"(?<!供销)合作社$|公司|集团$|[^工]厂$|(?<!人民)银行|信用社$|农商行$|酒店$|商场$|超市$|供电所$|[铜钢药矿实置物钨锂]业$",
        ),
        (
            UnitKind.COMMITTEE,
            r"管委会|[区园港城地](建设)?管理委员会|(高新|经开|开发)区$|[产工]业园$",
        ),
        # 乡镇街道
        (
            UnitKind.TOWN,
            r"(镇|乡|街道|苏木)(人民政府|政府|办事处|办|党委|党工委)?(（[^）]*）)?$|街道办",
        ),
        (
            UnitKind.PARTY,
            r"纪委|监委|纪检|巡察|[省市州盟区县旗]委(?!员|会)|党委|党工委|党组|党校|党史",
        ),
        (
            UnitKind.PARTY,
            r"政法委|(组织|宣传|统战|统一战线工作|社会工作)部|网信办|编办|老干部局|机关工委",
        ),
        # 群团组织 stand with the party's organs (党群部门)
        (
            UnitKind.PARTY,
            r"团[省市州区县]?委|共青团|妇联|妇女联合会|工会$|残联|残疾人联合会|文联|科协|侨联|工商联|红十字会",
        ),
        # 垂直管理 and 派出机构: not subordinate to the government that plans
        (
            UnitKind.BRANCH,
            r"分局|支队|大队|中队|派出所|税务局|气象局|海关|海事|邮政管理局|烟草|消防|调查队|出入境",
        ),
        (
            UnitKind.BRANCH,
            r"人民银行|人行|金融监管(?!局)|银保监|国家安全局|水文|通信管理|(?<![省市州盟])生态环境局",
        ),
        (
            UnitKind.OTHER,
            r"学校|中学|小学|大学|学院|幼儿园|医院|卫生院|研究院|研究所|法院|检察院|武装部|人武部",
        ),
        (UnitKind.OTHER, r"人大|政协|协会$|学会$|商会$|基金会$|村委会|居委会|社区$"),
        (
            UnitKind.BUREAU,
            r"[局委办厅署司部处站所队院馆台](（[^）]*）)?$|办公室|委员会|中心|供销(联|合作)?社|联社$|部门$|政府办",
        ),
    )
)


def unit_kind(name: str) -> UnitKind:
    """Return what sort of body bears this name; `UnitKind.OTHER` where the name does not tell.

    Only the wording is looked at, so 方大集团 is a company and 章贡生态环境局 (a place before the
    function, no level) a branch of the city's bureau.
    """
    plain = name[:_NAME_AT_MOST].translate(_WIDTHS).strip()
    for kind, pattern in _KINDS:
        if pattern.search(plain):
            return kind
    return UnitKind.OTHER


def ends_like_a_unit(name: str) -> bool:
    """Return whether a name could end here: 区工信局 yes, 区工业 (和信息化局) no."""
    return name.endswith(_ENDINGS) and not name.endswith(_NO_ENDINGS)


def canonical_names(mentions: Mapping[str, int]) -> dict[str, str]:
    """Return which names of one document are variants in print, each with its canonical name.

    Two rules, both certain enough to need no person: names that differ only in quotation marks
    or in the width of brackets are one (the more frequent stands); a name that another exceeds
    by nothing but a leading level (区, 市, 县 …) is that other. Where two levels would fit,
    nothing is said.
    """
    by_shape: dict[str, list[str]] = defaultdict(list)
    for name in mentions:
        by_shape[_shape(name)].append(name)
    chosen = {
        shape: max(names, key=lambda name: (mentions[name], len(name)))
        for shape, names in by_shape.items()
    }
    variants = {}
    for name in mentions:
        levels = [level for level in LEVELS if level + _shape(name) in chosen]
        takes_level = len(levels) == 1 and not _OPENING.match(name)
        shape = levels[0] + _shape(name) if takes_level else _shape(name)
        if chosen[shape] != name:
            variants[name] = chosen[shape]
    return variants


def _shape(name: str) -> str:
    return name.translate(_WIDTHS).translate(_QUOTES)
