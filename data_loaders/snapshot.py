"""Write the observations of the embedded snapshot from the compiled official figures (cache/compiled).

The folder holds one CSV file a publication, as compiled for this project. Each function below turns one of
them into the project's tidy form; nothing is estimated, and an empty cell of the source stays empty, with a
status that says so. Run `python -m data_loaders snapshot` after a change of these files.
"""

from pathlib import Path

import pandas as pd

from data_loaders import counts, store
from data_loaders.observations import COLUMNS, FOLDER, ODD, as_table

COMPILED = store.SNAPSHOT.parent / "compiled"
LONDON, ENGLAND = "E12000007", "E92000001"
SPEND = "early_years_spend_gross"
WORKED_OUT_COUNTS = "worked_out_counts.csv"

# measure in the Local authority interactive tool's data -> indicator, source, type of year
INTERACTIVE_TOOL = {
    "asq3_2_2h_pct": ("asq3_at_2_to_2_5_years", "ohid_asq3", "financial"),
    "funded_2yo_pct": ("funded_2yo_pct", "dfe_funded_places", "academic"),
    "funded_2yo_n": ("funded_2yo_n", "dfe_funded_places", "academic"),
    "funded_3_4yo_pct": ("funded_3_4yo_pct", "dfe_funded_places", "academic"),
    "funded_3_4yo_n": ("funded_3_4yo_n", "dfe_funded_places", "academic"),
    "children_low_income_families_pct": ("low_income_under_16_pct", "dwp_low_income", "financial"),
    "s251_sure_start_cc_early_years_gross": ("early_years_spend_gross", "dfe_s251", "financial"),
}
YEAR_END = {"financial": "-03-31", "academic": "-08-31"}
REVIEW_PERIODS = {
    "2017/18 Q1": ("2017-06-30", "ohid_reviews_2017_q1"),
    "2024/25": ("2025-03-31", "ohid_reviews_2024_25"),
}
REVIEWS = [
    "new_birth_visit_14_days",
    "review_6_8_weeks",
    "review_12_months_by_12",
    "review_12_months_by_15",
    "review_2_to_2_5_years",
]
# measure in the table of child development at 2 to 2½ years -> indicator
CHILD_DEVELOPMENT = {
    "good_level_of_development_at_2_to_2_5": "child_development_good_level",
    "communication": "child_development_communication",
    "gross_motor": "child_development_gross_motor",
    "fine_motor": "child_development_fine_motor",
    "problem_solving": "child_development_problem_solving",
    "personal_social": "child_development_personal_social",
}
CHILD_DEVELOPMENT_SOURCES = {
    "ohid_child_development_2021_22": "ohid_child_development_2021_22",
    "ohid_fingertips_93436": "ohid_child_development_2024_25",
}
QUARTER_ENDS = {"Q1": "2021-06-30", "Q2": "2021-09-30", "Q3": "2021-12-31", "Q4": "2022-03-31"}
CITY, HACKNEY, LEWISHAM = "E09000001", "E09000012", "E09000023"
LIMITS_OF_2025 = "ohid_gld_2025"
# percentage points from the first to the last quarter: a larger step means that recording began in that year
MOST_IN_A_YEAR = 40
FEW = 30  # children: a percentage of fewer says next to nothing
MOST_DEPRIVED_TENTHS = (1, 2)


def write_observations(figures: Path, snapshot: Path = store.SNAPSHOT) -> list[str]:
    """Write one table a source under `observations/`; return their names."""
    builders = (
        children_centres,
        interactive_tool,
        good_level_of_development,
        child_development,
        population,
        deprivation,
        deprived_small_areas,
        family_hubs,
        health_visiting_headlines,
        survey,
    )
    observations = pd.concat([_complete(build(figures)) for build in builders], ignore_index=True)
    (snapshot / FOLDER).mkdir(parents=True, exist_ok=True)
    names = []
    (snapshot / WORKED_OUT_COUNTS).write_text(
        worked_out_counts(figures).to_csv(index=False, lineterminator="\n"), encoding="utf-8", newline=""
    )
    names.append(WORKED_OUT_COUNTS)
    # a value and its limits may be of two publications: the row is kept in the table of the first
    for source_id, rows in observations.groupby(observations["source_id"].str.split("+").str[0]):
        name = f"{FOLDER}/{source_id}.csv"
        (snapshot / name).write_bytes(as_table(rows))
        names.append(name)
    return names


