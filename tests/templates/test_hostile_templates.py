"""SEC16: what a template may not say is refused, quickly, and prints nothing."""

import time
import tracemalloc
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from supervision.errors import NotConfiguredError
from supervision.vocabulary import PaperKind
from templates import render
from templates.environments import FAULTS, PaperEnvironment, words_of
from templates.inspection import faults
from templates.samples import notices
from tests.templates.payloads import ESCAPES_OF_OLD, PAYLOADS

WORDS = words_of(notices.blue)
MIB = 2**20


def with_text(text: str) -> bytes:
    document = Document()
    document.add_paragraph(text)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_there_are_enough_of_them_and_no_two_alike() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 150


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_is_evaluated_and_none_costs_a_second_or_a_mebibyte(payload: str) -> None:
    environment = PaperEnvironment(most=MIB)
    tracemalloc.start()
    began = time.perf_counter()

    with pytest.raises(FAULTS):
        environment.from_string(payload).render(WORDS)

    took = time.perf_counter() - began
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took <= 1
    assert peak <= MIB


@pytest.mark.parametrize("payload", ESCAPES_OF_OLD)
def test_an_escape_of_old_in_an_offices_own_file_makes_no_paper(
    payload: str, tmp_path: Path
) -> None:
    own = tmp_path / "supervision" / "document.docx"
    own.parent.mkdir()
    own.write_bytes(with_text(payload))

    with pytest.raises(NotConfiguredError):
        render.paper(notices.blue, folder=tmp_path)
    assert any(not fault.is_warning for fault in faults(PaperKind.SUPERVISION, own.read_bytes()))


def test_a_template_that_prints_too_much_is_stopped() -> None:
    environment = PaperEnvironment(most=MIB)
    template = environment.from_string("{% for line in lines %}" + "字" * MIB + "{% endfor %}")

    with pytest.raises(FAULTS, match="过长"):
        template.render(WORDS)


def test_what_templates_are_made_of_is_still_said() -> None:
    text = (
        "{% if is_draft %}草稿{% else %}{{ number }}{% endif %}"
        "{% for line in lines if line.demand %}"
        "{{ loop.index }}.{{ line.code }}{% if not loop.last %}；{% endif %}{% endfor %}"
        "{{ issued_on | chinese_day }}{{ rung.label }}{{ copied_to | join('，') }}"
    )

    printed = PaperEnvironment().from_string(text).render(WORDS)

    assert printed == "章无废督〔2025〕1号1.T072025年1月2日蓝色督办区政府督查室"
