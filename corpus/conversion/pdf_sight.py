"""Which characters of a pdf page a reader sees: judged by the page as it is drawn, not by what the file claims."""

from collections.abc import Sequence
from typing import Any

from corpus.conversion.pages import Ruling
from corpus.conversion.pdf_glyphs import (
    CONTRAST_MIN,
    INVISIBLE_MODES,
    RENDER_SCALE,
    TINY_PT,
    Drawn,
    Glyph,
    Seen,
    is_slanted,
    turn_of,
)
from corpus.conversion.records import HIDDEN_MAX, Hidden


def see(page: Any, drawn: Drawn) -> Seen:  # noqa: ANN401 - pypdfium2's page; the library is imported where it is used
    """Part the characters of a page into visible, hidden (with how) and slanted ones."""
    seen = Seen()
    if not drawn.glyphs:
        return seen
    picture = page.render(scale=RENDER_SCALE, grayscale=True).to_numpy()
    turn = turn_of(drawn.glyphs)
    hows = [_how_hidden(glyph, drawn, picture) for glyph in drawn.glyphs]
    lent = [how for glyph, how in zip(drawn.glyphs, hows, strict=True) if glyph.lent]
    is_undrawn = bool(lent) and all(how is not None for how in lent)  # this machine lacks the font
    for glyph, how in zip(drawn.glyphs, hows, strict=True):
        how = None if is_undrawn and glyph.lent and how == "white" else how
        if how is not None:
            seen.hidden.append((how, glyph))
        elif is_slanted(glyph, turn):
            seen.slanted.append(glyph)
        else:
            seen.visible.append(glyph)
    return seen


def _how_hidden(glyph: Glyph, drawn: Drawn, picture: Any) -> str | None:  # noqa: ANN401 - an array of grey levels
    x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    if not (0 <= x <= drawn.width and 0 <= y <= drawn.height):
        return "off_page"
    if glyph.mode in INVISIBLE_MODES:
        return "invisible"
    if min(glyph.bottom - glyph.top, glyph.size) <= TINY_PT:
        return "tiny"
    if any(order > glyph.order >= 0 and _holds(place, x, y) for order, place in drawn.pictures):
        return "under_image"
    top, bottom = int(glyph.top * RENDER_SCALE), int(glyph.bottom * RENDER_SCALE) + 1
    left, right = int(glyph.left * RENDER_SCALE), int(glyph.right * RENDER_SCALE) + 1
    shown = picture[max(top, 0) : bottom, max(left, 0) : right]
    if shown.size and int(shown.max()) - int(shown.min()) < CONTRAST_MIN:
        return "white"
    return None


def _holds(place: Ruling, x: float, y: float) -> bool:
    return place.left <= x <= place.right and place.top <= y <= place.bottom


def tell_hidden(hidden: Sequence[tuple[str, Glyph]]) -> list[Hidden]:
    """Hidden characters as stretches of text, one for each run that is hidden in the same way."""
    runs: list[tuple[str, str]] = []
    for how, glyph in hidden:
        if runs and runs[-1][0] == how:
            runs[-1] = (how, runs[-1][1] + glyph.text)
        else:
            runs.append((how, glyph.text))
    return [Hidden(how=how, text=text[:HIDDEN_MAX]) for how, text in runs]


def picture_share(drawn: Drawn) -> float:
    """The share of the page that its largest picture covers."""
    whole = max(drawn.width * drawn.height, 1.0)
    shares = [
        max(min(at.right, drawn.width) - max(at.left, 0.0), 0.0)
        * max(min(at.bottom, drawn.height) - max(at.top, 0.0), 0.0)
        / whole
        for _, at in drawn.pictures
    ]
    return max(shares, default=0.0)
