"""Files of rows: each becomes a raw table of Ibis, or is refused with one sentence.

To add a format: a function in READERS, and what its files begin with in `kind_of`.
"""

from __future__ import annotations

import gzip
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from pyarrow import ipc, parquet

from explorer.rows.reading import arrays
from explorer.rows.reading.delimited import delimited
from explorer.rows.reading.engine import first_line, parquet_table
from explorer.rows.reading.json_lines import json_lines
from explorer.rows.reading.opened import Opened, distinct, refuse

Reader = Callable[[Any, Path, str, Path, Path], Opened]
"""What reads a file: of the backend, the file, its name, the private folder and a Parquet file to be made there."""

EXPECTED = "expected CSV, TSV, Parquet, JSON lines, Arrow, NPY, NPZ or safetensors"

BEGINNINGS = {
    b"PAR1": "parquet",
    b"\x93NUMPY": "npy",
    b"ARROW1": "arrow",
    b"\xff\xff\xff\xff": "arrow",
    b"\x1f\x8b": "gzip",
    b"PK": "zip",
}
"""What a file begins with -> its format."""

REFUSED = {
    b"PARE": "is encrypted Parquet; write it without encryption.",
    b"FEA1": "is Feather of version 1; write it again with pyarrow.feather.write_feather, which makes version 2.",
    b"\x89HDF": 'is HDF5; write its table with pandas.read_hdf(...).to_parquet("rows.parquet").',
    b"SQLite format 3": "is a database; write the table to a CSV file.",
    b"\xd0\xcf\x11\xe0": "is an old Office file; save the sheet as CSV.",
    b"ORC": "is ORC; write it as Parquet.",
    b"Obj\x01": "is Avro; write it as Parquet.",
    b"BZh": "is packed with bzip2; unpack it, or pack it with gzip.",
    b"\xfd7zXZ": "is packed with xz; unpack it, or pack it with gzip.",
    b"\x28\xb5\x2f\xfd": "is packed with Zstandard; unpack it, or pack it with gzip.",
}
"""What a file begins with -> why it is not read."""

PICKLED = {
    ".pt": 'safetensors.torch.save_file(torch.load({name}, weights_only=True), "rows.safetensors")',
    ".pth": 'safetensors.torch.save_file(torch.load({name}, weights_only=True), "rows.safetensors")',
    ".joblib": 'numpy.save("rows.npy", joblib.load({name}))',
    ".pkl": 'pandas.DataFrame(pandas.read_pickle({name})).to_parquet("rows.parquet")',
    ".pickle": 'pandas.DataFrame(pandas.read_pickle({name})).to_parquet("rows.parquet")',
}
"""Suffixes of files that can run code when they are opened -> the line that converts one."""


def pickled(name: str, suffix: str) -> ValueError:
    """Return the error that refuses a pickle, with the line that converts it."""
    if suffix in {".pt", ".pth"}:
        line = PICKLED[suffix].format(name=json.dumps(name))
        return refuse(name, f"is of PyTorch, a pickle, which can run code; this line converts a dict of tensors safely: {line}")
    line = PICKLED.get(suffix, PICKLED[".pkl"]).format(name=json.dumps(name))
    return refuse(name, f"is a pickle, which can run code when it is opened; only where you trust it, convert it: {line}")


def kind_of(path: Path, name: str) -> str:
    """Return which format a file has: what it begins with counts, and its suffix only where that says nothing.

    Raises
    ------
    ValueError
        If it is none that is read.
    """
    with path.open("rb") as file:
        start = file.read(4096)
    suffix = Path(name).suffix.lower()
    for beginning, said in REFUSED.items():
        if start.startswith(beginning):
            raise refuse(name, said)
    for beginning, kind in BEGINNINGS.items():
        if start.startswith(beginning):
            return kind
    if (start[:1] == b"\x80" and start[1:2] in {b"\x02", b"\x03", b"\x04", b"\x05"}) or suffix in PICKLED:
        raise pickled(name, suffix)
    if start[8:9] == b"{" and int.from_bytes(start[:8], "little") < path.stat().st_size:
        return "safetensors"
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text[:1] == b"{" or (text[:1] == b"[" and (text[1:].lstrip()[:1] == b"{" or "json" in suffix)):
        return "json"
    if suffix in {".parquet", ".pq", ".arrow", ".feather", ".npy", ".npz", ".safetensors", ".gz"} and start:
        raise refuse(name, f"is not what its suffix {suffix} says; {EXPECTED}.")
    if b"\0" in start and suffix not in {".csv", ".tsv", ".txt", ""} and start[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        raise refuse(name, f"has no known format; {EXPECTED}.")
    return "delimited"


def parquet_file(backend: Any, path: Path, name: str, folder: Path, made: Path) -> Opened:
    """Read a Parquet file, or a folder of parts, where it is."""
    parts = parts_of(path)
    if not parts:
        raise refuse(name, "holds no Parquet files.")
    try:
        for part in parts:
            distinct(name, parquet.read_schema(part).names)  # DuckDB would rename the second of two
        table = parquet_table(backend, parts, made.stem)
        rows = int(table.count().to_pyarrow().as_py())
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        where = "" if path in parts else f"has a part, {part.name}, that "
        raise refuse(name, f"{where}is no whole Parquet file: {first_line(error)}") from None
    if not rows:
        raise refuse(name, "holds no rows.")
    return Opened(table, name)


def parts_of(path: Path) -> list[Path]:
    """Return the file itself, or the Parquet files of a folder by their names; links and hidden ones are left out."""
    if not path.is_dir():
        return [path]
    found = sorted(part for part in path.rglob("*") if part.suffix.lower() in {".parquet", ".pq"})
    return [part for part in found if part.is_file() and not part.is_symlink() and not _hidden(part.relative_to(path))]


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts)


