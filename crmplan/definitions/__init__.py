"""From folders of YAML to values, with every fault of a folder reported at once."""
