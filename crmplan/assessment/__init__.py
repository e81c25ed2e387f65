"""From a framework and many answers to scores, gaps and SWOT. Pure: no input, no output."""
