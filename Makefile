# The two commands to know: `make run` shows the product, `make check` is what has to pass. `make help` lists the rest.
# Python does the work (governance/bootstrap.py, governance/supervisor/), so that paths with spaces just work.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
PYTHON ?= python3
PY := .venv/bin/python
MANAGE := $(PY) manage.py
TESTS ?=
export PORT
# A house starts with ten processes: each would compile all of the product anew where a machine forbids to keep that.
unexport PYTHONDONTWRITEBYTECODE

NEED_PYTHON = $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	{ echo "error: $(PYTHON) is missing or older than 3.11: install Python 3.11, or say make PYTHON=/path/to/python3" >&2; exit 1; }

.PHONY: help setup dev run test check lint types layers translations bench seed docs screens lock format clean

help:  ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

setup:  ## Virtual environment, packages and front-end assets (a second run takes no time)
	@$(NEED_PYTHON); $(PYTHON) -m governance.bootstrap

dev:  ## The same with the tools of developers
	@$(NEED_PYTHON); $(PYTHON) -m governance.bootstrap --dev

run: setup  ## Serve the demo district: PORT=8000 by default; Ctrl-C stops everything
	@exec $(PY) -m governance.supervisor --with-parent

test: dev  ## All tests, or some: make test TESTS=tests/kernel
	@$(PY) -m pytest -n 2 $(TESTS)

check: lint types layers translations test  ## Everything that has to pass before a change goes in

lint: dev  ## Style and likely bugs, Python and templates
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m djlint templates --quiet --lint

types: dev  ## Types: strict where the rules live
	@$(PY) -m mypy .

layers: dev  ## Who may import whom
	@$(PY) -c 'import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())'

translations: dev  ## Every text in both languages, none unused
	@$(MANAGE) translations check

bench: setup  ## Figures beside their yardsticks, as JSON
	@$(PY) -m bench

seed: setup  ## Fill an empty database with the demo district
	@$(MANAGE) migrate -v 0 && $(MANAGE) grant_rights && $(MANAGE) load_reference && $(MANAGE) seed_demo

docs: setup  ## Write the generated pages of docs/ anew
	@$(MANAGE) document

screens: dev  ## Take the pictures of docs/screens anew from a demo district that runs at PORT
	@$(PY) -m tests.screens

lock: dev  ## Pin all packages anew from requirements*.in
	@for name in requirements requirements-dev requirements-uv requirements-npm; do \
		$(PY) -m uv pip compile --quiet --universal --generate-hashes --no-annotate --python-version 3.11 \
			$$name.in -o $$name.txt || exit 1; done

format: dev  ## Bring the code into the one form
	@$(PY) -m ruff check --fix --quiet . ; \
		$(PY) -m ruff format --quiet .

clean:  ## Remove what was made, except the data in .data/
	@rm -rf .venv node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
