# What a contributor does every day; `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help install start test test-fast coverage lint check

help:
	@echo "make install    the app and what its tests need, in the environment that is active"
	@echo "make start      the app at http://localhost:8501"
	@echo "make test-fast  the tests of every day: no browser, nothing exhaustive"
	@echo "make test       all tests"
	@echo "make coverage   those of every day, and the lines that none of them runs"
	@echo "make lint       style and types, of Python, JavaScript and CSS"
	@echo "make check      the embedded tables against what is declared of them"

install:
	pip install -e '.[dev]' -c requirements.lock

start:
	streamlit run app.py

test-fast:
	pytest -n auto --dist loadfile -m "not thorough" --ignore tests/browser

coverage:
	pytest -n auto --dist loadfile -m "not thorough" --ignore tests/browser --cov --cov-report=term:skip-covered

test:
	pytest -n auto --dist loadfile

lint:
	ruff check .
	ruff format --check .
	mypy
	npx --yes @biomejs/biome@2.6.8 ci .

check:
	python -m data_loaders check
