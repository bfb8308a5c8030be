# The commands of this project. `make` alone lists them.
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.installed-for-run
DEV := $(VENV)/.installed-for-development
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help setup run demo test check lint types sql contract fix bench clean

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

setup: $(RUN) ## the virtual environment in .venv, with what the dashboard needs

run: $(RUN) ## the dashboard on http://localhost:8501
	TALLINN_LOCAL_STAFF=1 $(BIN)/python server.py

demo: $(RUN) ## the same with invented data, for training and screenshots, from a lake of its own
	$(BIN)/python -m tallinn demo --lake data/demo-lake
	TALLINN_LAKE=data/demo-lake TALLINN_LOCAL_STAFF=1 $(BIN)/python server.py

# A file of tests stays on one worker, so that one server and one browser serve all browser tests; those begin first.
test: $(DEV) ## every test, those in a real browser too
	CHROMIUM="$$(.ci/chromium)" && export CHROMIUM && $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

check: lint types sql contract test ## style, types, SQL, import contract and tests

lint: $(DEV)
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(DEV)
	$(BIN)/mypy

sql: $(DEV)
	$(BIN)/sqlfluff lint --disable-progress-bar queries tallinn/views tallinn/ingest/rules

contract: $(DEV)
	PYTHONPATH=. $(BIN)/lint-imports

fix: $(DEV) ## mend what can be mended by machine
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/sqlfluff fix --disable-progress-bar queries tallinn/views tallinn/ingest/rules

bench: $(DEV) ## page runs per second and how fast files are taken in, each beside another way
	$(BIN)/python -m benchmarks.run
	$(BIN)/python -m benchmarks.ingest

clean: ## remove the environment and caches; the lake stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	.ci/environment $(VENV)

$(RUN): requirements.txt | $(BIN)/python
	$(PIP) --requirement requirements.txt
	@touch $@

$(DEV): requirements-dev.txt $(RUN)
	$(PIP) --requirement requirements-dev.txt
	@touch $@
