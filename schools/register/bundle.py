"""The register's files that come together: the establishments, and what may come with them, in the order in which they
are read. The command line and the browser both go through here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from schools.models import RegisterFile
from schools.register import childrens_centres, group_links, groups, links
from schools.register.childrens_centres import import_childrens_centres
from schools.register.group_links import import_group_links
from schools.register.groups import import_groups
from schools.register.importing import date_in_name, import_establishments
from schools.register.layouts import ESTABLISHMENTS, Layout
from schools.register.links import import_links

Kind = RegisterFile.Kind


@dataclass(frozen=True)
class Part:
    """One file of a bundle: its kind, the name of its option, what it is, its layout, and what reads it."""

    kind: Kind
    name: str
    what: str
    layout: Layout
    read: Callable[..., dict[str, Any]]

    @property
    def option(self) -> str:
        return f"--{self.name.replace('_', '-')}"


SCHOOLS = Part(Kind.ESTABLISHMENTS, "establishments", "every school", ESTABLISHMENTS, import_establishments)
# In the order in which they are read, after the establishments.
COMPANIONS = (
    Part(Kind.GROUPS, "groups", "trusts and other groups", groups.LAYOUT, import_groups),
    Part(
        *(Kind.GROUP_LINKS, "group_links", "which school is in which trust, since when", group_links.LAYOUT),
        import_group_links,
    ),
    Part(Kind.LINKS, "links", "which school follows which", links.LAYOUT, import_links),
    Part(
        *(Kind.CHILDRENS_CENTRES, "children_centres", "children's centres, which the register keeps apart"),
        *(childrens_centres.LAYOUT, import_childrens_centres),
    ),
)
Read = Callable[[Part, Path, dict[str, Any]], dict[str, Any]]


def read_bundle(paths: dict[str, Path], read: Read, **options: Any) -> None:
    """Read the files of a bundle, given by kind, one after the other; each is a transaction of its own.

    `read` is called with a part, its path and the options of `import_file`, calls the part's own `read` with them, and
    returns its figures: what it makes of a file that is refused or held is its own business, and what it raises ends
    the bundle. Companions have the establishments' date where their name has none.

    A dry run is one transaction, so that each file meets what those before it would have done; all of it is taken back.
    """
    if options.get("dry_run"):
        with transaction.atomic():
            _read_each(paths, read, {**options, "take_back": False})
            transaction.set_rollback(True)
    else:
        _read_each(paths, read, options)


def _read_each(paths: dict[str, Path], read: Read, options: dict[str, Any]) -> None:
    as_at: date | None = options.pop("as_at", None)
    for part in (SCHOOLS, *COMPANIONS):
        if (path := paths.get(part.kind)) is None:
            continue
        own = as_at if part is SCHOOLS else date_in_name(path.name) or as_at
        figures = read(part, path, {**options, "as_at": own})
        if part is SCHOOLS and figures.get("as_at"):
            as_at = date.fromisoformat(figures["as_at"])
