"""Who may send a file: the members first, then every other country and organisation that is known."""

from tallinn.ingest.names import english_names
from tallinn.page.current import ask


def senders() -> dict[str, str]:
    """Codes and names of all who may send a file, the members first."""
    rows = ask("members").rows
    members = dict(zip(rows["organisation_id"], rows["name"], strict=True))
    return members | {code: name for code, name in sorted(english_names().items(), key=lambda pair: pair[1]) if code not in members}
