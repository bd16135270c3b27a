"""Whether a stretch of a web page is seen, by its attributes, its inline style and the plain rules of its style sheets.

Only what stands in the file counts: nothing is fetched. Selectors of one class, id or tag are understood, which is what
text is hidden by; what a longer selector says is not known, and its text counts as seen.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

TINY_PX = 1.0
FAR_OFF_PX = -500.0  # left of or above the page
RULES_MAX = 5_000
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CONDITIONAL = re.compile(r"@[a-z-]+[^{};]{0,300}\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}@]{1,500})\{([^{}]{0,2000})\}")
_SELECTOR = re.compile(r"(?:[a-z][a-z0-9]*)?(?:[.#][\w-]{1,80})?")
_LENGTH = re.compile(r"(-?\d{0,6}(?:\.\d{1,4})?)\s*(px|pt|em|rem|%)?")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})")
_WATCHED = {
    "display", "visibility", "opacity", "font-size", "color", "background", "background-color", "text-indent", "left",
    "top", "width", "height", "max-height", "overflow", "clip", "position", "text-decoration", "text-decoration-line",
}  # fmt: skip
_NEAR_WHITE = 0xF0
_PAPER = ("", "transparent", "none", "inherit", "initial")


@dataclass(frozen=True)
class Seen:
    """How an element is hidden (empty where it is seen), and whether the ground behind it is coloured."""

    how: str = ""
    is_coloured: bool = False


@dataclass
class StyleSheet:
    """The declarations of plain selectors (`.note`, `#note`, `p`, `p.note`), of all style sheets of a page."""

    rules: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, text: str) -> None:
        """Take in the text of one `<style>` element."""
        plain = _CONDITIONAL.sub("", _COMMENT.sub("", text.lower()))
        for found in _RULE.finditer(plain):
            declared = read_declarations(found.group(2))
            for selector in found.group(1).split(","):
                bare = selector.strip()
                if declared and bare and _SELECTOR.fullmatch(bare) and len(self.rules) < RULES_MAX:
                    self.rules.setdefault(bare, {}).update(declared)

    def declared(self, tag: str, attributes: Mapping[str, str | None]) -> dict[str, str]:
        """What is declared for an element, its own style last."""
        classes = (attributes.get("class") or "").lower().split()
        names = [tag, *(f".{one}" for one in classes), *(f"{tag}.{one}" for one in classes)]
        if attributes.get("id"):
            names += [f"#{(attributes['id'] or '').lower()}", f"{tag}#{(attributes['id'] or '').lower()}"]
        declared: dict[str, str] = {}
        for name in names:
            declared |= self.rules.get(name, {})
        return declared | read_declarations((attributes.get("style") or "").lower())


def read_declarations(text: str) -> dict[str, str]:
    """The declarations that can hide something, by property.

    >>> read_declarations("display : none; margin: 0")
    {'display': 'none'}
    """
    pairs = (part.partition(":") for part in text[:4000].split(";"))
    return {
        name.strip(): value.replace("!important", "").strip() for name, _, value in pairs if name.strip() in _WATCHED
    }


def see(tag: str, attributes: Mapping[str, str | None], declared: Mapping[str, str], above: Seen) -> Seen:
    """How an element inside another is seen."""
    ground = declared.get("background-color") or declared.get("background") or attributes.get("bgcolor") or ""
    coloured = above.is_coloured if ground in _PAPER else not is_white(ground.split()[0]) or "url(" in ground
    if above.how:
        return Seen(above.how, coloured)
    return Seen(_hidden_how(tag, attributes, declared, coloured), coloured)


def _hidden_how(tag: str, attributes: Mapping[str, str | None], declared: Mapping[str, str], is_coloured: bool) -> str:
    if "hidden" in attributes or declared.get("display") == "none":
        return "display:none"
    if declared.get("visibility") in ("hidden", "collapse") or _is_nothing(declared.get("opacity")):
        return "display:none"
    if tag in ("del", "s", "strike") or "line-through" in declared.get("text-decoration", ""):
        return "deleted"
    size = _pixels(declared.get("font-size"))
    if size is not None and size <= TINY_PX:
        return "tiny"
    places = (declared.get("text-indent"), declared.get("left"), declared.get("top"))
    if any((place := _pixels(value)) is not None and place <= FAR_OFF_PX for value in places) or _is_clipped(declared):
        return "off_page"
    colour = declared.get("color") or (attributes.get("color") if tag == "font" else "") or ""
    return "white" if not is_coloured and is_white(colour) else ""


def _is_clipped(declared: Mapping[str, str]) -> bool:
    boxed = any(_is_nothing(declared.get(side)) for side in ("width", "height", "max-height"))
    return (boxed and declared.get("overflow") == "hidden") or declared.get("clip", "").startswith("rect(0")


def _is_nothing(value: str | None) -> bool:
    return value is not None and re.fullmatch(r"0*(?:\.0*)?(?:px|pt|em|rem|%)?", value) is not None and value != ""


def _pixels(value: str | None) -> float | None:
    """A length in pixels, roughly; None where there is none."""
    found = _LENGTH.fullmatch(value or "")
    if not found or found.group(1) in ("", "-", ".", "-."):
        return None
    scale = {"pt": 4 / 3, "em": 16.0, "rem": 16.0, "%": 0.16}
    return float(found.group(1)) * scale.get(found.group(2) or "px", 1.0)


def is_white(colour: str) -> bool:
    """Whether a colour cannot be told from white paper.

    >>> is_white("#FEFEFE"), is_white("white"), is_white("rgb(255, 255, 255)"), is_white("#f00")
    (True, True, True, False)
    """
    colour = colour.strip().lower()
    if colour in ("white", "snow", "ivory", "ghostwhite", "floralwhite", "whitesmoke", "transparent"):
        return True
    if found := _RGB.match(colour):
        return all(int(part) >= _NEAR_WHITE for part in found.groups())
    digits = colour.removeprefix("#")
    if not re.fullmatch(r"[0-9a-f]{3}|[0-9a-f]{6}", digits) or (len(digits) == len(colour) and digits.isalpha()):
        return False
    full = digits if len(digits) == 6 else "".join(one * 2 for one in digits)
    return all(int(full[at : at + 2], 16) >= _NEAR_WHITE for at in (0, 2, 4))
