"""Files: each format is read as it was written; what is broken or hostile is refused with one sentence."""

from __future__ import annotations

import gzip
import io
import json
import pickle
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet
from safetensors import numpy as safetensors

from explorer.rows.expressions import own_columns
from explorer.rows.reading import arrays
from explorer.rows.reading.engine import connect, private_folder
from explorer.rows.reading.files import open_file
from explorer.rows.reading.numbers import BadValueError, numbers
from explorer.rows.reading.opened import Opened

Y = np.array([1, 0, 1])
P = np.array([[0.25, 0.75], [0.5, 0.5], [1.0, 0.0]])
NAMES = ["y", "p_0", "p_1"]
ROWS = [dict(zip(NAMES, (int(y), *p), strict=True)) for y, p in zip(Y, P.tolist(), strict=True)]
TABLE = pa.Table.from_pylist(ROWS)
CSV = b"y,p_0,p_1\n1,0.25,0.75\n0,0.5,0.5\n1,1.0,0.0\n"
LINES = "".join(json.dumps(row) + "\n" for row in ROWS).encode()


def written(write: Callable[[Any], object]) -> bytes:
    target = io.BytesIO()
    write(target)
    return target.getvalue()


def arrow(make: Callable[..., Any]) -> bytes:
    def write(target: Any) -> None:
        with make(target, TABLE.schema) as writer:
            writer.write_table(TABLE)

    return written(write)


def halves() -> bytes:
    upper = (P.astype("<f4").view("<u4") >> 16).astype("<u2")  # bfloat16, exact for these numbers
    header = {
        "y": {"dtype": "I64", "shape": [3], "data_offsets": [0, 24]},
        "p": {"dtype": "BF16", "shape": [3, 2], "data_offsets": [24, 36]},
    }
    said = json.dumps(header).encode()
    return struct.pack("<Q", len(said)) + said + Y.astype("<i8").tobytes() + upper.tobytes()


def packed(**members: bytes) -> bytes:
    def write(target: Any) -> None:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)

    return written(write)


PARQUET = written(lambda target: parquet.write_table(TABLE, target))
NPY = written(lambda target: np.save(target, P))
NPZ = written(lambda target: np.savez(target, y=Y, p=P))
TENSORS = safetensors.save({"y": Y, "p": P})
STREAM = arrow(pa.ipc.new_stream)


@pytest.fixture(scope="module")
def folder() -> Path:
    return private_folder()


@pytest.fixture(scope="module")
def backend(folder: Path) -> Any:
    return connect(files=[folder / "given"], folder=folder)


@pytest.fixture
def opened(backend: Any, folder: Path) -> Callable[[str, bytes], Opened]:
    def open_bytes(name: str, data: bytes) -> Opened:
        (folder / "given").write_bytes(data)
        return open_file(backend, folder / "given", folder, name=name)

    return open_bytes


Open = Callable[[str, bytes], Opened]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", CSV),
        ("a.csv", b"\xef\xbb\xbf" + CSV.replace(b"\n", b"\r\n")),
        ("a.txt", CSV.replace(b",", b"\t")),
        ("a.csv", CSV.replace(b",", b";").replace(b".", b",")),
        ("a.tsv.gz", gzip.compress(CSV.replace(b",", b"\t"))),
        ("a.jsonl", LINES),
        ("a.jsonl.gz", gzip.compress(LINES)),
        ("a.json", json.dumps(ROWS, indent=2).encode()),
        ("a.parquet", PARQUET),
        ("a.csv", PARQUET),
        ("a.arrow", arrow(pa.ipc.new_file)),
        ("a.feather", STREAM),
        ("a.npz", NPZ),
        ("a.npz", written(lambda target: np.savez_compressed(target, y=Y, p=np.asfortranarray(P.astype(">f2"))))),
        ("a.npz", written(lambda target: np.savez(target, y=Y, p=P, classes=np.arange(2)))),
        ("a.safetensors", TENSORS),
        ("a.safetensors", halves()),
    ],
)
def test_a_format_is_read_as_it_was_written(name: str, data: bytes, opened: Open) -> None:
    found = opened(name, data).table.select(NAMES).to_pyarrow().to_pylist()
    assert found == ROWS


