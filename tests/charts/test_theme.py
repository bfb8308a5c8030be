"""Colours that can be told from the background and from each other."""

import pytest

from tallinn import theme

BACKGROUNDS = ("#ffffff", "#17202b")
HUES = sorted({*theme.STAGES.values(), *theme.STATUSES.values(), *theme.SERIES, theme.REPORTED, theme.GREY})


def luminance(color: str) -> float:
    """Relative luminance as in WCAG 2.2."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("color", HUES)
def test_marks_stand_out_on_light_and_dark(color, background):
    assert contrast(color, background) >= 3


def test_paid_and_committed_differ_in_greyscale():
    assert contrast(theme.STAGES["disbursement"], theme.STAGES["commitment"]) > 1.4


def test_an_unknown_stage_is_hatched_grey():
    assert theme.stage(None) == theme.stage("gift") == theme.hatched()
    assert theme.status(None) == theme.status("9") == theme.GREY


def test_every_stage_has_its_own_colour():
    assert len(set(theme.STAGES.values())) == len(theme.STAGES)
    assert len(set(theme.STATUSES.values())) == len(theme.STATUSES)
