# The commands of this project. `make` alone lists them.
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.installed-for-run
LOCAL := $(VENV)/.installed-for-local
DEV := $(VENV)/.installed-for-development
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help setup run demo test check lint types sql contract messages fix bench clean

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

setup: $(LOCAL) ## the virtual environment in .venv, with what the dashboard needs

run: $(LOCAL) ## the dashboard on http://localhost:8501, with somebody of each role to sign in as
	$(BIN)/python -m tallinn local

demo: $(LOCAL) ## the same with invented data, for training and screenshots, from a lake of its own
	$(BIN)/python -m tallinn demo --lake data/demo-lake
	TALLINN_LAKE=data/demo-lake $(BIN)/python -m tallinn local

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

messages: $(RUN) ## bring the catalogues in locale/ up to date with what the code and the data say
	$(BIN)/python -m tallinn.messages

fix: $(DEV) ## mend what can be mended by machine
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/sqlfluff fix --disable-progress-bar queries tallinn/views tallinn/ingest/rules

bench: $(DEV) ## page runs per second, how fast files are taken in, and the open data under load (needs the package wrk)
	$(BIN)/python -m benchmarks.run
	$(BIN)/python -m benchmarks.pages
	CHROMIUM="$$(.ci/chromium)" $(BIN)/python -m benchmarks.weight
	$(BIN)/python -m benchmarks.ingest
	$(BIN)/python -m benchmarks.opening
	$(BIN)/python -m benchmarks.open_data

clean: ## remove the environment and caches; the lake stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	.ci/environment $(VENV)

$(RUN): requirements.txt | $(BIN)/python
	$(PIP) --requirement requirements.txt
	@touch $@

$(LOCAL): requirements-local.txt $(RUN)
	$(PIP) --requirement requirements-local.txt
	@touch $@

$(DEV): requirements-dev.txt $(LOCAL)
	$(PIP) --requirement requirements-dev.txt
	@touch $@
