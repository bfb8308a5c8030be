"""The page as a document: valid, self-contained, light, the same each time, and honest about what it is made of."""

import re
import tomllib
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from tallinn.audience import Audience
from tallinn.ingest.invented import MARK
from tallinn.releases import Release, releases
from tallinn.settings import ROOT
from tallinn.static_summary import documents
from tallinn.static_summary.page import MOST_RELEASES
from tallinn.store import open_store
from tests.charts.test_theme import contrast
from tests.samples import store
from tests.static_summary.conftest import PUBLIC, made, read, text

LARGEST = 300_000
RESOURCES = {
    "img": "src",
    "script": "src",
    "iframe": "src",
    "link": "href",
    "image": "href",
    "use": "href",
    "source": "srcset",
    "object": "data",
}


def test_a_page_and_its_picture_are_made_and_both_are_light(found):
    assert [(each.path, each.media_type) for each in found] == [
        ("summary/index.html", "text/html"),
        ("summary/card.png", "image/png"),
        ("summary/uk/index.html", "text/html"),
        ("summary/uk/card.png", "image/png"),
    ]
    assert all(sum(len(each.content) for each in pair) < LARGEST for pair in (found[:2], found[2:]))
    assert len(found[0].content) < 100_000


def test_the_same_release_gives_the_same_bytes(public):
    assert documents(public, [public.release]) == documents(public, [public.release])


def test_there_is_no_script_and_nothing_is_fetched(page):
    assert "<script" not in page.source.lower() and not re.search(r"\son[a-z]+=", page.source)
    fetched = [
        each.get(RESOURCES[each.tag]) or ""
        for each in page.tree.iter()
        if each.tag in RESOURCES and each.get("rel") not in ("canonical", "alternate")
    ]
    assert all(address.startswith("data:") for address in fetched)
    assert "@import" not in page.source and not re.search(r"url\((?!#)", page.source.replace("url(#", "url(#"))


