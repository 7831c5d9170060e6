"""Reads CSV as RFC 4180 has it from standard input: so many rows, under the names that JSON has."""
import csv
import io
import json
import sys

rows, names = int(sys.argv[1]), json.loads(sys.argv[2])
text = sys.stdin.buffer.read()
assert text.endswith(b"\r\n"), "lines end with CR LF"
table = list(csv.reader(io.StringIO(text.decode(), newline="")))
assert len(table) == rows + 1, f"{len(table) - 1} rows instead of {rows}"
assert [table[0]] == names, f"{table[0]} instead of {names}"
assert all(len(row) == len(table[0]) for row in table), "rows differ in length"