@pytest.mark.parametrize(
    ("array", "columns"),
    [
        (P, ["q_0", "q_1"]),
        (P[:, :1], ["q"]),
        (Y, ["q"]),
        (np.array([(1, 0.5)], dtype=[("y", "i4"), ("p", "f4")]), ["y", "p"]),
        (np.array(["cat", "dog"]), ["q"]),
        (np.array([b"cat", b"dog"]), ["q"]),
    ],
)
def test_an_array_is_a_column_or_one_a_class(array: Any, columns: list[str], opened: Open) -> None:
    table = opened("q.npy", written(lambda target: np.save(target, array))).table
    assert own_columns(table) == columns
    rows = table.select(columns).to_pyarrow().to_pylist()
    expected = array.tolist() if array.dtype.kind != "S" else [text.decode() for text in array.tolist()]
    assert [list(row.values()) for row in rows] == [
        list(np.atleast_1d(row)) if not isinstance(row, tuple) else list(row) for row in expected
    ]


@pytest.mark.parametrize(
    ("data", "columns"),
    [
        (b"1,0.5\n0,0.25\n", ["column_1", "column_2"]),
        (b"cat,0.5,0.5\ndog,0.25,0.75\n", ["column_1", "column_2", "column_3"]),
        (b",0,1,2\n0,0.5,0.25,0.25\n", ["Unnamed: 0", "0", "1", "2"]),
        (b'"y, true",p\n1,0.5\n', ["y, true", "p"]),
        (b"word,label\ncat,dog\n", ["word", "label"]),
    ],
)
def test_names_are_told_from_rows(data: bytes, columns: list[str], opened: Open) -> None:
    assert own_columns(opened("a.csv", data).table) == columns


@pytest.mark.parametrize("word", ["NA", "nan", "null", "None", "", "-"])
def test_words_for_a_missing_number_leave_the_column_one_of_numbers(word: str, opened: Open) -> None:
    table = opened("a.csv", f"y,p\n1,0.5\n0,{word}\n1,0.25\n".encode()).table
    assert table.p.type().is_floating()
    found = table.p.to_pyarrow().to_pylist()
    assert [found[0], found[2]] == [0.5, 0.25]
    assert found[1] is None or found[1] != found[1]


def test_lines_within_names_and_values_do_not_end_a_row(opened: Open) -> None:
    hostile = '"; DROP TABLE x; --'  # and ends of lines as spreadsheets write them
    found = opened("a.csv", b'y_true,"y\nscore","""; DROP TABLE x; --"\r\n' + b'1,0.5,"<b>\ntwo"\r\n0,0.25,x\r\n' * 50)
    assert found.table.columns[:3] == ("y_true", "y\nscore", hostile)
    table = found.table.to_pyarrow().to_pydict()
    assert (table["y\nscore"], table[hostile]) == ([0.5, 0.25] * 50, ["<b>\ntwo", "x"] * 50)


def test_infinities_are_numbers(opened: Open) -> None:
    table = opened("a.csv", b"y,z\n1,inf\n0,-Infinity\n").table
    assert table.z.to_pyarrow().to_pylist() == [float("inf"), -float("inf")]


MANY = b"y,p\n" + b"1,0.5\n" * 30_000  # more than types are told by


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", b"y,p\n1,0.5\n0,abc\n", "line 3"),
        ("a.csv", MANY + b"0,abc\n", "line 30002"),
        ("a.csv", b'y,p,word\n1,0.5,"a\nb"\n\n0,abc,c\n', "line 5"),
        ("a.csv", b"1,0.5\n0,0.5\n0,abc\n", "line 3"),
        ("a.jsonl", b'{"p": 1}\n\n{"p": "abc"}\n', "line 3"),
        ("a.jsonl", b'{"p": 1}\n' * 21_000 + b'{"p": "abc"}\n', "line 21001"),
    ],
)
def test_a_value_that_is_no_number_is_named_with_its_line(name: str, data: bytes, said: str, opened: Open) -> None:
    source = opened(name, data)
    columns = own_columns(source.table)
    column = columns[-1 if "word" not in columns else 1]
    with pytest.raises(BadValueError) as bad:
        numbers(source.table, column)
    assert str(source.names(bad.value)) == f"{name}, {said}, column {column!r}: a number was expected; got 'abc'."


