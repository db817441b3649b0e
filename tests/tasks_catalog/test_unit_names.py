import pytest

from supervision.vocabulary import UnitKind
from tasks_catalog.unit_names import canonical_names, unit_kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("区发改委", UnitKind.BUREAU),
        ("区供销联社", UnitKind.BUREAU),
        ("区机关事务管理中心", UnitKind.BUREAU),
        ("市国有资产监督管理委员会", UnitKind.BUREAU),
        ("区政府办公室", UnitKind.BUREAU),
        ("区委宣传部", UnitKind.PARTY),
        ("区委办公室（区档案局）", UnitKind.PARTY),
        ("区纪委监委", UnitKind.PARTY),
        ("团区委", UnitKind.PARTY),
        ("区总工会", UnitKind.PARTY),
        ("章贡生态环境局", UnitKind.BRANCH),
        ("市自然资源局章贡分局", UnitKind.BRANCH),
        ("市交警支队直属大队", UnitKind.BRANCH),
        ("市生态环境局", UnitKind.BUREAU),
        ("区公安分局", UnitKind.BRANCH),
        ("区税务局", UnitKind.BRANCH),
        ("县公安局交警大队", UnitKind.BRANCH),
        ("人民银行赣州市分行", UnitKind.BRANCH),
        ("章贡高新区管委会", UnitKind.COMMITTEE),
        ("赣州经济技术开发区管理委员会", UnitKind.COMMITTEE),
        ("水东镇人民政府", UnitKind.TOWN),
        ("解放街道办事处", UnitKind.TOWN),
        ("方大集团", UnitKind.COMPANY),
        ("国网赣州供电公司", UnitKind.COMPANY),
        ("农民专业合作社", UnitKind.COMPANY),
        ("中国银行章贡支行", UnitKind.COMPANY),
        ("各镇（街道）", UnitKind.COLLECTIVE),
        ("县（市、区）人民政府", UnitKind.COLLECTIVE),
        ("区直有关部门", UnitKind.COLLECTIVE),
        ("相关企业", UnitKind.COLLECTIVE),
        ("市第一中学", UnitKind.OTHER),
        ("区人民医院", UnitKind.OTHER),
        ("区“无废城市”建设工作领导小组各成员单位", UnitKind.COLLECTIVE),
        ("区“无废城市”建设工作领导小组办公室", UnitKind.OFFICE),
    ],
)
def test_the_name_tells_what_sort_of_body_it_is(name: str, kind: UnitKind) -> None:
    assert unit_kind(name) is kind


def test_a_name_without_its_leading_level_is_a_variant_of_the_name_with_it() -> None:
    variants = canonical_names({"河长制成员单位": 1, "县河长制成员单位": 4, "县水利局": 2})

    assert variants == {"河长制成员单位": "县河长制成员单位"}


def test_a_name_that_two_levels_would_fit_is_left_alone() -> None:
    assert canonical_names({"财政局": 1, "市财政局": 2, "区财政局": 2}) == {}


def test_names_that_differ_only_in_print_are_one() -> None:
    variants = canonical_names({"各镇（街道）": 3, "各镇(街道)": 1})

    assert variants == {"各镇(街道)": "各镇（街道）"}
