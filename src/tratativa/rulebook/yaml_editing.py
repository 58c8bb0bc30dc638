"""Changing one value in a YAML text and nothing else of it: comments, order, quotes and blanks stay as they were.

Each change is read back before it is given out: a text that would say anything else than what was asked is refused.
"""

import copy
import json
from typing import Any

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from tratativa.rulebook.terms import yaml_source
from tratativa.rulebook.terms.yaml_source import Loc

_WIDE = 10_000_000  # columns: a value stays on its line


class Uneditable(Exception):
    """The text is not written so that this place of it can be changed from outside; a person can."""


def put(text: str, path: Loc, value: Any) -> str:
    """The text with this value at this path; its last key is added to the mapping around it where it is not there.

    Raises Uneditable.
    """
    wanted = _data(text)
    try:
        _inside(wanted, path[:-1])[path[-1]] = value
    except (TypeError, IndexError):
        raise Uneditable from None
    found = _found(text, path)
    if found is None:
        parent = _found(text, path[:-1])
        changed = _added(text, _node(parent), f"{_inline(path[-1], flow=True)}: ", value)
    else:
        changed = _replaced(text, found, value)
    return _checked(changed, wanted)


def append(text: str, path: Loc, item: Any) -> str:
    """The text with one more item at the end of the list at this path, which is made where it is not there.

    Raises Uneditable.
    """
    found = _found(text, path)
    if found is None or not isinstance(found[1], SequenceNode) or not found[1].value:
        return put(text, path, [item])
    wanted = _data(text)
    _inside(wanted, path).append(item)
    return _checked(_added(text, found[1], "" if found[1].flow_style else "- ", item), wanted)


def drop(text: str, path: Loc) -> str:
    """The text without what stands at this path. Raises Uneditable."""
    wanted = _data(text)
    around = _inside(wanted, path[:-1])
    found = _found(text, path)
    if found is None:
        return text
    del around[path[-1]]
    parent = _node(_found(text, path[:-1]))
    return _checked(_without(text, parent, found), wanted)


Found = tuple[Node | None, Node]  # the key, where it is a mapping's, and the value


def _node(found: Found | None) -> Node:
    if found is None:
        raise Uneditable
    return found[1]


def _data(text: str) -> Any:
    try:
        return copy.deepcopy(yaml_source.read(text.encode(), "").data)
    except yaml_source.BadYaml:
        raise Uneditable from None


def _inside(data: Any, path: Loc) -> Any:
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            raise Uneditable from None
    if not isinstance(data, dict | list):
        raise Uneditable
    return data


def _found(text: str, path: Loc) -> Found | None:
    key: Node | None = None
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    for part in path:
        if isinstance(node, MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == part), None)
            if pair is None:
                return None
            key, node = pair
        elif isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
            key, node = None, node.value[part]
        else:
            return None
    return None if node is None else (key, node)


def _end(text: str, node: Node) -> int:
    """Where it ends, without the comments and blanks behind it that the parser counts in."""
    if not isinstance(node, CollectionNode) or node.flow_style or not node.value:
        begin = int(node.start_mark.index)
        return begin + len(text[begin : int(node.end_mark.index)].rstrip())
    last = node.value[-1]
    return _end(text, last[1] if isinstance(last, tuple) else last)


def _replaced(text: str, found: Found, value: Any) -> str:
    key, node = found
    begin, end = int(node.start_mark.index), _end(text, node)
    flow = _in_flow(text, node)
    indent = _indent(text, key or node)
    if key is None or text[int(key.end_mark.index) : begin].strip(" ") == ":":
        quoted = isinstance(node, ScalarNode) and node.style == '"'
        return text[:begin] + _written(value, indent, flow=flow, quoted=quoted) + text[end:]
    # The value stood on the lines below its key: it comes up to it, before a comment that stands there.
    colon = text.index(":", int(key.end_mark.index)) + 1
    comment = text[colon:begin].split("\n", 1)[0].rstrip()
    return text[:colon] + " " + _written(value, indent, flow=flow) + comment + text[end:]


