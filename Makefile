# The portal's commands. `make help` lists them.

PYTHON ?= $(shell for python in python3.12 python3.11 python3; do \
	"$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' 2>/dev/null \
	&& command -v "$$python" && break; done)
PY := .venv/bin/python
# How many processes run the tests. The journeys wait for a browser most of the time: two do well on two cores.
PROCESSES ?= 2
ifdef PORT
export PORT
endif

.DEFAULT_GOAL := help
.PHONY: help run setup test lint types format bench lock deps test-deps

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{ printf "  make %-8s %s\n", $$1, $$2 }'

run: deps ## start everything and print the address; PORT=8001 moves it, Ctrl-C ends it
	@exec $(PY) -m hubportal.services.run --until-make-ends

setup: deps ## install what is missing, migrate, and load the demo on the first run
	@exec $(PY) -m hubportal.services.prepare

test: test-deps lint ## check everything: lint, then all tests with the browser journeys
	@exec $(PY) -m pytest -n $(PROCESSES)

lint: test-deps ## ruff, migrations in step with the models, types
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@LOCAL_DIR="$$($(PY) -m tests.local_dir)" $(PY) manage.py makemigrations --check --dry-run
	@LOCAL_DIR="$$($(PY) -m tests.local_dir)" $(PY) -m mypy

format: test-deps ## let ruff mend what it can
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

bench: test-deps ## measure: the register import beside a bare COPY, the report beside bare WeasyPrint
	@exec $(PY) -m bench

lock: test-deps ## work out the pinned versions again from pyproject.toml and package.json
	@for lock in ".txt:pyproject.toml" "-test.txt:pyproject.toml --group test -c requirements.txt" \
		"-node.txt:--group node" "-uv.txt:--group uv"; do \
		.venv/bin/uv pip compile $${lock#*:} --universal --python-version 3.11 --generate-hashes --upgrade --quiet \
			--no-emit-index-url --no-annotate --no-header -o requirements$${lock%%:*} || exit 1; done
	@npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund

deps:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or 3.12 is needed. Run: sudo apt-get install python3 python3-venv" >&2; exit 1; }
	@"$(PYTHON)" -m hubportal.services.setup

test-deps:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or 3.12 is needed. Run: sudo apt-get install python3 python3-venv" >&2; exit 1; }
	@"$(PYTHON)" -m hubportal.services.setup --tests