def arrow(backend: Any, path: Path, name: str, folder: Path, made: Path) -> Opened:
    """Read an Arrow file or stream, a batch at a time, into a Parquet file."""
    try:
        with pa.OSFile(str(path)) as source:
            schema, batches = _batches(source)
            distinct(name, schema.names)
            kept = plain(schema)
            with parquet.ParquetWriter(made, kept) as writer:
                for batch in batches:
                    batch.validate(full=True)
                    writer.write_table(pa.Table.from_batches([batch]).cast(kept))
    except (pa.ArrowException, OSError, KeyError, UnicodeDecodeError) as error:
        raise refuse(name, f"is no whole Arrow file: {first_line(error)}") from None
    table = parquet_table(backend, [made], made.stem)
    if not table.count().to_pyarrow().as_py():
        raise refuse(name, "holds no rows.")
    return Opened(table, name)


def _batches(source: pa.OSFile) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """The columns and the batches of an Arrow file, or of a stream."""
    is_file = source.read(6) == b"ARROW1"
    source.seek(0)
    if not is_file:
        stream = ipc.open_stream(source)
        return stream.schema, iter(stream)
    file = ipc.open_file(source)
    return file.schema, (file.get_batch(k) for k in range(file.num_record_batches))


def plain(schema: pa.Schema) -> pa.Schema:
    """Return a schema in types that DuckDB and Parquet both have."""
    kinds = {pa.float16(): pa.float32(), pa.string_view(): pa.string(), pa.binary_view(): pa.binary()}
    fields = [pa.field(field.name, kinds.get(field.type, field.type), field.nullable) for field in schema]
    return pa.schema(fields)


def arrays_of(path: Path, name: str, folder: Path) -> list[arrays.Array] | None:
    """Return the arrays of a file, None if it is no file of arrays."""
    kind = "" if path.is_dir() else kind_of(path, name)
    if kind == "zip":
        _check_archive(path, name)
        return arrays.npz(path, name, folder)
    if kind == "npy":
        return arrays.npy(path, name, Path(name).stem)
    return arrays.tensors(path, name) if kind == "safetensors" else None


def _check_archive(path: Path, name: str) -> None:
    """Refuse an archive that is none of NumPy's."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise refuse(name, f"is no whole NPZ: {first_line(error)}") from None
    if any(member.endswith("data.pkl") for member in members):
        raise pickled(name, ".pt")
    if "[Content_Types].xml" in members:
        raise refuse(name, "is an Office file; save the sheet as CSV.")
    if not any(member.endswith(".npy") for member in members) and members:
        raise refuse(name, f"is an archive without arrays; unpack it, and open what it holds: {EXPECTED}.")


def _arrays(backend: Any, path: Path, name: str, folder: Path, made: Path) -> Opened:
    return arrays.table_of(backend, arrays_of(path, name, folder) or [], name, made)


def _packed(backend: Any, path: Path, name: str, folder: Path, made: Path) -> Opened:
    """Unpack, as DuckDB reads what is not packed with several threads, and read what comes out."""
    unpacked = folder / f"{made.stem}.unpacked"
    size, packed = 0, path.stat().st_size
    try:
        with gzip.open(path) as source, unpacked.open("wb") as target:
            while block := source.read(1_000_000):
                size += len(block)
                if arrays.grows_too_much(size, packed):
                    raise refuse(name, "is packed to many times less than it holds; a file like that is not unpacked.")
                target.write(block)
    except EOFError:
        raise refuse(name, "ends in the middle: not all of it was packed, or copied.") from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise refuse(name, f"is packed with gzip and damaged: {first_line(error)}") from None
    kind = kind_of(unpacked, name.removesuffix(".gz"))
    if kind == "gzip":
        raise refuse(name, "is packed twice; unpack it once.")
    return READERS[kind](backend, unpacked, name, folder, made)


READERS: dict[str, Reader] = {
    "arrow": arrow,
    "delimited": delimited,
    "gzip": _packed,
    "json": json_lines,
    "npy": _arrays,
    "parquet": parquet_file,
    "safetensors": _arrays,
    "zip": _arrays,
}
"""What reads a format."""


def open_file(backend: Any, path: Path, folder: Path, number: int = 0, *, name: str = "") -> Opened:
    """Open a file of rows.

    Parameters
    ----------
    backend : ibis.BaseBackend
        DuckDB, as `engine.connect` made it for this file and folder.
    path : path
        The file, or a folder of Parquet files.
    folder : path
        Where DuckDB may write.
    number : int
        Which of the files of this backend it is.
    name : str
        What the file is called, if not as in path.

    Raises
    ------
    ValueError
        If it is no file of rows: what is wrong, and where.
    OSError
        If it cannot be read.
    """
    name = name or path.name
    check_there(path, name)
    try:
        kind = "parquet" if path.is_dir() else kind_of(path, name)
        return READERS[kind](backend, path, name, folder, folder / f"rows_{number}.parquet")
    except OSError as error:
        raise OSError(f"{name} cannot be read: {error.strerror or first_line(error)}.") from None


def check_there(path: Path, name: str) -> None:
    """Raise OSError if a path leads to no file and no folder."""
    if not path.exists():
        raise FileNotFoundError(f"{name} does not exist.")
    if not (path.is_file() or path.is_dir()):
        raise OSError(f"{name} is no file.")
