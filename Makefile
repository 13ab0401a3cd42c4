# Everything happens in .venv; no target needs it to be activated.

PYTHON      ?= python3
VENV        := .venv
BIN         := $(VENV)/bin
DEMO        ?= scenarios/01-gentle-low.yaml
PYTEST_ARGS ?= -n 2
BENCH_ARGS  ?=

# Locking: `make lock LOCK_ARGS=--upgrade` moves every pin; without it only what pyproject.toml asks for moves.
LOCK_VENV   := .venv-lock
PIP_TOOLS   := pip-tools==7.6.2
LOCK_ARGS   ?=

PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo test test-all test-postgres bench bench-full bench-check lint format lock clean

help: ## show this text
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.installed ## make .venv with the package (editable) and the development tools

# The requirements decide the whole environment: a change rebuilds it, so nothing unlisted stays behind.
$(VENV)/.locked: requirements/core.txt requirements/dev.txt
	@command -v $(PYTHON) >/dev/null || { echo "make: '$(PYTHON)' not found; install Python 3.11 or newer, or name one: make setup PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; v = sys.version_info; v >= (3, 11) or sys.exit("make: schedsolve needs Python 3.11 or newer, but %s is %d.%d; name another: make setup PYTHON=python3.12" % (sys.executable, v[0], v[1]))'
	$(PYTHON) -m venv --clear $(VENV)
	$(PIP) install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

# The build backend is among the locked requirements, so the package itself downloads nothing.
$(VENV)/.installed: $(VENV)/.locked pyproject.toml
	$(PIP) install --quiet --no-build-isolation --no-deps --editable .
	@touch $@

demo: setup ## plan the week of an example scenario (DEMO=path)
	$(BIN)/schedsolve solve $(DEMO)

test: lint ## lint, type-check and test (PYTEST_ARGS='-n 2')
	$(BIN)/pytest $(PYTEST_ARGS)

test-all: lint ## the same at full length: every planted conflict, twelve weeks of five creators, more examples
	SCHEDSOLVE_ALL_TESTS=1 $(BIN)/pytest $(PYTEST_ARGS)

test-postgres: setup ## the store on a PostgreSQL server (SCHEDSOLVE_TEST_POSTGRES=postgresql://user@host/database)
	$(BIN)/pytest tests/store tests/weekly -k postgres -rs

bench: setup ## a short benchmark, ten minutes on two cores at most (BENCH_ARGS=--resume)
	$(BIN)/python -m benchmarks short $(BENCH_ARGS)

bench-full: setup ## every benchmark, for hours; go on after an interruption with BENCH_ARGS=--resume
	$(BIN)/python -m benchmarks full $(BENCH_ARGS)

bench-check: setup ## compare deterministic work, model size, value and bound with the stored baseline
	$(BIN)/python -m benchmarks check $(BENCH_ARGS)

lint: setup ## ruff check, ruff format --check, mypy --strict
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict schedsolve

format: setup ## fix what ruff can fix, and format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# On the oldest supported Python, and from the public index alone: mirrors and local wheels have other hashes.
PIP_COMPILE = env -u PIP_EXTRA_INDEX_URL -u PIP_FIND_LINKS PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND="make lock" \
	$(LOCK_VENV)/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host $(LOCK_ARGS)

lock: ## rewrite requirements/*.txt from pyproject.toml (needs Python 3.11; LOCK_ARGS=--upgrade)
	@$(PYTHON) -c 'import sys; v = sys.version_info; v[:2] == (3, 11) or sys.exit("make: lock with Python 3.11, the oldest supported, not %d.%d; name one: make lock PYTHON=python3.11" % v[:2])'
	$(PYTHON) -m venv --clear $(LOCK_VENV)
	$(LOCK_VENV)/bin/python -m pip install --quiet --disable-pip-version-check "$(PIP_TOOLS)"
	$(PIP_COMPILE) --output-file requirements/core.txt pyproject.toml
	$(PIP_COMPILE) --extra ics --extra dev --build-deps-for editable --constraint requirements/core.txt \
		--output-file requirements/dev.txt pyproject.toml
	rm -rf $(LOCK_VENV)

clean: ## remove .venv, caches and build products
	rm -rf $(VENV) $(LOCK_VENV) build dist *.egg-info .coverage htmlcov .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find schedsolve tests scenarios benchmarks -type d -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
