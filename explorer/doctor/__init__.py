"""The loss doctor: from a number, a log, arrays or rows to ranked causes, each with its arithmetic.

`diagnose` answers; `understand` says what was understood. What a page needs beside is plain data: `rules.CAUSES`,
`constants.table()`, `marks.marks(history)`. To add a cause see `rules`, a format of logs see `reading`.
"""

from explorer.doctor.diagnosis import diagnose, findings, understand
from explorer.doctor.facts import Facts
from explorer.doctor.finding import Finding

__all__ = ["Facts", "Finding", "diagnose", "findings", "understand"]
