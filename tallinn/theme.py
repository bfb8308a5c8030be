"""The house look of every chart: colours with a meaning, the Plotly template, and how a chart is put on a page.

Colours come from the palette of Okabe and Ito (2008), some darkened so that each stands out at 3:1 or more on white and on the dark
background, and neighbours differ in greyscale; where hues alone would not do, a pattern helps. Backgrounds are Streamlit's, light or
dark, and so is the colour of text: Streamlit replaces INK in a figure by its own text colour when the chart is mounted. So a page calls
`st.plotly_chart(figure, theme="streamlit", config=theme.CONFIG, alt=figure.layout.meta["alt"], key=...)`, with
`st.context.theme.type` in the key, so that a chart is mounted anew when a reader switches between light and dark.
"""

from collections.abc import Sequence
from typing import Any

# The site's icon, a picture in the address itself: Streamlit would fetch those of its own set from the web.
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E"
    "%3Cpath fill='%230072B2' d='M12 1 3 5v6c0 5.5 3.8 10.7 9 12 5.2-1.3 9-6.5 9-12V5z'/%3E"
    "%3Cpath fill='%23fff' d='M7 9h10v2.5h-3.7V18h-2.6v-6.5H7z'/%3E%3C/svg%3E"
)
FONT = '"Source Sans", "Source Sans 3", "Source Sans Pro", sans-serif'
TEXT_SIZE = 12
INK = "#000037"  # GRAY_90 in streamlit/elements/lib/streamlit_plotly_theme.py; elsewhere nearly black

BLUE = "#0072B2"
GREEN = "#009E73"
ORANGE = "#C77C00"
PURPLE = "#C06A9B"
VERMILLION = "#D55E00"
SKY = "#3B97CE"
SLATE = "#6B7F92"
OLIVE = "#8C8600"
GREY = "#8A8F98"
SOFT = "#4A5568"
"""Text of less weight, on white paper."""
GRID = "rgba(138,143,152,0.28)"

STAGES = {"pledge": ORANGE, "commitment": BLUE, "disbursement": GREEN, "expenditure": PURPLE}
STAGE_PATTERNS = {"pledge": "/", "commitment": "", "disbursement": "", "expenditure": "."}
STATUSES = {"1": SKY, "2": BLUE, "3": GREEN, "4": SLATE, "5": VERMILLION, "6": ORANGE}
DELIVERY = {"late": VERMILLION, "out_of_step": ORANGE, "on_time": GREEN, "over": SLATE}
NEEDS = {"open": VERMILLION, "planned": SKY, "under_way": BLUE, "delivered": GREEN}
QR = {"dark": "#000000", "light": "#FFFFFF"}
"""A QR code is black on white in either colour scheme: cameras expect it."""
REPORTED = PURPLE
ITEMISED = BLUE
LEFT_OUT = GREY
PROJECTS = SLATE
ATTACKS = VERMILLION
MILESTONES = SLATE
SERIES = (VERMILLION, BLUE, GREEN, ORANGE, PURPLE, SKY, OLIVE, SLATE)

OTHER_SCOPE_OPACITY = 0.45
IMPRECISE_OPACITY = 0.4

TEMPLATE: dict[str, Any] = {
    "layout": {
        "font": {"family": FONT, "size": TEXT_SIZE, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hoverlabel": {"font": {"family": FONT}},
    }
}

CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
}

LAYOUT: dict[str, Any] = {
    "template": TEMPLATE,
    "font": {"size": TEXT_SIZE, "color": INK},
    "margin": {"l": 4, "r": 8, "t": 8, "b": 4, "pad": 4},
    "barmode": "overlay",
    "bargap": 0.3,
    "dragmode": False,
    "hovermode": "closest",
    "hoverlabel": {"align": "left", "namelength": -1},
    "showlegend": False,
    "legend": {
        "orientation": "h",
        "x": 0,
        "xanchor": "left",
        # At the top of the chart, not above its axes: those move when a window grows wider, and the legend would stay on the first bar.
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "font": {"size": TEXT_SIZE},
        "itemclick": False,
        "itemdoubleclick": False,
    },
    "uniformtext": {"mode": False},
}

VALUE_AXIS: dict[str, Any] = {
    "tickangle": 0,
    "showgrid": True,
    "gridcolor": GRID,
    "gridwidth": 1,
    "zeroline": True,
    "zerolinecolor": GREY,
    "zerolinewidth": 1,
    "rangemode": "tozero",
    "nticks": 5,
    "tickformat": ",~f",
    "automargin": True,
    "fixedrange": True,
    "ticks": "",
    "tickfont": {"size": TEXT_SIZE, "color": INK},
}
NAME_AXIS: dict[str, Any] = {
    "tickangle": 0,
    "showgrid": False,
    "zeroline": False,
    "automargin": True,
    "fixedrange": True,
    "ticks": "",
    "tickfont": {"size": TEXT_SIZE, "color": INK},
}
TIME_AXIS: dict[str, Any] = {
    "type": "date",
    "showgrid": False,
    "zeroline": False,
    "automargin": True,
    "fixedrange": True,
    "ticks": "outside",
    "ticklen": 4,
    "tickcolor": GREY,
    "showline": True,
    "linecolor": GREY,
    "nticks": 6,
    "tickfont": {"size": TEXT_SIZE, "color": INK},
}


def solid(color: str, *, opacity: float = 1) -> dict[str, Any]:
    """A plain bar."""
    return {"color": color if opacity == 1 else pale(color, opacity), "line": {"width": 0}}


def pale(color: str, opacity: float) -> str:
    """The colour with the background shining through, in marks and legend alike."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def hatched(color: str = GREY, *, shape: str = "/", opacity: float = 1) -> dict[str, Any]:
    """A striped bar with an outline: promised, incomplete or unknown, never a fact in full."""
    color = color if opacity == 1 else pale(color, opacity)
    pattern = {"shape": shape, "fgcolor": color, "bgcolor": "rgba(0,0,0,0)", "fillmode": "replace", "size": 6, "solidity": 0.35}
    return {"color": color, "pattern": pattern, "line": {"color": color, "width": 1}}


def stage(code: str | None) -> dict[str, Any]:
    """The look of a bar of money at this stage; grey and hatched where the stage is not known."""
    if code not in STAGES:
        return hatched()
    shape = STAGE_PATTERNS[code]
    return hatched(STAGES[code], shape=shape) if shape else solid(STAGES[code])


def each(markers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Several looks as one: the first bar of a trace gets the first, and so on."""
    patterns = [marker.get("pattern", {"shape": "", "fgcolor": marker["color"], "bgcolor": marker["color"]}) for marker in markers]
    drawn = {name: [pattern[name] for pattern in patterns] for name in ("shape", "fgcolor", "bgcolor")}
    return {
        "color": [marker["color"] for marker in markers],
        "pattern": {**drawn, "fillmode": "replace", "size": 6, "solidity": 0.35},
        "line": {"color": [marker["color"] for marker in markers], "width": [marker["line"]["width"] for marker in markers]},
    }


def need(state: str) -> dict[str, Any]:
    """The look of needs of which this has become; grey and hatched where that cannot be said."""
    return solid(NEEDS[state]) if state in NEEDS else hatched()


def status(code: str | None) -> str:
    """The colour of an IATI activity status; grey where none is stated."""
    return STATUSES.get(str(code), GREY)
