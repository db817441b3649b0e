"""Marks for what LibreOffice converts: its parts are packages of their own and may be absent."""

import shutil
from pathlib import Path

import pytest


def _has(library: str) -> bool:
    program = shutil.which("soffice")
    return program is not None and Path(program).resolve().with_name(library).exists()


NEEDS_WRITER = pytest.mark.skipif(
    not _has("libswlo.so"), reason="未运行：本机没有 LibreOffice Writer"
)
NEEDS_CALC = pytest.mark.skipif(not _has("libsclo.so"), reason="未运行：本机没有 LibreOffice Calc")
