# The same few commands for people and for CI.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv/bin

.PHONY: run test bench setup chromium compiler check

run: .venv/run.stamp
	$(VENV)/streamlit run app.py --server.port $(PORT)

test: setup chromium compiler check
	$(VENV)/pytest

check: setup
	$(VENV)/ruff format --check .
	$(VENV)/ruff check .
	$(VENV)/mypy

bench: setup chromium
	$(VENV)/python -m benchmarks

setup: .venv/run.stamp .venv/dev.stamp

# The system's browser if there is one, else Debian's package where it may be installed, else Playwright's own.
chromium: setup
	@command -v chromium chromium-browser google-chrome >/dev/null \
		|| { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq chromium; } \
		|| $(VENV)/playwright install --with-deps chromium

# A C compiler, which the tests of printed C call.
compiler:
	@command -v cc >/dev/null \
		|| { test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq gcc libc6-dev; } \
		|| { echo "The tests need a C compiler called cc: install one." >&2; exit 1; }

.venv/run.stamp: requirements.txt
	test -x $(VENV)/python || $(PYTHON) -m venv .venv
	$(VENV)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	$(VENV)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@
