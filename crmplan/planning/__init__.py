"""From gaps to initiatives, from initiatives to a dated plan in phases. Pure."""
