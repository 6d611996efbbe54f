# Uncaged: `make film` makes a film, `make test` runs every test. `make help` lists the rest.

PROMPT ?= two yellow birds over a blue hill at dusk
SEED ?= 1
export PROMPT
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: container-steps help film test unit drawing lint types floors kills crash sheets catalogue bench seedling seedling-small clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

film: $(VENV)/studio ## a film from a sentence: make film PROMPT="a dancer in a room" SEED=2
	@$(BIN)/uncaged make --seed $(SEED) -o film.mp4 -- "$$PROMPT"

test: $(VENV)/tests ## every test
	@$(BIN)/python tests/run.py

unit: $(VENV)/tests ## the unit tests alone, about two minutes
	@$(BIN)/python -m pytest -q tests/unit

drawing: $(VENV)/tests ## the tests of what ink draws: every kind, hand, material
	@$(BIN)/python -m pytest -q -n 2 tests/drawing

lint: $(VENV)/tests ## ruff: style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/tests ## basedpyright
	$(BIN)/basedpyright

floors: $(VENV)/tests ## import-linter: a package imports from floors below its own
	$(BIN)/lint-imports

kills: $(VENV)/tests ## 200 times kill -9 at a random moment
	UNCAGED_KILLS=200 $(BIN)/python -m pytest -q tests/acceptance/test_kills.py

crash: $(VENV)/tests ## 200 times kill -9 of a studio that is open, while twenty people ask
	UNCAGED_CRASHES=200 $(BIN)/python -m pytest -q tests/acceptance/test_crash.py

sheets: $(VENV)/tests ## draw the contact sheets of docs/ink anew
	$(BIN)/python docs/ink/make_sheets.py

catalogue: $(VENV)/tests ## list the kinds of ink anew, after one was added or changed
	$(BIN)/python -m uncaged.engines.ink.catalogue
	$(BIN)/python docs/ink/make_names.py

bench: $(VENV)/tests ## what it costs, beside its peers
	$(BIN)/python benchmarks/ink.py

seedling: $(VENV)/training ## train Seedling from nothing; says first how many hours
	@$(BIN)/python -m uncaged.training.seedling.whole --size full

seedling-small: $(VENV)/training ## train a small Seedling, in about 20 minutes
	@$(BIN)/python -m uncaged.training.seedling.whole --size small

clean: ## remove the virtual environment
	rm -rf $(VENV)

# The studio and nothing else: no compiler, no torch, versions pinned by constraints.txt.
$(VENV)/studio: pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { rm -rf $(VENV); echo "Uncaged needs Python 3.11 or newer; name one: make film PYTHON=python3.12"; exit 1; }
	@echo "Setting up in $(VENV), once …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/tests: $(VENV)/studio
	@echo "Setting up what the tests need, once …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

$(VENV)/training: $(VENV)/studio
	@echo "Setting up what trainings need, once …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[training]'
	@touch $@

container-steps: ## the container file's steps in a plain Debian tree (root, debootstrap)
	@sh container/steps.sh $(TREE)