def deep(count: int) -> bytes:
    return b'{"y": 1}\n{"y": ' + b'{"a": ' * count + b"1" + b"}" * count + b"}\n"


BROKEN = [
    ("a.csv", b"", "is empty."),
    ("a.csv", b"\n \n", "is empty."),
    ("a.csv", b"y,p\n", "holds names of columns and no rows."),
    ("a.csv", b"y,p\n1,0.5,3\n", "has 3 values in line 2; 2 were expected, as in its first line."),
    ("a.csv", b"y,p\n1,0.5\n1\n", "has 1 value in line 3; 2 were expected, as in its first line."),
    ("a.csv", MANY + b"1\n", "has 1 value in line 30002; 2 were expected, as in its first line."),
    ("a.csv", b'y,p\n"1,0.5\n1,2\n', "has in line 2 what is no row of values: unexpected end of data."),
    ("a.csv", b"y,p\n1,0.5\n1,0.\x005\n", "has a NUL byte in line 3: it is no text."),
    ("a.csv", MANY + b"1,0.\x005\n", "has a NUL byte in line 30002: it is no text."),
    ("a.csv", "y,p\n1,é\n".encode() + b"1,\xe9\n", "has in line 3 a byte, 0xe9, that is not UTF-8: save it as UTF-8."),
    ("a.csv", "y,p\n1,2\n".encode("utf-16")[:-1], "is broken text in UTF-16: "),
    ("a.csv", b"y,p,y\n1,2,3\n", "has two columns called 'y': give each a name of its own."),
    (
        "a.csv",
        b"y,Y\n1,2\n",
        "has two columns called 'y' and 'Y', alike but for upper and lower case: give each a name of its own.",
    ),
    ("a.csv", MANY + b"1," + b"0" * 10_000_000, "has more than 2,000,000 bytes in line 30002: it is no file of rows."),
    ("a.csv.gz", gzip.compress(CSV)[:-12], "ends in the middle: not all of it was packed, or copied."),
    ("a.csv.gz", gzip.compress(gzip.compress(CSV)), "is packed twice; unpack it once."),
    (
        "a.jsonl",
        LINES + b'{"y": 1,\n',
        "has no whole JSON object in line 4: Expecting property name enclosed in double quotes at letter 10.",
    ),
    ("a.jsonl", LINES + b"3\n", "has no object in line 4; an object a line was expected."),
    ("a.jsonl", LINES + b'{"y": 1, "y": 2}\n', "has the name 'y' twice in one object in line 4."),
    ("a.jsonl", LINES + b'{"y": "\xe9"}\n', "has in line 4 a byte, 0xe9, that is not UTF-8: save it as UTF-8."),
    ("a.jsonl", deep(50_000), "has more than 64 lists and objects in each other in line 2; rows are flatter."),
    ("a.json", b"[" * 1_000_000, "has more than 64 lists and objects in each other; rows are flatter."),
    ("a.json", b"[ ]", "holds no rows."),
    (
        "a.parquet",
        PARQUET[:-50],
        "is no whole Parquet file: Parquet magic bytes not found in footer.",
    ),
    (
        "a.parquet",
        b"y,p\n",
        "is not what its suffix .parquet says; expected CSV, TSV, Parquet, JSON lines, Arrow, NPY, NPZ or safetensors.",
    ),
    ("a.parquet", written(lambda target: parquet.write_table(TABLE[:0], target)), "holds no rows."),
    (
        "a.parquet",
        written(lambda target: parquet.write_table(TABLE.rename_columns(["a", "b", "a"]), target)),
        "has two columns called 'a': give each a name of its own.",
    ),
    ("a.arrow", STREAM[:-100], "is no whole Arrow file"),
    ("a.npy", NPY[:-8], "is shorter than its first bytes say, or empty: it is no whole NumPy array."),
    ("a.npy", NPY[:40], "is no whole NumPy array: EOF: reading array header, expected 118 bytes got 30."),
    (
        "a.npy",
        written(lambda target: np.save(target, np.zeros((2, 2, 2)))),
        "has an array 'a' of 3 axes; rows, or rows and classes, were expected, or texts, tokens and classes",
    ),
    (
        "a.npy",
        written(lambda target: np.save(target, P.astype(complex))),
        "holds complex128 in 'a'; numbers or text were expected.",
    ),
    ("a.npy", NPY.replace(b"(3, 2)", b"(3, 2("), "is no whole NumPy array: "),
    ("a.npz", NPZ[:-60], "is no whole NPZ: File is not a zip file."),
    ("a.npz", packed(**{"../y.npy": NPY}), "holds '../y.npy'; arrays were expected, as numpy.savez writes them."),
    (
        "a.npz",
        written(lambda target: np.savez(target, y=Y[:2], p=P)),
        "holds arrays of different lengths (y 2, p 3); one of each row was expected.",
    ),
    ("a.npz", packed(), "holds no arrays."),
    ("a.xlsx", packed(**{"[Content_Types].xml": b""}), "is an Office file; save the sheet as CSV."),
    (
        "a.safetensors",
        TENSORS[:-8],
        "is no whole safetensors file: Error while deserializing header: incomplete metadata, file not fully covered.",
    ),
    ("a.bin", b"\0\1\2\3", "has no known format; expected CSV, TSV, Parquet, JSON lines, Arrow, NPY, NPZ or safetensors."),
    ("a.h5", b"\x89HDF\r\n", 'is HDF5; write its table with pandas.read_hdf(...).to_parquet("rows.parquet").'),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "said"), BROKEN, ids=range(len(BROKEN)))
