"""Writes small invented plans as office files, in layouts that text cannot show."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import docx
import xlsxwriter
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table
from docx.text.paragraph import Paragraph

UP, LEFT = "^", None  # a cell merged with the one above, with the one to its left
CHINESE, DECIMAL = "90", "91"  # lists with automatic numbers


Rows = Sequence[Sequence[str | None]]


def table(document: WordDocument, rows: Rows) -> Table:
    """Add a table with ruled lines; UP and LEFT merge."""
    grid: Table = document.add_table(len(rows), len(rows[0]))
    grid.style = "Table Grid"
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            if text is LEFT:
                grid.cell(row, column - 1).merge(grid.cell(row, column))
            elif text == UP:
                grid.cell(row - 1, column).merge(grid.cell(row, column))
            else:
                grid.cell(row, column).text = text
    return grid


def _save(document: WordDocument, path: Path) -> None:
    """Save with a last paragraph, as Word does: LibreOffice loses a table that ends a .doc."""
    document.add_paragraph()
    document.save(str(path))


def write_division(path: Path) -> None:
    """Two rows of headings, rows across the table that name groups, merged titles and a note."""
    document = docx.Document()
    for text in (
        "白石市人民政府办公室",
        "关于印发2025年《政府工作报告》重点工作分工方案的通知",
        "白政办发〔2025〕3号",
        "各县（市、区）人民政府，市政府各部门：",
        "现将方案印发给你们，请认真落实。",
        "白石市人民政府办公室",
        "2025年1月18日",
        "附件",
        "2025年《政府工作报告》重点工作分工方案",
    ):
        document.add_paragraph(text)
    rows: Rows = [
        ["序号", "重点工作", "具体任务", "责任分工", LEFT, "完成时限", "牵头领导"],
        [UP, UP, UP, "牵头单位", "配合单位", UP, UP],
        ["一、稳增长（3项）", *[LEFT] * 6],
        ["1", "扩大有效投资", "推进项目12个。", "市发改委", "市财政局\n市自然资源局", "12月底", ""],
        ["2", UP, "谋划储备项目100个以上。", UP, "各县（市、区）政府", "每季度", UP],
        ["3", "提振消费", "举办活动20场。", "市商务局", "市文旅局、市体育局等", "11月15日前", ""],
        ["二、惠民生（2项）", *[LEFT] * 6],
        ["4", "办好教育", "新建公办幼儿园3所。", "市教育局", "各县（市、区）政府", "8月底前", ""],
        ["5", "强化就业", "城镇新增就业2万人。", "市人社局", "市民政局", "持续推进", UP],
        ["备注：各牵头单位每季度末报送进展。", *[LEFT] * 6],
    ]  # fmt: skip
    table(document, rows)
    _save(document, path)


def write_two_lists(path: Path) -> None:
    """A list that a page break divides without repeating its headings, and one in another order."""
    document = docx.Document()
    document.add_paragraph("平川县2024年重点项目和任务清单")
    headings = ["序号", "项目名称", "建设内容及规模", "总投资\n（亿元）", "责任单位", "建成时间"]
    table(document, [headings, ["1", "城北水厂", "日供水5万吨。", "1.2", "县住建局", "2024.12"]])
    rest = [
        "2",
        "南环路",
        "全长3.2公里。",
        "3,200万元",
        "县交通运输局、平川县城投公司",
        "2025年6月",
    ]
    table(document, [rest, ["合计", "", "", "1.52", "", ""]])
    document.add_paragraph("注：投资为估算数。")
    document.add_paragraph("附件2 任务清单")
    tasks = [
        ["责任单位", "完成时限", "工作任务", "序号"],
        ["县应急管理局", "2024年3月31日前", "开展隐患排查。覆盖全县企业。", "1"],
        [UP, "6月底", "整改销号", "2"],
    ]
    table(document, tasks)
    _save(document, path)


def write_numbered(path: Path) -> None:
    """Headings and row numbers that Word counts by itself, and indicators with two targets."""
    document = docx.Document()
    document.add_paragraph("金湾县“十四五”节能减排综合工作实施方案")
    _add_lists(document)
    number(document.add_paragraph("总体要求"), CHINESE)
    document.add_paragraph("坚持节约优先。")
    number(document.add_paragraph("主要任务"), CHINESE)
    first = "实施重点行业改造。推进水泥等行业改造。（县工业和信息化局、县发展改革局按职责分工负责）"
    second = "推动园区循环化。（县发展改革局牵头，金湾经济开发区管委会配合，2025年底前完成）"
    for text in (first, second):
        number(document.add_paragraph(text), CHINESE, level=1)
    rows: Rows = [
        ["序号", "指标名称", "单位", "2020年基数", "2024年目标", "2025年目标", "牵头部门"],
        ["", "单位GDP能耗降低", "%", "—", "12", "13.5", "县发展改革局"],
        ["", "化学需氧量排放量", "吨", "520", "500", "480以内", "县生态环境分局"],
    ]
    grid = table(document, rows)
    for row in (1, 2):
        number(grid.cell(row, 0).paragraphs[0], DECIMAL)
    _save(document, path)


def _add_lists(document: WordDocument) -> None:
    numbering = document.part.numbering_part.element
    for name, levels in (
        (CHINESE, (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"))),
        (DECIMAL, (("decimal", "%1"),)),
    ):
        inner = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl>'
            for level, (form, text) in enumerate(levels)
        )
        space = nsdecls("w")
        numbering.insert(
            0, parse_xml(f'<w:abstractNum {space} w:abstractNumId="{name}">{inner}</w:abstractNum>')
        )
        numbering.append(
            parse_xml(f'<w:num {space} w:numId="{name}"><w:abstractNumId w:val="{name}"/></w:num>')
        )


def number(paragraph: Paragraph, name: str, *, level: int = 0) -> None:
    """Let Word number a paragraph."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - the library has no other way
    properties.append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{name}"/></w:numPr>'
        )
    )


