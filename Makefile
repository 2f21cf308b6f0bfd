# policyqa: every target installs what it needs first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STORE ?= store
PORT ?= 7860

# Status 1: some files could not be read, the others are in the store. An old .doc needs antiword or
# LibreOffice, which are no Python packages; the page starts without it.
INGEST = $(BIN)/python -m ingest corpus --store $(STORE) || { test $$? -eq 1 && \
  echo "going on without the files that could not be read (reasons above)"; }

.PHONY: install run test lint bench evaluate train clean

run: $(VENV)/.run
	@$(INGEST)
	$(BIN)/python -m ui --store $(STORE) --port $(PORT)

install: $(VENV)/.all

test: $(VENV)/.all
	sh tests/install.sh
	$(BIN)/python -m pytest

lint: $(VENV)/.all
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

evaluate: $(VENV)/.all
	@$(INGEST)
	$(BIN)/policyqa evaluate corpus/gold/corpus.jsonl --store $(STORE)

bench: $(VENV)/.bench
	$(BIN)/python -m benchmarks

# The reading model anew, from WORK_REPORTS.jsonl and corpus/; hours. A run that was cut goes on.
REPORTS ?= work_reports.jsonl
train: $(VENV)/.bench
	$(BIN)/python -m training.reports $(REPORTS) out/reports
	$(BIN)/python -m ingest out/reports --store out/store-reports
	$(BIN)/python -m ingest corpus --store out/store-corpus
	$(BIN)/python -m ingest training/documents --store out/store-more
	$(BIN)/python -m training.check out/store-reports out/store-corpus out/store-more
	$(BIN)/python -m training.build out/groups out/store-reports out/store-corpus out/store-more
	$(BIN)/python -m training.train out/groups out/reader
	$(BIN)/python -m training.measure out/groups out/reader/reader.safetensors
	$(BIN)/python -m training.curve out/reader/curve.jsonl docs/reader.svg
	cp out/reader/reader.safetensors src/policyqa/
	$(BIN)/python -m training.marked out/marked out/store-reports out/store-corpus out/store-more
	$(BIN)/python -m training.train out/marked out/checker --init out/reader/reader.safetensors --selfmade-groups 3000
	cp out/checker/reader.safetensors src/policyqa/checker.safetensors
	$(BIN)/python -m training.mined out/mined out/store-more
	$(BIN)/python -m training.train out/mined out/checker-mined --init src/policyqa/checker.safetensors --selfmade-epochs 0 --written-epochs 1 --rate 1e-4
	$(BIN)/python -m training.mean src/policyqa/checker.safetensors out/checker-mined/reader.safetensors out/checker-mean.safetensors
	cp out/checker-mean.safetensors src/policyqa/checker.safetensors
	$(BIN)/python -m training.edit src/policyqa/editor.safetensors
	$(BIN)/python -m training.intents src/policyqa/intents.npz
	$(BIN)/python -m training.word_vectors src/policyqa/word_vectors.npz out/store-corpus out/store-reports out/store-more
	$(BIN)/python -m benchmarks.fit_weights --reader on \
	  corpus/gold/corpus.jsonl=out/store-corpus corpus/gold/work_reports.jsonl=out/store-reports corpus/gold/more.jsonl=out/store-more
	$(BIN)/python -m benchmarks.fit_surety --reader on \
	  corpus/gold/corpus.jsonl=out/store-corpus corpus/gold/work_reports.jsonl=out/store-reports corpus/gold/more.jsonl=out/store-more
	$(BIN)/python -m benchmarks.fit_parts --reader on \
	  corpus/gold/corpus.jsonl=out/store-corpus corpus/gold/work_reports.jsonl=out/store-reports corpus/gold/more.jsonl=out/store-more

clean:
	rm -rf $(VENV) $(STORE)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "policyqa needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V). Try: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "cannot create $(VENV). On Debian and Ubuntu: apt install python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/.run: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "installing policyqa into $(VENV) (once; some minutes)"
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[ocr]'
	@touch $@

$(VENV)/.all: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "installing policyqa and its tools into $(VENV) (once; some minutes)"
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@ $(VENV)/.run

$(VENV)/.bench: $(VENV)/.all
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[bench]'
	@touch $@
