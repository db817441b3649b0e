"""Writes the shipped templates anew: `python -m templates.defaults`."""

from templates.defaults.all import BUILDERS, content_of
from templates.render import template_of

for kind in BUILDERS:
    file = template_of(kind)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content_of(kind))
