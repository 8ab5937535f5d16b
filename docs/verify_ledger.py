#!/usr/bin/env python3
"""Checks an export of a ledger with nothing but the standard library.

    aetherra-maint audit export export.jsonl
    python3 verify_ledger.py export.jsonl [--checkpoint kept.txt] [--key NAME+ID+BASE64]

For each entry: its hash is what its fields give, it links to the entry in front, its details are those that were
recorded, and its proof leads to the root of the checkpoint. The checkpoint must be signed with the key, which is the
one in the first entry of the export unless another is given. Exit code 0: all of it holds. 1: something was changed.
3: it could not be checked.
"""
import argparse
import base64
import hashlib
import json
import struct
import sys

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def add(a, b):
    """Adds points of the curve in extended coordinates (RFC 8032, 5.1.4)."""
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point, scalar = add(point, point), scalar >> 1
    return result


def point_of(data):
    """The point that 32 bytes stand for (RFC 8032, 5.1.3)."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        raise ValueError("this is no point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def is_signed(public, message, signature):
    base = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    key, r, s = point_of(public), point_of(signature[:32]), int.from_bytes(signature[32:], "little")
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    left, right = times(s, base), add(r, times(k, key))
    same = (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0
    return s < ORDER and same


def checkpoint_of(note, key):
    """The origin, size and root of a signed checkpoint (C2SP signed-note and tlog-checkpoint)."""
    name, key_id, public = key.split("+", 2)
    public = base64.b64decode(public)[1:]
    text, signatures = note.rsplit("\n\n", 1)
    for line in signatures.splitlines():
        signer, encoded = line.removeprefix("\u2014 ").split(" ", 1)
        signature = base64.b64decode(encoded)
        if (signer, signature[:4].hex()) == (name, key_id):
            if not is_signed(public, (text + "\n").encode(), signature[4:]):
                raise AssertionError("the signature under the checkpoint is wrong")
            origin, size, root = text.split("\n")[:3]
            return origin, int(size), base64.b64decode(root)
    raise LookupError("the checkpoint is not signed with the key")


def entry_hash(entry):
    names = ("clock", "actor", "action", "subject", "reason", "trace_id", "result")
    fields = [entry[name].encode() for name in names]
    fields.append(digest(entry.get("details_digest")))
    content = struct.pack(">Qq", entry["seq"], entry["time_ns"])
    content += b"".join(struct.pack(">I", len(field)) + field for field in fields)
    return sha256(b"aetherra-maint/ledger-entry/v1\0", content, digest(entry["prev_hash"]))


def digest(text):
    return bytes.fromhex(text.removeprefix("sha256:")) if text else b""


def root_of(leaf, index, size, path):
    """Where a proof of inclusion leads to (RFC 9162, 2.1.3.2)."""
    last, value = size - 1, sha256(b"\0", leaf)
    for sibling in map(base64.b64decode, path):
        if index & 1 or index == last:
            value = sha256(b"\1", sibling, value)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            value = sha256(b"\1", value, sibling)
        index, last = index >> 1, last >> 1
    return None if last else value


def check_entry(entry, before, size, root):
    what, found = f"entry {entry['seq']}", entry_hash(entry)
    assert found == digest(entry["entry_hash"]), f"{what} does not fit its hash"
    if before and before["seq"] + 1 == entry["seq"]:
        assert entry["prev_hash"] == before["entry_hash"], f"{what} does not link to the entry in front"
    if entry.get("details") is not None:
        salt, details = base64.b64decode(entry["details_salt"]), entry["details"].encode()
        salted = sha256(b"aetherra-maint/ledger-details/v1\0", struct.pack(">Q", len(salt)), salt, details)
        assert salted == digest(entry.get("details_digest")), f"{what} has other details than were recorded"
    assert root_of(found, entry["seq"] - 1, size, entry["proof"]) == root, f"{what} does not lead to the checkpoint"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("export")
    parser.add_argument("--checkpoint", help="a checkpoint that was kept, instead of the one in the export")
    parser.add_argument("--key", help="the key of the log, instead of the one that the export names")
    options = parser.parse_args()
    with open(options.export, encoding="utf-8") as lines:
        head, *entries, end = [json.loads(line) for line in lines]
    note = open(options.checkpoint, encoding="utf-8").read() if options.checkpoint else head["checkpoint"]
    key = options.key or entries[0]["reason"].rsplit(" ", 1)[1]
    origin, size, root = checkpoint_of(note, key)
    assert (origin, size) == (head["origin"], head["size"]), "the export is about another checkpoint"
    assert end == {"type": "summary", "entries": len(entries)}, "the end of the export is missing"
    for before, entry in zip([None, *entries], entries):
        check_entry(entry, before, size, root)
    whose = "that was given" if options.key else "that the export itself names"
    print(f"{len(entries)} of {size} entries of {origin} lead to the checkpoint, signed with the key {whose}")

if __name__ == "__main__":
    try:
        main()
    except AssertionError as error:
        print(f"changed: {error}")
        sys.exit(1)
    except (OSError, LookupError, ValueError, TypeError, AttributeError) as error:
        print(f"could not check: {error}")
        sys.exit(3)
