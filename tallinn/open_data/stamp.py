"""What every published file says of itself: which release it is, how old the data are, the licence, and how to cite it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tallinn.ask import ask
from tallinn.ingest.invented import MARK
from tallinn.provenance import cited
from tallinn.releases import Release
from tallinn.settings import ADDRESS, LICENCE, LICENCE_URL
from tallinn.store import Store
from tallinn.wording import _, unknown

FOLDER = "open-data"


@dataclass(frozen=True)
class Stamp:
    """A release and the day of its newest source; None where no source states one."""

    release: Release
    data_date: date | None

    @property
    def address(self) -> str:
        """Where this release stays readable; relative to the site where the site's own address is not known."""
        return f"{ADDRESS}/{folder_of(self.release)}/"

    @property
    def citation(self) -> str:
        return " ".join([*self.warning, cited(self.release, self.data_date, self.address)])

    @property
    def warning(self) -> list[str]:
        """That the data are invented, where they are."""
        return [_("{mark}: everything in it is invented for training.").format(mark=MARK)] if self.release.demonstration else []

    def facts(self) -> dict[str, Any]:
        """The same for JSON."""
        release = self.release
        return {
            "release": {
                "id": release.id,
                "date": release.date.isoformat(),
                "data_date": self.data_date.isoformat() if self.data_date else None,
                "next_date": release.next_date.isoformat() if release.next_date else None,
                "note": release.note,
                "corrects": release.corrects,
                "invented": release.demonstration,
                "address": self.address,
            },
            "licence": {"name": LICENCE, "url": LICENCE_URL},
            "citation": self.citation,
        }


def stamp(store: Store) -> Stamp:
    """The stamp of what a store holds."""
    newest = ask(store, "release_facts").rows["data_date"].iloc[0]
    return Stamp(store.release, None if unknown(newest) else newest.date())


def folder_of(release: Release) -> str:
    """The folder in which a release stays readable, relative to the site."""
    return f"{FOLDER}/releases/{release.id}"
