"""The axes of a figure: what stands along them, how far they reach, and the room that their words need."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol
from xml.etree.ElementTree import Element

from tallinn import theme
from tallinn.pictures.elements import height_of, segment, width_of, words
from tallinn.pictures.scale import Kind, Scale, kind_of, measure, number_words, round_days, round_values
from tallinn.pictures.traces import each, spacing

SIZE = theme.TEXT_SIZE
PAD = 4
"""Between an axis and its words."""
BEYOND = 0.05
"""The part of the whole that Plotly leaves free beyond the last value."""


class Rectangle(Protocol):
    """The rectangle within the axes."""

    @property
    def left(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def bottom(self) -> float: ...


@dataclass(frozen=True)
class Axis:
    """An axis by its name in a figure ("x", "y2"), with its settings and its scale."""

    name: str
    settings: dict[str, Any]
    scale: Scale

    @property
    def is_upright(self) -> bool:
        return self.name.startswith("y")

    def is_(self, side: str) -> bool:
        """Whether its words stand on this side of the whole figure."""
        return side == ("left" if self.is_upright else "bottom") and not (self.settings.get("domain") or [0])[0]

    @cached_property
    def ticks(self) -> list[tuple[float, str]]:
        """Values as numbers, each with its words."""
        settings, scale = self.settings, self.scale
        if settings.get("visible") is False:
            return []
        if settings.get("tickvals") is not None:
            names = settings.get("ticktext") or list(map(str, settings["tickvals"]))
            places = [measure(value, scale.kind, scale.names) for value in settings["tickvals"]]
            return [(place, name) for place, name in zip(places, names, strict=True) if _within(place, scale)]
        if scale.kind == "name":
            return [(float(at), name) for at, name in enumerate(scale.names)]
        most = settings.get("nticks") or 6
        if scale.kind == "day":
            return round_days(scale.low, scale.high, most)
        form = settings.get("tickformat") or ""
        return [(value, number_words(value, form)) for value in round_values(scale.low, scale.high, most)]

    @property
    def has_words(self) -> bool:
        return bool(self.ticks) and self.settings.get("showticklabels", True) is not False

    @property
    def title(self) -> str:
        return str((self.settings.get("title") or {}).get("text") or "")

    def room(self) -> float:
        """How much of the figure's width (of an upright axis) or height its words take."""
        measured = width_of if self.is_upright else height_of
        named = max((measured(text, SIZE) for _value, text in self.ticks), default=0) + PAD if self.has_words else 0.0
        outside = self.settings.get("ticklen", 0) if self.settings.get("ticks") == "outside" else 0
        return float(named + outside + (height_of(self.title, SIZE) + PAD if self.title else 0))

    def grid(self, box: Rectangle) -> Iterator[Element]:
        """Lines at round values, and one at zero."""
        settings, scale = self.settings, self.scale
        if settings.get("visible") is False:
            return
        for value, _text in self.ticks if settings.get("showgrid") else ():
            yield self._across(value, box, settings.get("gridcolor", theme.GRID), settings.get("gridwidth", 1))
        if settings.get("zeroline") and scale.kind == "number" and _within(0, scale):
            yield self._across(0, box, settings.get("zerolinecolor", theme.GREY), settings.get("zerolinewidth", 1))

    def _across(self, value: float, box: Rectangle, color: str, width: float) -> Element:
        at = self._at(value)
        ends = (box.left, at, box.right, at) if self.is_upright else (at, box.top, at, box.bottom)
        return segment(*ends, color=color, width=width)

    def _at(self, value: float) -> float:
        scale = self.scale
        return scale.start + (value - scale.low) / (scale.high - scale.low) * (scale.end - scale.start)

    def labels(self, box: Rectangle) -> Iterator[Element]:
        """The line, its marks, their words and the title."""
        if self.settings.get("visible") is False:
            return
        yield from self._line(box)
        if self.has_words:
            yield from self._words(box)
        if self.title:
            yield from self._title(box)

    def _line(self, box: Rectangle) -> Iterator[Element]:
        settings = self.settings
        color = settings.get("linecolor", theme.GREY)
        if settings.get("showline"):
            ends = (
                (box.left, self.scale.start, box.left, self.scale.end)
                if self.is_upright
                else (self.scale.start, box.bottom, self.scale.end, box.bottom)
            )
            yield segment(*ends, color=color)
        if settings.get("ticks") == "outside" and not self.is_upright:
            for value, _text in self.ticks:
                at = self._at(value)
                yield segment(at, box.bottom, at, box.bottom + settings.get("ticklen", 4), color=settings.get("tickcolor", color))

    def _words(self, box: Rectangle) -> Iterator[Element]:
        color = (self.settings.get("tickfont") or {}).get("color", theme.INK)
        if self.is_upright:
            edge = self._edge(box) - PAD
            for value, text in self.ticks:
                yield from words(text, edge, self._at(value), size=SIZE, color=color, across="right")
            return
        below = box.bottom + PAD + (self.settings.get("ticklen", 0) if self.settings.get("ticks") == "outside" else 0)
        for value, text in self.ticks:
            # The outermost words stay within the figure.
            half = width_of(text, SIZE) / 2
            at = min(max(self._at(value), half), box.right + 8 - half)
            yield from words(text, at, below, size=SIZE, color=color, across="center", down="top")

    def _edge(self, box: Rectangle) -> float:
        """Where an upright axis stands: at the left of the plots that it belongs to."""
        return float(self.settings.get("anchored_at", box.left))

    def _title(self, box: Rectangle) -> Iterator[Element]:
        middle = (self.scale.start + self.scale.end) / 2
        if not self.is_upright:
            below = box.bottom + self.room()
            yield from words(self.title, middle, below, size=SIZE, color=theme.INK, across="center", down="bottom")
            return
        left = self._edge(box) - self.room() + SIZE * 0.6
        for line in words(self.title, left, middle, size=SIZE, color=theme.INK, across="center"):
            line.set("transform", f"rotate(-90 {left:.1f} {middle:.1f})")
            yield line


