"""What Jinja complains of in a template, in words for people who read Chinese."""

import re

# What its messages say, by the part that does not change; the last holds whatever else it is.
SAID = (
    (re.compile(r"^'(\w+)' is undefined$"), "没有“{}”这个词"),
    (re.compile(r" has no attribute '(\w+)'$"), "没有“{}”这一项"),
    (re.compile(r"block that needs to be closed is '(\w+)'"), "{{% {} %}}没有配上它的结尾"),
    (re.compile(r"^Encountered unknown tag '(\w+)'"), "{{% {} %}}多余，或者不是可用的标签"),
    (re.compile(r"^No filter named '(\w+)'"), "没有“{}”这个过滤器"),
    (re.compile(r"^([\x00-\x7f]+)$"), "括号、标签没有配对，或者写法不允许（{}）"),
)


def in_chinese(error: Exception) -> str:
    """Return what an error says about a template; one that is told in Chinese stays as it is."""
    text = str(error)
    for pattern, said in SAID:
        found = pattern.search(text)
        if found is not None:
            return said.format(found[1])
    return text
