# Says Who?   `make lab` opens the first lesson, `make test` checks everything. Both set up what they need.
# On Windows there is no make: README.md gives the plain commands.

# One port, always the same: the browser keeps answers that are not saved yet by address, and the port is part of it.
PORT ?= 8642
NOTEBOOK ?= notebooks/00_before_you_start.ipynb
PYTHON ?=
PYTHONS := $(or $(PYTHON),python3 python3.13 python3.12 python3.11 python)

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
AS_ROOT := $(shell [ "$$(id -u)" != 0 ] || echo --allow-root)

# Lab's own question about news would be the first thing a student sees, and its answer a call to the network.
LAB_SETTINGS := $(VENV)/share/jupyter/lab/settings
NO_NEWS := {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": false}}

.DEFAULT_GOAL := help
.PHONY: help lab test notebooks bench check clean

help:
	@echo "make lab        open JupyterLab on the first lesson"
	@echo "make test       run every test, in a real browser too"
	@echo "make check      check the questions and their keys, and print the figures"
	@echo "make notebooks  run all notebooks again and keep their outputs"
	@echo "make bench      measure how quick the kit is, and print a table"
	@echo "make clean      remove what the other commands made; answers stay"

lab: $(READY)
	@$(BIN)/python -c "import socket; socket.create_server(('127.0.0.1', $(PORT))).close()" 2>/dev/null || { \
	  echo "Port $(PORT) is in use. If Says Who? is open already, go on at http://localhost:$(PORT)/lab" >&2; \
	  echo "Else stop what uses it, or choose another one: make lab PORT=8643" >&2; \
	  echo "(saved answers come along; answers kept in the browser only wait at the old address)" >&2; exit 1; }
	@$(BIN)/jupyter trust notebooks/*.ipynb >/dev/null
	@echo "Opening JupyterLab at http://localhost:$(PORT)/lab (press Ctrl+C twice here to stop it)"
	@$(BIN)/jupyter lab $(AS_ROOT) --ServerApp.port=$(PORT) --ServerApp.port_retries=0 $(NOTEBOOK)

test: $(READY)
	@echo "Looking for a browser to test with"
	@$(BIN)/python -m tests.browser.find_browser --install
	@$(BIN)/python -m tests.find_nbgrader --install
	@echo "Checking the questions and their keys"
	@$(BIN)/sayswho check
	@echo "Running the tests: functions, notebooks, and a real browser"
	@$(BIN)/python -m pytest -n 2 --dist loadfile --nbval --nbval-current-env course tests notebooks

check: $(READY)
	@$(BIN)/sayswho check

notebooks: $(READY)
	@echo "Running all notebooks and keeping their outputs"
	@$(BIN)/python -m tests.committed_notebooks rebuild

bench: $(READY)
	@$(BIN)/python -m tests.browser.find_browser --install
	@echo "Measuring: this takes some minutes, and nothing else should run meanwhile"
	@$(BIN)/python -m tests.benchmarks

clean:
	@echo "Removing the environment and build leftovers; answers/ and hand_in/ stay"
	@rm -rf $(VENV) build dist .pytest_cache .hypothesis *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# PYTHONDONTWRITEBYTECODE would leave every later start without compiled files, twice as slow.
$(READY): pyproject.toml constraints.txt
	@set -eu; unset PYTHONDONTWRITEBYTECODE; \
	found=""; seen=""; \
	for name in $(PYTHONS); do \
	  version=$$($$name -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue; \
	  $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { found=$$name; break; }; \
	  seen="$$seen $$name is $$version;"; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Says Who? needs Python 3.11 or newer, and none was found ($${seen:- looked for: $(PYTHONS)})." >&2; \
	  echo "Install it from https://www.python.org/downloads/, or name it: make lab PYTHON=/path/to/python3.12" >&2; exit 1; \
	fi; \
	if ! $$found -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo "$$found has no venv, so no environment can be made." >&2; \
	  echo "On Debian or Ubuntu: sudo apt install python3-venv    Then run this command again." >&2; exit 1; \
	fi; \
	echo "Setting up the environment in $(VENV) with $$found (a minute or two, only this once)"; \
	$$found -m venv $(VENV) >/dev/null 2>&1 || $$found -m venv --clear $(VENV); \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --compile -c constraints.txt -e '.[lab,test]'; \
	mkdir -p $(LAB_SETTINGS); echo '$(NO_NEWS)' > $(LAB_SETTINGS)/overrides.json; \
	touch $@
