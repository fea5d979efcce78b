# What a contributor does every day; `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help install start test test-fast coverage uncovered lint check

help:
	@echo "make install    the app and what its tests need, in the environment that is active"
	@echo "make start      the app at http://localhost:8501"
	@echo "make test-fast  the tests of every day: no browser, nothing exhaustive"
	@echo "make test       all tests"
	@echo "make coverage   the tests of geo/, and that they run no less of it than pyproject.toml says"
	@echo "make uncovered  the tests of every day, and the lines that none of them runs"
	@echo "make lint       style and types, of Python, JavaScript and CSS"
	@echo "make check      the embedded tables against what is declared of them"

install:
	pip install -e '.[dev]' -c requirements.lock

start:
	streamlit run app.py

test-fast:
	pytest -n auto --dist loadfile -m "not thorough" --ignore tests/browser

coverage:
	pytest -n auto --dist loadfile tests/geo --cov --cov-report=term:skip-covered

uncovered:
	pytest -n auto --dist loadfile -m "not thorough" --ignore tests/browser --cov=data_loaders --cov=geo --cov=pages \
		--cov-report=term:skip-covered --cov-fail-under=0

test:
	pytest -n auto --dist loadfile

lint:
	ruff check .
	ruff format --check .
	mypy
	npx --yes @biomejs/biome@2.6.8 ci .

check:
	python -m data_loaders check
