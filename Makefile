# The same few commands for people and for CI.
PYTHON ?= python3
PORT ?= 8501
PROCESSES ?= 2
VENV := .venv/bin
ENGINES := .venv-engines/bin

.PHONY: run serve test bench engines measure soak doctor setup chromium haproxy compiler check check-python check-scripts node scripts

run: .venv/run.stamp
	$(VENV)/python -m explorer run --port $(PORT)

# Several processes behind HAProxy; see docs/deploy.md.
serve: .venv/run.stamp haproxy
	exec $(VENV)/python -m deploy.serve --processes $(PROCESSES) --port $(PORT)

test: setup chromium haproxy compiler check
	$(VENV)/pytest

# Both halves at once.
check: setup node_modules/.package-lock.json
	@$(MAKE) --no-print-directory --jobs=2 --output-sync check-python check-scripts

check-python:
	$(VENV)/ruff format --check .
	$(VENV)/ruff check .
	$(VENV)/mypy

check-scripts:
	npm run --silent check

# The browser's scripts, as they are committed; a test says when they are stale.
scripts: node_modules/.package-lock.json
	rm -f explorer/live/built/*.js
	npm run --silent build

# Opt-in: the real PyTorch, JAX, Keras, XGBoost ... and Mathics; some gigabytes. Writes docs/engines.md. Warnings are no errors:
# libraries warn of what is asked of them on purpose.
engines: .venv-engines/stamp
	$(ENGINES)/pytest --numprocesses=0 -W default --report docs/engines.md tests/engines

# What the libraries compute, asked anew: all of it, or `make measure LOSSES="huber focal"`.
measure: .venv-engines/stamp
	$(ENGINES)/python -m tests.engines.measure $(LOSSES)

# `make bench soak` and `make soak` run the group soak alone, `make bench doctor` the group doctor.
bench: setup chromium haproxy
	$(VENV)/python -m benchmarks $(filter soak doctor,$(MAKECMDGOALS))

soak doctor: $(if $(filter bench,$(MAKECMDGOALS)),,bench)
	@:

setup: .venv/run.stamp .venv/dev.stamp

# The shell without windows, as it is cheaper: Debian's package where it may be installed, of the version of the browser that is
# there, else any browser of the system, else Playwright's own.
chromium: setup
	@command -v chromium-headless-shell >/dev/null \
		|| { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq \
			chromium-headless-shell$$(dpkg-query -W -f '=$${Version}' chromium 2>/dev/null); } \
		|| command -v chromium chromium-browser google-chrome >/dev/null \
		|| $(VENV)/playwright install --with-deps chromium

# What stands before several processes, for `serve` and its tests.
haproxy:
	@command -v haproxy >/dev/null \
		|| { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq haproxy; } \
		|| { echo "Several processes need haproxy: install it." >&2; exit 1; }

# A C compiler, which the tests of printed C call; with gcc comes libgomp1, which LightGBM loads.
compiler:
	@command -v cc >/dev/null \
		|| { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq gcc libc6-dev; } \
		|| { echo "The tests need a C compiler called cc: install one." >&2; exit 1; }

# What builds and checks the browser's scripts; running the application needs none of it.
node:
	@command -v npm >/dev/null \
		|| { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq nodejs npm; } \
		|| { echo "The browser's scripts need Node.js and npm: install them." >&2; exit 1; }

node_modules/.package-lock.json: package.json package-lock.json | node
	npm ci --silent

.venv/run.stamp: requirements.txt
	test -x $(VENV)/python || $(PYTHON) -m venv .venv
	$(VENV)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	$(VENV)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

.venv-engines/stamp: requirements-engines.txt requirements-dev.txt requirements.txt
	test -x $(ENGINES)/python || $(PYTHON) -m venv .venv-engines
	$(ENGINES)/pip install --quiet --disable-pip-version-check -r requirements-engines.txt
	touch $@
