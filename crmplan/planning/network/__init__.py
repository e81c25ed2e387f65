"""The network of tasks: links of all kinds, calendars, constraints, dates and floats."""
