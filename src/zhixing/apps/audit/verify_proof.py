#!/usr/bin/env python3
"""Check a Zhixing proof bundle offline: python3 verify_proof.py BUNDLE.zip [--head SEAL]

Needs nothing but Python's standard library. Exit 0: every seal recomputes and the chain is
unbroken; exit 1: it is not, and the first broken entry is named; exit 2: not a bundle.
`--head` compares the last seal with one noted elsewhere, e.g. on paper.
"""

from __future__ import annotations

import hashlib
import json
import struct
import sys
import zipfile

MASK = 0xFFFFFFFF


def _rotl(x: int, n: int) -> int:
    n %= 32
    return ((x << n) | (x >> (32 - n))) & MASK if n else x


def _sm3_pure(data: bytes) -> str:
    """SM3 by GB/T 32905-2016, for a Python whose OpenSSL lacks it."""
    v = [
        0x7380166F,
        0x4914B2B9,
        0x172442D7,
        0xDA8A0600,
        0xA96F30BC,
        0x163138AA,
        0xE38DEE4D,
        0xB0FB0E4E,
    ]
    bits = len(data) * 8
    data += b"\x80" + b"\x00" * ((55 - len(data)) % 64) + struct.pack(">Q", bits)
    for start in range(0, len(data), 64):
        w = list(struct.unpack(">16I", data[start : start + 64]))
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ _rotl(w[j - 3], 15)
            x ^= _rotl(x, 15) ^ _rotl(x, 23)
            w.append(x ^ _rotl(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = v
        for j in range(64):
            t = 0x79CC4519 if j < 16 else 0x7A879D8A
            ss1 = _rotl((_rotl(a, 12) + e + _rotl(t, j)) & MASK, 7)
            ss2 = ss1 ^ _rotl(a, 12)
            ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
            gg = e ^ f ^ g if j < 16 else (e & f) | (~e & MASK & g)
            tt1 = (ff + d + ss2 + (w[j] ^ w[j + 4])) & MASK
            tt2 = (gg + h + ss1 + w[j]) & MASK
            a, b, c, d = tt1, a, _rotl(b, 9), c
            e, f, g, h = (tt2 ^ _rotl(tt2, 9) ^ _rotl(tt2, 17)), e, _rotl(f, 19), g
        v = [x ^ y for x, y in zip(v, (a, b, c, d, e, f, g, h), strict=True)]
    return "".join(f"{x:08x}" for x in v)


def sm3(data: bytes) -> str:
    """64 hex digits of SM3."""
    try:
        return hashlib.new("sm3", data).hexdigest()
    except ValueError:
        return _sm3_pure(data)


def check(path: str, head: str | None = None) -> tuple[int, str]:
    """(exit code, sentence) for the bundle at `path`."""
    try:
        with zipfile.ZipFile(path) as bundle:
            manifest = json.loads(bundle.read("manifest.json"))
            # Not splitlines(): a reason may hold U+2028, which that takes for the end of a line.
            lines = bundle.read("entries.jsonl").decode("utf-8").rstrip("\n").split("\n")
        previous, first, count, tail = (manifest[k] for k in ("anchor", "first", "count", "head"))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        return 2, f"not a proof bundle: {error}"
    for number, line in enumerate(lines, first):
        try:
            row = json.loads(line)
            found, seal = json.loads(row["body"])["sequence"], row["seal"]
        except (ValueError, KeyError, TypeError):
            return 1, f"entry {number}: cannot be read"
        if found != number:
            return 1, f"entry {number}: expected this number, found {found}"
        if row.get("previous") != previous:
            return 1, f"entry {number}: does not carry the seal of the entry before"
        if sm3(f"{previous}\n{row['body']}".encode()) != seal:
            return 1, f"entry {number}: its content does not fit its seal"
        previous = seal
    if len(lines) != count or previous != tail:
        return 1, f"the bundle says {count} entries, {len(lines)} are there"
    if head and head != previous:
        return 1, f"the last seal is {previous}, expected {head}"
    return 0, f"{len(lines)} entries from {first}, unbroken; last seal {previous}"


if __name__ == "__main__":
    arguments = sys.argv[1:]
    expected = None
    if "--head" in arguments:
        position = arguments.index("--head")
        expected = arguments[position + 1]
        del arguments[position : position + 2]
    if len(arguments) != 1:
        sys.exit(__doc__)
    code, sentence = check(arguments[0], expected)
    print(sentence)
    sys.exit(code)
