"""A Plotly figure as SVG: what the browser draws on a page, drawn here for pictures and papers, with no browser at hand.

It knows what our charts are made of (tallinn/charts) and refuses anything else: tests/pictures draws every one of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import plotly.graph_objects as go

from tallinn import theme
from tallinn.pictures import traces
from tallinn.pictures.axes import Axis, axes_of
from tallinn.pictures.elements import element, segment, width_of, words

SIZE = theme.TEXT_SIZE
KEY = 12
"""The side of what stands for a trace in the legend."""
APART = 18
"""Between two entries of the legend."""


@dataclass(frozen=True)
class Box:
    """The rectangle within the axes, in pixels from the top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass
class Plot:
    """A figure while it is drawn."""

    data: list[dict[str, Any]]
    layout: dict[str, Any]
    box: Box
    axes: dict[str, Axis]
    patterns: dict[str, Element] = field(default_factory=dict)


def svg(figure: go.Figure, width: float) -> Element:
    """The figure as an <svg> of this width and its own height, without its title. Raises traces.NotDrawn for what it cannot show."""
    made = figure.to_dict()
    data, layout = [trace for trace in made["data"] if trace.get("visible", True) is True], made["layout"]
    entries = _entries(data, layout, width)
    legend = (max((row for _x, row, _trace in entries), default=-1) + 1) * (SIZE + 6)
    plot = _laid_out(data, layout, width, legend)
    below, above = _shapes(plot)
    inside = [
        *(part for axis in plot.axes.values() for part in axis.grid(plot.box)),
        *below,
        *(part for trace, before in zip(data, [None, *data], strict=False) for part in traces.drawn(trace, _field(plot, trace, before))),
        *(part for axis in plot.axes.values() for part in axis.labels(plot.box)),
        *above,
        *(part for note in layout.get("annotations") or [] for part in _annotation(note, plot)),
        *(part for entry in entries for part in _entry(*entry, plot)),
    ]
    height = layout["height"]
    size = {"viewBox": f"0 0 {width:g} {height:g}", "width": width, "height": height, "font_family": "Source Sans Pro"}
    whole = element("svg", element("defs", *plot.patterns.values()), *inside, xmlns="http://www.w3.org/2000/svg", **size)
    # Labels begin with a space where they stand beside a mark.
    whole.set("xml:space", "preserve")
    return whole


def _laid_out(data: list[dict[str, Any]], layout: dict[str, Any], width: float, legend: float) -> Plot:
    """The box that is left once legend, names and axis titles have their room, as Plotly's automargin does."""
    margin = {"l": 4, "r": 8, "t": 8, "b": 4, **(layout.get("margin") or {})}
    whole = Box(margin["l"], margin["t"] + legend, width - margin["r"], layout["height"] - margin["b"])
    # How long names are does not depend on the box, but how many values have room does: the second time they are those of the first box.
    box = whole
    for _again in range(2):
        axes = axes_of(data, layout, box)
        left, bottom = (max((axis.room() for axis in axes.values() if axis.is_(side)), default=0.0) for side in ("left", "bottom"))
        box = Box(whole.left + left, whole.top, whole.right, whole.bottom - bottom)
    return Plot(data, layout, box, axes_of(data, layout, box))


def _field(plot: Plot, trace: dict[str, Any], before: dict[str, Any] | None) -> traces.Field:
    x, y = plot.axes[trace.get("xaxis") or "x"], plot.axes[trace.get("yaxis") or "y"]
    return traces.Field(x.scale, y.scale, plot.patterns, before)


def _shapes(plot: Plot) -> tuple[list[Element], list[Element]]:
    """What is drawn behind the traces, and what before them."""
    below: list[Element] = []
    above: list[Element] = []
    for shape in plot.layout.get("shapes") or []:
        (below if shape.get("layer") == "below" else above).append(_shape(shape, plot))
    return below, above


