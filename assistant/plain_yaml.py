"""YAML without its surprises: every scalar is text as written, a key stands once, nothing refers to anything.

What a person writes as 010 is ten and not eight, `on` is a word, and ten lines cannot grow into gigabytes.
"""

from typing import Any


class YamlRefused(ValueError):
    """A text that is no YAML, repeats a key or holds references; `line` says where, 0 when that cannot be told."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def read_plain_yaml(text: str) -> Any:  # noqa: ANN401 - what the text holds
    """Read YAML or JSON text into lists, dicts and strings.

    >>> read_plain_yaml("count: 010")
    {'count': '010'}

    Raises:
        YamlRefused: It is no YAML, repeats a key, or holds anchors, aliases or tags.
    """
    import yaml

    try:
        for token in yaml.scan(text, Loader=yaml.BaseLoader):
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
                raise YamlRefused("Anchors, aliases and tags are not read.", token.start_mark.line + 1)
        return _build(yaml.compose(text, Loader=yaml.BaseLoader))
    except yaml.MarkedYAMLError as error:
        raise YamlRefused(str(error), error.problem_mark.line + 1 if error.problem_mark else 0) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise YamlRefused(f"Cannot read YAML: {type(error).__name__}.") from error


def _build(node: Any) -> Any:  # noqa: ANN401 - a node of any sort
    import yaml

    if isinstance(node, yaml.SequenceNode):
        return [_build(one) for one in node.value]
    if isinstance(node, yaml.MappingNode):
        built: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in built:
                raise YamlRefused(f"The key {name[:40]!r} stands twice.", key.start_mark.line + 1)
            built[name] = _build(value)
        return built
    return None if node is None else node.value
