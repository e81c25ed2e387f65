"""Scheduling when roles are limited: who can do how much at once, and what waits for whom. Pure."""