def _added(text: str, parent: Node, before: str, value: Any) -> str:
    if not isinstance(parent, MappingNode | SequenceNode):
        raise Uneditable
    if parent.flow_style or not parent.value:
        close = int(parent.end_mark.index) - 1
        between = ", " if parent.value else ""
        return text[:close].rstrip() + between + before + _inline(value, flow=True) + text[close:]
    first = parent.value[0][0] if isinstance(parent, MappingNode) else parent
    indent = int(first.start_mark.column)
    end = _line_end(text, _end(text, parent))
    return text[:end] + "\n" + " " * indent + before + _written(value, indent, flow=False) + text[end:]


def _without(text: str, parent: Node, found: Found) -> str:
    if not isinstance(parent, MappingNode | SequenceNode):
        raise Uneditable
    items = [pair[0] if isinstance(parent, MappingNode) else pair for pair in parent.value]
    place = next(number for number, one in enumerate(items) if one is (found[0] or found[1]) or _same(one, found))
    begin, end = int(items[place].start_mark.index), _end(text, found[1])
    if parent.flow_style:
        if place:
            begin = _end(text, _value(parent, place - 1))
        elif len(items) > 1:
            end = int(items[1].start_mark.index)
        return text[:begin] + text[end:]
    if len(items) == 1:
        raise Uneditable
    line = text.rfind("\n", 0, begin) + 1
    if text[line:begin].strip(" -") or ("-" in text[line:begin] and isinstance(parent, MappingNode)):
        raise Uneditable  # it shares its line with what stays
    return text[:line] + text[_line_end(text, end) + 1 :]


def _same(one: Node, found: Found) -> bool:
    there = found[0] or found[1]
    return bool(one.start_mark.index == there.start_mark.index)


def _value(parent: MappingNode | SequenceNode, place: int) -> Node:
    found: Node = parent.value[place][1] if isinstance(parent, MappingNode) else parent.value[place]
    return found


def _line_end(text: str, begin: int) -> int:
    end = text.find("\n", begin)
    return len(text) if end < 0 else end


def _indent(text: str, node: Node) -> int:
    """Columns before the line's first word, a list's dash counted in."""
    begin = int(node.start_mark.index)
    line = text[text.rfind("\n", 0, begin) + 1 : begin]
    return len(line) - len(line.lstrip(" -"))


def _in_flow(text: str, node: Node) -> bool:
    """Whether some flow collection is open around it."""
    opened = 0
    for token in yaml.scan(text, Loader=yaml.CSafeLoader):
        if token.start_mark.index >= node.start_mark.index:
            break
        opened += isinstance(token, yaml.FlowMappingStartToken | yaml.FlowSequenceStartToken)
        opened -= isinstance(token, yaml.FlowMappingEndToken | yaml.FlowSequenceEndToken)
    return opened > 0


def _written(value: Any, indent: int, *, flow: bool, quoted: bool = False) -> str:
    if isinstance(value, str) and "\n" in value and not flow:
        chomp = "|" if value.endswith("\n") else "|-"
        lines = value.rstrip("\n").split("\n")
        return chomp + "".join(f"\n{' ' * (indent + 2)}{line}".rstrip(" ") if line else "\n" for line in lines)
    if quoted and isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return _inline(value, flow=flow)


def _inline(value: Any, *, flow: bool) -> str:
    if isinstance(value, str) and "\n" in value:
        return json.dumps(value, ensure_ascii=False)
    if flow or not isinstance(value, str):
        said = yaml.safe_dump([value], default_flow_style=True, allow_unicode=True, sort_keys=False, width=_WIDE)
        return str(said).strip()[1:-1]
    said = yaml.safe_dump({"a": value}, default_flow_style=False, allow_unicode=True, width=_WIDE)
    return str(said)[3:].rstrip("\n")


def _checked(changed: str, wanted: Any) -> str:
    if _data(changed) != wanted:
        raise Uneditable
    return changed
