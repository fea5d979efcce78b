"""The one table of figures joined with places: made, asked of, and taken away.

Begin with `london`: load_london() reads and joins everything once, and place_table() gives one indicator at
one period, a row a place. `derive` and `aggregate` work out what nobody publishes, `origins` and `marks` say
where each value comes from and what to know about it, `timeline` and `time_series` look along its periods.
"""
