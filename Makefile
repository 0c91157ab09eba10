# Chashma: every command that people and CI use. `make help` lists them.
PYTHON ?= /usr/bin/python3
VENV := .venv
BIN := $(VENV)/bin

# Where `make run` listens and keeps its things: make run PORT=9080 ADMIN_PORT=9443 STATE=/srv/library
PORT ?= 8080
ADMIN_PORT ?= 8443
STATE ?= .run
run: export CHASHMA_PORT := $(PORT)
run: export CHASHMA_ADMIN_PORT := $(ADMIN_PORT)
run: export CHASHMA_STATE := $(STATE)
# Debian 12 has no usable kiwix-serve of its own; see tools/system-packages.
run: export CHASHMA_KIWIX_SERVE = $(shell test -x .cache/kiwix/kiwix-serve && echo "$(CURDIR)/.cache/kiwix/")kiwix-serve

.DEFAULT_GOAL := help

.PHONY: help
help: ## Show this list
	@awk -F':.*## ' '/^[a-z][a-z-]*:.*## /{printf "  %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: system
system:
	@tools/system-packages run

$(BIN)/.installed: pyproject.toml requirements/constraints.txt | system
	@echo "Installing Python packages into $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --constraint requirements/constraints.txt --editable '.[laptop,image,dev]'
	@touch $@

MESSAGES := $(patsubst %.po,%.mo,$(wildcard */translations/*/LC_MESSAGES/*.po))

%.mo: %.po $(BIN)/.installed
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale en

.PHONY: setup
setup: $(BIN)/.installed $(MESSAGES) ## Install what is missing: Debian packages, and Python's into .venv

.PHONY: run
run: setup ## Prepare the sample library and run everything; PORT=, ADMIN_PORT=, STATE=
	@mkdir -p "$$CHASHMA_STATE/log"
	@[ -e "$$CHASHMA_STATE/.sample" ] || { \
		echo "Preparing the sample library, once …" >&3 && \
		$(BIN)/python -m sample .cache/sample && \
		$(BIN)/chashma ingest .cache/sample && \
		touch "$$CHASHMA_STATE/.sample"; \
	} 3>&1 >>"$$CHASHMA_STATE/log/sample.log" 2>&1 || \
		echo "Not all of the sample library could be made: see $$CHASHMA_STATE/log/sample.log"
	@exec $(BIN)/python -m appliance.services.stack

# Browser tests share one running stack, so they stay in one process.
PYTEST := $(BIN)/python -m pytest --numprocesses 2 --dist loadgroup

.PHONY: test
test: setup ## All tests that need neither root nor QEMU, those in Chromium included
	@tools/system-packages test
	$(PYTEST)

.PHONY: test-root
test-root: setup ## The tests that need root, but no QEMU: networks in namespaces of their own
	@tools/system-packages test-root
	$(BIN)/python -m pytest -m "root and not image"

.PHONY: test-slow
test-slow: setup ## The tests that take minutes
	@tools/system-packages test
	$(BIN)/python -m pytest -m "slow and not root and not image" --timeout 3600

# What `make image` builds: make image ARCH=amd64 CONTENT=folder CONFIG=chashma.toml
# URL= is the folder on the web where it will be published.
ARCH ?= arm64
URL ?=
CONTENT ?=
CONFIG ?=

.PHONY: image
image: setup ## The image for an SD card, as root; ARCH=, CONTENT=folder, CONFIG=chashma.toml
	@tools/system-packages image
	$(BIN)/python -m image_build --arch $(ARCH) $(if $(CONTENT),--content "$(CONTENT)") $(if $(CONFIG),--card "$(CONFIG)") $(if $(URL),--url "$(URL)")

# Pieces of it: make test-image ONLY="raspi or hotspot" (as pytest's -k).
ONLY ?=
SEED := $(or $(SEED),$(shell od -An -N3 -tu4 /dev/urandom | tr -d " "))
test-image test-power-cut: export CHASHMA_SEED := $(SEED)

# Two machines at once: one keeps little more than one processor busy.
.PHONY: test-image
test-image: setup ## The tests that boot what `make image` made, in QEMU, as root; ONLY=, SEED=
	@tools/system-packages test-image
	@echo "seed $(SEED)"
	$(PYTEST) -m "image and not slow" --durations 30 $(if $(ONLY),-k "$(ONLY)") tests/image

.PHONY: test-pc
test-pc: setup ## The image for a PC (make image ARCH=amd64) starts from BIOS and from UEFI
	@tools/system-packages test-image
	$(BIN)/python -m pytest -m image --durations 10 tests/image/test_pc.py

.PHONY: image-twice
image-twice: setup ## Build the image twice and compare the bytes; ARCH=, COLD=1 for the base too
	@tools/system-packages image
	CHASHMA_TWICE_ARCH=$(ARCH) CHASHMA_TWICE_COLD=$(COLD) \
		$(BIN)/python -m pytest -m image tests/image/test_same_bytes.py

.PHONY: test-power-cut
test-power-cut: setup ## Power fails 200 times, 30 of the disks are started; takes hours; SEED=
	@tools/system-packages test-image
	@echo "seed $(SEED)"
	CHASHMA_CUTS=200 CHASHMA_CUT_BOOTS=30 $(BIN)/python -m pytest -m image -s --durations 30 tests/image/test_power_cut.py

# How long: make fuzz MINUTES=30
MINUTES ?= 30

.PHONY: fuzz
fuzz: setup ## Look for bytes that pack reading cannot take; MINUTES=, SEED=
	$(BIN)/python -m tests.fuzz --minutes $(MINUTES) --seed $(SEED)

.PHONY: screenshots
screenshots: setup ## Take pictures of every page of a running portal; PORT=, OUT=
	$(BIN)/python -m tests.browser.screenshots http://localhost:$(PORT) $(or $(OUT),.cache/screenshots)

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

.PHONY: translations
translations: setup ## Bring new messages into the translations, and compile them
	$(BIN)/python -m tools.translations
	$(MAKE) --silent setup
