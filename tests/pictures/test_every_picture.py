"""Every chart can leave the page as a picture: drawn without a browser, with what it says of itself inside."""

import io
import json
from itertools import pairwise

import plotly.graph_objects as go
import pytest
from PIL import Image, ImageFont
from pypdf import PdfReader

from tallinn import charts, theme
from tallinn.ingest.invented import MARK
from tallinn.pictures import FONTS, NotDrawn, Picture, picture, svg
from tests.charts.test_every_chart import CHANGES, HOSTILE, drawn

SOURCE = ("8 rows on file from 3 public sources. Release 2026-11.", "Licence: CC-BY-4.0")


def texts(figure: go.Figure) -> list[str]:
    return ["".join(found.itertext()) for found in svg(figure, 760).iter("text")]


def bars(figure: go.Figure, color: str) -> list[dict[str, float]]:
    """Place and size of the bars of one colour that are as long as their value, without the key of the legend."""
    found = [one for one in svg(figure, 760).iter("rect") if one.get("fill") == color]
    return [{name: float(one.attrib[name]) for name in ("x", "y", "width", "height")} for one in found]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("name", charts.__all__)
def test_every_chart_of_any_rows_is_drawn_within_its_height(name, change):
    figure = drawn(name, change)
    root = svg(figure, 760)
    assert float(root.attrib["height"]) == figure.layout.height
    places = [float(one.attrib["y"]) for one in root.iter("text")]
    assert all(-30 <= place <= figure.layout.height + 4 for place in places)


def test_bars_are_as_long_as_their_values():
    figure = drawn("donor_ladder")
    lengths = [bar["width"] for bar in bars(figure, theme.STAGES["commitment"]) if bar["height"] > 13]
    assert [round(shorter / longer, 3) for longer, shorter in pairwise(lengths[:2])] == [round(2.12 / 12.1, 3)]


def test_the_words_of_a_chart_are_all_there():
    said = texts(drawn("donor_ladder"))
    assert {"Sweden", "EUR million", "nothing published"} <= {text.strip() for text in said}
    assert any("EUR 12.1m" in text for text in said)
    assert any("confirmed by Sweden on 3 Dec 2026" in text for text in said)


def test_text_of_the_data_is_read_and_not_obeyed():
    said = " ".join(texts(drawn("project_partners", next(change for change in CHANGES if change.__name__ == "hostile"))))
    assert "<script>" in said and HOSTILE.startswith("<script>")


def test_what_cannot_be_drawn_is_refused_and_not_left_out():
    with pytest.raises(NotDrawn, match="pie"):
        svg(go.Figure({"data": [{"type": "pie", "values": [1]}], "layout": {"height": 200}}), 760)


def test_a_picture_is_1600_pixels_wide_and_of_one_page():
    assert Image.open(io.BytesIO(picture(Picture(drawn("project_status"), SOURCE), "png"))).width == 1600


@pytest.mark.parametrize("invented", [True, False])
def test_title_notes_source_and_licence_stand_inside(invented):
    figure = drawn("donor_ladder")
    shown = Picture(figure, SOURCE, invented)
    said = PdfReader(io.BytesIO(picture(shown, "pdf"))).pages[0].extract_text().replace("\n", " ")
    for words in (figure.layout.meta["title"], *figure.layout.meta["notes"], *SOURCE):
        assert words in said, words
    assert (MARK in said) == invented


def test_the_same_figure_is_the_same_picture():
    assert picture(Picture(drawn("project_status"), SOURCE), "svg") == picture(Picture(drawn("project_status"), SOURCE), "svg")


def test_numbers_along_an_axis_are_in_the_readers_language():
    figure = drawn("attacks_by_year")
    assert "4,000" in texts(figure)
    assert json.dumps(figure.to_dict()["layout"]["separators"]) == '".,"'


@pytest.mark.parametrize("name", charts.__all__)
def test_the_typeface_has_every_sign_of_a_chart(name):
    """Else whole labels would be set in another."""
    typeface = ImageFont.truetype(str(FONTS / "SourceSansPro-Regular.otf"), 20)
    absent = bytes(typeface.getmask("\uffff"))
    signs = {sign for text in texts(drawn(name)) for sign in text if sign.isprintable()}
    assert {sign for sign in signs if bytes(typeface.getmask(sign)) == absent} == set()
