"""How big the postcode lottery is: of one indicator in one period and over time, and what would close it.

Begin with lottery() in `one_period`, which gives all measures of an indicator and period, and why some are
missing. `over_time` follows the same boroughs from period to period; `gap_to_target` says how many more each
borough would need.
"""