def _within(value: float, scale: Scale) -> bool:
    low, high = min(scale.low, scale.high), max(scale.low, scale.high)
    slack = (high - low) * 1e-6
    return low - slack <= value <= high + slack


def axes_of(data: Sequence[dict[str, Any]], layout: dict[str, Any], box: Rectangle) -> dict[str, Axis]:
    """Every axis that a trace is drawn along, or that the figure describes, by its name."""
    used = {trace.get(f"{side}axis") or side for trace in data for side in "xy"}
    described = {key.replace("axis", "") for key in layout if key.startswith(("xaxis", "yaxis"))}
    return {name: _axis(name, data, layout, box) for name in sorted(used | described | {"x", "y"})}


def _axis(name: str, data: Sequence[dict[str, Any]], layout: dict[str, Any], box: Rectangle) -> Axis:
    side = name[0]
    settings = dict(layout.get(f"{side}axis{name[1:]}") or {})
    own = [trace for trace in data if (trace.get(f"{side}axis") or side) == name]
    kind = kind_of((value for trace in own for value in _values(trace, side)), settings.get("type"))
    names = tuple(dict.fromkeys(str(value) for trace in own for value in _values(trace, side))) if kind == "name" else ()
    low, high = _reach(own, side, kind, names, settings)
    start, end = settings.get("domain") or (0, 1)
    if side == "x":
        place = [box.left + part * (box.right - box.left) for part in (start, end)]
    else:
        place = [box.bottom - part * (box.bottom - box.top) for part in (start, end)]
        anchor = (layout.get(f"xaxis{(settings.get('anchor') or 'x')[1:]}") or {}).get("domain") or (0, 1)
        settings["anchored_at"] = box.left + anchor[0] * (box.right - box.left)
    return Axis(name, settings, Scale(kind, low, high, place[0], place[1], names))


def _values(trace: dict[str, Any], side: str) -> list[Any]:
    found = trace.get(side)
    if found is None and trace.get("type") == "heatmap":
        found = range(len(trace["z"][0]) if side == "x" and len(trace["z"]) else 0)
    return [] if found is None else [value for value in found if value is not None]


def _reach(own: Sequence[dict[str, Any]], side: str, kind: Kind, names: Sequence[str], settings: dict[str, Any]) -> tuple[float, float]:
    """The range that is stated, else what holds all traces with some room beyond."""
    low, high = _needed(own, side, kind, names)
    if settings.get("rangemode") == "tozero":
        low, high = min(low, 0), max(high, 0)
    if low == high:
        low, high = low - 1, high + 1
    beyond = (high - low) * BEYOND if _is_padded(own, side) else 0.0
    free = (low if low == 0 else low - beyond, high if high == 0 else high + beyond)
    stated = settings.get("range") or (None, None)
    first, last = (otherwise if end is None else measure(end, kind, names) for end, otherwise in zip(stated, free, strict=True))
    return (last, first) if settings.get("autorange") == "reversed" else (first, last)


def _is_padded(own: Sequence[dict[str, Any]], side: str) -> bool:
    """Plotly leaves room beyond values, but not beyond the ends of lines from side to side, nor beyond cells."""
    if all(trace.get("type") == "heatmap" for trace in own):
        return False
    return side == "y" or any(trace.get("type") == "bar" or "markers" in trace.get("mode", "") for trace in own)


def _needed(own: Sequence[dict[str, Any]], side: str, kind: Kind, names: Sequence[str]) -> tuple[float, float]:
    ends = [end for trace in own for end in _ends(trace, side, kind, names)]
    return min(ends, default=0.0), max(ends, default=1.0)


def _ends(trace: dict[str, Any], side: str, kind: Kind, names: Sequence[str]) -> Iterator[float]:
    """The least and the greatest place that a trace needs along an axis."""
    values = [measure(value, kind, names) for value in _values(trace, side)]
    is_bar = trace.get("type") == "bar"
    if is_bar and side == ("x" if trace.get("orientation") == "h" else "y"):
        pairs = zip(each(trace.get("base", 0), len(trace[side])), trace[side], strict=True)
        for base, length in pairs:
            yield measure(base, kind, names)
            yield measure(base, kind, names) + float(length or 0)
    elif (is_bar or trace.get("type") == "heatmap") and values:
        half = spacing(values, Scale("number", 0, 1, 0, 1)) / 2
        yield from (min(values) - half, max(values) + half)
    elif values:
        yield from (min(values), max(values))
