"""Signing in and out, and what a visitor is here."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

import streamlit as st

from tallinn.access import Person
from tallinn.configuration import Configuration, Unusable, configuration
from tallinn.ingest.names import country_name
from tallinn.page import marks, noted
from tallinn.page.visit import person
from tallinn.settings import config_file
from tallinn.wording import _


def title() -> str:
    """What the way to this page is called."""
    return _("Account") if person() else _("Sign in")


def show() -> None:
    """Who is signed in, with the way out; else the way in."""
    someone = person()
    if someone:
        _who(someone)
        st.button(_("Sign out"), on_click=noted.sign_out, key="sign_out")
    else:
        ways_in()


def ways_in() -> None:
    """A button for each provider; without one, how to configure it."""
    found = _configuration()
    if not found.has_sign_in:
        st.info(
            _(
                "Everybody can read what is published without signing in. Nobody can sign in here yet: whoever runs this dashboard "
                "names an OpenID Connect provider, such as Microsoft Entra ID, Google or Keycloak, in {file} (see docs/sign-in.md)."
            ).format(file=marks.plain(config_file().name)),
            title=_("No sign-in is configured"),
        )
        return
    st.markdown(_("Staff of the project office, donors and ministers sign in with the account of their organisation."))
    if elsewhere := _other_address(found, st.context.url or ""):
        # A sign-in that begins at one address and ends at another is lost with the cookie between them.
        st.link_button(_("Sign in at {address}").format(address=elsewhere), f"{elsewhere}/account", type="primary")
        return
    for name, label in _providers(found).items():
        st.button(label, on_click=st.login, args=(name,) if name else (), type="primary", key=f"sign_in_{name}")


def tell_who_may_enter(whose: str) -> None:
    """Instead of a page that is not for this visitor: whose it is, and the way in."""
    someone = person()
    st.info(whose, title=_("Not open to you"))
    if someone:
        _who(someone)
    else:
        ways_in()


def _other_address(found: Configuration, here: str) -> str | None:
    """Where the provider sends people back to, if that is not where they are."""
    there = urlsplit(str(found.auth["redirect_uri"]).replace("{port}", str(st.get_option("server.port"))))
    visited = urlsplit(here)
    differs = visited.netloc and (visited.scheme, visited.netloc) != (there.scheme, there.netloc)
    return f"{there.scheme}://{there.netloc}" if differs else None


def _configuration() -> Configuration:
    try:
        return configuration()
    except Unusable:
        return Configuration()


def _providers(found: Configuration) -> dict[str, str]:
    """Each provider's name in [auth] ("" for the only one) with what stands on its button."""
    sections = [name for name, said in found.auth.items() if isinstance(said, dict) and "client_id" in said]
    named = {name: _("Sign in with {provider}").format(provider=name.title()) for name in sections}
    return {"": _("Sign in"), **named} if "client_id" in found.auth else named


def _who(someone: Person) -> None:
    roles = {
        "staff": _("You are of the staff of the project office: you see all rows, take files in, and publish."),
        "partner": _("You are a partner: you see what is public, and what is shared among partners (TLP:GREEN)."),
        "public": _("Your account has no role here: you see what everybody sees. The project office gives roles."),
    }
    said = [_("Signed in as **{name}** ({id}).").format(name=marks.plain(someone.name), id=marks.plain(someone.id))]
    said.append(roles[someone.audience.role])
    if donor := someone.audience.donor_id:
        said.append(_("You speak for {donor}, and see its own rows up to TLP:AMBER too.").format(donor=country_name(donor)))
    until = datetime.fromtimestamp(someone.until, UTC)
    said.append(_("The session ends at {moment} UTC.").format(moment=f"{until:%Y-%m-%d %H:%M}"))
    st.markdown(marks.bullets(said))