def write_labels_and_values(path: Path) -> None:
    """One small table of labels and values per task."""
    document = docx.Document()
    document.add_paragraph("西山区2024年重点督查事项")
    rows: Rows = [
        ["任务名称", "打通断头路"],
        ["工作内容", "打通文昌路东段600米。"],
        ["牵头单位", "区住建局"],
        ["配合单位", "区自然资源局、区财政局"],
        ["完成时限", "2024年11月底前"],
        ["任务名称", "学校食堂整治"],
        ["工作内容", "整治食堂30家。"],
        ["牵头单位", "区教育局"],
        ["配合单位", "区市场监管局"],
        ["完成时限", "2024年8月底前"],
    ]
    table(document, rows)
    _save(document, path)


def write_roles_in_a_cell(path: Path) -> None:
    """Tasks without numbers; a cell holds labels, another one unit per line."""
    document = docx.Document()
    document.add_paragraph("附件：望江县2025年防汛备汛任务分解表")
    rows: Rows = [
        ["工作任务", "责任单位", "时限"],
        ["一、责任落实", LEFT, LEFT],
        ["调整防汛指挥机构", "牵头单位：县应急管理局\n配合单位：县水利局、县气象局", "3月底前"],
        ["落实水库“三个责任人”", "县水利局\n各乡镇人民政府", "汛前"],
        ["二、物资保障", LEFT, LEFT],
        ["储备抢险物资", "县应急管理局、县发改委", "4月15日前"],
    ]
    table(document, rows)
    _save(document, path)


def write_projects(path: Path) -> None:
    """A workbook: dates and amounts by their formats, a formula, merged labels, a total."""
    book = xlsxwriter.Workbook(str(path))
    month = book.add_format({"num_format": 'yyyy"年"m"月"'})
    cents = book.add_format({"num_format": "0.00"})
    sheet = book.add_worksheet("重点项目")
    sheet.merge_range("A1:H1", "红枫区2024—2026年城市更新项目库")
    # fmt: off
    sheet.write_row("A2", ["序号", "类别", "项目名称", "建设规模及内容", "建设年限",
                           "总投资（亿元）", "2024年计划投资（万元）", "责任单位"])
    # fmt: on
    sheet.merge_range("B3:B4", "老旧小区")
    sheet.write("A3", 1)
    sheet.write_row("C3", ["兴业小区改造", "改造12栋。", "2024-2025年"])
    sheet.write("F3", 1.5, cents)
    sheet.write_row("G3", [3000, "区住建局"])
    sheet.write("A4", 2)
    sheet.write_row("C4", ["和平里改造", "改造8栋。"])
    sheet.write_datetime("E4", date(2025, 6, 1), month)
    sheet.write("F4", 0.8, cents)
    sheet.write_formula("G4", "=SUM(G3)", None, 3000)
    sheet.write("H4", "区住建局、红枫城投公司")
    sheet.merge_range("A5:E5", "合计")
    sheet.write("F5", 2.3, cents)
    sheet.write("A7", "说明：总投资按概算。")
    book.close()


def write_rows_under_one_number(path: Path) -> None:
    """Several measures with dates of their own under one number, its other cells merged."""
    document = docx.Document()
    document.add_paragraph("海州区生态环境保护督察整改任务清单")
    rows: Rows = [
        ["序号", "反馈问题", "整改任务", "整改措施", "整改时限", "责任单位", LEFT, "责任领导"],
        [UP, UP, UP, UP, UP, "牵头单位", "配合单位", UP],
        [
            "1",
            "扬尘",
            "治理扬尘",
            "（1）排查工地。",
            "2024年5月底前",
            "区住建局",
            "区城管局",
            "刘某",
        ],
        [UP, UP, UP, "（2）安装设备。", "2024年9月底前", UP, UP, UP],
        ["2", "黑臭", "整治东风河", "清淤5公里。", "长期坚持", "区水务局", "各街道办事处", "陈某"],
    ]
    table(document, rows)
    _save(document, path)


def write_targets(path: Path) -> None:
    """A list of indicators alone, its groups to the left of its numbers."""
    document = docx.Document()
    document.add_paragraph("附件1")
    document.add_paragraph("海陵区2024年度污染防治攻坚战目标任务书")
    rows: Rows = [
        ["类别", "序号", "指标名称", "计量单位", "2023年现状值", "2024年目标值", "责任单位"],
        ["大气", "1", "PM2.5年均浓度", "微克/立方米", "33", "≤32", "区生态环境局"],
        [UP, "2", "优良天数比率", "%", "80.5", "82以上", "区生态环境局"],
        ["水", "3", "国考断面优Ⅲ比例", "%", "100", "100", "区水务局\n区生态环境局"],
        [UP, "4", "城镇污水集中收集率", "%", "—", "提升5个百分点", "区住建局"],
    ]
    table(document, rows)
    document.add_paragraph("注：PM2.5为实况数据。")
    _save(document, path)


WRITERS: dict[str, Callable[[Path], None]] = {
    "division.docx": write_division,
    "two_lists.docx": write_two_lists,
    "numbered.docx": write_numbered,
    "labels_and_values.docx": write_labels_and_values,
    "roles_in_a_cell.docx": write_roles_in_a_cell,
    "rows_under_one_number.docx": write_rows_under_one_number,
    "targets.docx": write_targets,
    "projects.xlsx": write_projects,
}
