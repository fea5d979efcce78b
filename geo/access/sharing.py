"""How many children there are for each centre within reach, when all who have it within reach share it.

The two-step floating catchment area: Luo W and Wang F (2003), Environment and Planning B: Planning and Design
30, 865-884. Every centre counts as one, whatever its size, staff and hours, and children may use any.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.access.distance import Crossings
from geo.access.reach import REACH_M
from geo.access.scenario import reached

if TYPE_CHECKING:
    from scipy.sparse import csr_array


def shared(
    homes: pd.DataFrame, sites: pd.DataFrame, crossings: Crossings, reach: float = REACH_M
) -> pd.DataFrame:
    r"""What of the centres within reach each home has, when the children around each centre share it equally.

    `homes` is geo.access.homes, `sites` data_loaders.sites, of which London's alone count: how many children
    live around the others is not known here, and a centre that few seem to share would look generous. First,
    each centre :math:`j` is shared by the :math:`\sum_i n_i` children within `reach` metres of it; then the
    children of a home :math:`i` have, for each of them, the sum of :math:`1 / \sum_i n_i` over the centres
    within `reach` of it.

    Added to the homes: centres (how many are within reach), share (of centres, of all its children together:
    the shares of all homes add up to the number of centres that have a child within reach), and a_centre
    (children for each centre, 1 over the share of one child; NaN where no centre is within reach).
    """
    return shared_of(homes, reached(of_london(sites), homes, crossings, reach))


def of_london(sites: pd.DataFrame) -> pd.DataFrame:
    """The sites that are shared: those that an authority of London lists."""
    return sites[sites["area_code"] != ""].reset_index(drop=True)


def shared_of(homes: pd.DataFrame, covers: "csr_array") -> pd.DataFrame:
    """shared(), of whether each centre is within reach of each home (geo.access.scenario.reached)."""
    children = homes["children"].to_numpy(float)
    sharing = covers @ children
    of_each = np.divide(1, sharing, out=np.zeros_like(sharing), where=sharing > 0)
    of_a_child = covers.T @ of_each
    with np.errstate(divide="ignore"):
        a_centre = np.where(of_a_child > 0, 1 / of_a_child, np.nan)
    return homes.assign(centres=covers.sum(axis=0), share=of_a_child * children, a_centre=a_centre)


def for_each_centre(table: pd.DataFrame, by: pd.Series) -> pd.DataFrame:
    """The children of each group for each centre within reach: `table` is shared(), `by` names groups.

    Columns: children, within (those with a centre within reach), share (of centres, of them together) and
    a_centre (within over share: of those children alone; NaN where nobody has one within reach).
    """
    counted = table.assign(within=table["children"].where(table["a_centre"].notna(), 0))
    found = counted.groupby(by, sort=True)[["children", "within", "share"]].sum()
    return found.assign(a_centre=found["within"] / found["share"].where(found["share"] > 0))