def children_centres(figures: Path) -> pd.DataFrame:
    """Designated centres and linked sites by date: 2010 from Hansard, later dates from the register."""
    table = pd.read_csv(figures / "childrens_centres_by_borough.csv")
    long = table.melt(
        ["as_at", "borough_code"], ["designated_centres", "linked_sites"], "indicator_id", "value"
    )
    return pd.DataFrame(
        {
            "area_code": long["borough_code"],
            "indicator_id": long["indicator_id"],
            "period": long["as_at"],
            "period_end": long["as_at"],
            "value": long["value"],
            "source_id": long["as_at"].map(lambda day: "hansard_2010" if day < "2016" else "dfe_register"),
        }
    ).dropna(subset="value")  # Hansard counted no linked sites: the series starts with the register


def interactive_tool(figures: Path) -> pd.DataFrame:
    """Measures of the Local authority interactive tool; a year named by its end becomes "2023/24"."""
    table = pd.read_csv(figures / "dfe_local_measures.csv", dtype={"year": str})
    table = table[table["measure"].isin(list(INTERACTIVE_TOOL))]
    named = pd.DataFrame(table["measure"].map(INTERACTIVE_TOOL).tolist(), index=table.index)
    # "2024" and "2023-24 (OT)" both mean the year that ends in 2024
    end = table["year"].str.extract(r"^(?:20\d\d-)?(?:20)?(\d\d)(?: \(OT\))?$")[0].astype(int) + 2000
    return pd.DataFrame(
        {
            "area_code": table["area_code"],
            "indicator_id": named[0],
            "period": [f"{year - 1}/{year % 100:02}" for year in end],
            "period_end": end.astype(str) + named[2].map(YEAR_END),
            "value": table["value"],
            "source_id": named[1],
        }
    )


def good_level_of_development(figures: Path) -> pd.DataFrame:
    """Two series that are never joined; numbers of children come with the first one only.

    The 95 % limits of 2025 are another publication's, and so is what follows from them for London.
    """
    percent = pd.read_csv(figures / "eyfsp_good_level_of_development.csv")
    numbers = pd.read_csv(figures / "eyfsp_counts_2013_2019.csv").rename(
        columns={"borough_code": "area_code"}
    )
    limits = pd.read_csv(figures / "gld_2025_limits.csv").assign(year=2025)
    table = percent.merge(numbers, on=["area_code", "year"], how="left", validate="one_to_one").merge(
        limits[["area_code", "year", "lower_95", "upper_95"]], on=["area_code", "year"], how="left"
    )
    boroughs = pd.DataFrame(
        {
            "area_code": table["area_code"],
            "indicator_id": table["year"].map(lambda y: "gld_2013_2019" if y < 2020 else "gld_2022_on"),
            "period": table["year"].astype(str),
            "period_end": table["year"].astype(str) + "-06-30",
            "value": table["gld_percent_x"],
            "numerator": table["gld_number"],
            "denominator": table["number_of_children"],
            "lower_95": table["lower_95"],
            "upper_95": table["upper_95"],
            "source_id": [
                "dfe_eyfsp" if no_limits else f"dfe_eyfsp+{LIMITS_OF_2025}"
                for no_limits in table["lower_95"].isna()
            ],
        }
    )
    return pd.concat([boroughs, _london(limits, "gld_2022_on", "2025", "2025-06-30", LIMITS_OF_2025)])


def child_development(figures: Path) -> pd.DataFrame:
    """What children reviewed at 2 to 2½ years could do: one year with its quarters and counts, one without.

    The City of London is published with Hackney in the first of them.
    """
    table = pd.read_csv(figures / "child_development_at_2_to_2_5_years.csv")
    table = table.assign(
        indicator_id=table["measure"].map(CHILD_DEVELOPMENT),
        period_end=[
            "20" + p[5:7] + "-03-31" if len(p) == 7 else QUARTER_ENDS[p[8:]] for p in table["period"]
        ],
        source_id=table["source_key"].map(CHILD_DEVELOPMENT_SOURCES),
        note=_oddities(table),
    )
    with_hackney = table[(table["area_code"] == HACKNEY) & (table["area_name"] != "Hackney")]
    nothing = ["value", "numerator", "denominator", "lower_95", "upper_95"]
    city = with_hackney.assign(
        area_code=CITY, status="combined", note="", **dict.fromkeys(nothing, float("nan"))
    )
    newest = table[table["period"] == "2024/25"].dropna(subset="value")
    london = _london(
        newest,
        "child_development_good_level",
        "2024/25",
        "2025-03-31",
        CHILD_DEVELOPMENT_SOURCES["ohid_fingertips_93436"],
    )
    return pd.concat([table, city, london])[[name for name in COLUMNS if name in table]]