def _shape(shape: dict[str, Any], plot: Plot) -> Element:
    (x0, y0), (x1, y1) = (_place(shape, plot, shape[f"x{end}"], shape[f"y{end}"]) for end in (0, 1))
    line = shape.get("line") or {}
    if shape["type"] == "line":
        return segment(x0, y0, x1, y1, color=line.get("color", theme.INK), width=line.get("width", 1), dash=line.get("dash", ""))
    if shape["type"] != "rect":
        raise traces.NotDrawn(f"shape {shape['type']}")
    look = {"fill": shape.get("fillcolor", "none"), "opacity": f"{shape.get('opacity', 1):.2f}"}
    return element("rect", x=min(x0, x1), y=min(y0, y1), width=abs(x1 - x0), height=abs(y1 - y0), **look)


def _place(thing: dict[str, Any], plot: Plot, x: Any, y: Any) -> tuple[float, float]:
    """The pixels of a position that is given along axes or as a part of the plot."""
    return _along(thing.get("xref") or "x", x, plot, "x"), _along(thing.get("yref") or "y", y, plot, "y")


def _along(reference: str, value: Any, plot: Plot, direction: str) -> float:
    box = plot.box
    name, _space, domain = reference.partition(" ")
    if name == "paper":
        start, end = (box.left, box.right) if direction == "x" else (box.bottom, box.top)
        return start + float(value) * (end - start)
    scale = plot.axes[name].scale
    return scale.start + float(value) * (scale.end - scale.start) if domain else scale.at(value)


ACROSS = {"auto": "center"}


def _annotation(note: dict[str, Any], plot: Plot) -> list[Element]:
    if note.get("showarrow", True):
        raise traces.NotDrawn("annotation with an arrow")
    x, y = _place(note, plot, note["x"], note["y"])
    font = note.get("font") or {}
    across, down = note.get("xanchor") or "auto", note.get("yanchor") or "auto"
    look = {"size": font.get("size", SIZE), "color": font.get("color", theme.INK)}
    drawn = words(
        note["text"],
        x + note.get("xshift", 0),
        y - note.get("yshift", 0),
        across=ACROSS.get(across, across),
        down="middle" if down == "auto" else down,
        **look,
    )
    for line in drawn if note.get("opacity", 1) != 1 else ():
        line.set("opacity", f"{note['opacity']:.2f}")
    return drawn


Entry = tuple[float, int, dict[str, Any]]
"""Where in the legend a trace stands: its left edge and its row."""


def _entries(data: Sequence[dict[str, Any]], layout: dict[str, Any], width: float) -> list[Entry]:
    """The legend: what is named, in as many rows as that needs."""
    if not layout.get("showlegend"):
        return []
    placed: list[Entry] = []
    x, row, named = 0.0, 0, set()
    for trace in data:
        name, group = trace.get("name") or "", trace.get("legendgroup") or id(trace)
        if not name or trace.get("showlegend") is False or group in named:
            continue
        named.add(group)
        wide = KEY + 6 + width_of(name, SIZE) + APART
        if x and x + wide > width:
            x, row = 0, row + 1
        placed.append((x, row, trace))
        x += wide
    return placed


def _entry(left: float, row: int, trace: dict[str, Any], plot: Plot) -> Iterator[Element]:
    rows = max(1, round((plot.box.top - 8) / (SIZE + 6)))
    x, y = plot.box.left + left, plot.box.top - (rows - row - 0.5) * (SIZE + 6)
    marker = {"color": theme.GREY, **(trace.get("marker") or {})}
    if trace["type"] == "bar":
        look = traces.bar_look(marker, 0, plot.patterns)
        yield element("rect", x=x, y=y - KEY / 2, width=KEY, height=KEY, **look)
    else:
        line = trace.get("line") or {}
        if "lines" in trace.get("mode", "lines"):
            color, wide = line.get("color", theme.INK), min(line.get("width", 2), 4)
            yield segment(x, y, x + KEY, y, color=color, width=wide, dash=line.get("dash", ""))
        elif trace.get("fill", "none") != "none":
            yield element("rect", x=x, y=y - KEY / 2, width=KEY, height=KEY, fill=trace.get("fillcolor", theme.GRID))
        if "markers" in trace.get("mode", "") and (made := traces.mark({**marker, "size": 8}, 0, x + KEY / 2, y)) is not None:
            yield made
    yield from words(trace["name"], x + KEY + 6, y, size=SIZE, color=theme.INK)
