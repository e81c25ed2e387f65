"""How numbers, dates and sentences are written in English, Persian and Chinese."""
