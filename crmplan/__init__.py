"""From a CRM maturity assessment to a plan that a sponsor signs."""

__version__ = "0.1.0"
