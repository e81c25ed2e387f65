"""What the documents say: each module turns a part of the report into blocks."""
