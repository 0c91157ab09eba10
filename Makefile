# Chashma: every command that people and CI use. `make help` lists them.
PYTHON ?= /usr/bin/python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help

.PHONY: help
help: ## Show this list
	@awk -F':.*## ' '/^[a-z][a-z-]*:.*## /{printf "  %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/.installed: pyproject.toml requirements/constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint requirements/constraints.txt --editable '.[laptop,sample,dev]'
	touch $@

MESSAGES := $(patsubst %.po,%.mo,$(wildcard */translations/*/LC_MESSAGES/*.po))

%.mo: %.po $(BIN)/.installed
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale en

.PHONY: setup
setup: $(BIN)/.installed $(MESSAGES) ## Install what the project needs into .venv

.PHONY: lint
lint: setup ## Check style and spelling
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/codespell

.PHONY: type
type: setup ## Check types
	$(BIN)/mypy

.PHONY: arch
arch: setup ## Check the walls between packages
	$(BIN)/lint-imports

.PHONY: check
check: lint type arch ## All static checks

.PHONY: fix
fix: setup ## Mend style where a tool can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
