"""A briefing: the Mechanism or one donor on two pages of A4, to be printed or sent before a meeting; a PDF that a screen reader reads."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path

import typst

from tallinn import revisions, theme
from tallinn.briefing.contents import of_donor, of_mechanism
from tallinn.ingest.names import country_name
from tallinn.languages import language
from tallinn.pictures import FONTS
from tallinn.provenance import Ask
from tallinn.settings import TITLE
from tallinn.store import Store

TEMPLATE = Path(__file__).with_name("briefing.typ")


def briefing(ask: Ask, *, donor_id: str = "", changes: Sequence[str] = (), address: str = "") -> bytes:
    """The PDF: of the Mechanism, or of one donor.

    `ask` takes lists as tuples. `changes`: what differs from the release before, in sentences. `address`: where the dashboard shows the
    same, "" where that is not known. The same bytes for the same. Raises NotDrawn for a chart that cannot be drawn.
    """
    contents = of_donor(ask, donor_id) if donor_id else of_mechanism(ask)
    release = ask("release_facts").release
    said = {
        **contents.said(ask, changes, address),
        "author": TITLE,
        "lang": language.get(),
        "ink": theme.INK,
        "soft": theme.SOFT,
        "grey": theme.GREY,
        "blue": theme.BLUE,
        "warning": theme.VERMILLION,
    }
    made = typst.compile(
        TEMPLATE,
        format="pdf",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"said": json.dumps(said)},
        pdf_standards="ua-1",
        timestamp=datetime.combine(release.date, time(), UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made


def differences(earlier: Store, later: Store, donor_id: str = "") -> list[str]:
    """What differs between two releases in sentences, or of one donor."""
    comparison = revisions.compared(earlier, later)
    if donor_id:
        return [revisions.moved(country_name(donor_id), comparison.of_donor(donor_id))]
    return revisions.in_sentences(comparison)
