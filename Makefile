# Every target sets up what it needs; CI calls the same ones.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SETUP := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint fmt types generate check-generated build check clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 18

setup: $(SETUP)  ## make the virtual environment with all tools

$(SETUP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: $(SETUP)  ## upload, list, read, tag and delete real images against a local ImageKit
	$(BIN)/python examples/demo.py

test: $(SETUP)  ## run the whole suite, and demand full branch coverage of handwritten code
	$(BIN)/python -m pytest --cov

fmt: $(SETUP)  ## format handwritten code
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format --quiet .

lint: $(SETUP)  ## check style, spelling, test docstrings and the document
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/interrogate --quiet tests imagekit_async/testing
	$(BIN)/codespell
	$(BIN)/python -m openapi_spec_validator openapi/imagekit-v1.yaml

types: $(SETUP)  ## check types with mypy and pyright
	$(BIN)/mypy
	$(BIN)/mypy openapi tests/typing
	$(BIN)/pyright
	PATH="$(CURDIR)/$(BIN):$$PATH" pyright --verifytypes imagekit_async --ignoreexternal

generate: $(SETUP)  ## write imagekit_async/_generated from openapi/imagekit-v1.yaml
	$(BIN)/python openapi/generate.py

check-generated: $(SETUP)  ## fail with a diff when the generated code is not what the document gives
	$(BIN)/python openapi/check_generated.py

build: $(SETUP)  ## build wheel and sdist
	$(BIN)/python -m hatchling build

check: test lint types check-generated  ## all of the above checks

clean:  ## remove everything that can be made again
	rm -rf $(VENV) build dist .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache

.PHONY: soak
SOAK_SECONDS ?= 120
soak: $(SETUP)  ## load one client for minutes while the network fails, and write benchmarks/SOAK.md
	$(BIN)/python -m benchmarks.soak --seconds $(SOAK_SECONDS) --report benchmarks/SOAK.md
