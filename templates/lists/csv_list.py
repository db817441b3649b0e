"""A list of items as .csv that Excel opens in Chinese, with nothing in it that could calculate."""

import csv
import unicodedata
from io import StringIO

from templates.lists.words import COLUMNS, ListWords, Value
from templates.workbooks.cells import cell_text

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes the text for the system's old encoding
STARTS_FORMULA = tuple("=+-@\t\r\n|%")
DEFUSED = "'"  # a spreadsheet then takes the cell for a text


def csv_list(words: ListWords) -> bytes:
    """Return the headings and one record per item; a text that could be a formula is defused."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([column.heading for column in COLUMNS])
    writer.writerows([_field(value) for value in line.cells] for line in words.lines)
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def _field(value: Value) -> Value:
    return defused(cell_text(value)) if isinstance(value, str) else value


def defused(text: str) -> str:
    """Return a text that no spreadsheet calculates: one that begins like a formula gets a mark.

    Full-width signs count as the plain ones they may be turned into, blanks before them as nothing.
    """
    begins = unicodedata.normalize("NFKC", text.lstrip()[:1])
    return DEFUSED + text if begins.startswith(STARTS_FORMULA) else text