def _oddities(table: pd.DataFrame) -> list[str]:
    """What is odd about a value that is printed as it is, empty where nothing is; columns as published."""
    keys = ["area_code", "period"]
    single = table[table["measure"] != "good_level_of_development_at_2_to_2_5"]
    least = single.groupby(keys)["value"].min().rename("least").reset_index()
    least = table[keys].merge(least, on=keys, how="left")["least"]
    places = ["area_code", "measure"]
    quarters = table[table["denominator"] >= FEW].pivot(index=places, columns="period", values="value")
    quarters = quarters.reindex(pd.MultiIndex.from_frame(table[places].drop_duplicates()))
    said = []
    for row, of_one in zip(table.to_dict("records"), least, strict=True):
        odd = []
        first, last = (quarters.loc[(row["area_code"], row["measure"]), f"2021/22 Q{n}"] for n in (1, 4))
        if row["period"] == "2021/22" and last - first > MOST_IN_A_YEAR:
            odd.append(f"{first:.1f}% in the first quarter of the year and {last:.1f}% in the last")
        if row["area_code"] == LEWISHAM and row["period"] == "2021/22":
            odd.append("it counts about 1.8 times as many children as live there at that age")
        if row["measure"] not in single["measure"].unique() and row["value"] > of_one:
            odd.append(
                "more children at the level in all five areas than in one of them, which cannot be right"
            )
        if row["denominator"] < FEW:
            odd.append(f"of {row['denominator']:.0f} children only")
        said.append(f"{ODD}{'; '.join(odd)}" if odd else "")
    return said


def worked_out_counts(figures: Path) -> pd.DataFrame:
    """The counts behind boroughs' percentages that are published with limits, but without counts.

    Columns: indicator_id, period, area_code, numerator, denominator. A borough whose percentage and limits
    could come of several counts is left out.
    """
    summer = pd.read_csv(figures / "gld_2025_limits.csv").assign(indicator_id="gld_2022_on", period="2025")
    reviewed = pd.read_csv(figures / "child_development_at_2_to_2_5_years.csv")
    reviewed = reviewed.assign(indicator_id=reviewed["measure"].map(CHILD_DEVELOPMENT))
    reviewed = reviewed[reviewed["numerator"].isna()]
    printed = pd.concat([summer, reviewed]).dropna(subset=["value", "lower_95", "upper_95"])
    keys = ["indicator_id", "period", "area_code"]
    found = []
    for row in printed.to_dict("records"):
        possible = counts.possible_counts(counts.Published(row["value"], row["lower_95"], row["upper_95"]))
        if len(possible) == 1:
            found.append({key: row[key] for key in keys} | possible[0].columns())
    return pd.DataFrame(found).sort_values(keys)


def _london(
    boroughs: pd.DataFrame, indicator: str, period: str, period_end: str, source: str
) -> pd.DataFrame:
    """London's row from value, lower_95 and upper_95 of its boroughs; none where they do not tell it."""
    printed = boroughs[["value", "lower_95", "upper_95"]].itertuples(index=False)
    value = counts.together(counts.Published(*row) for row in printed)
    row = {
        "area_code": LONDON,
        "indicator_id": indicator,
        "period": period,
        "period_end": period_end,
        "value": value,
        "status": "derived",
        "source_id": source,
        "note": counts.WORKED_OUT,
    }
    return pd.DataFrame([row] if value is not None else [])


def population(figures: Path) -> pd.DataFrame:
    """Residents aged 0 to 4 at mid-2024."""
    table = pd.read_csv(figures / "population_mid2024.csv")
    columns = _single(table["borough_code"], table["aged_0_4_mid2024"], "population_0_4", "mid-2024")
    return columns.assign(period_end="2024-06-30", source_id="ons_population_mid2024")


def deprivation(figures: Path) -> pd.DataFrame:
    """Average scores of the indices of 2019 (children) and of 2025 (all ages)."""
    idaci = pd.read_csv(figures / "idaci_2019.csv")
    imd = pd.read_csv(figures / "imd_2025.csv")
    scores_2019 = _single(idaci["borough_code"], idaci["IDACI - Average score"], "idaci_2019", "2019")
    scores_2025 = _single(imd["borough_code"], imd["imd_average_score"], "imd_2025", "2025")
    return pd.concat(
        [
            scores_2019.assign(period_end="2019-12-31", source_id="mhclg_idaci_2019"),
            scores_2025.assign(period_end="2025-12-31", source_id="mhclg_imd_2025"),
        ]
    )


