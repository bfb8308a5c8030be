"""Who is asking. Sign-in will answer this; until then everybody is the public."""

from tallinn.audience import Audience


def who_is_asking() -> Audience:
    """The audience of this visit."""
    return Audience("public")