def test_what_is_broken_is_refused_with_one_sentence(name: str, data: bytes, said: str, opened: Open) -> None:
    with pytest.raises(ValueError, match="^a") as refused:
        opened(name, data)
    assert str(refused.value).startswith(f"{name} {said}")
    assert "\n" not in str(refused.value)


TORCH = 'safetensors.torch.save_file(torch.load("a.pt", weights_only=True), "rows.safetensors")'
OBJECTS = written(lambda target: np.save(target, np.array([1, "a"], dtype=object)))


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("a.pkl", pickle.dumps([1], 0), 'pandas.DataFrame(pandas.read_pickle("a.pkl")).to_parquet("rows.parquet")'),
        ("a.csv", pickle.dumps([1]), 'pandas.DataFrame(pandas.read_pickle("a.csv")).to_parquet("rows.parquet")'),
        ("a.joblib", b"\x78\x9c", 'numpy.save("rows.npy", joblib.load("a.joblib"))'),
        ("a.pt", packed(**{"a/data.pkl": b""}), TORCH),
        ("a.pth", b"", TORCH.replace("a.pt", "a.pth")),
        ("a.npy", OBJECTS, 'numpy.save("a.npy", numpy.load("a.npy", allow_pickle=True).astype(float))'),
    ],
)
def test_what_could_run_code_is_refused_with_the_line_that_converts_it(name: str, data: bytes, line: str, opened: Open) -> None:
    with pytest.raises(ValueError, match="can run code") as refused:
        opened(name, data)
    assert str(refused.value).endswith(f": {line}")


@pytest.mark.parametrize(
    ("name", "data"), [("a.npz", packed(**{"y.npy": bytes(5_000_000)})), ("a.csv.gz", gzip.compress(bytes(5_000_000)))]
)
def test_what_would_fill_the_disk_is_not_unpacked(
    name: str, data: bytes, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrays, "PACKED", (1_000_000, 250))
    with pytest.raises(ValueError, match="is packed to many times less than it holds; a file like that is not unpacked."):
        opened(name, data)


def peak() -> float:
    """The most memory that this process has had, in MB, since `clear_refs` was last written to."""
    said = Path("/proc/self/status").read_text()
    return int(said.partition("VmHWM:")[2].split()[0]) / 1000


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="memory is measured as Linux does")
def test_a_large_array_is_never_in_memory(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "scores.npy"
    np.save(path, np.zeros((1_000_000, 10)))  # 80 MB
    backend = connect(files=[path], folder=folder)
    Path("/proc/self/clear_refs").write_text("5")
    before = peak()
    assert open_file(backend, path, folder).table.count().to_pyarrow().as_py() == 1_000_000
    assert peak() - before < 50