def test_ids_are_unique_and_what_is_named_by_id_is_there(page):
    ids = [each.get("id") for each in page.tree.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    named = [name for each in page.tree.iter() for name in (each.get("aria-labelledby") or "").split()]
    named += [each.get("href")[1:] for each in page.all("a") if each.get("href").startswith("#")]
    named += re.findall(r"url\(#([\w-]+)\)", page.source)
    assert set(named) <= set(ids)


def test_headings_are_in_order_and_every_landmark_is_there(page):
    levels = [int(each.tag[1]) for each in page.tree.iter() if re.fullmatch("h[1-6]", str(each.tag))]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(len(page.all(tag)) == 1 for tag in ("header", "nav", "main", "footer"))
    assert page.all("html")[0].get("lang") == "en"
    assert page.all("a")[0].get("href") == "#content"


def test_every_drawing_is_described_and_has_its_table(page):
    drawings = [each for each in page.all("svg") if each.get("role") == "img"]
    assert len(drawings) == 4
    for drawing in drawings:
        title, description = drawing[0], drawing[1]
        assert (title.tag, description.tag) == ("title", "desc") and text(title) and text(description)
        assert drawing.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    for table in page.all("table"):
        assert text(table.find("caption"))
        scopes = [each.get("scope") for each in table.iter() if each.tag == "th"]
        assert set(scopes) == {"col", "row"} or len(table.findall("tbody/tr")) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_background(scheme, page):
    with (ROOT / ".streamlit" / "config.toml").open("rb") as settings:
        theme = tomllib.load(settings)["theme"][scheme]
    blocks = re.findall(r":root \{(.*?)\}", page.source, re.DOTALL)
    colors = dict(re.findall(r"--(\w+): (#\w{6});", blocks[scheme == "dark"]))
    assert colors["paper"] == theme["backgroundColor"] and colors["ink"] == theme["textColor"]
    for name in ("ink", "muted", "link"):
        assert contrast(colors[name], colors["paper"]) >= 4.5
        assert contrast(colors[name], colors["wash"]) >= 4.5


def test_whoever_shares_the_page_shares_its_sentence_and_picture(page):
    told = {each.get("property") or each.get("name"): each.get("content") for each in page.all("meta")}
    assert told["og:title"] == "The Tallinn Mechanism in summary"
    assert told["og:description"] == told["description"] and "EUR 241.7 million" in told["description"].replace("\u00a0", " ")
    assert told["og:image"] == "https://dashboard.example.org/summary/card.png"
    assert told["og:url"] == "https://dashboard.example.org/summary"
    assert told["twitter:card"] == "summary_large_image"
    links = {each.get("rel"): each.get("href") for each in page.all("link")}
    assert links["canonical"] == "https://dashboard.example.org/summary"
    assert links["alternate"] == "https://dashboard.example.org/open-data/releases.atom"


def test_the_page_leads_to_the_dashboard_the_data_the_method_the_licence_and_the_office(page):
    addresses = {each.get("href") for each in page.all("a")}
    site = "https://dashboard.example.org"
    assert {
        f"{site}/?lang=en",
        f"{site}/open-data/",
        f"{site}/methodology?lang=en",
        f"{site}/summary/uk",
        "https://example.org/contact",
    } <= addresses
    assert "https://creativecommons.org/licenses/by/4.0/" in addresses


def test_without_an_address_links_stay_within_the_site(public):
    page = made(public)
    assert not page.tree.findall(".//link[@rel='canonical']")
    assert {"/?lang=en", "/open-data/", "/methodology?lang=en", "/summary/uk"} <= {each.get("href") for each in page.all("a")}


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org", "data:text/html,x"])
def test_an_address_that_is_none_of_the_web_is_no_link(address, public):
    page = made(public, address=address, contact=address)
    assert all(each.get("href").startswith(("/", "#", "https://", "http://")) for each in page.all("a"))


def test_a_mailbox_stands_as_text(public):
    assert "office@example.org" in made(public, contact="office@example.org").words


def test_the_citation_names_release_day_licence_and_address(page, public):
    cited = text(page.tree.find(".//footer/div/p"))
    assert f"release {public.release.id} of " in cited and "data to 3 April 2026" in cited and "CC-BY-4.0" in cited
    assert f" https://dashboard.example.org/?release={public.release.id} " in cited


def test_the_releases_stand_with_their_notes_and_corrections(public):
    correction = replace(public.release, id="2031-02", note="A sum was wrong", corrects="2031-01")
    listed = [Release(f"2031-0{n}", n, date(2031, n, 1), note=f"Note {n}") for n in range(1, 9)]
    store = type(public)(correction, public.audience, public.connection)
    page = made(store, [correction, *listed])
    rows = next(table for table in page.all("table") if "Releases" in text(table.find("caption"))).findall("tbody/tr")
    assert text(rows[0]).startswith("2031-02") and "Corrects 2031-01: A sum was wrong" in text(rows[0])
    assert len(rows) == MOST_RELEASES
    assert rows[1].find(".//a").get("href") == "/?release=2031-01&lang=en"
    assert "All releases" in page.words


def test_the_page_of_an_older_release_says_which_is_the_newest(public):
    newer = Release("2031-01", 9, date(2031, 1, 1))
    page = made(public, [newer, public.release])
    assert f"You are reading release {public.release.id}" in page.words and "The newest is 2031-01." in page.words
    assert "You are reading" not in made(public).words


@pytest.mark.parametrize("audience", [Audience("staff"), Audience("partner"), Audience("partner", "EST")])
def test_none_is_made_of_what_others_may_see(audience):
    seen = store(audience)
    with pytest.raises(ValueError, match="public may see"):
        documents(seen, [seen.release])


def test_none_is_made_of_what_is_not_published(public):
    draft = replace(public.release, id="2031-01", is_published=False)
    for release, public_ones in ((draft, [draft]), (public.release, [public.release, draft]), (public.release, [])):
        with pytest.raises(ValueError, match="published releases"):
            documents(type(public)(release, PUBLIC, public.connection), public_ones)


def test_invented_data_say_so_on_the_page_in_its_drawings_in_its_title_and_in_its_picture(demonstration):
    release = releases(demonstration)[0]
    invented = open_store(demonstration, PUBLIC, release)
    made_of_it = documents(invented, [release])
    page = read(made_of_it)
    assert text(page.all("title")[0]).startswith(MARK)
    assert page.words.startswith(f"Skip to the figures {MARK}")
    stamps = [each for each in page.all("text") if each.get("class") == "stamp"]
    assert [each.text for each in stamps] == [MARK] * 4
    told = {each.get("property"): each.get("content") for each in page.all("meta")}
    assert told["og:title"].startswith(MARK)
    real = documents(
        type(invented)(replace(release, demonstration=False), PUBLIC, invented.connection), [replace(release, demonstration=False)]
    )
    assert picture(made_of_it).getpixel((600, 46)) != picture(real).getpixel((600, 46))
    assert MARK not in text(read(real).all("title")[0])
    assert sum(len(each.content) for each in made_of_it) < LARGEST


def test_the_picture_has_the_size_that_social_media_ask_for_and_differs_with_the_headline(found):
    shown = picture(found)
    assert (shown.format, shown.size) == ("PNG", (1200, 630))
    other = documents(seen := store(PUBLIC, contributions=[{"amount": 5}]), [seen.release])
    assert picture(other).tobytes() != shown.tobytes()


def picture(found) -> Image.Image:
    return Image.open(BytesIO(found[1].content))
