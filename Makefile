# Russia–Iran Arms Ledger. `make help` lists what there is.

PORT ?= 8501
VENV ?= .venv
PY := $(VENV)/bin/python
# The first of these that is Python 3.11 or newer is used; PYTHON=… names one.
PYTHONS := $(if $(PYTHON),$(PYTHON),python3 python3.14 python3.13 python3.12 python3.11)
PIP := $(PY) -m pip --disable-pip-version-check install --quiet -c constraints.txt

RUN_READY := $(VENV)/.ready-run
DEV_READY := $(VENV)/.ready-dev
BENCH_READY := $(VENV)/.ready-bench
AUDIT_VENV := $(VENV)/audit
AUDIT_READY := $(AUDIT_VENV)/.ready
MUTANTS_VENV := $(VENV)/mutants
MUTANTS_READY := $(MUTANTS_VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help run test check data bench failover soak audit licences mutants shots docs constraints clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUN_READY) ## Start the dashboard at http://localhost:8501 (PORT=… for another port)
	@echo "Dashboard: http://localhost:$(PORT)  (Ctrl-C stops it)"
	@$(PY) -m streamlit run dashboard/app.py --server.port $(PORT) --server.headless true

test: check ## Run every check, then every test
	@$(PY) -m tests.tiers

check: $(DEV_READY) ## Check style, types, imports, dataset and generated text
	@echo "── style: ruff"
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@echo "── types: mypy"
	@$(PY) -m mypy
	@echo "── directions of imports: import-linter"
	@$(VENV)/bin/lint-imports --no-logo
	@echo "── dataset: data.checks"
	@$(PY) -m data.checks
	@echo "── data dictionary: data.docs"
	@$(PY) -m data.docs --check

data: $(RUN_READY) ## Check the dataset: names file, row, column, value and the mend
	@$(PY) -m data.checks

bench: $(BENCH_READY) ## Measure what readers wait for, beside the bars; never fails (ONLY="paint load")
	@$(PY) -m tests.bench $(if $(ONLY),--only $(ONLY))

failover: $(BENCH_READY) ## Kill one of two replicas behind nginx under fifty readers
	@$(PY) -m tests.bench.failover
	@$(PY) -m tests.bench.network

soak: $(DEV_READY) ## Let many readers in for long and see whether the server grows (MINUTES=30 VIEWERS=30)
	@$(PY) -m tests.bench.soak --minutes $(or $(MINUTES),30) --viewers $(or $(VIEWERS),30)

shots: $(DEV_READY) ## Take every page in four forms into build/shots, with what axe finds there (ONLY=record,event)
	@$(PY) -m tests.browser.shots $(if $(ONLY),--only $(ONLY))

audit: $(AUDIT_READY) ## Ask for known faults of every pinned package; says so where nobody answers
	@$(AUDIT_VENV)/bin/python -m tests.audit

licences: $(DEV_READY) ## List the licence of every package that is installed
	@$(PY) -m tests.licences

mutants: $(MUTANTS_READY) ## Change the rules on purpose and list what no test notices (MODULES="dates assessment")
	@$(MUTANTS_VENV)/bin/python -m tests.mutants $(MODULES)

docs: $(RUN_READY) ## Write the data dictionary of README.md from the contract
	@$(PY) -m data.docs

constraints: $(DEV_READY) ## Print the versions of all installed packages, for constraints.txt
	@echo '# Every package of a working install, for `pip install -c constraints.txt`. Written by:'
	@echo '#   make -s constraints > constraints.txt'
	@$(PY) -m pip --disable-pip-version-check freeze --exclude-editable

clean: ## Remove the virtual environment and caches
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info

# ── Virtual environment ──────────────────────────────────────────────────────────────────────────

$(PY):
	@found=; tried=; \
	for name in $(PYTHONS); do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found="$$name"; break; fi; \
	  if command -v "$$name" >/dev/null; then tried="$$tried $$name is $$("$$name" --version 2>&1);"; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Python 3.11 or newer is needed;$${tried:- no python3 was found;}" >&2; \
	  echo "install one, or name it: make PYTHON=/path/to/python3.12 …" >&2; \
	  exit 1; \
	fi; \
	rm -rf $(VENV); \
	echo "Making $(VENV) with $$("$$found" --version)"; \
	if "$$found" -c 'import venv, ensurepip' 2>/dev/null; then \
	  "$$found" -m venv $(VENV); \
	elif "$$found" -c 'import venv, pip' 2>/dev/null; then \
	  "$$found" -m venv --without-pip $(VENV) && "$$found" -m pip --python $(PY) --quiet install pip; \
	else \
	  echo "This Python has no complete venv module (ensurepip is missing). Install it —" >&2; \
	  echo "on Debian and Ubuntu: apt-get install python3-venv — and run make again." >&2; \
	  exit 1; \
	fi || { rm -rf $(VENV); exit 1; }

$(RUN_READY): requirements.txt constraints.txt pyproject.toml | $(PY)
	@echo "Installing what the app runs on …"
	@$(PIP) -r requirements.txt
	@touch $@

$(DEV_READY): requirements-dev.txt $(RUN_READY)
	@echo "Installing what the tests need …"
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(AUDIT_READY): requirements-audit.txt | $(PY)
	@echo "Installing what the audit needs …"
	@$(PY) -m venv $(AUDIT_VENV)
	@$(AUDIT_VENV)/bin/python -m pip --disable-pip-version-check install --quiet -r requirements-audit.txt
	@touch $@

$(MUTANTS_READY): requirements-mutants.txt requirements-dev.txt constraints.txt | $(PY)
	@echo "Installing what mutation testing needs …"
	@$(PY) -m venv $(MUTANTS_VENV)
	@$(MUTANTS_VENV)/bin/python -m pip --disable-pip-version-check install --quiet -c constraints.txt -r requirements-mutants.txt
	@touch $@

$(BENCH_READY): requirements-bench.txt $(DEV_READY)
	@echo "Installing what the benchmarks need …"
	@$(PIP) -r requirements-bench.txt
	@touch $@
