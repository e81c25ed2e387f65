"""Other people's formats: Excel questionnaires, and the engagement as JSON."""
