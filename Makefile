# The whole day of a contributor. Everything is installed into .venv; nothing outside the checkout is touched,
# except the data of the demonstration, which `make demo` names, and a browser for the tests where there is none.
CHECKS := types format lint templates template-lint arrows migrations translations lock
.PHONY: install demo demo-reset test check lock sbom assets bench day drill lint-fix dev $(CHECKS:%=check-%)

BIN := .venv/bin
PORT ?= 8000

install:            ## .venv/bin/tratativa
	@scripts/install

demo: install       ## the desk with its stories, on http://127.0.0.1:8000 (make demo PORT=8001 for another)
	@exec $(BIN)/tratativa demo --port $(PORT)

demo-reset: install ## stops the demonstration and removes its data
	@$(BIN)/tratativa demo --reset

dev:
	@scripts/install dev

test: dev           ## everything: the checks, then every test, browser tests too
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m tests.dovecot
	@status=0; $(MAKE) --no-print-directory check || status=1; \
	$(BIN)/python -m pytest -n 2 || status=1; exit $$status

# Two at a time, all of them whatever one says; each alone is `make check-types` and so on.
check: dev          ## format, lint (Python and templates), types, arrows, migrations, translations, the lock
	@$(MAKE) --no-print-directory --keep-going -j 2 $(CHECKS:%=check-%)

check-types:         ; @$(BIN)/mypy
check-format:        ; @$(BIN)/ruff format --check .
check-lint:          ; @$(BIN)/ruff check .
check-templates:     ; @$(BIN)/djangofmt --check src
check-template-lint: ; @$(BIN)/djangofmt check src
check-arrows:        ; @$(BIN)/lint-imports --no-logo
check-migrations:    ; @$(BIN)/tratativa migrate --check
check-translations:  ; @$(BIN)/tratativa translations check
check-lock:          ; @$(BIN)/python -m tools.lock --stale

lock: dev           ## locked/*.txt anew, where pyproject.toml asks for something else
	@$(BIN)/python -m tools.lock

sbom: dev           ## locked/desk.cdx.json: what an installation holds, by name, version and hash (CycloneDX)
	@$(BIN)/python -m uv tool run --quiet --from cyclonedx-bom==7.5.0 cyclonedx-py requirements locked/desk.txt \
	  --output-format JSON --output-reproducible --output-file locked/desk.cdx.json

assets: dev         ## the pages' styles and scripts joined anew, where one changed (all that needs them does it too)
	@$(BIN)/python -m tools.assets

lint-fix: dev       ## formats, and repairs what can be repaired
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix . && $(BIN)/djangofmt check --fix src; $(BIN)/djangofmt src

bench: dev          ## the desk measured with many cases
	@$(BIN)/python -m tools.bench

day: dev            ## a day's work in a browser on a served desk with 300 cases: clicks and seconds, traces in ./traces
	@mkdir -p traces && $(BIN)/python -m tools.day --traces traces

drill: dev          ## 10,000 letters while processes are killed: none lost, none doubled; 500 slow clients, 50 honest; equal doors; ten tampers; 1,000 races; rights taken away; everybody asking for what is others'
	@$(BIN)/python -m tools.drill
	@$(BIN)/python -m tools.drill.crowd
	@$(BIN)/python -m tools.drill.equal_time
	@$(BIN)/python -m tools.drill.tampering
	@$(BIN)/python -m tools.drill.racing
	@$(BIN)/python -m tools.drill.revoking
	@$(BIN)/python -m tools.drill.swapping
