"""What is known of a borough, an ICS, a border, and what the 2022 report says of them.

Begin with `latest`, every indicator at its newest period, of which `borough` and `ics` pick what stands out
in a place. `borders` compares neighbours, and `trend` tells change from chance.
"""
