# Every command of the course; `make help` lists them.
PYTHON ?= python3.11
BIN := .venv/bin
PORT ?= 8000
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help book serve lab check rules test notebooks processors exercises chapter data vectors latencies record documents lock address clean

help:  ## List the commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

book: .venv/ready  ## Build the book from stored outputs and say where to open it
	@jupyter-book build . -W --keep-going -n -q
	@echo "The book is built: open _build/html/index.html, or run make serve."

serve: book  ## Serve the book on this machine (PORT=8000)
	@python -m coursekit.build.serve --port $(PORT)

lab: .venv/ready  ## Open JupyterLab in my-notebooks/, your own copy of the notebooks
	@python -m coursekit.build.lab
	@jupyter lab --notebook-dir my-notebooks

check: rules  ## Say in seconds what is missing, stale or hard to read
	@pytest --quiet --numprocesses=auto tests/chapters

rules: .venv/ready
	@ruff check --quiet
	@python -m coursekit.rules

# One worker more than there are cores: a browser and a starting kernel leave theirs idle.
test: rules book  ## Run everything that CI runs
	@python -m coursekit.build.browser
	@pytest --numprocesses=$$(python -c 'import os; print(os.cpu_count() + 1)') --dist=worksteal

notebooks: .venv/ready  ## Re-execute labs and solutions in place, then make the exercises
	@python -m coursekit.build.notebooks
	@python -m coursekit.build.exercises

processors: .venv/ready  ## Run all labs under simulated processors, and see that a reader sees the same
	@AIPM_LABS=all pytest --numprocesses=auto tests/notebooks/test_processors.py -rs

exercises: .venv/ready  ## Make notebooks/exercises from notebooks/solutions
	@python -m coursekit.build.exercises

chapter: .venv/ready  ## Lay out a new chapter: make chapter SLUG=03_data_assessment (REMOVE=yes takes it away)
	@python -m coursekit.build.chapter $(SLUG) $(if $(REMOVE),--remove)

data: .venv/ready  ## Make aipm/datasets/data again from the pinned packages
	@python -m coursekit.build.data

vectors: .venv/ready  ## Make vectors.npz and the cosines of repeats.csv in aipm/datasets/data/own again
	@python -m coursekit.build.vectors
	@python -m coursekit.build.repeats

latencies: .venv/ready  ## Time the embedded model again, into aipm/datasets/data/own/latencies.csv
	@python -m coursekit.build.latencies

record: .venv/ready  ## Ask the language model again everything the notebooks ask it
	@python -m coursekit.build.record

documents: .venv/ready  ## Make the work documents of book/work_documents for a word processor
	@python -m coursekit.build.documents

lock: .venv/ready  ## Write requirements.txt and requirements-dev.txt from the .in files
	@python -m coursekit.build.lock

address: .venv/ready  ## Write the repository's address from _config.yml into README.md
	@python -m coursekit.build.address

clean:  ## Remove the environment and everything built
	rm -rf .venv _build

.venv/ready: requirements-dev.txt requirements-model.txt pyproject.toml postBuild
	@command -v $(PYTHON) >/dev/null || { echo "The course needs Python 3.11, and there is no $(PYTHON) here: install it, or name one with make PYTHON=/path/to/python3.11."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "The course needs Python 3.11, and $(PYTHON) is another version: name one with make PYTHON=/path/to/python3.11."; exit 1; }
	@echo "Installing the environment into .venv, about a minute …"
	@$(PYTHON) -m venv .venv
	@sed -n '/^uv==/,/[^\]$$/p' requirements-dev.txt > .venv/uv.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.txt
	@$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-dev.txt
	@./postBuild
	@touch $@
