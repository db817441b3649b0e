"""What a Word template may say: words, dots, conditions, loops; nothing that could run or grow.

An office writes its own templates, so the language is held small before anything is evaluated:
every word names a value it was given, a loop goes over a list that it was given, and an inner loop
over what a line of the outer one holds. What a template prints is then bounded by its words.
"""

from jinja2 import nodes
from jinja2.exceptions import SecurityError

MOST_LOOPS = 100
MOST_DEPTH = 40
ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr,
    nodes.Getitem, nodes.For, nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And,
    nodes.Or, nodes.Not, nodes.Filter, nodes.Tuple, nodes.List,
)  # fmt: skip
FILTERS = frozenset({"chinese_day", "in_lines", "join", "length", "first", "last"})


def examine(tree: nodes.Template) -> None:
    """Refuse a template that says more than it may; SecurityError names what and where."""
    _walk(tree, loops=frozenset(), depth=0)
    if sum(1 for _ in tree.find_all(nodes.For)) > MOST_LOOPS:
        raise SecurityError(f"循环超过{MOST_LOOPS}个")


def _walk(node: nodes.Node, *, loops: frozenset[str], depth: int) -> None:
    """Examine a node and what stands in it; `loops` are the names that the loops around it give."""
    fault = _fault(node, loops) if depth <= MOST_DEPTH else "嵌套过深"
    if fault:
        raise SecurityError(f"第{node.lineno}行{fault}")
    if isinstance(node, nodes.For):
        loops |= {str(getattr(node.target, "name", ""))}
    for child in node.iter_child_nodes():
        _walk(child, loops=loops, depth=depth + 1)


def _fault(node: nodes.Node, loops: frozenset[str]) -> str:
    """Return what is wrong with a node itself, nothing for one that may stand."""
    if not isinstance(node, ALLOWED):
        return f"用了模板不允许的写法（{type(node).__name__}）"
    if isinstance(node, nodes.For):
        return _fault_of_loop(node, loops)
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        return f"用了模板不允许的过滤器“{node.name}”"
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        return f"用了模板不允许的字段“{node.attr}”"
    if isinstance(node, nodes.Getitem) and not _is_place(node.arg):
        return "只能按序号取一项"
    return ""


def _is_place(argument: nodes.Expr) -> bool:
    return isinstance(argument, nodes.Const) and isinstance(argument.value, int)


def _fault_of_loop(loop: nodes.For, loops: frozenset[str]) -> str:
    if loop.recursive or not isinstance(loop.target, nodes.Name):
        return "用了模板不允许的循环"
    source: nodes.Node = loop.iter
    while isinstance(source, nodes.Getattr):
        source = source.node
    if not isinstance(source, nodes.Name):
        return "循环只能取给定的清单"
    if loops and source.name not in loops:
        return f"内层循环只能取外层循环一行中的清单，“{source.name}”不是"
    return ""
