"""Arrays as tables: NPY, NPZ and safetensors, a column for each array of one axis, one a class for those of two.

Arrays are mapped, not read: a batch of rows at a time goes into a Parquet file.
"""

from __future__ import annotations

import json
import math
import re
import shutil
import tokenize
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np
import pyarrow as pa
import safetensors
from numpy.typing import NDArray
from pyarrow import parquet

from explorer.rows.reading.engine import first_line, parquet_table
from explorer.rows.reading.opened import Opened, distinct, refuse
from explorer.rows.spec import WIDE

BATCH = 500_000
"""How many values are in memory at a time."""

PACKED = 1_000_000_000, 250
"""What is packed may not grow beyond so many bytes if it grows more than so many times."""

CLASSES = ("classes", "classes_", "class_names")
"""Arrays that name the columns of another one."""


@dataclass(frozen=True)
class Array:
    """An array that is not read yet.

    Attributes
    ----------
    name : str
        What it is called.
    shape : tuple of int
        Any number of axes; `table_of` makes one or two of them.
    whole : callable
        Maps it; what is mapped is let go after each batch, so that it does not count as memory.
    """

    name: str
    shape: tuple[int, ...]
    whole: Callable[[], NDArray[Any]]

    @property
    def width(self) -> int:
        """How many columns it makes."""
        return self.shape[1] if len(self.shape) == 2 else 1


def grows_too_much(size: int, packed: int) -> bool:
    """Whether something packed is made to fill the disk."""
    most, times = PACKED
    return size > most and size > times * packed


def npy(path: Path, name: str, called: str = "") -> list[Array]:
    """Map a NumPy array; a record's fields are arrays of their own.

    Raises
    ------
    ValueError
        If it is broken, holds objects of Python, or has more than two axes.
    """

    def whole() -> NDArray[Any]:
        mapped: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
        return mapped

    called = called or path.stem
    try:
        found = whole()
    except ValueError as error:
        if "Object arrays" in str(error) or "Python objects" in str(error):
            line = f"numpy.save({json.dumps(name)}, numpy.load({json.dumps(name)}, allow_pickle=True).astype(float))"
            raise refuse(name, f"holds objects of Python, which can run code; where you trust it, convert it: {line}") from None
        if "mmap" in str(error):
            raise refuse(name, "is shorter than its first bytes say, or empty: it is no whole NumPy array.") from None
        raise refuse(name, f"is no whole NumPy array: {first_line(error)}") from None
    except (EOFError, OSError, OverflowError, SyntaxError, tokenize.TokenError) as error:
        raise refuse(name, f"is no whole NumPy array: {first_line(error)}") from None
    if found.dtype.names and found.ndim == 1:
        return [
            _checked(Array(field, found.shape, _field(whole, field)), found.dtype[field], name) for field in found.dtype.names
        ]
    return [_checked(Array(called, found.shape, whole), found.dtype, name)]


def _field(whole: Callable[[], NDArray[Any]], field: str) -> Callable[[], NDArray[Any]]:
    return lambda: whole()[field]


def _checked(array: Array, kind: np.dtype[Any], name: str) -> Array:
    if kind.kind not in "fiubUS" or kind.subdtype:
        raise refuse(name, f"holds {kind} in {array.name!r}; numbers or text were expected.")
    return array


def npz(path: Path, name: str, folder: Path) -> list[Array]:
    """Unpack the arrays of an NPZ into a folder, and map them.

    Raises
    ------
    ValueError
        If it is broken, holds anything but arrays, or would fill the disk.
    """
    arrays: list[Array] = []
    try:
        with zipfile.ZipFile(path) as packed:
            members = packed.infolist()
            if grows_too_much(sum(member.file_size for member in members), path.stat().st_size):
                raise refuse(name, "is packed to many times less than it holds; a file like that is not unpacked.")
            if not members:
                raise refuse(name, "holds no arrays.")
            distinct(name, [member.filename for member in members], most=1000)
            for member in members:
                if not re.fullmatch(r"[^/\\:\0]+\.npy", member.filename) or member.filename.startswith("."):
                    raise refuse(name, f"holds {member.filename[:80]!r}; arrays were expected, as numpy.savez writes them.")
                with packed.open(member) as source, NamedTemporaryFile(dir=folder, suffix=".npy", delete=False) as target:
                    shutil.copyfileobj(source, target, 1_000_000)
                arrays += npy(Path(target.name), f"{name}, {member.filename}", member.filename.removesuffix(".npy"))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise refuse(name, f"is no whole NPZ: {first_line(error)}") from None
    return arrays


KINDS = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2", "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "<i1"} | {
    "U64": "<u8", "U32": "<u4", "U16": "<u2", "U8": "<u1", "BOOL": "?"
}  # fmt: skip
"""What NumPy calls the types of safetensors; it has no bfloat16, which is the upper half of a float32."""


def tensors(path: Path, name: str) -> list[Array]:
    """Map the tensors of a safetensors file.

    Raises
    ------
    ValueError
        If it is broken, or holds what is no table.
    """
    try:
        with safetensors.safe_open(path, framework="numpy"):  # refuses what is broken; the header is then as it should be
            pass
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            header = json.loads(file.read(length))
    except (safetensors.SafetensorError, ValueError) as error:
        raise refuse(name, f"is no whole safetensors file: {first_line(error)}") from None
    arrays = []
    for called, tensor in header.items():
        if called == "__metadata__":
            continue
        kind = KINDS.get(tensor["dtype"])
        if kind is None:
            raise refuse(name, f"holds {tensor['dtype']} in {called!r}; numbers of 16 bits or more were expected.")
        shape = tuple(tensor["shape"])
        if math.prod(shape):
            whole = _tensor(path, kind, shape, 8 + length + tensor["data_offsets"][0], tensor["dtype"] == "BF16")
            arrays.append(_checked(Array(called, shape, whole), np.dtype(kind), name))
    return arrays


