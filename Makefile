# make run     the app on localhost, with the sample corpus (or JARCHI_CORPUS=…, PORT=…)
# make test    everything, browser included
# make lint    ruff and mypy
# make bench   side-by-side speed and reliability figures
# make lock    pin the dependency trees again, from pyproject.toml
# Nothing has to be installed by hand but git, make and Python 3.11 or newer.

SHELL := /bin/bash
PORT ?= 8501
SAMPLE := .jarchi/sample
JARCHI_CORPUS ?= $(SAMPLE)
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$p && break; done)
VENV := .venv
PY := $(VENV)/bin/python
# Pinned, so that a lock made anew differs by what was asked for and not by who wrote it.
UV := uv==0.13.9
UV_COMPILE := $(VENV)/bin/uv pip compile --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-header --quiet pyproject.toml

# Without cached bytecode every start of Streamlit costs seconds.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test lint bench lock sample clean
.DELETE_ON_ERROR:

run: $(SAMPLE)/.built
	@echo "Jarchi is at http://localhost:$(PORT)  (stop it with Ctrl-C)"
	@JARCHI_CORPUS="$(JARCHI_CORPUS)" $(PY) -m streamlit run app.py --server.port $(PORT) --server.headless true

test: $(VENV)/.test
	@.ci/chromium
	$(PY) -m pytest -n 2 --dist loadfile

lint: $(VENV)/.test
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

bench: $(VENV)/.bench
	$(PY) -m benchmarks

sample: $(SAMPLE)/.built

# The sample is built again when its articles, the names or the topics change; what is there already is kept.
$(SAMPLE)/.built: $(VENV)/.run $(shell find data -type f -not -name '*.md' 2>/dev/null | sed 's/ /\\ /g')
	$(PY) -m analytics build data/sample --corpus $(SAMPLE)
	$(PY) -m analytics analyse --again --corpus $(SAMPLE)
	@touch $@

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Jarchi needs Python 3.11 or newer with its venv module (on Debian: apt-get install python3 python3-venv)." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.test: requirements-dev.txt $(VENV)/.run
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/.bench: requirements-bench.txt $(VENV)/.test
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

lock: | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check $(UV)
	$(UV_COMPILE) -o requirements.txt
	$(UV_COMPILE) --extra dev -o requirements-dev.txt
	$(UV_COMPILE) --extra dev --extra bench -o requirements-bench.txt

clean:
	rm -rf $(VENV) .jarchi .mypy_cache .ruff_cache
