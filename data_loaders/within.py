"""What counts as within reach in figures of access: how far somebody walks, and to which sites.

The embedded figures are of one setting, which is shown unless somebody chooses another. The catalogue has
placeholders for it, so that every figure names the distance and the kind of site that it is of.
"""

import re
from typing import NamedTuple

METRES_A_MINUTE = 80
ALL_SITES, DESIGNATED = "all", "designated_centres"
# a piece that is true of the usual setting alone, and one that is true of all sites at any distance
_PIECE = re.compile(r"\{(if_usual|if_all_sites):([^{}]*)\}")


def minutes(metres: float) -> int:
    """About how long a way takes with a pram, in whole minutes, at least one."""
    return max(1, round(metres / METRES_A_MINUTE))


class Within(NamedTuple):
    """A setting: how many metres are within reach, and whether ALL_SITES count or only those DESIGNATED."""

    metres: int = 1_200
    sites: str = ALL_SITES

    @property
    def is_designated(self) -> bool:
        """Whether linked sites are left out."""
        return self.sites == DESIGNATED

    @property
    def said(self) -> str:
        """The distance, such as "800 m" or "1.2 km"."""
        return f"{self.metres} m" if self.metres < 1_000 else f"{self.metres / 1_000:g} km"

    @property
    def centre(self) -> str:
        """What counts, in few words, where "centre" is said of all sites."""
        return "designated centre" if self.is_designated else "centre"

    @property
    def in_reach(self) -> str:
        """How short names say it: the usual distance needs no number."""
        return "in reach" if self.metres == USUAL.metres else f"within {self.said}"

    def site(self, many: bool = False) -> str:
        """What counts, in words: "children's centre or linked site", or "designated children's centre"."""
        s = "s" if many else ""
        if self.is_designated:
            return f"designated children's centre{s}"
        return f"children's centre{s} or linked site{s}"

    def words(self) -> dict[str, str]:
        """What stands in place of each placeholder (data_loaders.schemas.cells)."""
        return {
            "reach": self.said,
            "minutes": f"{minutes(self.metres)} minutes",
            "in_reach": self.in_reach,
            "designated": "designated " if self.is_designated else "",
            "linked_site": "" if self.is_designated else " or linked site",
            "linked_sites": "" if self.is_designated else " or linked sites",
            "and_linked_sites": "" if self.is_designated else " and linked sites",
            "without": LEFT_OUT if self.is_designated else "",
        }

    def fill(self, cell: str) -> str:
        """A cell of the catalogue with its placeholders filled in."""
        holds = {"if_usual": self == USUAL, "if_all_sites": not self.is_designated}
        cell = _PIECE.sub(lambda piece: piece[2] if holds[piece[1]] else "", cell)
        for name, said in self.words().items():
            cell = cell.replace(f"{{{name}}}", said)
        return cell


LEFT_OUT = (
    " Designated centres are the register's entries of that type; linked sites, which offer some services as "
    "part of another centre, are left out, though families may be served there."
)
USUAL = Within()
# the placeholders
NAMES = tuple(USUAL.words())
