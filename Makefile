# Every command of the course; `make help` lists them.
# Looked for in this order; the first that will do makes .venv.
PYTHON ?= python3.13 python3.12 python3.11 python3
WILL_DO := import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
# What pip and uv say where there is no network.
OFFLINE := name resolution|not known|unreachable|NewConnectionError|ConnectTimeout|ProxyError|error sending request
# Tests of what your own data needs: no notebook, no language model.
CORE := $(addprefix tests/aipm/,estimates fairness models operations privacy)
BIN := .venv/bin
PORT ?= 8000
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help book serve lab check rules test lowest notebooks processors exercises chapter data vectors latencies record documents wheel lock address clean

help:  ## List the commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# A build that was interrupted leaves half of an index, which the next one could not read.
book: .venv/ready  ## Build the book from stored outputs and say where to open it
	@[ ! -e _build/unfinished ] || rm -rf _build/html
	@mkdir -p _build && touch _build/unfinished
	@jupyter-book build . -W --keep-going -n -q; said=$$?; rm _build/unfinished; exit $$said
	@echo "The book is built: open _build/html/index.html, or run make serve."

serve: .venv/ready  ## Serve the book on this machine (PORT=8000)
	@python -m coursekit.build.serve --port '$(PORT)' --try
	@$(MAKE) --no-print-directory book
	@python -m coursekit.build.serve --port '$(PORT)'

lab: .venv/ready  ## Open JupyterLab in my-notebooks/, your own copy of the notebooks
	@python -m coursekit.build.lab
	@jupyter lab --notebook-dir my-notebooks $$([ "$$(id -u)" != 0 ] || echo --allow-root)

check: rules  ## Say in seconds what is missing, stale or hard to read (of one: CHAPTER=05_overfitting)
	@pytest --quiet --numprocesses=auto tests/book/chapters $(if $(CHAPTER),-k $(firstword $(subst _, ,$(CHAPTER))))

rules: .venv/ready
	@ruff check --quiet && ruff format --check --quiet
	@python -m coursekit.rules '$(CHAPTER)'

# One worker more than there are cores: a browser and a starting kernel leave theirs idle.
test: rules book  ## Run everything that CI runs
	@python -m coursekit.build.browser
	@pytest --numprocesses=$$(python -c 'import os; print(os.cpu_count() + 1)') --dist=worksteal

notebooks: .venv/ready  ## Re-execute labs and solutions, then make the exercises (of one: CHAPTER=05_overfitting)
	@python -m coursekit.build.notebooks $(if $(CHAPTER),$(foreach kind,labs solutions,notebooks/$(kind)/$(CHAPTER).ipynb))
	@python -m coursekit.build.exercises

processors: .venv/ready  ## Run all labs under simulated processors, and see that a reader sees the same
	@AIPM_LABS=all pytest --numprocesses=auto tests/notebooks/test_processors.py -rs

exercises: .venv/ready  ## Make notebooks/exercises from notebooks/solutions
	@python -m coursekit.build.exercises

chapter: .venv/ready  ## Lay out a new chapter: make chapter SLUG=21_agents; those that follow move on (REMOVE=yes takes it away)
	@python -m coursekit.build.chapter '$(SLUG)' $(if $(REMOVE),--remove)

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

wheel: .venv/ready  ## Build the wheel of aipm in _build/wheel
	@uv build --quiet --wheel --no-build-isolation --clear --out-dir _build/wheel
	@ls _build/wheel/*.whl

# The oracles of the core's tests come in their locked versions and may not raise a version of the
# core. Hypothesis draws the same examples every time, without a deadline.
lowest: .venv/ready  ## Test the core of aipm with the lowest versions that pyproject.toml admits
	@uv venv --quiet --clear --python $(BIN)/python _build/lowest
	@uv pip install --quiet --python _build/lowest --only-binary :all: --resolution lowest-direct -r pyproject.toml
	@uv pip freeze --python _build/lowest > _build/lowest/core.txt
	@grep -E '^(pytest|hypothesis|pyyaml|pyarrow|pandera|filelock|krippendorff|judgy|opendp|fairlearn)==' requirements-dev.txt | sed 's/ .*//' > _build/lowest/tools.txt
	@uv pip install --quiet --python _build/lowest --only-binary :all: --constraint _build/lowest/core.txt -r _build/lowest/tools.txt
	@_build/lowest/bin/python -m pytest --quiet --hypothesis-profile=ci --override-ini addopts=--import-mode=importlib --confcutdir=tests/aipm -m "not slow" $(CORE)

lock: .venv/ready  ## Write requirements.txt and requirements-dev.txt from pyproject.toml
	@python -m coursekit.build.lock

address: .venv/ready  ## Write the repository's address from _config.yml into README.md
	@python -m coursekit.build.address

clean:  ## Remove the environment and everything built
	rm -rf .venv _build

.venv/ready: requirements-dev.txt requirements-model.txt pyproject.toml setup.py postBuild
	@for python in $(PYTHON) ''; do [ -z "$$python" ] || ! $$python -c '$(WILL_DO)' 2>/dev/null || break; done; \
	if [ -z "$$python" ]; then \
	  echo "The course needs Python 3.11, 3.12 or 3.13 with its venv module, and looked for $(PYTHON): install one, or name it with make PYTHON=/path/to/python3.13."; \
	  exit 1; \
	fi; \
	echo "Installing the environment into .venv with $$($$python -V), about a minute …"; \
	$$python -m venv --clear .venv
	@sed -n '/^uv==/,/[^\]$$/p' requirements-dev.txt > .venv/uv.txt
	@{ $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.txt \
	  && $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements-dev.txt \
	  && ./postBuild; } > .venv/install.log 2>&1 || { \
	    if grep -Eqi '$(OFFLINE)' .venv/install.log; \
	    then echo "The installation needs a network once, and found none: connect this machine and run the command again (.venv/install.log holds what pip and uv said)."; \
	    else cat .venv/install.log; fi; \
	    exit 1; }
	@touch $@
