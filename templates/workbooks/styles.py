"""The look of the dispatch table: fonts, borders, the colours of lights, the page it prints on."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from supervision.vocabulary import Light

FONT, BODY_SIZE, TITLE_SIZE = "宋体", 11, 18
A4 = 9  # Excel's number for the paper
MARGIN, FOOT = 0.3, 0.5  # inches
OPTIONS: Mapping[str, object] = MappingProxyType(
    {
        # A text is a text: nothing a person typed may become a formula, a link or a number.
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        # Columns are measured in digits of the default font: it must be one that offices have.
        "default_format_properties": {"font_name": FONT, "font_size": BODY_SIZE},
    }
)
LIGHT_COLOURS: Mapping[Light, tuple[str, str]] = MappingProxyType(
    {  # paper, ink: dark enough to be read in a black-and-white print
        Light.GREY: ("#E7E6E6", "#404040"),
        Light.GREEN: ("#C6EFCE", "#0B5A1E"),
        Light.BLUE: ("#CFE2F9", "#0B3D91"),
        Light.YELLOW: ("#FFEB9C", "#7A4F00"),
        Light.RED: ("#FFC7CE", "#9C0006"),
    }
)
BOXED = {"border": 1, "border_color": "#7F7F7F", "text_wrap": True, "valign": "top"}


class Styles:
    """The cell formats of one workbook; each is made once, as the file format wants it."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - xlsxwriter is untyped
        self._book = book
        self.title = self._new(font_size=TITLE_SIZE, bold=True, align="center", valign="vcenter")
        self.subtitle = self._new(align="left", valign="vcenter", font_color="#404040")
        self.heading = self._new(
            BOXED, bold=True, align="center", valign="vcenter", bg_color="#DDE7F0"
        )
        self.open_heading = self._new(
            BOXED, bold=True, align="center", valign="vcenter", bg_color="#FFF2CC"
        )
        self.locked = self._new(BOXED)
        self.centred = self._new(BOXED, align="center")
        self.open_text = self._new(BOXED, locked=False, bg_color="#FFFDF2")
        self.open_share = self._new(
            BOXED, locked=False, bg_color="#FFFDF2", align="center", num_format="0"
        )
        self.open_amount = self._new(
            BOXED, locked=False, bg_color="#FFFDF2", align="center", num_format="0.##"
        )
        self.label = self._new(BOXED, bold=True, valign="vcenter", bg_color="#DDE7F0")
        self.lights = {light: self._light(light) for light in Light}

    def _light(self, light: Light) -> Any:  # noqa: ANN401 - xlsxwriter is untyped
        paper, ink = LIGHT_COLOURS[light]
        return self._new(BOXED, bg_color=paper, font_color=ink, align="center")

    def _new(self, *shared: Mapping[str, object], **own: object) -> Any:  # noqa: ANN401
        properties: dict[str, object] = {}
        for each in shared:
            properties |= each
        return self._book.add_format(properties | own)


def lay_out(sheet: Any, *, first_row: int, last_row: int, last_column: int) -> None:  # noqa: ANN401
    """Set a sheet up for A4 landscape: one page wide, headings on each page, pages numbered.

    Rows are counted from 0; `first_row` is the row of headings that repeats.
    """
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.set_margins(left=MARGIN, right=MARGIN, top=MARGIN + 0.1, bottom=FOOT)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.repeat_rows(first_row)
    sheet.print_area(0, 0, last_row, last_column)
    sheet.set_footer("&L&9&A&R&9第 &P 页，共 &N 页", {"margin": 0.25})
