"""What people put into templates to get out of them, to stop the house or to fill it (SEC16)."""

ESCAPES_OF_OLD = (
    # 2.8.1: str.format reaches attributes that the sandbox never sees.
    "{{ '{0.__class__.__mro__}'.format(title) }}",
    "{{ '{a.__class__}'.format(a=title) }}",
    # 2.10.1: format_map was forgotten.
    "{{ '{a.__class__.__mro__}'.format_map({'a': title}) }}",
    # 3.1.5: a filter that takes a method by reference; file names in a compiled template.
    "{{ ('{0.__class__.__init__.__globals__}'|attr('format'))(title) }}",
    "{{ ['{0.__class__}']|map('format', title)|list }}",
    # 3.1.6: |attr returns what the sandbox would have refused.
    "{{ ('a'|attr('format'))('{0.__class__}') }}",
    "{{ title|attr('__init__') }}",
    "{{ ''|attr('format_map') }}",
)
ROOTS = (
    "title", "lines", "lines[0]", "rung", "issued_on", "''", "[]", "()", "1", "none", "true",
    "copied_to", "self", "loop", "varargs", "caller",
)  # fmt: skip
STEPS = (
    ".__class__", ".__class__.__mro__", ".__class__.__base__.__subclasses__()",
    ".__init__.__globals__", ".__dict__", "['__class__']", "|attr('__class__')",
)  # fmt: skip
NAMES = (
    "{{ config }}", "{{ request }}", "{{ self._TemplateReference__context }}",
    "{{ lipsum.__globals__ }}", "{{ lipsum(9) }}", "{{ cycler.__init__.__globals__ }}",
    "{{ joiner.__init__.__globals__ }}", "{{ namespace.__init__.__globals__ }}",
    "{{ range.__class__ }}", "{{ dict(a=1) }}", "{{ url_for.__globals__ }}",
    "{{ get_flashed_messages.__globals__ }}", "{{ __import__('os').system('id') }}",
    "{{ open('/etc/passwd').read() }}", "{{ undefined_name }}", "{{ lines[0].nobody }}",
    "{{ title.upper() }}", "{{ title.format }}", "{{ copied_to.count }}", "{{ rung.__members__ }}",
    "{{ rung.name.__class__ }}", "{{ lines[0].__slots__ }}", "{{ issued_on.strftime('%Y') }}",
    "{{ lines[0]._asdict() }}", "{{ loop }}",
)  # fmt: skip
STATEMENTS = (
    "{% include '/etc/passwd' %}", "{% import 'os' as os %}", "{% extends 'a' %}",
    "{% from 'a' import b %}", "{% set x = title %}", "{% set x %}{{ title }}{% endset %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "{% call x() %}{% endcall %}",
    "{% filter upper %}a{% endfilter %}", "{% block b %}{% endblock %}{{ self.b() }}",
    "{% with x = title %}{{ x }}{% endwith %}",
    "{% autoescape false %}{{ title }}{% endautoescape %}",
    "{% do title.x() %}", "{% debug %}",
    "{% for x in lines recursive %}{{ loop(lines) }}{% endfor %}",
    "{% for a, b in lines %}{% endfor %}", "{% trans %}x{% endtrans %}",
)  # fmt: skip
FILTERS = tuple(
    f"{{{{ title|{used} }}}}"
    for used in (
        "safe", "center(1000000000)", "indent(1000000000)", "wordwrap(1)", "format(1)", "list",
        "map('upper')", "select", "batch(1)", "slice(1)", "groupby('a')", "pprint", "tojson",
        "xmlattr", "replace('a', 'b')", "random", "dictsort", "sum", "filesizeformat", "urlize",
        "attr('upper')", "reverse", "sort", "default('x')",
    )
)  # fmt: skip
TOO_MUCH = (
    "{{ 'a' * 1000000000 }}",
    "{{ [1] * 1000000000 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 10 ** 100000000 }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ 'a' ~ 'b' ~ title }}",
    "{{ 1 + 1 }}",
    "{{ 2 << 1000000000 }}",
    "{% for x in range(1000000000) %}x{% endfor %}",
    "{% for x in range(99999) %}{% for y in range(99999) %}x{% endfor %}{% endfor %}",
    "{% for a in lines %}{% for b in lines %}x{% endfor %}{% endfor %}",
    "{% for a in 'aaaaaaaaaaaaaaaaaaaa' %}x{% endfor %}",
    "{% for a in [1, 2, 3] %}x{% endfor %}",
    "{% for a in lines|list %}x{% endfor %}",
    "{% for a in lines %}{% for b in copied_to %}x{% endfor %}{% endfor %}",
    "{% for a in title|batch(1) %}x{% endfor %}",
    "{% set x = 'a' %}" + "{% set x = x ~ x %}" * 40 + "{{ x }}",
    "{% for a in lines %}" * 30 + "x" + "{% endfor %}" * 30,
    "{% if title %}" * 60 + "x" + "{% endif %}" * 60,
    "{{ " + "(" * 300 + "1" + ")" * 300 + " }}",
    "{% for a in lines %}x{% endfor %}" * 150,
)
BROKEN = (
    "{{ title", "{% for a in lines %}", "{% if title %}", "{% endfor %}", "{{ title }",
    "{{ | }}", "{% %}", "{{ title.. }}", "{{ title|nothing }}", "{{ title is defined }}",
)  # fmt: skip
PAYLOADS: tuple[str, ...] = (
    *ESCAPES_OF_OLD,
    *(f"{{{{ {root}{step} }}}}" for root in ROOTS for step in STEPS),
    *NAMES,
    *STATEMENTS,
    *FILTERS,
    *TOO_MUCH,
    *BROKEN,
)
