# Everything that people do with this checkout. `make` alone lists it.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
DATA_DIR ?= var
BIN := .venv/bin
LANGUAGES := es pt
# The demo takes its settings from here and from the environment, never from a production's .env.
DEMO := PUENTE_ENV=demo HOST=$(HOST) PORT=$(PORT) DATA_DIR=$(DATA_DIR) \
        FLASK_SKIP_DOTENV=1 PYTHON_DOTENV_DISABLED=1
TOOL := PUENTE_ENV=test SECRET_KEY=only-for-tools-and-tests FLASK_SKIP_DOTENV=1 PYTHON_DOTENV_DISABLED=1

.DEFAULT_GOAL := help
.PHONY: help run reset install check lint test compile messages lock house rules migrate format clean

help: ## List the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: ## Install what is needed and serve the demo (HOST, PORT and DATA_DIR are settings)
	@$(PYTHON) scripts/install.py runtime
	@exec env $(DEMO) $(BIN)/flask --app manage demo run

reset: ## Put the demo back as it was at first
	@env $(DEMO) $(BIN)/flask --app manage demo reset

install: ## Make .venv with everything that development needs
	@$(PYTHON) scripts/install.py dev

check: lint ## What lint does, and every test that needs no browser, on SQLite
	@$(BIN)/python scripts/test.py --quick

lint: install compile ## Format, lint, types, import contracts, templates
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet app/templates

test: install compile ## The whole suite: SQLite, PostgreSQL where one answers, a browser where there is one
	@$(BIN)/python scripts/test.py

compile:
	@env $(TOOL) $(BIN)/flask --app manage translations compile

messages: ## Bring the catalogs up to date with the code, then compile them
	@mkdir -p .cache
	@$(BIN)/pybabel --quiet extract -F babel.cfg --omit-header --no-location --no-wrap \
		-k _l -k _lp:1c,2 -k lazy_gettext -k lazy_ngettext:1,2 -k lazy_pgettext:1c,2 \
		-c Translators: -s --sort-output -o .cache/messages.pot .
	@for language in $(LANGUAGES); do \
		mkdir -p app/translations/$$language/LC_MESSAGES; \
		$(BIN)/pybabel --quiet update -i .cache/messages.pot -d app/translations -l $$language \
			--init-missing --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date; \
	done
	@$(MAKE) --no-print-directory compile

lock: ## Resolve the packages anew and write their versions and hashes
	@$(PYTHON) -m venv .cache/lock && .cache/lock/bin/pip install --quiet uv
	.cache/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-annotate --no-header --output-file requirements/runtime.txt requirements/runtime.in
	.cache/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-annotate --no-header --constraint requirements/runtime.txt \
		--output-file requirements/dev.txt requirements/dev.in

house: ## Figures of the code, and the time of the suite, beside their targets
	@$(BIN)/python -m scripts.house

rules: ## Write docs/rules.md from the tables of states and permissions
	@env $(TOOL) $(BIN)/flask --app manage rules write

migrate: ## Write a migration from the models: make migrate MESSAGE="what changes"
	@env $(DEMO) $(BIN)/flask --app manage db upgrade
	@env $(DEMO) $(BIN)/flask --app manage db migrate -m "$(MESSAGE)"

format: ## Put the code in its one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## Remove what tools left behind (the demo's data in var/ stays)
	@rm -rf .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage htmlcov
	@find app matching seeds tests -name __pycache__ -type d -prune -exec rm -rf {} +
	@find app -name '*.mo' -delete
