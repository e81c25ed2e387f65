# Needs python3 (3.11 or later) with pip; everything else is put into .tools and .venv.
PYTHON ?= python3
UV := .tools/bin/uv
BIN := .venv/bin
# Firms put their own certificate authority into the system's store.
export UV_SYSTEM_CERTS ?= 1
export UV_NATIVE_TLS ?= 1

.PHONY: demo test lint check bench format clean

demo: .venv/.installed
	$(BIN)/crmplan demo --out crmplan-demo --force

test: .venv/.tested
	$(BIN)/python -m pytest -n auto

lint: .venv/.tested
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/crmplan framework check frameworks/* examples/tiny/frameworks/*

check: lint test

bench: .venv/.tested
	$(BIN)/python benchmarks/run.py

format: .venv/.tested
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

.tools/bin/uv:
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --target .tools uv

.venv/.installed: $(UV) pyproject.toml constraints.txt
	$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv
	$(UV) pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable .
	touch $@

.venv/.tested: .venv/.installed
	$(UV) pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable ".[development,postgres]"
	touch $@

clean:
	rm -rf .venv .tools crmplan-demo .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
