"""Who may send a file: the members first, then every other country and organisation that is known."""

from tallinn.ingest.names import country_name, english_names
from tallinn.page.current import ask


def senders() -> dict[str, str]:
    """Codes and names of all who may send a file, the members first."""
    rows = ask("members").rows
    members = dict(zip(rows["organisation_id"], rows["name"], strict=True))
    others = {code: country_name(code) for code in english_names() if code not in members}
    return members | dict(sorted(others.items(), key=lambda pair: pair[1]))
