"""Bars, lines, marks and grids of a figure as SVG elements. What Plotly can draw and we do not use is refused, not left out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

from tallinn import theme
from tallinn.pictures import elements
from tallinn.pictures.elements import element, words
from tallinn.pictures.scale import Scale, measure

SIZE = theme.TEXT_SIZE
Points = list[tuple[float, float]]
GAP = 4
"""Between a bar or a mark and its words."""


@dataclass(frozen=True)
class Field:
    """Where a trace is drawn: its two scales, the patterns that its bars need, and the trace before it, up to which it may be filled."""

    x: Scale
    y: Scale
    patterns: dict[str, Element] = field(default_factory=dict)
    before: dict[str, Any] | None = None


class NotDrawn(NotImplementedError):
    """A figure holds something that pictures cannot show yet."""


def each(value: Any, count: int) -> list[Any]:
    """A setting for each of so many things, which all have the same one unless it is a list."""
    return list(value) if isinstance(value, (list, tuple)) else [value] * count


def drawn(trace: dict[str, Any], field: Field) -> list[Element]:
    """The elements of one trace. Raises NotDrawn."""
    kinds: dict[str, Callable[[dict[str, Any], Field], Iterator[Element]]] = {"bar": _bars, "scatter": _scatter, "heatmap": _cells}
    kind = trace.get("type", "scatter")
    if kind not in kinds:
        raise NotDrawn(kind)
    return list(kinds[kind](trace, field))


def _bars(trace: dict[str, Any], field: Field) -> Iterator[Element]:
    lying = trace.get("orientation") == "h"
    values, places = (trace["x"], trace["y"]) if lying else (trace["y"], trace["x"])
    along, across = (field.x, field.y) if lying else (field.y, field.x)
    count = len(places)
    widths = each(trace.get("width", spacing(places, across) * 0.7), count)
    texts = each(trace.get("text", ""), count)
    for at, (value, place, base) in enumerate(zip(values, places, each(trace.get("base", 0), count), strict=True)):
        if value is None or place is None:
            continue
        start, thick = along.at(base), abs(across.along(widths[at]))
        end = start + along.along(float(value))
        middle = across.at(place)
        look = bar_look(trace["marker"], at, field.patterns)
        box = (min(start, end), middle - thick / 2, abs(end - start), thick)
        x, y, width, height = box if lying else (box[1], box[0], box[3], box[2])
        if width and height:
            yield element("rect", x=x, y=y, width=width, height=height, **look)
        if texts[at] and trace.get("textposition") != "none":
            yield from _beside(str(texts[at]), start, end, middle, lying=lying, inside=trace.get("textposition") == "inside", trace=trace)


def _beside(text: str, start: float, end: float, middle: float, *, lying: bool, inside: bool, trace: dict[str, Any]) -> list[Element]:
    """The words of a bar, at its end."""
    font = trace.get("textfont") or {}
    look = {"size": font.get("size", SIZE), "color": font.get("color", theme.INK)}
    if inside:
        place = (start + end) / 2
        return words(text, *((place, middle) if lying else (middle, place)), across="center", **look)
    if lying:
        forward = end >= start
        return words(text, end + (GAP if forward else -GAP), middle, across="left" if forward else "right", **look)
    return words(text, middle, end - GAP, across="center", down="bottom", **look)


def spacing(places: Sequence[Any], scale: Scale) -> float:
    """The least distance of two bars, in the units of their axis."""
    known = sorted({measure(place, scale.kind, scale.names) for place in places if place is not None})
    return min((later - earlier for earlier, later in pairwise(known)), default=1.0)


def bar_look(marker: dict[str, Any], at: int, patterns: dict[str, Element]) -> dict[str, Any]:
    """Fill and outline of the bar at this place in its trace."""
    line, pattern = marker.get("line") or {}, marker.get("pattern") or {}
    color, shape = _one(marker.get("color", theme.GREY), at), _one(pattern.get("shape", ""), at)
    look: dict[str, Any] = {"fill": color}
    if shape:
        look["fill"], tile = elements.hatch(shape, _one(pattern.get("fgcolor", color), at))
        patterns[look["fill"]] = tile
    if width := _one(line.get("width", 0), at):
        look |= {"stroke": _one(line.get("color", color), at), "stroke_width": width}
    opacity = _one(marker.get("opacity", 1), at)
    return look if opacity == 1 else look | {"opacity": f"{opacity:.2f}"}


def _one(setting: Any, at: int) -> Any:
    return setting[at] if isinstance(setting, (list, tuple)) else setting


def _scatter(trace: dict[str, Any], field: Field) -> Iterator[Element]:
    mode = trace.get("mode", "lines")
    faint = {} if trace.get("opacity", 1) == 1 else {"opacity": f"{trace['opacity']:.2f}"}
    points = _points(trace, field)
    if trace.get("fill", "none") != "none":
        before = field.before or {"x": trace["x"], "y": [0] * len(points)}
        yield _area(trace, points, _points(before, field))
    if "lines" in mode and (trace.get("line") or {}).get("width", 2):
        for run in _runs(points):
            yield element("path", d=elements.path(_shaped(run, trace)), fill="none", **_stroke(trace.get("line") or {}), **faint)
    if "markers" in mode:
        yield from _marks(trace, points)
    if "text" in mode:
        yield from _labels(trace, points)


def _points(trace: dict[str, Any], field: Field) -> list[tuple[float, float] | None]:
    """Where each value is drawn; None where one is not known."""
    pairs = zip(trace["x"], trace["y"], strict=True)
    return [None if x is None or y is None else (field.x.at(x), field.y.at(y)) for x, y in pairs]


def _runs(points: Sequence[Any]) -> Iterator[list[Any]]:
    """Points without a gap between them: an unknown value breaks the line."""
    run: list[Any] = []
    for point in [*points, None]:
        if point:
            run.append(point)
        elif run:
            yield run
            run = []


def _shaped(run: Points, trace: dict[str, Any]) -> Points:
    """The corners of a line; of steps, each value holds until the next."""
    if (trace.get("line") or {}).get("shape") != "hv":
        return run
    return [run[0], *(corner for (_x, y), (x, later) in pairwise(run) for corner in ((x, y), (x, later)))]


def _area(trace: dict[str, Any], points: Sequence[tuple[float, float] | None], before: Sequence[tuple[float, float] | None]) -> Element:
    """What is filled: inside the outline of the trace, or between it and the trace before."""
    if trace["fill"] not in ("toself", "tonexty"):
        raise NotDrawn(f"fill {trace['fill']}")
    edges = (
        points
        if trace["fill"] == "toself"
        else [(here, there) if here and there else None for here, there in zip(points, before, strict=True)]
    )
    outlines = [elements.path(_outline(run), close=True) for run in _runs(edges)]
    return element("path", d=" ".join(outlines), fill=trace.get("fillcolor", theme.GRID))


def _outline(run: list[Any]) -> Points:
    """Forth along one edge and back along the other; an outline is one already."""
    if run and isinstance(run[0][0], tuple):
        return [here for here, _there in run] + [there for _here, there in reversed(run)]
    return run


def _stroke(line: dict[str, Any]) -> dict[str, Any]:
    look = {"stroke": line.get("color", theme.INK), "stroke_width": line.get("width", 2), "stroke_linejoin": "round"}
    dash = line.get("dash", "solid")
    return look if dash == "solid" else look | {"stroke_dasharray": elements.DASHES[dash]}


SHAPES: dict[str, Points] = {
    "square": [(-1, -1), (1, -1), (1, 1), (-1, 1)],
    "diamond": [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)],
    "triangle-right": [(-0.6, -1), (1.1, 0), (-0.6, 1)],
    "triangle-left": [(0.6, -1), (-1.1, 0), (0.6, 1)],
    "triangle-up": [(-1, 0.6), (0, -1.1), (1, 0.6)],
    "triangle-down": [(-1, -0.6), (0, 1.1), (1, -0.6)],
    "line-ew": [(-1, 0), (1, 0)],
    "line-ns": [(0, -1), (0, 1)],
}


def _marks(trace: dict[str, Any], points: Sequence[tuple[float, float] | None]) -> Iterator[Element]:
    marker = trace.get("marker") or {}
    for at, point in enumerate(points):
        if point and (made := mark(marker, at, *point)) is not None:
            yield made


def mark(marker: dict[str, Any], at: int, x: float, y: float) -> Element | None:
    """The mark of the point at this place in its trace; None where it has no size."""
    symbol, half = _one(marker.get("symbol", "circle"), at), _one(marker.get("size", 6), at) / 2
    if not half:
        return None
    color, line = _one(marker.get("color", theme.GREY), at), marker.get("line") or {}
    width = _one(line.get("width", 0), at)
    is_open, shape = symbol.endswith("-open"), symbol.removesuffix("-open")
    look: dict[str, Any] = {"fill": "none" if is_open else color}
    if is_open or width:
        look |= {"stroke": color if is_open else _one(line.get("color", color), at), "stroke_width": width or 1}
    if (opacity := _one(marker.get("opacity", 1), at)) != 1:
        look["opacity"] = f"{opacity:.2f}"
    if shape == "circle":
        return element("circle", cx=x, cy=y, r=half, **look)
    if shape not in SHAPES:
        raise NotDrawn(f"mark {symbol}")
    return element("path", d=elements.path([(x + half * dx, y + half * dy) for dx, dy in SHAPES[shape]], close=True), **look)


def _labels(trace: dict[str, Any], points: Sequence[tuple[float, float] | None]) -> Iterator[Element]:
    font = trace.get("textfont") or {}
    away = max(each((trace.get("marker") or {}).get("size", 0), 1)) / 2 + GAP if "markers" in trace.get("mode", "") else 0
    for at, (point, text) in enumerate(zip(points, each(trace.get("text", ""), len(points)), strict=True)):
        if point is None or not text:
            continue
        down, _space, across = str(_one(trace.get("textposition", "middle center"), at)).partition(" ")
        x = point[0] + {"right": away, "left": -away}.get(across, 0)
        y = point[1] + {"top": -away, "bottom": away}.get(down, 0)
        sides = {"right": "left", "left": "right"}
        ups = {"top": "bottom", "bottom": "top"}
        size, color = _one(font.get("size", SIZE), at), _one(font.get("color", theme.INK), at)
        yield from words(str(text), x, y, size=size, color=color, across=sides.get(across, "center"), down=ups.get(down, "middle"))


def _cells(trace: dict[str, Any], field: Field) -> Iterator[Element]:
    """A grid of coloured cells; unknown ones stay open."""
    rows = trace["z"]
    across: Sequence[Any] = trace["x"] if trace.get("x") is not None else range(len(rows[0]) if len(rows) else 0)
    wide, high = abs(field.x.along(spacing(across, field.x))), abs(field.y.along(spacing(trace["y"], field.y)))
    known = [value for row in rows for value in row if value is not None]
    low, top = trace.get("zmin", min(known, default=0)), trace.get("zmax", max(known, default=1))
    size = {"width": wide - trace.get("xgap", 0), "height": high - trace.get("ygap", 0)}
    for y, row in zip(trace["y"], rows, strict=True):
        for x, value in zip(across, row, strict=True):
            if value is not None:
                color = between(trace["colorscale"], (value - low) / ((top - low) or 1))
                place = {"x": field.x.at(x) - size["width"] / 2, "y": field.y.at(y) - size["height"] / 2}
                yield element("rect", **place, **size, fill=color)


def between(scale: Sequence[Sequence[Any]], part: float) -> str:
    """The colour at a part (0..1) of a scale of [part, colour]."""
    part = min(max(part, 0), 1)
    below = max((stop for stop in scale if stop[0] <= part), key=lambda stop: stop[0])
    above = min((stop for stop in scale if stop[0] >= part), key=lambda stop: stop[0])
    share = 0 if above[0] == below[0] else (part - below[0]) / (above[0] - below[0])
    one, other = channels(below[1]), channels(above[1])
    red, green, blue, opacity = (first + (last - first) * share for first, last in zip(one, other, strict=True))
    return f"rgba({red:.0f},{green:.0f},{blue:.0f},{opacity:.2f})"


def channels(color: str) -> tuple[float, ...]:
    """Red, green, blue and opacity of a colour as the theme writes it."""
    if color.startswith("#"):
        return (*(float(int(color[at : at + 2], 16)) for at in (1, 3, 5)), 1.0)
    return tuple(float(part) for part in color.removeprefix("rgba(").removesuffix(")").split(","))
