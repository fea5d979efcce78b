"""Compare places: join observations with boroughs and ICS footprints, and measure the differences.

No room knows pages or charts. Begin with `tables`, whose load_london() makes the table that the others
work on; docs/architecture.md has the order of the rooms.
"""
