"""From text to tables: places, merging, CSV files, and faults in our own words."""