class _Halves:
    """An array of bfloat16, of which rows are taken as float32."""

    def __init__(self, mapped: NDArray[Any]) -> None:
        self.mapped = mapped

    def reshape(self, shape: tuple[int, ...]) -> _Halves:
        return _Halves(self.mapped.reshape(shape))

    def __getitem__(self, rows: slice) -> NDArray[np.float32]:
        return (self.mapped[rows].astype(np.uint32) << 16).view(np.float32)


def _tensor(path: Path, kind: str, shape: tuple[int, ...], offset: int, halves: bool) -> Callable[[], Any]:
    def whole() -> Any:
        mapped = np.memmap(path, np.dtype(kind), "r", offset, shape)
        return _Halves(mapped) if halves else mapped

    return whole


def table_of(backend: Any, arrays: Sequence[Array], name: str, made: Path) -> Opened:
    """Write arrays as the columns of one Parquet file, and open it.

    Raises
    ------
    ValueError
        If they differ in length, or there is no row.
    """
    arrays, labels = _without_classes(_flat([array for array in arrays if array.shape], name))
    lengths = {array.name: array.shape[0] for array in arrays}
    if len(set(lengths.values())) > 1:
        said = ", ".join(f"{called} {length}" for called, length in list(lengths.items())[:6])
        raise refuse(name, f"holds arrays of different lengths ({said}); one of each row was expected.")
    if not arrays or not min(lengths.values()):
        raise refuse(name, "holds no rows.")
    columns = [column for array in arrays for column in _columns(array, labels)]
    distinct(name, columns)
    rows, step = arrays[0].shape[0], max(1, BATCH // sum(max(array.width, 1) for array in arrays))
    writer = None
    try:
        for start in range(0, rows, step):
            parts = [part for array in arrays for part in _parts(array, slice(start, start + step), name, labels)]
            batch = pa.table(parts, names=columns)
            if writer is None:
                texts = [field.name for field in batch.schema if pa.types.is_string(field.type)]
                writer = parquet.ParquetWriter(made, batch.schema, use_dictionary=texts)
            writer.write_table(batch, row_group_size=step)
    finally:
        if writer is not None:
            writer.close()
    return Opened(parquet_table(backend, [made], made.stem), name)


def _flat(arrays: list[Array], name: str) -> list[Array]:
    """Make a row of each token where scores have the axes text, token and class, and labels those of text and token.

    Raises
    ------
    ValueError
        If an array has three axes, and none says what stands at each token, or more.
    """
    deep = next((array for array in arrays if len(array.shape) > 2), None)
    if deep is None:
        return arrays
    places = deep.shape[:2]
    if len(deep.shape) > 3 or not any(array.shape == places for array in arrays):
        axes = f"has an array {deep.name!r} of {len(deep.shape)} axes"
        raise refuse(
            name, f"{axes}; rows, or rows and classes, were expected, or texts, tokens and classes beside their labels."
        )
    return [_by_token(array) if array.shape[:2] == places else array for array in arrays]


def _by_token(array: Array) -> Array:
    shape = (array.shape[0] * array.shape[1], *array.shape[2:])
    return Array(array.name, shape, lambda: array.whole().reshape(shape))


def _without_classes(arrays: list[Array]) -> tuple[list[Array], list[str]]:
    """Take out an array that names the classes, as long as another is wide."""
    wide = {array.width for array in arrays if array.width > 1}
    for array in arrays:
        if array.name.lower() in CLASSES and len(array.shape) == 1 and array.shape[0] in wide and len(arrays) > 1:
            return [other for other in arrays if other is not array], [str(label) for label in array.whole()]
    return arrays, []


def _is_listed(array: Array, labels: Sequence[str]) -> bool:
    """Whether a row of an array stands in one column as a list, as it has very many numbers, without names."""
    return array.width > WIDE and len(labels) != array.width


def _columns(array: Array, labels: Sequence[str]) -> list[str]:
    if array.width == 1 or _is_listed(array, labels):
        return [array.name]
    of_classes = labels if len(labels) == array.width else range(array.width)
    return [f"{array.name}_{label}" for label in of_classes]


def _parts(array: Array, rows: slice, name: str, labels: Sequence[str]) -> list[Any]:
    """Some rows of an array, a part a column, in types that Parquet has."""
    values = np.asarray(array.whole()[rows])
    if values.dtype.kind == "S":
        try:
            values = np.char.decode(values, "utf-8")
        except UnicodeDecodeError:
            raise refuse(name, f"holds text in {array.name!r} that is not UTF-8.") from None
    if values.dtype.kind == "f":
        values = values.astype("f4" if values.dtype.itemsize < 8 else "f8")
    if values.dtype.kind != "U":
        values = values.astype(values.dtype.newbyteorder("="))
    if _is_listed(array, labels) and values.dtype.kind != "U":
        return [
            pa.FixedSizeListArray.from_arrays(pa.array(values.reshape(-1)), array.width).cast(
                pa.list_(pa.from_numpy_dtype(values.dtype))
            )
        ]
    columns = values.reshape(len(values), -1).T
    return [pa.array(column.tolist() if values.dtype.kind == "U" else np.ascontiguousarray(column)) for column in columns]
