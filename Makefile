# Zhixing. `make demo` shows it, `make test` tests it; `make help` lists the rest.
# Options of a command go into ARGS, e.g.  make demo ARGS=--no-serve

VENV := .venv
PYTHON_ENV := $(VENV)/bin/python
ARGS ?=
CATALOGUE := src/zhixing/locale/zh_Hans/LC_MESSAGES/django

# One file for each finished step, so that a second `make` does nothing.
RUNTIME := $(VENV)/.installed-runtime
DEV := $(VENV)/.installed-dev
ASSETS := $(VENV)/.installed-assets

.PHONY: help install demo serve backup test check bench lock clean
.DELETE_ON_ERROR:

help: ## list what make can do
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1	/' | expand -t 10

demo: install ## build the demo town, run the loop once and serve it
	$(VENV)/bin/zhixing demo $(ARGS)

serve: install ## serve the bureau in ./var (first: .venv/bin/zhixing init)
	$(VENV)/bin/zhixing serve $(ARGS)

backup: install ## write database and evidence files into one archive
	$(VENV)/bin/zhixing backup $(ARGS)

test: install $(DEV) ## run all tests on SQLite and on PostgreSQL, with a real Chromium
	$(PYTHON_ENV) scripts/run_tests.py $(ARGS)

check: install $(DEV) ## format, lint, types, import contracts, migrations, translations
	PATH="$(CURDIR)/$(VENV)/bin:$$PATH" scripts/check

bench: install $(DEV) ## compare the engines with their peers and print one table
	$(PYTHON_ENV) bench/run.py $(ARGS)

install: $(RUNTIME) $(ASSETS) $(CATALOGUE).mo ## install what the product needs into .venv

lock: $(DEV) ## pin the dependencies anew after a change of pyproject.toml
	scripts/lock

clean: ## remove what make made; data in ./var stays
	rm -rf $(VENV) node_modules src/zhixing/static_vendor $(CATALOGUE).mo build dist
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(RUNTIME): requirements/runtime.txt pyproject.toml scripts/install
	@scripts/install runtime
	@touch $@

$(DEV): requirements/dev.txt $(RUNTIME)
	@scripts/install dev
	@touch $@

$(ASSETS): package.json package-lock.json src/zhixing/project/assets.py src/zhixing/kit/icons.py $(RUNTIME)
	$(PYTHON_ENV) -m zhixing.project.assets
	@touch $@

$(CATALOGUE).mo: $(CATALOGUE).po $(RUNTIME)
	$(PYTHON_ENV) -m zhixing.project.messages compile
	@touch $@
