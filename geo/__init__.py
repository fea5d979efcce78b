"""Compare places: join observations with boroughs and ICS footprints, and measure the differences."""
