# What one does in a clone; `just` alone lists it. Each recipe is a command that can be typed by hand just as well.

pre_commit := "pre-commit==4.7.0"

_list:
    @just --list --unsorted

# Make the environment in .venv.
setup:
    uv sync --quiet

# Lint, format, types and layers: what the commit hooks run.
check:
    uv run ruff check
    uv run ruff format --check
    uv run mypy
    uv run lint-imports

# Mend what ruff can mend, and format.
format:
    uv run ruff check --fix
    uv run ruff format

# Run the tests; options go to pytest, `just test tests/form -x`.
test *OPTIONS:
    uv run pytest {{ OPTIONS }}

# Run the tests that play whole rounds, start processes and go to the limits.
test-long *OPTIONS:
    uv run pytest -m long {{ OPTIONS }}

# Run what repeats the usual tests at greater length, and draw anew what they draw the same each time.
test-exhaustive *OPTIONS:
    uv run pytest -m exhaustive {{ OPTIONS }}

# Run the tests with LibreOffice, the Open XML SDK validator, and the programs that recalculate workbooks.
test-clients *OPTIONS:
    uv run pytest -m 'libreoffice or validator or engines' {{ OPTIONS }}

# Run everything that has to pass before a change is accepted (Debian; installs LibreOffice and fonts as root).
ci:
    .ci/run

# Play a round with invented answers in out/演练.
rehearse *OPTIONS:
    uv run collect.py --rehearse {{ OPTIONS }}

# Write anew what documents derive from the code.
docs:
    uv run docs/make_rooms.py
    uv run docs/make_findings.py
    uv run docs/make_catalogue.py

# Draw the pictures of docs/pictures anew (needs LibreOffice, poppler and CJK fonts).
pictures:
    uv run docs/make_pictures.py

# Measure the program beside its peers; `just bench build read`, `just bench --full --write`.
bench *OPTIONS:
    uv run --group bench benchmarks/run.py {{ OPTIONS }}

# Issue and collect a country of so many districts (Linux).
bench-national DISTRICTS="2850":
    uv run benchmarks/national.py {{ DISTRICTS }}

# Fuzz the reader of returned files (Linux).
fuzz SECONDS="60":
    uv run --group fuzz benchmarks/fuzz_reader.py -max_total_time={{ SECONDS }}

# Build the wheel and the source distribution into dist/.
wheel:
    uv build

# Make the offline bundle for an office's computer into dist/, `just bundle --platform windows`.
bundle *OPTIONS:
    uv run tools/bundle.py {{ OPTIONS }}

# Have the checks run at every commit.
hooks:
    uv tool install --quiet {{ pre_commit }}
    uv tool run --from {{ pre_commit }} pre-commit install
