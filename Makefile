# `make` lists the tasks. Each task creates .venv first if it does not exist.

SHELL := /bin/bash
PYTHON ?= python3
BIN := $(if $(filter Windows_NT,$(OS)),.venv/Scripts,.venv/bin)
READY := .venv/.ready

# Hide TensorFlow's start-up messages. No variable silences those that it writes before its
# logging is set up (TensorFlow 2.21), so a filter removes them. All else on stderr passes.
export TF_CPP_MIN_LOG_LEVEL ?= 2
export CUDA_VISIBLE_DEVICES ?= -1
NOTES = ^([IWE]0000 |WARNING: All log messages before absl|[0-9: .-]+: [IWE] (tensorflow|external)/)
QUIETLY = 2> >(grep -vE '$(NOTES)' >&2)

.DEFAULT_GOAL := help
.PHONY: help demo test test-backends test-deep test-projects test-editor test-long quick new-rule lint lint-types lint-style format goldens catalogue next-keras docs fuzz bench wheel clean

help: ## List the tasks
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' \
		| expand -t 16

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "requires Python 3.11 or later: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[tensorflow,dev]'
	@touch $(READY)

demo: $(READY) ## Write the default preset in the subclass style, show it, and train it
	@mkdir -p build/demo
	$(BIN)/keras-scaffold new --style subclass --output build/demo/linear_regression.py
	@cat build/demo/linear_regression.py
	@$(BIN)/python -m tests.demo build/demo/linear_regression.py $(QUIETLY)

test: $(READY) ## Run all tests (imports and trains generated code)
	$(BIN)/pytest --numprocesses 2 --dist worksteal

quick: $(READY) ## Run the tests that do not need Keras, except slow ones
	$(BIN)/pytest -m 'not keras and not slow' --numprocesses 2

lint: $(READY) ## Check types, style, formatting and import rules
	$(MAKE) --no-print-directory --jobs 2 lint-types lint-style

lint-types: $(READY)
	$(BIN)/mypy

lint-style: $(READY)
	$(BIN)/ruff check .
	$(BIN)/black --quiet --check --diff .
	$(BIN)/lint-imports
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32

format: $(READY) ## Format the project's own code
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/black --quiet .

goldens: $(READY) ## Regenerate the expected output of tests/cases (read the diff)
	$(BIN)/python -m tests.goldens

catalogue: $(READY) ## Generate scaffold/catalogue/data from the installed Keras
	$(BIN)/python -m scaffold.catalogue.introspect

VERSION ?=

next-keras: $(READY) ## Try Keras VERSION in its own environment: show differences and errors
	$(BIN)/python -m tests.next_keras $(VERSION) $(QUIETLY)

docs: $(READY) ## Regenerate the generated files of docs/
	$(BIN)/python -m tests.generated_pages $(QUIETLY)
	$(BIN)/python -m tests.pages $(QUIETLY)
	$(BIN)/python -m tests.recording $(QUIETLY)

FAMILY ?= 2

new-rule: $(READY) ## Create the files of a rule: NAME=unit_name, FAMILY=2 to 4, SHAPES=1
	@$(BIN)/python -m tests.new_rule '$(NAME)' --family '$(FAMILY)' $(if $(SHAPES),--shapes)

ON_BACKENDS = tests/verify/test_corpus.py tests/verify/test_every_layer.py \
	tests/run/test_hooks.py tests/run/test_recurse.py tests/run/test_loop.py \
	tests/run/test_parts.py tests/run/test_processes.py

test-backends: $(READY) ## Install JAX and PyTorch, and test generated code with them
	$(BIN)/pip install --quiet --disable-pip-version-check 'torch==2.13.0'
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[backends]'
	JAX_COMPILATION_CACHE_DIR=$(CURDIR)/build/jax JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS=0 \
		KERAS_SCAFFOLD_TEST_BACKEND=jax $(BIN)/pytest $(ON_BACKENDS) --numprocesses 2
	KERAS_SCAFFOLD_TEST_BACKEND=torch $(BIN)/pytest $(ON_BACKENDS) --numprocesses 2

test-deep: $(READY) ## Test that verify detects a 1 % error in each layer of five deep models
	KERAS_SCAFFOLD_ALL_LAYERS=1 $(BIN)/pytest tests/verify/test_deep.py --numprocesses 2

test-projects: $(READY) ## Test projects of all presets in new environments (an hour)
	$(BIN)/python -m tests.fresh_projects tensorflow jax torch

ON_EDITORS = tests/editor tests/diagram tests/cli

LONG = tests/catalogue/test_against_keras.py tests/verify/test_hostile.py

test-long: $(READY) ## Rebuild the catalogue, and run verify as on other operating systems
	KERAS_SCAFFOLD_LONG=1 $(BIN)/pytest $(LONG) --numprocesses 2

test-editor: $(READY) ## Test editor and shell integration with node, vim, zsh and fish
	KERAS_SCAFFOLD_ALL_TOOLS=1 $(BIN)/pytest $(ON_EDITORS) --numprocesses 2

SEED ?= 0
COUNT ?= 2000
VERIFY ?= 300

fuzz: $(READY) ## Generate COUNT random specs from SEED on, and verify VERIFY of them
	$(BIN)/python -m tests.fuzz.run --seed $(SEED) --count $(COUNT) --verify $(VERIFY) $(QUIETLY)

bench: $(READY) ## Measure the command (against python -c pass), training and editors
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench_watch
	$(BIN)/python -m tests.bench_training
	$(BIN)/python -m tests.bench_trees
	$(BIN)/python -m tests.bench_servers

wheel: $(READY) ## Build the wheel into dist/
	$(BIN)/python -m build --wheel --outdir dist .

clean: ## Remove .venv and everything that was built
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
