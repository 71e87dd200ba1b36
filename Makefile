# Everything a person does here. Needs Python 3.11 or newer; the rest is fetched into this folder.
PYTHON ?= python3
PORT ?= 8000
# Which worked example: west-mercia, or northshire, which is made up and has full registers.
EXAMPLE ?= west-mercia
# More options for pytest, for example: make test TESTS="-k precept"
TESTS ?=

# What a person's shell may carry that would change what runs here.
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH PYTHONHOME VIRTUAL_ENV
export DJANGO_SETTINGS_MODULE := peelian.config.settings

BIN := .venv/bin
LOCKS := requirements.txt requirements-dev.txt requirements-uv.txt requirements-node.txt package-lock.json
CODE := peelian tests scripts $(wildcard bench)
TEMPLATES := $(wildcard peelian/*/templates)
ENVIRONMENT := .venv/.in-step
ASSETS := peelian/website/static/vendor/fonts.css

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench fix messages lock clean

help: ## List what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

setup: $(ENVIRONMENT) $(ASSETS) ## Make the environment in .venv and fetch the web assets

$(ENVIRONMENT): requirements-dev.txt requirements-uv.txt pyproject.toml scripts/bootstrap.py
	@$(PYTHON) scripts/bootstrap.py
	@touch $@

$(ASSETS): package-lock.json requirements-node.txt scripts/assets.py | $(ENVIRONMENT)
	@$(PYTHON) scripts/assets.py

demo: setup ## Load a worked example and serve it: PORT=8000 EXAMPLE=west-mercia (or northshire)
	@$(BIN)/peelian demo --port $(PORT) --example $(EXAMPLE)

test: setup ## Run the tests, on SQLite or on the database that DATABASE_URL names
	@data=$$(mktemp -d) && trap 'rm -rf "$$data"' EXIT && \
	PEELIAN_DATA="$$data" PEELIAN_SECRET_KEY=for-tests-only \
	DATABASE_URL="$${DATABASE_URL:-sqlite:///$$data/test.sqlite3}" \
	$(BIN)/python -m pytest -n 2 --dist worksteal $(TESTS)

check: setup ## Check format, style, types, imports, migrations, templates and lock files
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy peelian bench scripts
	$(BIN)/lint-imports
	$(BIN)/python -m django makemigrations --check --dry-run
	$(if $(TEMPLATES),$(BIN)/djlint --quiet --lint $(TEMPLATES))
	@! grep -nE '"resolved"|https?://|file:|^ *--(extra-)?index-url|^ *--find-links' $(LOCKS) \
	|| { echo 'A lock file names a place it was made from: run make lock.'; exit 1; }

bench: setup ## Measure against the stated limits
	@$(BIN)/python -m bench

fix: setup ## Format the code and mend what can be mended
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

messages: setup ## Bring the Welsh catalogue in step with the words (needs GNU gettext)
	@command -v xgettext >/dev/null || { echo 'make messages needs GNU gettext.'; exit 1; }
	@cd peelian && PEELIAN_SECRET_KEY=for-messages-only DJANGO_SETTINGS_MODULE=peelian.config.settings \
	../$(BIN)/python -m django makemessages --locale cy --no-location --no-obsolete --no-wrap

lock: ## Pin the versions anew from pyproject.toml and package.json
	@$(PYTHON) scripts/lock.py
	@command -v npm >/dev/null || { echo 'package-lock.json is left as it is: no npm here.'; exit 0; }; \
	npm install --package-lock-only --ignore-scripts --no-audit --no-fund

clean: ## Remove all that was made, except the data in var/
	rm -rf .venv .tools node_modules build dist peelian.egg-info
	rm -rf peelian/website/static/vendor peelian/documents/fonts
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find peelian tests scripts $(wildcard bench) -name __pycache__ -prune -exec rm -rf {} +
