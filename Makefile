# `make` alone says what there is. Needs python3 (3.11 or later) and make; the rest is fetched.

.DEFAULT_GOAL := help
SHELL := /bin/sh
PY := .venv/bin/python
STAMP := .venv/.installed
APPS := roster notices assignments meetings reports
CODE := config $(APPS) deploy tests manage.py
PYTEST_ARGS ?=

export DJANGO_SETTINGS_MODULE := config.settings
# compiled once, not at every start of every worker
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r what why; do printf '%-20s %s\n' "$$what" "$$why"; done

.PHONY: setup
setup: $(STAMP) ## the environment in .venv, rebuilt when requirements-dev.txt changes

$(STAMP): requirements-dev.txt
	@./.ci/setup
	@touch $@

.PHONY: demo
demo: setup ## the program with demo data on http://127.0.0.1:8000 (PORT=…), with worker, beat and mail
	@$(PY) -m config.demo

.PHONY: stop
stop: ## end the demo and the embedded servers
	@if [ -x $(PY) ]; then $(PY) -m config.demo stop && $(PY) -m config.embedded stop; fi

.PHONY: test
test: setup ## the test suite, without browser and fault tests
	$(PY) -m pytest tests --ignore=tests/browser --ignore=tests/fault --numprocesses=auto $(PYTEST_ARGS)

.PHONY: test-browser
test-browser: setup .run/system-browser ## tests in Chromium
	$(PY) -m pytest tests/browser $(PYTEST_ARGS)

.PHONY: test-fault
test-fault: setup ## tests that kill and cut off parts of the running program
	$(PY) -m pytest tests/fault $(PYTEST_ARGS)

.run/system-browser: .ci/system
	@./.ci/system browser
	@mkdir -p .run && touch $@

LINTS := lint-format lint-rules lint-types lint-layers lint-templates lint-migrations lint-deployment
.PHONY: lint $(LINTS)
lint: $(LINTS) ## format, rules, types, layers, templates, migrations, deployment checks

lint-format: setup
	$(PY) -m ruff format --quiet --check $(CODE)
lint-rules: setup
	$(PY) -m ruff check --output-format concise $(CODE)
lint-types: setup
	$(PY) -m mypy config $(APPS) deploy
lint-layers: setup
	.venv/bin/lint-imports --no-logo
lint-templates: setup
	find templates $(APPS) -name '*.html' -exec .venv/bin/djade --target-version 5.2 --check {} +
	.venv/bin/djlint --lint --quiet templates $(APPS)
lint-migrations: setup
	$(PY) manage.py makemigrations --check --dry-run
lint-deployment: setup
	$(AS_PRODUCTION) $(PY) -W error manage.py check --deploy --fail-level WARNING

AS_PRODUCTION := DJANGO_MODE=production SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	ALLOWED_HOSTS=example.test SITE_URL=https://example.test EMAIL_HOST=mail.example.test \
	DATABASE_URL=postgres://example.test/none REDIS_URL=redis://example.test/0

.PHONY: format
format: setup ## put code and templates into the house's form
	$(PY) -m ruff format $(CODE)
	$(PY) -m ruff check --fix-only $(CODE)
	find templates $(APPS) -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +

.PHONY: bench
bench: setup ## measured figures, one line of JSON each (BENCH=name for one)
	@$(PY) -m tests.bench $(BENCH)

.PHONY: migrations
migrations: setup ## write anew the first migration of one app: make migrations APP=roster
	@test -n "$(APP)" || { echo "Chọn một ứng dụng: make migrations APP=roster"; exit 1; }
	rm -f $(APP)/migrations/0001_initial.py
	$(PY) manage.py makemigrations $(APP) --name initial

.PHONY: lock
lock: ## compile the two locks anew (needs uv)
	uv pip compile $(LOCK) requirements.in -o requirements.txt
	uv pip compile $(LOCK) -c requirements.txt requirements-dev.in -o requirements-dev.txt

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header
