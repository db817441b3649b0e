"""Which paragraphs are measures, and what belongs to each."""

from tasks_catalog.blocks import Paragraph
from tasks_catalog.measures import measures_in
from tasks_catalog.outline import outline


def _measures(*texts: str) -> list[tuple[str, str]]:
    roots, before = outline([Paragraph(at, text) for at, text in enumerate(texts, start=1)])
    return [(found.path, found.duty.text) for found in measures_in(roots, before)]


def test_a_paragraph_that_names_nobody_is_no_measure() -> None:
    assert _measures("一、甲", "（一）乙。（某某局）", "（二）丙。") == [("一（一）", "（一）乙。")]


def test_a_bracket_after_the_last_point_alone_is_for_all_points() -> None:
    texts = ("（一）甲", "1.乙。", "2.丙。（市某局牵头）")

    assert _measures(*texts) == [("（一）", "（一）甲\n1.乙。\n2.丙。")]


def test_a_heading_that_names_somebody_takes_its_body_with_it() -> None:
    texts = ("（一）甲（责任单位：市某局）", "做乙。", "1.丙。", "2.丁。")

    assert _measures(*texts) == [("（一）", "（一）甲\n做乙。\n1.丙。\n2.丁。")]


def test_points_that_name_somebody_themselves_are_measures_of_their_own() -> None:
    texts = ("（一）甲", "1.乙。（市某局）", "2.丙。（市另局）")

    assert _measures(*texts) == [("（一）1", "1.乙。"), ("（一）2", "2.丙。")]


def test_a_numbered_label_belongs_to_the_heading_above() -> None:
    texts = ("一、甲", "（一）工作内容：做乙。", "（二）牵头单位：市某局", "（三）完成时限：年底前")

    assert [path for path, _ in _measures(*texts)] == ["一"]


def test_labels_that_begin_anew_begin_a_new_measure() -> None:
    texts = ("任务名称：甲", "牵头单位：市某局", "任务名称：乙", "牵头单位：市另局")

    assert _measures(*texts) == [("", "任务名称：甲"), ("", "任务名称：乙")]


def test_unnumbered_paragraphs_under_a_heading_are_each_a_measure() -> None:
    texts = ("（一）甲", "做乙。（市某局）", "做丙。（市另局）", "以上按月调度。")

    assert [text for _, text in _measures(*texts)] == ["做乙。", "做丙。"]


def test_what_follows_a_complete_measure_is_not_part_of_it() -> None:
    texts = ("1.甲。做甲的事。（市某局）", "某市人民政府办公室")

    assert _measures(*texts) == [("1", "1.甲。做甲的事。")]