def deprived_small_areas(figures: Path) -> pd.DataFrame:
    """How many of an authority's small areas are in the two most deprived tenths of England's, for children.

    Worked out here from the published tenths of each: the index's own scores of authorities are not at hand.
    """
    table = pd.read_csv(figures / "london_lsoa21_idaci_2025.csv")
    is_deprived = table["idaci_decile"].isin(MOST_DEPRIVED_TENTHS).groupby(table["lad_code"])
    found, areas = is_deprived.sum(), is_deprived.size()
    columns = _single(
        found.index.to_series(), (100 * found / areas).round(4), "idaci_2025_most_deprived_fifth", "2025"
    )
    return columns.assign(
        numerator=found,
        denominator=areas,
        period_end="2025-12-31",
        status="derived",
        source_id="mhclg_idaci_2025",
    )


def family_hubs(figures: Path) -> pd.DataFrame:
    """1 for an authority in the programme of 2022, 0 for one that is not."""
    table = pd.read_csv(figures / "family_hubs_programme_2022.csv")
    member = table["family_hubs_start_for_life_75"].astype(int)
    columns = _single(table["borough_code"], member, "family_hubs_programme", "2022")
    return columns.assign(period_end="2022-12-31", source_id="family_hubs_2022")


def health_visiting_headlines(figures: Path) -> pd.DataFrame:
    """England's mandated reviews from the statistical commentaries; boroughs come from a download only."""
    table = pd.read_csv(figures / "health_visiting_published_headlines.csv")
    table = table[table["indicator_id"].isin(REVIEWS)]
    # OHID publishes a number of mothers, which is not among the compiled figures: it comes from a download
    antenatal = {"area_code": ENGLAND, "indicator_id": "antenatal_contact", "period": "2024/25"}
    table = pd.concat([table, pd.DataFrame([antenatal])], ignore_index=True)
    period = table["period"].map(REVIEW_PERIODS)
    return pd.DataFrame(
        {
            "area_code": table["area_code"],
            "indicator_id": table["indicator_id"],
            "period": table["period"],
            "period_end": period.str[0],
            "value": table["value_pct"],
            "lower_95": table["lower_ci_95"],
            "upper_95": table["upper_ci_95"],
            "status": ["not_loaded" if missing else "published" for missing in table["value_pct"].isna()],
            "source_id": period.str[1],
        }
    )


def survey(figures: Path) -> pd.DataFrame:
    """London's published answers of March 2022: mean of each interface, "yes" to each hallmark (per cent)."""
    interfaces = pd.read_csv(figures / "survey_published_interfaces.csv")
    hallmarks = pd.read_csv(figures / "survey_published_hallmarks.csv")
    answers = pd.concat(
        [
            _single(
                LONDON, interfaces["mean_score_1_to_5"], "interface_" + interfaces["item_id"], "March 2022"
            ),
            _single(LONDON, hallmarks["yes_pct"], "hallmark_" + hallmarks["item_id"], "March 2022"),
        ]
    )
    return answers.assign(period_end="2022-03-31", source_id="report_2022")


def _single(
    area_code: pd.Series | str, value: pd.Series, indicator: pd.Series | str, period: str
) -> pd.DataFrame:
    """Rows of a measure that has one period; `value` gives their number."""
    columns = {"area_code": area_code, "indicator_id": indicator, "period": period, "value": value}
    return pd.DataFrame(columns, index=value.index)


def _complete(rows: pd.DataFrame) -> pd.DataFrame:
    """All columns, and where none is given the status that the presence of a value implies.

    A spend of £0 is a return in which a council reported nothing under that heading, and no amount.
    """
    implied = rows["value"].notna().map({True: "published", False: "not_published"})
    status = rows["status"].fillna(implied) if "status" in rows else implied
    is_nil = (rows["indicator_id"] == SPEND) & (rows["value"] == 0)
    note = rows["note"].fillna("") if "note" in rows else ""
    told = rows.assign(value=rows["value"].mask(is_nil), status=status.mask(is_nil, "nil_return"), note=note)
    return told.reindex(columns=COLUMNS)
