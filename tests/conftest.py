"""What all tests share: this folder is importable, and Hypothesis does not judge by the clock."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("crmplan", deadline=None)
settings.load_profile("crmplan")
