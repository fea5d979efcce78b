"""Parts of charts that several pages draw: colours, maps, rankings, tables, axes of time, survey answers."""
