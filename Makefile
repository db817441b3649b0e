# Every way in, one recipe each. `make help` lists them.
.DEFAULT_GOAL := help
PY := .venv/bin/python
# uv is the faster one, but does not read the mirrors that pip was told of: then pip does its work.
PIP := $(PY) -m pip install --quiet --disable-pip-version-check
STAMP := .venv/.set-up
# uv would trust only the certificates it brings: behind an office's proxy pip works and it does not.
export UV_SYSTEM_CERTS := true

.PHONY: help setup demo test check fix up bench proof lock

help: ## list what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

setup: $(STAMP) ## environment with duban and the tools of check and test, from hashes

$(STAMP): requirements/uv.txt requirements/dev.txt pyproject.toml package-lock.json
	@echo "准备运行环境（.venv）…"
	@test -x $(PY) || python3 -m venv .venv
	@$(PIP) --require-hashes -r requirements/uv.txt
	@.venv/bin/uv pip install --quiet --python $(PY) --require-hashes -r requirements/dev.txt \
	  || $(PIP) --require-hashes -r requirements/dev.txt
	@.venv/bin/uv pip install --quiet --python $(PY) --no-deps --no-build-isolation -e . \
	  || $(PIP) --no-deps --no-build-isolation -e .
	@sh portal/fetch_parts.sh
	@touch $(STAMP)

demo: $(STAMP) ## the main job on the issued plan, from a bare clone
	@.venv/bin/duban demo

test: $(STAMP) ## everything a change must pass
	@sh tests/system_packages.sh
	@sh portal/fetch_parts.sh --with-test-parts
	@$(MAKE) --no-print-directory check
	@$(PY) -m pytest -n auto --dist loadgroup -m "not proof"

check: $(STAMP) ## format, lint, types, import direction
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/ruff check --quiet .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

fix: $(STAMP) ## format, and mend what can be mended
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

up: $(STAMP) ## scheduler and served flows, until Ctrl-C
	@.venv/bin/duban up

bench: $(STAMP) ## measured comparisons, small sizes
	@$(PY) -m bench.sweep

proof: $(STAMP) ## the long tests
	@sh tests/system_packages.sh
	@$(PY) -m pytest -n auto --dist loadgroup -m proof

lock: ## resolve the dependencies anew
	@.venv/bin/uv pip compile pyproject.toml --python-version 3.11 --universal --generate-hashes \
	  --no-emit-index-url --custom-compile-command "make lock" --quiet -o requirements/run.txt
	@.venv/bin/uv pip compile pyproject.toml --extra dev -c requirements/run.txt --python-version 3.11 \
	  --universal --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --quiet \
	  -o requirements/dev.txt
	@echo uv | .venv/bin/uv pip compile - --universal --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" --quiet -o requirements/uv.txt
